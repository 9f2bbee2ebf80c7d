"""How roll-outs stood in the cells on a day: on an agenda, held, studied, tasks, reports. One definition for all pages.

A roll-out is on a cell's agenda by the key of its matter, which an item keeps when a meeting carries it to the next.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Concat

from hatnhan.assignments.models import Task
from hatnhan.core import clock
from hatnhan.core.dated import in_force
from hatnhan.core.errors import Missing
from hatnhan.core.periods import add_months
from hatnhan.guidance.models import CellReport, CellRollOut, PointTask, RollOut
from hatnhan.guidance.selectors import study
from hatnhan.guidance.selectors.steps import rules_of
from hatnhan.meetings.models import AgendaItem, Meeting
from hatnhan.organization.models import UnitVersion
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors.units import reading_order, short_name

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from datetime import date, datetime

    from django.db.models import QuerySet

    from hatnhan.accounts.models import User
    from hatnhan.rulebook.topics.guidance import RollOutSteps

#: What stands before a roll-out's id in the key of its matter.
MATTER = "guidance.roll_out:"
ONE_DAY = timedelta(days=1)


def after(on: date) -> datetime:
    """Return the first moment after a day."""
    return clock.at(on + ONE_DAY, 0)


def day_of(at: datetime) -> date:
    """Return the day of a moment, in Vietnamese time."""
    return at.astimezone(clock.HERE).date()


# --- which ones ------------------------------------------------------------------------------------------------------
def approved_by(on: date) -> Q:
    """Return the condition that a roll-out was approved by a day."""
    return Q(approved_at__lt=after(on))


def running_on(on: date) -> Q:
    """Return the condition that a roll-out was approved by a day and not closed on it."""
    return approved_by(on) & (Q(closed_on=None) | Q(closed_on__gt=on))


def there_on(on: date) -> Q:
    """Return the condition that a cell had been given its roll-out by a day and had not left it."""
    return Q(given_on__lte=on) & (Q(left_on=None) | Q(left_on__gt=on))


def _items() -> QuerySet[AgendaItem]:
    """Return the items of the outer row's cell that bring its roll-out before a meeting."""
    key = Concat(Value(MATTER), Cast(OuterRef("roll_out_id"), CharField()))
    return AgendaItem.objects.filter(matter=key, meeting__unit_id=OuterRef("cell_id"))


def with_meetings(rows: QuerySet[CellRollOut], on: date) -> QuerySet[CellRollOut, Any]:
    """Add the meeting that has it on its agenda, and the one that held it first by a day, with the moment it ended."""
    placed = _items().exclude(meeting__state=Meeting.State.CANCELLED).order_by("-meeting__starts_at")
    held = _items().exclude(state=AgendaItem.State.CARRIED).filter(meeting__ended_at__lt=after(on))
    held = held.order_by("meeting__ended_at", "pk")
    return rows.annotate(
        agenda_meeting=Subquery(placed.values("meeting_id")[:1]),
        held_meeting=Subquery(held.values("meeting_id")[:1]),
        held_at=Subquery(held.values("meeting__ended_at")[:1]),
    )


# --- tasks -----------------------------------------------------------------------------------------------------------
def counted_tasks(on: date) -> Q:
    """Return the condition that a point's task had been given by a day and not been dropped."""
    dropped = Q(task__state=Task.State.WITHDRAWN) & (Q(task__closed_on=None) | Q(task__closed_on__lte=on))
    return Q(task__given_on__lte=on) & ~dropped


def done_tasks(on: date) -> Q:
    """Return the condition that a point's task was done by a day."""
    return counted_tasks(on) & Q(task__done_on__lte=on)


def late_tasks(on: date) -> Q:
    """Return the condition that a point's task was past its last day and not done on a day."""
    return counted_tasks(on) & Q(task__due__lt=on) & (Q(task__done_on=None) | Q(task__done_on__gt=on))


# --- reports ---------------------------------------------------------------------------------------------------------
def terms(roll_out: RollOut, steps: RollOutSteps) -> list[tuple[int, date]]:
    """Return after how many months cells report, and the last day of each; none before it is approved."""
    if roll_out.approved_at is None:
        return []
    first = day_of(roll_out.approved_at)
    months = (steps.first_report_months, steps.second_report_months)
    return [(count, add_months(first, count)) for count in dict.fromkeys(months)]


# --- cells -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Term:
    """A report that a cell owes by a day, and when it came."""

    months: int
    due: date
    reported_on: date | None

    def owed(self, on: date) -> bool:
        """Tell whether its day had come and it had not."""
        return self.reported_on is None and self.due <= on


