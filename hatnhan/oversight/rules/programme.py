"""What a programme goes by, apart from where it is kept: completion, gaps, the same work a year later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from hatnhan.core.periods import add_months, add_years

if TYPE_CHECKING:
    from collections.abc import Collection

#: Compliance checks are advised for the end of the first to the third quarter: these months, one after another.
_MONTHS = (3, 4, 5, 6, 7, 8, 9)


@dataclass(frozen=True, slots=True)
class Completion:
    """How much of a plan was done on its terms. ``share`` is 0–100, None where nothing was planned."""

    planned: int
    done: int
    share: Decimal | None

    @property
    def left(self) -> int:
        """What is still to be done."""
        return self.planned - self.done


def completion(planned: int, concluded_on_terms: int) -> Completion:
    """Return how much of a plan, as amended, was done on its terms. Raises ValueError for more done than planned."""
    if not 0 <= concluded_on_terms <= planned:
        message = f"{concluded_on_terms} of {planned}"
        raise ValueError(message)
    share = Decimal(concluded_on_terms * 100) / planned if planned else None
    return Completion(planned, concluded_on_terms, share)


def is_gap(last: date | None, founded_on: date, on: date, years: int) -> bool:
    """Tell whether a cell was not looked at for so many years by a day: since the last day, else since its founding.

    On the day on which the years are full it is a gap.
    """
    return add_years(last or founded_on, years) <= on


def inside_year(first: date, last: date, year: int) -> bool:
    """Tell whether days of work (both inclusive) lie in a year."""
    return first.year == year and last.year == year


def suggested_days(place: int, year: int, days: int) -> tuple[date, date]:
    """Return the days of work (both inclusive) suggested for the ``place``-th check of a year: each another month."""
    first = date(year, _MONTHS[place % len(_MONTHS)], 1)
    return first, min(first + timedelta(days=days - 1), date(year, 12, 31))


def looked_back(first: date, months: int) -> tuple[date, date]:
    """Return the period examined (half-open) that ends where the work begins; 0 months suggests one year."""
    return add_months(first, -(months or 12)), first


def in_both(subjects: Collection[int], team: Collection[int]) -> set[int]:
    """Return the ids of those who would look at themselves."""
    return set(subjects) & set(team)
