"""What the room's figures count: one definition each, for the figures and for the lists behind them.

What a day brings due counts once that day has passed: a period counts up to and including yesterday. What is asked of a
day, who has studied, who has registered, is asked of the period's last day, or of today while it runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from hatnhan.assignments.models import Task
from hatnhan.core import clock
from hatnhan.guidance.models import CellReport, CellRollOut, Document, PointTask, RollOut
from hatnhan.guidance.selectors import following, study
from hatnhan.guidance.selectors.directive import Counts, registered_counts
from hatnhan.guidance.selectors.steps import rules_of
from hatnhan.meetings.selectors.counted import Window, window
from hatnhan.organization.models import Unit
from hatnhan.organization.selectors.units import reading_order

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from hatnhan.core.periods import Period

__all__ = ["Window", "window"]

#: Parts of the lists behind shares, as addresses name them.
ON_TIME, NOT_ON_TIME = "dung-han", "khong-dung-han"
PARTS = {ON_TIME: _("Đúng hạn"), NOT_ON_TIME: _("Không đúng hạn")}


# --- study -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Studied:
    """How many of those who owe it studied one document in one cell."""

    document: Document
    cell: Unit
    studied: int
    due: int


def to_study(at: Window, period: Period) -> list[Document]:
    """Return the documents whose day to have studied lies in a period, rolled out by the day looked at to a cell below.

    Not those whose roll-out was closed by then. By number of the day; one query.
    """
    given = CellRollOut.objects.filter(
        following.there_on(at.on),
        cell_id__in=at.units,
        roll_out__approved_at__lt=following.after(at.on),
        roll_out__study_by__gte=period.start,
        roll_out__study_by__lt=period.end,
    ).filter(Q(roll_out__closed_on=None) | Q(roll_out__closed_on__gt=F("roll_out__study_by")))
    return list(Document.objects.filter(pk__in=given.values("roll_out__document")))


def studied(at: Window, period: Period) -> list[Studied]:
    """Return who studied what, by document and cell: latest document first, then by cell. Four queries."""
    documents = to_study(at, period)
    if not documents:
        return []
    counts = study.counts(documents, [Unit(pk=at.unit_id)], at.on)
    cells = Unit.objects.in_bulk({cell for _document, cell in counts})
    by_key = {one.pk: (place, one) for place, one in enumerate(documents)}
    rows = [
        (by_key[document][0], Studied(by_key[document][1], cells[cell], done, of))
        for (document, cell), (done, of) in counts.items()
    ]
    rows.sort(key=lambda row: (row[0], reading_order(row[1].cell.name), row[1].cell.pk))
    return [row for _place, row in rows]


# --- held ------------------------------------------------------------------------------------------------------------
HELD_ON_TIME = Q(held_on__lte=F("roll_out__held_by"))


def to_hold(at: Window) -> QuerySet[CellRollOut, Any]:
    """Return the roll-outs that cells had to hold by a day of the period: those given by that day and not left by then.

    With the day on which each was held first.
    """
    rows = CellRollOut.objects.filter(
        Q(left_on=None) | Q(left_on__gt=F("roll_out__held_by")),
        Q(roll_out__closed_on=None) | Q(roll_out__closed_on__gt=F("roll_out__held_by")),
        cell_id__in=at.units,
        given_on__lte=F("roll_out__held_by"),
        roll_out__held_by__gte=at.first,
        roll_out__held_by__lt=at.end,
    )
    held = following.with_meetings(rows, at.on)
    return held.annotate(held_on=TruncDate("held_at", tzinfo=clock.HERE))


def to_hold_part(at: Window, part: str) -> QuerySet[CellRollOut, Any]:
    """Return `to_hold`, all or one of `PARTS`, latest day first."""
    rows = to_hold(at)
    if part == ON_TIME:
        rows = rows.filter(HELD_ON_TIME)
    elif part == NOT_ON_TIME:
        rows = rows.filter(Q(held_on=None) | ~HELD_ON_TIME)
    return rows.select_related("cell", "roll_out__document").order_by(
        "-roll_out__held_by", "cell__name", "pk"
    )


def held(at: Window) -> tuple[int, int]:
    """Return how many were held on time, and how many were due. One query."""
    found = to_hold(at).aggregate(on_time=Count("pk", filter=HELD_ON_TIME), due=Count("pk"))
    return found["on_time"], found["due"]


# --- tasks -----------------------------------------------------------------------------------------------------------
TASK_ON_TIME = Q(done_on__lte=F("due"))


def tasks(at: Window) -> QuerySet[Task]:
    """Return the tasks of roll-outs whose last day has passed in the period, but for those dropped."""
    given = PointTask.objects.filter(given__cell_id__in=at.units)
    rows: QuerySet[Task] = Task.objects.filter(
        pk__in=given.values("task_id"), due__gte=at.first, due__lt=at.end
    )
    return rows.exclude(state=Task.State.WITHDRAWN)


def tasks_part(at: Window, part: str) -> QuerySet[Task]:
    """Return `tasks`, all or one of `PARTS`, latest day first."""
    rows = tasks(at)
    if part == ON_TIME:
        rows = rows.filter(TASK_ON_TIME)
    elif part == NOT_ON_TIME:
        rows = rows.filter(Q(done_on=None) | ~TASK_ON_TIME)
    return rows.select_related("owner", "owner_unit", "guidance_point__given__roll_out__document").order_by(
        "-due", "pk"
    )


def done(at: Window) -> tuple[int, int]:
    """Return how many tasks were done on time, and how many were due. One query."""
    found = tasks(at).aggregate(on_time=Count("pk", filter=TASK_ON_TIME), due=Count("pk"))
    return found["on_time"], found["due"]


# --- reports ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Owed:
    """A report that a cell had to give by a day, and when it came, if by the day looked at."""

    given: CellRollOut
    months: int
    due: date
    reported_on: date | None

    @property
    def on_time(self) -> bool:
        """Whether it came by its day."""
        return self.reported_on is not None and self.reported_on <= self.due


def reports(at: Window) -> list[Owed]:
    """Return the reports whose day has passed in the period, by day and cell. Four queries and the law's two."""
    due = _terms(at)
    if not due:
        return []
    given = CellRollOut.objects.filter(cell_id__in=at.units, roll_out__in={one for one, _months in due})
    told = CellReport.objects.filter(given__in=given.values("pk"), months__gt=0, reported_on__lte=at.on)
    came = {
        (given_id, months): day
        for given_id, months, day in told.values_list("given_id", "months", "reported_on")
    }
    by_roll_out: dict[int, list[tuple[int, date]]] = {}
    for (roll_out, months), day in due.items():
        by_roll_out.setdefault(roll_out, []).append((months, day))
    found = [
        Owed(one, months, day, came.get((one.pk, months)))
        for one in given.select_related("cell", "roll_out__document")
        for months, day in by_roll_out[one.roll_out_id]
        if one.given_on <= day and (one.left_on is None or one.left_on > day)
    ]
    return sorted(found, key=lambda one: (one.due, reading_order(one.given.cell.name), one.given.pk))