@dataclass(frozen=True, slots=True)
class Line:
    """How one roll-out stood in one cell on a day."""

    pk: int
    roll_out_id: int
    cell_id: int
    code: str
    name: str
    order: tuple[int, list[str]]
    given_on: date
    on: date
    agenda_meeting: int | None
    held_meeting: int | None
    held_on: date | None
    held_by: date
    studied: int
    due: int
    tasks: int
    done: int
    late: int
    terms: list[Term]
    #: The last report as it goes, beside those of the terms.
    reports: int

    @property
    def on_agenda(self) -> bool:
        """Whether it stands on the agenda of a meeting, held or to come."""
        return self.agenda_meeting is not None or self.held_on is not None

    @property
    def held_late(self) -> bool:
        """Whether the day to hold it by has passed without that."""
        return self.held_on is None and self.held_by < self.on

    @property
    def owed(self) -> list[Term]:
        """The reports whose day has come and that have not."""
        return [one for one in self.terms if one.owed(self.on)]

    @property
    def has_work(self) -> bool:
        """Whether anything is left to do: to hold, to study, a task, a report whose day has come."""
        return self.held_on is None or self.studied < self.due or self.done < self.tasks or bool(self.owed)


@dataclass(slots=True)
class Totals:
    """Sums over cells."""

    cells: int = 0
    on_agenda: int = 0
    held: int = 0
    studied: int = 0
    due: int = 0
    tasks: int = 0
    done: int = 0
    late: int = 0
    reports: int = 0
    owed: int = 0
    with_work: int = 0

    def add(self, line: Line) -> None:
        """Add one cell."""
        self.cells += 1
        self.on_agenda += line.on_agenda
        self.held += line.held_on is not None
        self.owed += len(line.owed)
        self.with_work += line.has_work
        for name in ("studied", "due", "tasks", "done", "late", "reports"):
            setattr(self, name, getattr(self, name) + getattr(line, name))


def totals(lines: Iterable[Line]) -> Totals:
    """Return the sums over some lines."""
    found = Totals()
    for line in lines:
        found.add(line)
    return found


@dataclass(slots=True)
class _Reports:
    by_term: dict[int, date] = field(default_factory=dict)
    count: int = 0


def lines(roll_outs: Collection[RollOut], on: date, units: Collection[int] | None = None) -> list[Line]:
    """Return how roll-outs stood on a day in the cells that had them, in the order of the tree.

    ``units`` keeps some of the cells; None keeps all. Some ten queries, whatever the number of roll-outs and cells.
    """
    wanted = {one.pk: one for one in roll_outs}
    rows = CellRollOut.objects.filter(there_on(on), roll_out__in=wanted)
    if units is not None:
        rows = rows.filter(cell_id__in=units)
    found = list(with_meetings(rows.select_related("cell"), on))
    if not found:
        return []
    tasks, reports = _tasks(rows, on), _reports(rows, on)
    named = _named({one.cell_id for one in found}, on)
    documents = list({one.document for one in wanted.values()})
    studied = study.counts(documents, list({one.cell for one in found}), on)
    rule_of = rules_of()
    made = []
    for one in found:
        roll_out = wanted[one.roll_out_id]
        code, name, order = named.get(one.cell_id, ("", "", (0, [])))
        told = reports.get(one.pk, _Reports())
        counts = tasks.get(one.pk, {})
        read, due = studied.get((roll_out.document_id, one.cell_id), (0, 0))
        made.append(
            Line(
                pk=one.pk,
                roll_out_id=one.roll_out_id,
                cell_id=one.cell_id,
                code=code,
                name=name,
                order=order,
                given_on=one.given_on,
                on=on,
                agenda_meeting=one.agenda_meeting,
                held_meeting=one.held_meeting,
                held_on=day_of(one.held_at) if one.held_at else None,
                held_by=max(roll_out.held_by, one.given_on),
                studied=read,
                due=due,
                tasks=counts.get("whole", 0),
                done=counts.get("done", 0),
                late=counts.get("late", 0),
                terms=[
                    Term(months, last, told.by_term.get(months))
                    for months, last in terms(roll_out, rule_of(roll_out).value)
                    if last >= one.given_on
                ],
                reports=told.count,
            )
        )
    return sorted(made, key=lambda line: line.order)


def _tasks(rows: QuerySet[CellRollOut], on: date) -> dict[int, dict[str, int]]:
    found: Any = (
        PointTask.objects.filter(given__in=rows.values("pk"))
        .order_by()
        .values("given_id")
        .annotate(
            whole=Count("pk", filter=counted_tasks(on)),
            done=Count("pk", filter=done_tasks(on)),
            late=Count("pk", filter=late_tasks(on)),
        )
    )
    return {one["given_id"]: one for one in found}


def _reports(rows: QuerySet[CellRollOut], on: date) -> dict[int, _Reports]:
    found: dict[int, _Reports] = {}
    told = CellReport.objects.filter(given__in=rows.values("pk"), reported_on__lte=on)
    for given, months, day in told.values_list("given_id", "months", "reported_on"):
        one = found.setdefault(given, _Reports())
        one.count += 1
        if months:
            one.by_term[months] = day
    return found


