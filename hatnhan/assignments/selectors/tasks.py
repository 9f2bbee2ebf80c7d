"""Reading tasks: one person's, a unit's, a single one; narrowed as the address asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from hatnhan.assignments.filters import OVER
from hatnhan.assignments.models import Task, TaskEvent, WorkGroup
from hatnhan.assignments.permissions import has_other_head
from hatnhan.core.errors import Missing
from hatnhan.core.vietnamese import fold
from hatnhan.organization.models import Membership, Unit
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors.bodies import body_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from hatnhan.accounts.models import User
    from hatnhan.assignments.filters import Filters
    from hatnhan.assignments.models.task import TaskQuerySet
    from hatnhan.organization.models import Member
_FIRST_DUE_FIRST, _LATEST_FIRST = ("due", "pk"), ("-due", "-pk")


_Kind = TaskEvent.Kind
_ICONS = {
    _Kind.GIVEN: "flag",
    _Kind.PROGRESS: "progress",
    _Kind.POSTPONED: "calendar-plus",
    _Kind.HANDED_OVER: "arrows-exchange",
    _Kind.DONE: "circle-check",
    _Kind.RETURNED: "arrow-back-up",
    _Kind.VERIFIED: "rosette-discount-check",
    _Kind.WITHDRAWN: "circle-x",
}


@dataclass(frozen=True, slots=True)
class Counts:
    """How many tasks of a list wait for somebody on a day: to be done, of these late, to be verified."""

    open: int
    late: int
    waiting: int

    @property
    def unfinished(self) -> int:
        """How many are not over."""
        return self.open + self.waiting


def of_person(user: User) -> TaskQuerySet:
    """Return the tasks that are a person's to do."""
    return Task.objects.of_person(user)


def of_unit(user: User, unit: Unit, on: date, *, below: bool) -> TaskQuerySet:
    """Return the tasks of a unit that the person may see; ``below`` takes in what stood below it on a day.

    Raises Missing for who neither leads nor reads the unit and holds no post in it.
    """
    if not may_see_unit(user, unit):
        raise Missing(_("Danh sách việc này không dành cho đồng chí xem."))
    if below:
        return Task.objects.visible_to(user).below(unit.pk, on)
    # Who leads the unit may see all of its own tasks: no need to ask of each.
    seen = Task.objects.all() if unit.pk in powers_of(user).units_led else Task.objects.visible_to(user)
    return seen.of_unit(unit.pk)


def may_see_unit(user: User, unit: Unit | None) -> bool:
    """Tell whether a person may see the list of a unit's tasks."""
    powers = powers_of(user)
    return unit is not None and (
        unit.pk in powers.units_led or any(unit_id == unit.pk for unit_id, _post, _level in powers.held)
    )


def task_for(user: User, pk: int) -> Task:
    """Return a task that the person may see. Raises Missing, whether absent or forbidden."""
    seen = Task.objects.visible_to(user).filter(pk=pk)
    found: Task | None = seen.select_related("unit", "owner", "owner_unit", "group", "verified_by").first()
    if found is None:
        raise Missing(_("Không có việc này, hoặc việc không dành cho đồng chí xem."))
    return found


def to_verify(user: User, unit: Unit, on: date) -> TaskQuerySet:
    """Return the tasks that a unit gave and that the person, its head, may verify on a day, the first done first."""
    powers = powers_of(user)
    waiting = Task.objects.filter(unit=unit).waiting_on(on)
    if has_other_head(unit.pk, powers):
        lower = Q(owner_unit_id__in=powers.cells_led) & ~Q(owner_unit_id=unit.pk)
        waiting = waiting.exclude(Q(owner_id__isnull=False, owner_id=powers.member_id) | lower)
    return waiting.select_related("owner", "owner_unit").order_by("done_on", "pk")


def helpers_of(task: Task) -> list[Member]:
    """Return who helps with a task, by name."""
    rows = task.helpers.select_related("member").order_by("member__sort_key", "pk")
    return [row.member for row in rows]


def story_of(task: Task) -> list[tuple[TaskEvent, str]]:
    """Return what happened to a task, the latest first, each with the icon of its kind."""
    return [(event, _ICONS[_Kind(event.kind)]) for event in task.events.order_by("-at", "-pk")]


