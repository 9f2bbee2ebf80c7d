"""What each cell is given of an approved roll-out: its variant, its tasks, a place on its next agenda."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from hatnhan.assignments.actions.opening import TaskData, open_tasks
from hatnhan.audit.actions import record
from hatnhan.guidance.models import CellRollOut, CorePoint, PointTask, RollOut, Variant, VariantPoint
from hatnhan.guidance.permissions import Action
from hatnhan.guidance.selectors.following import MATTER
from hatnhan.guidance.selectors.rollouts import title_of
from hatnhan.guidance.selectors.steps import rule_of
from hatnhan.meetings.actions.agenda import ItemData
from hatnhan.meetings.actions.bringing import bring_before_cells
from hatnhan.organization.actions.checks import day_of, deed
from hatnhan.organization.models import Body, Level, Unit, UnitAncestry

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor

    Point = VariantPoint | CorePoint

_TITLE = 300


@dataclass(slots=True)
class Given:
    """What was given: cells that are new to the roll-out, tasks opened, cells that have it on an agenda now."""

    cells: list[str] = field(default_factory=list)
    tasks: int = 0
    placed: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.cells or self.tasks or self.placed)


@deed
def give_cells(
    *, by: Actor, at: datetime, roll_out: RollOut, cells: Collection[Unit], on: date
) -> list[CellRollOut]:
    """Give cells what they lack of an approved roll-out, on a day; return what each has. The calling deed has asked.

    A cell that has all of it already is left as it is; one that was closed meanwhile is given to none. The roll-out is
    held: of two deeds at once each gives only what the other has not. About thirty queries, however many cells.
    """
    held = RollOut.objects.running().select_for_update().filter(pk=roll_out.pk)
    if not held.values_list("pk", flat=True):
        return []
    rows, given = hand_over(by=by, at=at, roll_out=roll_out, cells=cells, on=on)
    if given:
        details = {"cells": given.cells, "tasks": given.tasks, "agenda": given.placed, "on": on}
        record(by=by, action=Action.GIVE, at=at, target=roll_out, unit_id=roll_out.unit_id, details=details)
    return rows


def hand_over(
    *, by: Actor, at: datetime, roll_out: RollOut, cells: Collection[Unit], on: date
) -> tuple[list[CellRollOut], Given]:
    """Give cells what they lack within the caller's deed and record; return what each has, and what was new."""
    told = Given()
    rows = _lay(roll_out, list(cells), on, told)
    points = _points(roll_out)
    told.tasks = _open_tasks(by, at, roll_out, rows, points, on)
    waiting = [row for row in rows if row.agenda_item_id is None]
    items = bring_before_cells(
        by=by,
        at=at,
        matter=f"{MATTER}{roll_out.pk}",
        items={row.cell_id: _item(roll_out, points[row.variant_id]) for row in waiting},
    )
    placed = [row for row in waiting if row.cell_id in items]
    for row in placed:
        row.agenda_item = items[row.cell_id]
    CellRollOut.objects.bulk_update(placed, ["agenda_item"])
    told.placed = [row.cell.code for row in placed]
    return rows, told


def _lay(roll_out: RollOut, cells: list[Unit], on: date, told: Given) -> list[CellRollOut]:
    """Write the row of each cell that has none, with the variant of its kind; a cell of another kind gets its own."""
    variants = {one.cell_kind: one for one in Variant.objects.filter(roll_out=roll_out)}
    there = {one.cell_id: one for one in CellRollOut.objects.filter(roll_out=roll_out, cell__in=cells)}
    new = [
        CellRollOut(roll_out=roll_out, cell=cell, variant=variants.get(cell.cell_kind), given_on=on)
        for cell in cells
        if cell.pk not in there
    ]
    changed = []
    for cell in cells:
        row, variant = there.get(cell.pk), variants.get(cell.cell_kind)
        if row is None:
            continue
        row.cell = cell
        if row.left_on is not None or row.variant_id != (variant.pk if variant else None):
            row.left_on, row.variant = None, variant
            changed.append(row)
    CellRollOut.objects.bulk_create(new)
    CellRollOut.objects.bulk_update(changed, ["left_on", "variant"])
    told.cells = [row.cell.code for row in (*new, *changed)]
    return [*there.values(), *new]


def _points(roll_out: RollOut) -> dict[int | None, list[Point]]:
    """Return what cells read, by variant in the order in which it stands there; under None the core. Two queries."""
    found: dict[int | None, list[Point]] = {None: list(CorePoint.objects.filter(roll_out=roll_out))}
    rows = VariantPoint.objects.filter(variant__roll_out=roll_out).select_related("core")
    for one in rows.order_by("place", "pk"):
        found.setdefault(one.variant_id, []).append(one)
    return found


