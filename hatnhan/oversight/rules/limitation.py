"""Until when an act can be disciplined. Pure: no database, no framework.

An act can be disciplined up to and including the same day of the month so many months later; where that month has no
such day, up to its last day. A new act within the term of an old one starts the old one's clock anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.core.periods import add_months

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


def terms(acts: Sequence[date], months: int, *, restarts: bool) -> list[tuple[date, date | None]]:
    """Return each act, earliest first, with the last day (inclusive) on which it can still be disciplined.

    ``acts`` are days of acts in any order; ``months`` 0 is no limit, and then every last day is None.
    """
    days = sorted(acts)
    found: list[tuple[date, date | None]] = []
    for place in range(len(days) - 1, -1, -1):
        last = add_months(days[place], months) if months else None
        # The acts are walked backward: what comes later has its own restarts in its term already.
        if last is not None and restarts and found and found[-1][0] <= last:
            last = found[-1][1]
        found.append((days[place], last))
    return found[::-1]


def last_day(acts: Sequence[date], months: int, *, restarts: bool) -> date | None:
    """Return the last day (inclusive) on which any of the acts can be disciplined; None where there is no limit.

    Raises ValueError when there is no act.
    """
    if not acts:
        message = "no act"
        raise ValueError(message)
    return terms(acts, months, restarts=restarts)[-1][1]


def within(acts: Sequence[date], months: int, on: date, *, restarts: bool) -> bool:
    """Tell whether, on a day, at least one of the acts can still be disciplined."""
    last = last_day(acts, months, restarts=restarts)
    return last is None or on <= last
