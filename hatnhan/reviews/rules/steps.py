"""By when each step of a year's review is due, and how many years running an organisation has had the best grade."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hatnhan.rulebook.topics.reviews import ReviewRegime, ReviewStep


@dataclass(frozen=True, slots=True)
class Due:
    """A step with its last day (inclusive); ``place`` is its order from 1, ``of`` "cell" or "committee"."""

    place: int
    key: str
    of: str
    title: str
    due: date


def due_days(steps: Iterable[ReviewStep], year: int) -> tuple[Due, ...]:
    """Return the steps of the review of a year with their last days, in the order of the law."""
    return tuple(
        Due(place, one.key, one.of, one.title, _day(year, one.next_year, one.month, one.day))
        for place, one in enumerate(steps, start=1)
    )


def finish_before(regime: ReviewRegime, year: int) -> date:
    """Return the day before which the review of a year is to be finished."""
    return _day(year, regime.finish_next_year, regime.finish_month, regime.finish_day)


def title_run(years: Mapping[int, str], *, grade: str = "xs") -> int:
    """Return for how many years running, up to the latest one known, an organisation was given a grade.

    A year that is not known breaks the run.
    """
    if not years:
        return 0
    last = year = max(years)
    while years.get(year) == grade:
        year -= 1
    return last - year


def _day(year: int, next_year: str, month: int, day: int) -> date:
    """Return the day, the last one of the month where the month has fewer."""
    in_year = year + (next_year == "yes")
    return date(in_year, month, min(day, monthrange(in_year, month)[1]))