def owner_left(task: Task, on: date) -> bool:
    """Tell whether a task that is to be done is with a person who belongs to no cell any more."""
    if task.state != Task.State.OPEN or task.owner_id is None:
        return False
    return not Membership.objects.on(on).filter(member_id=task.owner_id).exists()


def narrowed(tasks: TaskQuerySet, chosen: Filters, on: date) -> TaskQuerySet:
    """Return the tasks that pass a filter, as they stood on a day; what is due first stands first."""
    found = _STATES[chosen.tinh_trang](tasks, on)
    conditions = _owner(chosen.nguoi)
    if chosen.q:
        for word in fold(chosen.q).split():
            conditions &= Q(search_key__contains=word)
    if chosen.nhom:
        conditions &= Q(group_id=int(chosen.nhom))
    for name, first, last in (
        ("due", chosen.han_tu, chosen.han_den),
        ("given_on", chosen.giao_tu, chosen.giao_den),
        ("done_on", chosen.xong_tu, chosen.xong_den),
    ):
        conditions &= Q(**{f"{name}__gte": first}) if first else Q()
        conditions &= Q(**{f"{name}__lte": last}) if last else Q()
    if chosen.dung_han:
        found = found.done_on(on)
        conditions &= Q(done_on__lte=F("due"))
    order = _LATEST_FIRST if chosen.tinh_trang in OVER else _FIRST_DUE_FIRST
    return found.filter(conditions).select_related("owner", "owner_unit").order_by(*order)


def counts(tasks: TaskQuerySet, on: date) -> Counts:
    """Count the tasks that wait for somebody on a day, by one query."""
    undone = Q(done_on=None) | Q(done_on__gt=on)
    numbers = tasks.unfinished_on(on).aggregate(
        whole=Count("pk"),
        open=Count("pk", filter=undone),
        late=Count("pk", filter=undone & Q(due__lt=on)),
    )
    return Counts(numbers["open"], numbers["late"], numbers["whole"] - numbers["open"])


def owners(tasks: TaskQuerySet) -> list[tuple[str, str]]:
    """Return who has tasks of a list to do, as values of the filter with their words; bodies first."""
    rows = tasks.values_list("owner_id", "owner__full_name", "owner__sort_key", "owner_unit_id", "owner_body")
    found = set(rows.order_by().distinct())
    people = sorted((key, pk, name) for pk, name, key, _unit, _body in found if pk)
    bodies = {(unit_id, body) for _pk, _name, _key, unit_id, body in found if unit_id}
    units = Unit.objects.in_bulk({unit_id for unit_id, _body in bodies})
    named = sorted((body_words(units[unit_id], body), f"{unit_id}-{body}") for unit_id, body in bodies)
    return [(key, words) for words, key in named] + [(str(pk), name) for _key, pk, name in people]


def groups(unit: Unit) -> list[tuple[str, str]]:
    """Return the groups of tasks of a unit as values of the filter with their words, those of today first."""
    found = WorkGroup.objects.filter(unit=unit).order_by(F("end").asc(nulls_first=True), "position", "name")
    return [(str(group.pk), group.name) for group in found]


def _owner(value: str) -> Q:
    if not value:
        return Q()
    pk, _dash, body = value.partition("-")
    return Q(owner_unit_id=int(pk), owner_body=body) if body else Q(owner_id=int(pk))


_STATES: dict[str, Callable[[TaskQuerySet, date], TaskQuerySet]] = {
    "": lambda tasks, on: tasks.unfinished_on(on),
    "qua-han": lambda tasks, on: tasks.late_on(on),
    "dang-lam": lambda tasks, on: tasks.open_on(on),
    "cho-kiem-tra": lambda tasks, on: tasks.waiting_on(on),
    "xong": lambda tasks, on: tasks.ended_on(Task.State.VERIFIED, on),
    "da-lam": lambda tasks, on: tasks.done_on(on),
    "thoi": lambda tasks, on: tasks.ended_on(Task.State.WITHDRAWN, on),
    "tat-ca": lambda tasks, on: tasks.existing(on),
}
