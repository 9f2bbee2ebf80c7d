"""Reading scores: one sheet, the year of a committee's cells, what waits for its decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hatnhan.core import clock
from hatnhan.meetings.models import Meeting, ScoreSheet, Series
from hatnhan.meetings.selectors.monthly import day_of
from hatnhan.organization.models import Unit
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors.law import law_for
from hatnhan.rulebook.resolver import of_version
from hatnhan.rulebook.topics.meetings import MeetingScore

if TYPE_CHECKING:
    from collections.abc import Collection
    from decimal import Decimal

    from django.db.models import QuerySet

    from hatnhan.accounts.models import User
    from hatnhan.core.periods import Period
    from hatnhan.rulebook.types import Rule


def law_of(meeting: Meeting) -> Rule[MeetingScore]:
    """Return the template in force on a meeting's day in its cell."""
    return law_for(MeetingScore, day_of(meeting.starts_at), meeting.unit)


def law_kept(sheet: ScoreSheet) -> Rule[MeetingScore]:
    """Return the template that a sheet was made by, whatever holds today."""
    return of_version(MeetingScore, sheet.rule_version)


def sheet_of(meeting: Meeting) -> ScoreSheet | None:
    """Return a meeting's sheet with who decided, None before the cell scored itself."""
    return ScoreSheet.objects.filter(meeting=meeting).select_related("decided_by").first()


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

    A month's state is "decided", "waiting" (scored, not decided), "held" (not scored), or "none" (nothing held). Of
    several meetings in a month the one scored last stands.
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
    within = rows.filter(starts_at__gte=clock.at(year.start, 0), starts_at__lt=clock.at(year.end, 0))
    return within.select_related("score").order_by("starts_at", "pk")


def _cell(meeting: Meeting) -> Cell:
    month = day_of(meeting.starts_at).month
    sheet: ScoreSheet | None = getattr(meeting, "score", None)
    if sheet is None:
        return Cell(month, "held", meeting.pk)
    if sheet.decided_total is None:
        return Cell(month, "waiting", meeting.pk, sheet.self_total, sheet.self_band, sheet.self_total)
    return Cell(month, "decided", meeting.pk, sheet.decided_total, sheet.decided_band, sheet.self_total)


def _row(unit: Unit, found: dict[tuple[int, int], Cell]) -> Row:
    cells = [found.get((unit.pk, month), Cell(month, "none")) for month in range(1, 13)]
    return Row(unit, cells, sum(cell.state == "waiting" for cell in cells))
