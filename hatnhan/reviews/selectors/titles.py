"""The grades of organisations from year to year: how many years running the best title was given, on any day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from hatnhan.reviews.models import Entry, PastGrade
from hatnhan.reviews.rules.steps import title_run
from hatnhan.reviews.selectors.law import law_of
from hatnhan.reviews.selectors.standing_grades import as_stood

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hatnhan.organization.models import Unit

_BEST = "xs"


@dataclass(frozen=True, slots=True)
class YearGrade:
    """The grade of an organisation in a year, what it is called on paper, and its decision's day where known."""

    unit_id: int
    year: int
    grade: str
    title: str
    decided_on: date | None


@dataclass(frozen=True, slots=True)
class Run:
    """Years running, up to the latest one graded, with the best title. ``years`` 0: the latest year has it not."""

    years: int
    first: int | None
    last: int | None
    title: str


def years_of(unit_ids: Iterable[int], on: date) -> dict[int, list[YearGrade]]:
    """Return by unit the grades known on a day (inclusive), newest year first. Two queries.

    What a cycle here decided comes before what was typed of the same year.
    """
    ids = list(unit_ids)
    found: dict[tuple[int, int], YearGrade] = {}
    past = PastGrade.objects.filter(Q(decided_on=None) | Q(decided_on__lte=on), unit__in=ids)
    for one in past:
        found[one.unit_id, one.year] = YearGrade(one.unit_id, one.year, one.grade, one.title, one.decided_on)
    rows = Entry.objects.filter(of=Entry.Of.ORGANISATION, unit__in=ids).select_related("cycle")
    for row in as_stood(rows, on):
        year, title = row.cycle.year, law_of(row.cycle).grade_name(row.grade_then, organisation=True)
        found[row.unit_id, year] = YearGrade(row.unit_id, year, row.grade_then, title, row.decided_then)
    by_unit: dict[int, list[YearGrade]] = {pk: [] for pk in ids}
    for (unit, _year), grade in sorted(found.items(), key=lambda pair: -pair[0][1]):
        by_unit[unit].append(grade)
    return by_unit


def run_of(unit: Unit, on: date, *, until: int | None = None) -> Run:
    """Return for how many years running an organisation has had the best title, as known on a day. Two queries.

    ``until`` is the last year that is looked at, None for the latest one known.
    """
    return run_among([one for one in years_of([unit.pk], on)[unit.pk] if until is None or one.year <= until])


def run_among(grades: list[YearGrade]) -> Run:
    """Return the run among the years of one organisation, newest first."""
    years = title_run({one.year: one.grade for one in grades}, grade=_BEST)
    if not years:
        return Run(0, None, None, "")
    last = grades[0]
    return Run(years, last.year - years + 1, last.year, last.title)


def results_of_year(unit_ids: Iterable[int], year: int, on: date) -> dict[int, YearGrade]:
    """Return by unit the grade of an organisation in a year, as known on a day. Two queries."""
    grades = years_of(unit_ids, on)
    return {pk: one for pk, listed in grades.items() for one in listed if one.year == year}
