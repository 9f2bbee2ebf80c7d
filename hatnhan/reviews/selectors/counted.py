"""What the room's figures and summary tables count: one definition each, for numbers and for the lists behind them.

The year of a figure is the year that was reviewed, whenever it was decided. A whole year counts every decision signed
by today; a shorter period, those signed by its last day. A grade given anew counts from the day of its new decision.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hatnhan.core import clock
from hatnhan.organization import bands
from hatnhan.organization.models import Unit, UnitAncestry
from hatnhan.organization.selectors.units import reading_order
from hatnhan.reviews.models import GOOD_OR_BETTER, ORDER, Cycle, Entry
from hatnhan.reviews.selectors import caps
from hatnhan.reviews.selectors.standing_grades import with_grade

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

    from hatnhan.core.periods import Period

_ONE_DAY = timedelta(days=1)
#: Parts of the lists behind the figures, as addresses name them.
GRADED, WAITING, GOOD = "da-xep", "chua-xep", "tot-tro-len"
PARTS: dict[str, StrOrPromise] = {
    GRADED: _("Đã xếp loại"),
    WAITING: _("Chưa xếp loại"),
    GOOD: _("Mức 1 và mức 2"),
    **{grade.value: grade.label for grade in ORDER},
}


@dataclass(frozen=True, slots=True)
class Window:
    """A unit with all below it in the year that a period belongs to, as decided by a day."""

    unit_id: int
    year: int
    #: The last day (inclusive) whose decisions count.
    on: date
    #: The day on which one looks who stands below the unit.
    looked: date
    #: The first day that no longer counts.
    end: date

    @property
    def last(self) -> date:
        """The last day that counts."""
        return self.on

    @property
    def units(self) -> QuerySet[UnitAncestry, Any]:
        """The ids of the unit and all below it."""
        return UnitAncestry.objects.on(self.looked).filter(ancestor_id=self.unit_id).values("unit_id")


def window(unit_id: int, period: Period) -> Window:
    """Return what a unit's figures of a period look at."""
    today = clock.today()
    looked = min(period.last_day, today)
    whole_year = period.end.year == period.start.year + 1 and period.start.month == 1 == period.end.month
    # The year's grades are often signed in the first weeks of the next.
    on = today if whole_year else looked
    # What of a year has ended counts whole: no "up to" beside it.
    end = period.end if whole_year and today >= period.end else min(period.end, today + _ONE_DAY)
    return Window(unit_id, period.start.year, on, looked, end)


def entries(at: Window) -> QuerySet[Entry, Any]:
    """Return the entries of a unit and all below it that were to be graded, each with ``grade_then`` ("": not yet)."""
    rows = Entry.objects.filter(cycle__year=at.year, cycle__opened_on__lte=at.on).due_grade()
    mine = Q(cycle__unit=at.unit_id) | Q(unit__in=at.units)
    found: QuerySet[Entry, Any] = with_grade(rows.filter(mine), at.on)
    return found


def members(at: Window) -> QuerySet[Entry, Any]:
    """Return those of `entries` that are of persons."""
    return entries(at).filter(of=Entry.Of.MEMBER)


def organisations(at: Window) -> QuerySet[Entry, Any]:
    """Return those of `entries` that are of organisations: cells, and committees."""
    return entries(at).filter(of=Entry.Of.ORGANISATION)


def part_of(rows: QuerySet[Entry, Any], part: str) -> QuerySet[Entry, Any]:
    """Keep those of one of `PARTS`; all for anything else."""
    if part == GRADED:
        return rows.exclude(Q(grade_then=""))
    if part == WAITING:
        return rows.filter(Q(grade_then=""))
    if part == GOOD:
        return rows.filter(Q(grade_then__in=GOOD_OR_BETTER))
    return rows.filter(Q(grade_then=part)) if part in ORDER else rows