def _open_tasks(
    by: Actor,
    at: datetime,
    roll_out: RollOut,
    rows: list[CellRollOut],
    points: dict[int | None, list[Point]],
    on: date,
) -> int:
    """Open the tasks that cells lack; a point of the core is one task, whichever variant says it."""
    had = _had(rows)
    late = _late_day(roll_out, on)
    links, data = [], []
    for row in rows:
        for point in points[row.variant_id]:
            if _is_task(point) and _key(point) not in had.get(row.pk, ()):
                links.append(_link(row, point))
                data.append(_task(row.cell, point, on, late))
    tasks = open_tasks(by=by, at=at, unit=roll_out.unit, data=data, given_on=on)
    for link, task in zip(links, tasks, strict=True):
        link.task = task
    PointTask.objects.bulk_create(links)
    return len(links)


def _link(row: CellRollOut, point: Point) -> PointTask:
    if isinstance(point, CorePoint):
        return PointTask(given=row, core=point)
    return PointTask(given=row, point=point)


def _had(rows: Iterable[CellRollOut]) -> dict[int, set[tuple[str, int]]]:
    """Return which points are tasks of each cell already."""
    found: dict[int, set[tuple[str, int]]] = {}
    links = PointTask.objects.filter(given__in=[row.pk for row in rows], own=None)
    for given, core, said_core, point in links.values_list(
        "given_id", "core_id", "point__core_id", "point_id"
    ):
        above = core or said_core
        found.setdefault(given, set()).add(("core", above) if above else ("point", point or 0))
    return found


def _key(point: Point) -> tuple[str, int]:
    if isinstance(point, CorePoint):
        return "core", point.pk
    return ("core", point.core_id) if point.core_id else ("point", point.pk)


def _is_task(point: Point) -> bool:
    return point.task if isinstance(point, CorePoint) else point.is_task


def _late_day(roll_out: RollOut, on: date) -> date:
    """Return the last day of a task whose own has passed: that of the plan, or as long as holding takes."""
    if roll_out.done_by >= on:
        return roll_out.done_by
    return on + timedelta(days=rule_of(roll_out).value.held_days)


def _task(cell: Unit, point: Point, on: date, late: date) -> TaskData:
    words, due = _words(point), point.due if isinstance(point, CorePoint) else point.last_day
    return TaskData(
        title=_cut(words),
        due=due if due is not None and due >= on else late,
        owner_unit=cell,
        owner_body=Body.MEMBERS,
        detail=words if len(words) > _TITLE else "",
    )


def _words(point: Point) -> str:
    return point.text if isinstance(point, CorePoint) else point.words


def _cut(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _TITLE else line[: _TITLE - 1].rsplit(" ", 1)[0] + "…"


def _item(roll_out: RollOut, points: Sequence[Point]) -> ItemData:
    """Return the matter for the agenda, with all that the cell has to take in, so that it can be read from paper."""
    lines = [f"{number}. {_words(point)}" for number, point in enumerate(points, start=1)]
    return ItemData(title=_cut(title_of(roll_out)), minutes=20, detail="\n".join(lines))


# --- cells that come, move, change or end -----------------------------------------------------------------------------
def follow_cells(units: Sequence[Unit], by: Actor, at: datetime) -> None:
    """Give cells that are new, hang elsewhere or are of another kind what they lack; note what they left.

    Called inside the transaction, and after the record, of the deed that shaped them (`organization.listeners`).
    """
    today = day_of(at)
    below = UnitAncestry.objects.on(today).filter(ancestor__in=units, unit__level=Level.CELL)
    cells = {one.pk: one for one in Unit.objects.filter(pk__in=below.values("unit"))}
    lineage: dict[int, set[int]] = {pk: set() for pk in cells}
    above = UnitAncestry.objects.on(today).filter(unit__in=cells)
    for unit_id, ancestor_id in above.values_list("unit_id", "ancestor_id"):
        lineage[unit_id].add(ancestor_id)
    _note_left(lineage, today)
    committees = {pk for line in lineage.values() for pk in line}
    running = RollOut.objects.running().filter(unit__in=committees).select_related("unit", "document")
    for roll_out in running.order_by("approved_at", "pk"):
        own = [cell for pk, cell in cells.items() if roll_out.unit_id in lineage[pk]]
        give_cells(by=by, at=at, roll_out=roll_out, cells=own, on=today)


def _note_left(lineage: dict[int, set[int]], today: date) -> None:
    rows = CellRollOut.objects.filter(
        cell__in=lineage, left_on=None, roll_out__state=RollOut.State.APPROVED
    ).select_related("roll_out")
    gone = [row.pk for row in rows if row.roll_out.unit_id not in lineage[row.cell_id]]
    CellRollOut.objects.filter(pk__in=gone).update(left_on=today)


def leave_with_unit(unit: Unit, _successor: Unit | None, end: date) -> None:
    """Note that a cell that ended has left the roll-outs that ran there; what it did stays."""
    rows = CellRollOut.objects.filter(cell=unit, left_on=None, roll_out__state=RollOut.State.APPROVED)
    rows.update(left_on=end)
