"""Spans of time in words: "1 tháng", "90 ngày làm việc"."""

from __future__ import annotations

from django.utils.translation import ngettext


def span(amount: int, unit: str) -> str:
    """Return how long something may take; ``unit`` is one of a complaint's term: months, days, working_days."""
    words = {
        "months": ngettext("%(amount)d tháng", "%(amount)d tháng", amount),
        "days": ngettext("%(amount)d ngày", "%(amount)d ngày", amount),
        "working_days": ngettext("%(amount)d ngày làm việc", "%(amount)d ngày làm việc", amount),
    }
    return words[unit] % {"amount": amount}