# --- tallies ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Tally:
    """How many were to be graded, and how many got which grade. ``code`` names what they have in common."""

    label: str
    due: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    code: str = ""

    @property
    def graded(self) -> int:
        """How many have a grade."""
        return sum(self.counts.values())

    @property
    def good(self) -> int:
        """How many are good or better."""
        return sum(self.counts[grade] for grade in GOOD_OR_BETTER)

    @property
    def excellent(self) -> int:
        """How many have the best grade."""
        return self.counts[ORDER[0]]


@dataclass(frozen=True, slots=True)
class One:
    """An entry as it is counted: its grade ("" for none), and what it is counted by."""

    of: str
    subject: str
    grade: str
    unit_id: int
    body: str
    sex: str
    age: str


def counted(at: Window) -> list[One]:
    """Return all entries of a unit and below it as figures count them. One query."""
    found: QuerySet[Any] = entries(at)
    rows = found.order_by().values_list(
        "of",
        "subject",
        "grade_then",
        "unit_id",
        "body",
        "member__sex",
        "member__born_on",
        "member__born_year",
    )
    last = date(at.year, 12, 31)
    return [
        One(of, subject, grade, unit, body, sex or "", _age(born, year, last))
        for of, subject, grade, unit, body, sex, born, year in rows
    ]


def _age(born: date | None, year: int | None, on: date) -> str:
    if year is None:
        return ""
    age = on.year - year - (born is not None and (on.month, on.day) < (born.month, born.day))
    return next((one.key for one in bands.AGES if (one.high is None or age <= one.high)), "")


def tally(rows: Iterable[One], label: str = "", code: str = "") -> Tally:
    """Return the tally of some entries."""
    listed = list(rows)
    return Tally(label, len(listed), Counter(one.grade for one in listed if one.grade), code)


def tallies(rows: Iterable[One], key: Callable[[One], str], words: dict[str, str]) -> list[Tally]:
    """Return the tallies of entries by what they are counted by, in the order of ``words``; empty ones fall out."""
    found: dict[str, list[One]] = {one: [] for one in words}
    for one in rows:
        found.setdefault(key(one), []).append(one)
    return [tally(listed, words.get(code, code), code) for code, listed in found.items() if listed]


def summed(rows: Iterable[Tally]) -> Tally:
    """Return several tallies as one."""
    whole = Tally("")
    for one in rows:
        whole = replace(whole, due=whole.due + one.due, counts=whole.counts + one.counts)
    return whole


def by_cell(rows: Iterable[One]) -> list[Tally]:
    """Return the tallies of some entries by their cell, in the order in which cells are read. One query."""
    listed = list(rows)
    units = Unit.objects.filter(pk__in={one.unit_id for one in listed})
    ordered = sorted(units, key=lambda one: reading_order(one.name))
    found = tallies(listed, lambda one: str(one.unit_id), {str(one.pk): one.name for one in ordered})
    codes = {str(one.pk): one.code for one in ordered}
    return [replace(one, code=codes[one.code]) for one in found]


@dataclass(frozen=True, slots=True)
class Results:
    """The grades of a year: members by cell, everything by kind."""

    by_cell: list[Tally]
    by_kind: list[Tally]


def results(cycle: Cycle, unit: Unit, on: date) -> Results:
    """Return the grades of one cycle as they stood on a day (inclusive), of a unit and all below it. Three queries."""
    at = Window(unit.pk, cycle.year, on, min(date(cycle.year, 12, 31), on), on + _ONE_DAY)
    rows = counted(at)
    people = [one for one in rows if one.of == Entry.Of.MEMBER]
    words = {subject.value: str(subject.label) for subject in Entry.Subject}
    kinds = tallies(rows, lambda one: one.subject, words)
    return Results(by_cell(people), kinds)


def for_caps(cycle: Cycle, on: date) -> list[caps.Counted]:
    """Return the grades decided by a day (inclusive) as caps count them. One query."""
    rows = with_grade(Entry.objects.filter(cycle=cycle).due_grade(), on).exclude(Q(grade_then=""))
    listed = rows.order_by().values_list("pk", "of", "subject", "group", "grade_then")
    return [
        caps.Counted(pk, caps.kind_of(of, subject), group, grade) for pk, of, subject, group, grade in listed
    ]
