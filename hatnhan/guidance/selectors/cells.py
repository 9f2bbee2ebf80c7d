"""Reading what one cell was given of a roll-out, added and reported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from hatnhan.core.errors import Missing
from hatnhan.guidance.models import (
    CellPoint,
    CellReport,
    CellRollOut,
    CorePoint,
    PointTask,
    RollOut,
    VariantPoint,
)
from hatnhan.guidance.selectors import following
from hatnhan.guidance.selectors.rollouts import cells_of
from hatnhan.guidance.selectors.steps import rule_of
from hatnhan.meetings.models import AgendaItem, Meeting
from hatnhan.organization.powers import powers_of

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.accounts.models import User
    from hatnhan.assignments.models import Task
    from hatnhan.rulebook.topics.guidance import RollOutSteps


@dataclass(frozen=True, slots=True)
class Point:
    """One point as the cell reads it: its words, whether only this kind has it, and the task it became."""

    text: str
    own_kind: bool
    task: Task | None
    due: date | None


def given_for(user: User, pk: int) -> CellRollOut:
    """Return what a cell was given. Raises Missing unless the person leads, keeps or belongs to the cell.

    The head and the members of a cell read their own text; the committee's readers that of every cell below.
    """
    powers = powers_of(user)
    near = powers.own_cells | powers.cells_led | powers.units_led
    rows = CellRollOut.objects.filter(Q(cell__in=near) | Q(roll_out__unit__in=powers.units_led))
    found: CellRollOut | None = (
        rows.select_related("cell", "roll_out__unit", "roll_out__document__unit", "roll_out__lead", "variant")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Missing
    return found


def point_for(user: User, pk: int) -> CellPoint:
    """Return a point that a cell added. Raises Missing unless the person may see what the cell was given."""
    found: CellPoint | None = CellPoint.objects.select_related("given").filter(pk=pk).first()
    if found is None:
        raise Missing
    found.given = given_for(user, found.given_id)
    return found


def points_of(given: CellRollOut) -> list[Point]:
    """Return what the cell reads, the core first, in order. Two queries."""
    tasks = _tasks(given)
    if given.variant_id is None:
        core = CorePoint.objects.filter(roll_out_id=given.roll_out_id)
        return [Point(one.text, False, tasks.get(("core", one.pk)), one.due) for one in core]  # noqa: FBT003
    rows = (
        VariantPoint.objects.filter(variant=given.variant_id).select_related("core").order_by("place", "pk")
    )
    return [
        Point(
            one.words,
            one.core_id is None,
            tasks.get(("core", one.core_id)) if one.core_id else tasks.get(("point", one.pk)),
            one.last_day if one.is_task else None,
        )
        for one in rows
    ]


def own_points(given: CellRollOut) -> list[tuple[CellPoint, Task | None]]:
    """Return what the cell added, each with the task it became."""
    tasks = {
        one.own_id: one.task
        for one in PointTask.objects.filter(given=given, own__isnull=False).select_related("task")
    }
    return [(one, tasks.get(one.pk)) for one in CellPoint.objects.filter(given=given)]


def _tasks(given: CellRollOut) -> dict[tuple[str, int | None], Task]:
    found: dict[tuple[str, int | None], Task] = {}
    for one in PointTask.objects.filter(given=given, own=None).select_related("task", "point"):
        core = one.core_id or (one.point.core_id if one.point else None)
        found[("core", core) if core else ("point", one.point_id)] = one.task
    return found


def former_tasks(given: CellRollOut) -> list[Task]:
    """Return tasks of points that only a former kind of the cell had; they go on until done or withdrawn."""
    rows = PointTask.objects.filter(given=given, point__isnull=False, point__core=None)
    left = rows.exclude(point__variant=given.variant_id).select_related("task").order_by("task__due", "pk")
    return [one.task for one in left]


def agenda_of(given: CellRollOut) -> list[AgendaItem]:
    """Return the items by which the cell's meetings take it up, the latest first; one in the backlog has no meeting."""
    key = f"{following.MATTER}{given.roll_out_id}"
    rows = AgendaItem.objects.filter(
        Q(meeting__unit=given.cell_id) | Q(series__unit=given.cell_id), matter=key
    )
    live = rows.exclude(meeting__state=Meeting.State.CANCELLED).select_related("meeting")
    return list(live.order_by("-meeting__starts_at", "-pk"))


def reports_of(given: CellRollOut) -> list[CellReport]:
    """Return what the cell reported, in order."""
    return list(CellReport.objects.filter(given=given))


def steps_of(roll_out: RollOut) -> RollOutSteps:
    """Return the steps by the rule kept when a roll-out was approved."""
    return rule_of(roll_out).value


def report_months(roll_out: RollOut) -> tuple[int, ...]:
    """Return after how many months cells report, by the rule kept when the roll-out was approved."""
    steps = steps_of(roll_out)
    return tuple(dict.fromkeys((steps.first_report_months, steps.second_report_months)))


def seen_of(user: User, roll_out: RollOut) -> list[CellRollOut]:
    """Return what each cell was given, of the cells whose text a person may read; in Vietnamese order."""
    powers = powers_of(user)
    near = powers.own_cells | powers.cells_led | powers.units_led
    return [one for one in cells_of(roll_out) if one.cell_id in near or roll_out.unit_id in powers.units_led]
