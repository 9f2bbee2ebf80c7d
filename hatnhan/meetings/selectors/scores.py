"""Reading scores: one sheet, the year of a committee's cells, what waits for its decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from hatnhan.meetings.models import Meeting, ScoreSheet, Series
from hatnhan.meetings.selectors.counted import belongs_to, within
from hatnhan.meetings.selectors.monthly import day_of
from hatnhan.organization.models import Level, Unit, UnitAncestry
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors.law import law_for
from hatnhan.rulebook.resolver import of_version
from hatnhan.rulebook.topics.meetings import MeetingScore

if TYPE_CHECKING:
    from collections.abc import Collection
    from decimal import Decimal

    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

    from hatnhan.accounts.models import User
    from hatnhan.core.periods import Period
    from hatnhan.rulebook.types import Rule

#: One more than the greatest total.
_ABOVE_ALL = 101


def law_of(meeting: Meeting) -> Rule[MeetingScore]:
    """Return the template in force on a meeting's day in its cell."""
    return law_for(MeetingScore, day_of(meeting.starts_at), meeting.unit)


def law_kept(sheet: ScoreSheet) -> Rule[MeetingScore]:
    """Return the template that a sheet was made by, whatever holds today."""
    return of_version(MeetingScore, sheet.rule_version)


def sheet_of(meeting: Meeting) -> ScoreSheet | None:
    """Return a meeting's sheet with who decided, None before the cell scored itself."""
    return ScoreSheet.objects.filter(meeting=meeting).select_related("decided_by").first()


@dataclass(frozen=True, slots=True)
class Band:
    """A band with the totals it holds: from ``least``, below ``below`` (101 for the highest)."""

    key: str
    label: StrOrPromise
    least: int
    below: int


def bands(score: MeetingScore) -> list[Band]:
    """Return the bands of a template, the highest first."""
    least = [score.good_from, score.fair_from, score.average_from, 0]
    tops = [_ABOVE_ALL, *least[:-1]]
    kinds = ScoreSheet.Band
    return [Band(kind.value, kind.label, low, top) for kind, low, top in zip(kinds, least, tops, strict=True)]


def cells_below(unit: Unit, led: Collection[int], year: Period) -> frozenset[int]:
    """Return the cells of a unit's tree that the person leads and that stood at some time of a year."""
    below = UnitAncestry.objects.filter(ancestor=unit, unit__level=Level.CELL, unit_id__in=led)
    standing = below.filter(Q(end=None) | Q(end__gt=year.start), start__lt=year.end)
    return frozenset(standing.values_list("unit_id", flat=True))


def waiting(user: User, cell_ids: Collection[int]) -> QuerySet[ScoreSheet]:
    """Return the sheets that the person may decide on and that wait for it, the oldest first."""
    kept = powers_of(user).units_kept & frozenset(cell_ids)
    rows = ScoreSheet.objects.filter(decided_at=None, meeting__unit__in=kept).select_related("meeting__unit")
    return rows.order_by("meeting__starts_at", "meeting_id")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell in one month. ``total`` and ``band`` are what was decided, else what the cell gave itself."""

    month: int
    state: str
    meeting_id: int | None = None
    total: Decimal | None = None
    band: str = ""
    own: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One cell's year."""

    unit: Unit
    cells: list[Cell]
    waiting: int


def year_of(cell_ids: Collection[int], year: Period) -> list[Row]:
    """Return each cell with its twelve months, those with something to decide first. Two queries.

    A month's state is "decided", "waiting" (scored, not decided), "held" (not scored), or "none" (nothing held). A
    meeting moved into another month stays that of its own. Of several in a month the one scored last stands.
    """
    units = Unit.objects.filter(pk__in=cell_ids).order_by("name", "pk")
    found: dict[tuple[int, int], Cell] = {}
    for meeting in _held(cell_ids, year):
        cell = _cell(meeting)
        before = found.get((meeting.unit_id, cell.month))
        if before is None or cell.state != "held":
            found[meeting.unit_id, cell.month] = cell
    rows = [_row(unit, found) for unit in units]
    return sorted(rows, key=lambda row: row.waiting == 0)


def _held(cell_ids: Collection[int], year: Period) -> QuerySet[Meeting]:
    rows = Meeting.objects.held().filter(unit_id__in=cell_ids, kind=Series.Kind.CELL_MONTHLY)
    return rows.filter(within(year.start, year.end)).select_related("score").order_by("starts_at", "pk")


def _cell(meeting: Meeting) -> Cell:
    month = belongs_to(meeting).month
    sheet: ScoreSheet | None = getattr(meeting, "score", None)
    if sheet is None:
        return Cell(month, "held", meeting.pk)
    if sheet.decided_total is None:
        return Cell(month, "waiting", meeting.pk, sheet.self_total, sheet.self_band, sheet.self_total)
    return Cell(month, "decided", meeting.pk, sheet.decided_total, sheet.decided_band, sheet.self_total)


def _row(unit: Unit, found: dict[tuple[int, int], Cell]) -> Row:
    cells = [found.get((unit.pk, month), Cell(month, "none")) for month in range(1, 13)]
    return Row(unit, cells, sum(cell.state == "waiting" for cell in cells))
