"""By when one may complain of a decision, and by when the complaint is settled. Days in, days out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from hatnhan.core.periods import add_months
from hatnhan.core.working_days import add_working_days, is_working_day

if TYPE_CHECKING:
    from hatnhan.rulebook.topics.oversight import Complaints

_ONE_DAY = timedelta(days=1)


def last_day(first: date, amount: int, unit: str) -> date:
    """Return the last day (inclusive) of a term that runs from the day after ``first``.

    ``unit`` is "months" (the same day of a later month, or that month's last day), "days" or "working_days".
    """
    if unit == "months":
        return add_months(first, amount)
    if unit == "days":
        return first + timedelta(days=amount)
    return add_working_days(first, amount)


def complain_by(received: date, rule: Complaints) -> date:
    """Return the last day (inclusive) to complain of a decision that was received on a day.

    Where the rule says so, a last day on which offices are closed moves to the next working day.
    """
    last = last_day(received, rule.amount, rule.unit)
    while rule.over_holidays and not is_working_day(last):
        last += _ONE_DAY
    return last


def handle_by(received: date, rule: Complaints) -> date:
    """Return the last day (inclusive) to settle a complaint that was received on a day, however late it is admitted."""
    return last_day(received, rule.handle_amount, rule.handle_unit)


def is_late(received: date, until: date | None) -> bool:
    """Tell whether a complaint came after the last day; never where the decision was not handed over."""
    return until is not None and received > until