def _named(cells: Collection[int], on: date) -> Mapping[int, tuple[str, str, tuple[int, list[str]]]]:
    """Return code, name and order of some cells as they were on a day."""
    rows = UnitVersion.objects.on(on).filter(unit_id__in=cells)
    return {
        pk: (code, short_name(name), (place, reading_order(name)))
        for pk, code, name, place in rows.values_list("unit_id", "unit__code", "name", "position")
    }


# --- for a person ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Following:
    """One roll-out on a day, in the cells that a person leads."""

    roll_out: RollOut
    lines: list[Line]
    totals: Totals


def following_for(user: User, pk: int, on: date) -> Following:
    """Return how a roll-out stood on a day in the cells that a person leads.

    Raises Missing for one that the person may not see, that was not approved by the day, or that reaches no such cell.
    """
    roll_out = RollOut.objects.visible_to(user).filter(approved_by(on), pk=pk)
    one = roll_out.select_related("document", "unit", "lead").first()
    led = powers_of(user).units_led
    if one is None or not led:
        raise Missing
    found = lines([one], on, None if one.unit_id in led else led)
    if not (found or one.unit_id in led):
        raise Missing
    return Following(one, found, totals(found))


PARTS: dict[str, Callable[[Line], bool]] = {
    "con-viec": lambda line: line.has_work,
    "chua-chuong-trinh": lambda line: not line.on_agenda,
    "chua-sinh-hoat": lambda line: line.held_on is None,
    "chua-hoc": lambda line: line.studied < line.due,
    "viec-tre": lambda line: line.late > 0,
    "no-bao-cao": lambda line: bool(line.owed),
}


def narrowed(lines: Iterable[Line], part: str) -> list[Line]:
    """Keep the cells that some work is left in; all for a part that is none."""
    keep = PARTS.get(part)
    return [line for line in lines if keep is None or keep(line)]


def tasks_of(following: Following, on: date, cell: str, part: str) -> QuerySet[Task]:
    """Return the tasks of a roll-out, of all cells or one (by code): "xong", "tre", "chua" or all; by last day."""
    given = [line.pk for line in following.lines if not cell or line.code == cell]
    kept = {"xong": done_tasks(on), "tre": late_tasks(on), "chua": counted_tasks(on) & ~done_tasks(on)}
    links = PointTask.objects.filter(kept.get(part, counted_tasks(on)), given__in=given)
    rows: QuerySet[Task] = Task.objects.filter(pk__in=links.values("task_id"))
    return rows.select_related("owner", "owner_unit", "unit").order_by("due", "pk")


def reports_of(following: Following, on: date, cell: str) -> QuerySet[CellReport]:
    """Return what the cells, or one of them (by code), had reported of a roll-out by a day, the latest first."""
    given = [line.pk for line in following.lines if not cell or line.code == cell]
    rows = CellReport.objects.filter(given__in=given, reported_on__lte=on)
    return rows.select_related("given__cell").order_by("-reported_on", "-pk")


@dataclass(frozen=True, slots=True)
class RollOutLine:
    """A roll-out under way, with the sums over the cells that the person leads."""

    roll_out: RollOut
    totals: Totals


def under_way(user: User, unit_id: int, on: date) -> QuerySet[RollOut]:
    """Return the roll-outs running on a day that a unit or one below it was given or gives, the latest first."""
    below = in_force(on, "cell__ancestries__") & Q(cell__ancestries__ancestor_id=unit_id)
    given = CellRollOut.objects.filter(below, there_on(on)).values("roll_out")
    rows: QuerySet[RollOut] = RollOut.objects.visible_to(user).filter(running_on(on))
    rows = rows.filter(Q(unit_id=unit_id) | Q(pk__in=given))
    return rows.select_related("document", "unit").order_by("-approved_at", "-pk")


def drafts(user: User, unit_id: int, on: date) -> QuerySet[RollOut]:
    """Return the plans of a unit that were being written on a day; those of units the person leads."""
    open_then = Q(approved_at=None) | Q(approved_at__gte=after(on))
    rows: QuerySet[RollOut] = RollOut.objects.filter(open_then, unit_id=unit_id, drafted_at__lt=after(on))
    rows = rows.filter(unit_id__in=powers_of(user).units_led)
    return rows.select_related("document", "unit").order_by("approve_by", "pk")


def summed(user: User, roll_outs: Collection[RollOut], unit_id: int, on: date) -> list[RollOutLine]:
    """Return roll-outs with their sums over the cells of a unit that the person leads; none led: empty sums."""
    led = powers_of(user).units_led
    below = set(
        UnitVersion.objects.on(on)
        .filter(in_force(on, "unit__ancestries__"), unit__ancestries__ancestor_id=unit_id)
        .values_list("unit_id", flat=True)
    )
    sums = {one.pk: Totals() for one in roll_outs}
    if led:
        for line in lines(roll_outs, on, below & led):
            sums[line.roll_out_id].add(line)
    return [RollOutLine(one, sums[one.pk]) for one in roll_outs]