def _terms(at: Window) -> dict[tuple[int, int], date]:
    """Return the days of the period on which reports of roll-outs were due: (roll-out's id, months) → day."""
    given = CellRollOut.objects.filter(cell_id__in=at.units).values("roll_out")
    rows = list(RollOut.objects.filter(following.approved_by(at.on), pk__in=given))
    if not rows:
        return {}
    rule_of = rules_of()
    return {
        (one.pk, months): day
        for one in rows
        for months, day in following.terms(one, rule_of(one).value)
        if at.first <= day < at.end and (one.closed_on is None or one.closed_on > day)
    }


def reports_part(at: Window, part: str) -> list[Owed]:
    """Return `reports`, all or one of `PARTS`."""
    rows = reports(at)
    return [one for one in rows if one.on_time == (part == ON_TIME)] if part in PARTS else rows


def on_time(rows: Iterable[Owed]) -> tuple[int, int]:
    """Return how many reports came on time, and how many were due."""
    found = list(rows)
    return sum(one.on_time for one in found), len(found)


# --- documents -------------------------------------------------------------------------------------------------------
def registered(at: Window) -> QuerySet[Document]:
    """Return the documents entered in the registers of a unit and those below it in the period, today included."""
    rows: QuerySet[Document] = Document.objects.filter(
        unit_id__in=at.units,
        registered_at__gte=clock.at(at.first, 0),
        registered_at__lt=following.after(at.on),
    )
    return rows.select_related("unit").order_by("-registered_at", "-pk")


# --- the Directive ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Year:
    """How many members of a cell were to register for a year, did, and assessed themselves."""

    cell: Unit
    registered: int
    assessed: int
    due: int


def year_counts(at: Window) -> dict[int, Counts]:
    """Return by cell how far the year of the day looked at was on that day. Three queries."""
    return registered_counts(at.units.values_list("unit_id", flat=True), at.on.year, at.on)


def registrations(at: Window) -> list[Year]:
    """Return `year_counts` with the cells, those without anybody to register left out. Four queries."""
    counts = year_counts(at)
    units = Unit.objects.in_bulk(counts)
    rows = [Year(units[pk], one.registered, one.assessed, one.due) for pk, one in counts.items()]
    return sorted(rows, key=lambda row: (reading_order(row.cell.name), row.cell.pk))
