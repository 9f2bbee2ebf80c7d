"""Deeds: the commune's grades of the years that were not reviewed here, as their papers have them."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from hatnhan.demo.books import Deed
from hatnhan.demo.places import COMMUNE, TWO_TIERS
from hatnhan.demo.reviews.whole import PAPER_YEAR
from hatnhan.demo.wording import texts
from hatnhan.reviews.actions import past

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hatnhan.demo.books import Books
    from hatnhan.demo.tale import Tale

_ORDER, _FIRST = 69, 2010
#: From 2018 on grades of organisations bear the names of those of members; this year was one grade less.
_LESS = 2020
#: What numbers the papers of the level above bear: other ones every year.
_STEP, _NUMBERS = 37, 83


def past_deeds(tale: Tale) -> Iterator[Deed]:
    """Yield the grades of 2010–2016, and of the years from 2018 to the one before the last."""
    for year in (*range(_FIRST, PAPER_YEAR), *range(PAPER_YEAR + 1, tale.today.year - 1)):
        yield Deed(date(year + 1, 1, 18), _ORDER, partial(_record, year))


def _record(year: int, books: Books) -> None:
    words = texts("reviews")["years_before"]
    less = year == _LESS
    title = words["title"] if year < PAPER_YEAR else words["good" if less else "best"]
    decided_on = date(year + 1, 1, 18)
    past.record_past(
        **books.signed(), unit=books.units[COMMUNE], year=year, grade="t" if less else "xs", title=title,
        decision_no=f"{year * _STEP % _NUMBERS + 1}-QĐ/{'HU' if decided_on < TWO_TIERS else 'TU'}",
        decided_on=decided_on,
    )  # fmt: skip
