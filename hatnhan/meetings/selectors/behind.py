"""The rows behind the room's figures, by the same definitions (`counted`): meetings, cells, remedies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Sum
from django.utils.translation import gettext_lazy as _

from hatnhan.core.vietnamese import percent
from hatnhan.meetings.models import ScoreSheet
from hatnhan.meetings.selectors import counted
from hatnhan.organization.models import UnitVersion
from hatnhan.organization.selectors.units import reading_order, short_name

if TYPE_CHECKING:
    from decimal import Decimal

    from django.db.models import QuerySet

    from hatnhan.assignments.models import Task
    from hatnhan.core.periods import Period
    from hatnhan.meetings.models import Meeting
    from hatnhan.meetings.selectors.counted import Themes, Window

KINDS = {counted.MONTHLY.value: _("Sinh hoạt chi bộ"), counted.WEEKLY.value: _("Hội ý hằng tuần")}
HELD, NOT_HELD, SCORED = "da-hop", "chua-hop", "da-cham"
MEETING_PARTS = {
    HELD: _("Đã họp"),
    NOT_HELD: _("Chưa họp"),
    SCORED: _("Đã chấm điểm"),
    **{band.value: band.label for band in ScoreSheet.Band},
}
NOT_MET, THEMED = "chua-hop", "du-chuyen-de"
CELL_PARTS = {NOT_MET: _("Chưa sinh hoạt buổi nào"), THEMED: _("Đủ sinh hoạt chuyên đề")}
ON_TIME, LATE = "dung-han", "khong-dung-han"
REMEDY_PARTS = {ON_TIME: _("Xong đúng hạn"), LATE: _("Không đúng hạn")}


# --- meetings --------------------------------------------------------------------------------------------------------
def meetings(at: Window, kind: str, part: str) -> QuerySet[Meeting]:
    """Return the meetings that were due, of a kind ("" for all) and one of `MEETING_PARTS` ("" for all), by day."""
    rows = counted.due(at).filter(kind=kind) if kind else counted.due(at)
    if part == HELD:
        rows = rows.filter(state__in=counted.HELD)
    elif part == NOT_HELD:
        rows = rows.exclude(state__in=counted.HELD)
    elif part:
        sheets = counted.scored(at, "" if part == SCORED else part)
        rows = rows.filter(pk__in=sheets.values("pk"))
    return rows.select_related("unit", "score").order_by("-starts_at", "pk")


# --- cells -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class CellLine:
    """What a cell held in a period: monthly meetings, those present of those expected, themes, the average score."""

    code: str
    name: str
    due: int
    held: int
    present: int
    expected: int
    themes: int
    average: Decimal | None

    @property
    def share(self) -> str:
        """The share of those present, in words."""
        return percent(100 * self.present / self.expected) if self.expected else ""


def cells(at: Window, period: Period, part: str) -> list[CellLine]:
    """Return the cells, all or one of `CELL_PARTS`, in the order of the tree. Some ten queries, whatever the size."""
    themes = counted.themes(at, period)
    shown = _shown(at, themes, part)
    due, there, scores = _due(at), _there(at), _scores(at)
    lines = []
    for pk, code, name in shown:
        held, present = due.get(pk, {}), there.get(pk, {})
        average = scores.get(pk)
        lines.append(
            CellLine(
                code,
                name,
                held.get("due", 0),
                held.get("held", 0),
                present.get("present", 0),
                present.get("expected", 0),
                themes.held.get(pk, 0),
                average,
            )
        )
    return lines


def _shown(at: Window, themes: Themes, part: str) -> list[tuple[int, str, str]]:
    rows = counted.without_meeting(at) if part == NOT_MET else counted.cells(at)
    if part == THEMED:
        rows = rows.filter(pk__in=themes.enough)
    named = UnitVersion.objects.on(at.on).filter(unit__in=rows.values("pk"))
    found = list(named.values_list("unit_id", "unit__code", "name", "position"))
    found.sort(key=lambda one: (one[3], reading_order(short_name(one[2]))))
    return [(pk, code, short_name(name)) for pk, code, name, _position in found]


def _due(at: Window) -> dict[int, dict[str, Any]]:
    rows = counted.due(at).filter(kind=counted.MONTHLY).order_by().values("unit_id")
    return _by_cell(rows.annotate(due=Count("pk"), held=Count("pk", filter=counted.IS_HELD)))


def _there(at: Window) -> dict[int, dict[str, Any]]:
    rows = counted.invited(at).order_by().values(unit_id=F("meeting__unit_id"))
    return _by_cell(rows.annotate(present=Count("pk", filter=counted.PRESENT), expected=Count("pk")))


def _scores(at: Window) -> dict[int, Decimal]:
    rows = counted.scored(at).order_by().values(unit_id=F("meeting__unit_id"))
    found = rows.annotate(total=Sum(counted.TOTAL), sheets=Count("pk"))
    return {one["unit_id"]: one["total"] / one["sheets"] for one in found}


def _by_cell(rows: Any) -> dict[int, dict[str, Any]]:  # noqa: ANN401 - rows of values, which have no type of their own
    return {one["unit_id"]: one for one in rows}


# --- remedies --------------------------------------------------------------------------------------------------------
def remedies(at: Window, part: str) -> QuerySet[Task]:
    """Return the remedies whose last day passed in the period, all or one of `REMEDY_PARTS`, latest day first."""
    rows = counted.remedies(at)
    if part == ON_TIME:
        rows = rows.filter(counted.ON_TIME)
    elif part == LATE:
        rows = rows.exclude(pk__in=counted.remedies(at).filter(counted.ON_TIME).values("pk"))
    return rows.select_related("owner", "owner_unit", "review_row__meeting").order_by("-due", "pk")
