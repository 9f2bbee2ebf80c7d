"""The last days of a cycle's steps, as its law sets them."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hatnhan.rulebook.topics.reviews import ReviewSteps


@dataclass(frozen=True, slots=True)
class DueDay:
    """A step, where it is done ("cell" or "committee"), and its last day (inclusive)."""

    key: str
    of: str
    title: str
    due: date


def due_days(steps: ReviewSteps, year: int) -> tuple[DueDay, ...]:
    """Return the steps of a year's review in order, each with its last day; a day a month lacks is its last one."""
    found = []
    for one in steps.steps:
        in_year = year + (one.next_year == "yes")
        day = min(one.day, monthrange(in_year, one.month)[1])
        found.append(DueDay(one.key, one.of, one.title, date(in_year, one.month, day)))
    return tuple(found)
