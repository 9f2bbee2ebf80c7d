"""What presses a cell before its meeting: each room names what it knows, the meeting's agenda takes from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan.assignments.models import Task
from hatnhan.core.vietnamese import day as written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from hatnhan.organization.models import Unit

    Source = Callable[[Unit, date], Iterable["Matter"]]


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that presses. ``key`` is stable: what was taken onto an agenda is known by it."""

    key: str
    title: str
    detail: str
    url: str


_sources: list[Source] = []


def register(source: Source) -> None:
    """Add a function that names what presses a unit on a day."""
    if source not in _sources:
        _sources.append(source)


def pressing(unit: Unit, on: date) -> list[Matter]:
    """Return all that presses a unit on a day, in the order in which rooms registered, each thing once."""
    found = {matter.key: matter for source in _sources for matter in source(unit, on)}
    return list(found.values())


def overdue_tasks(unit: Unit, on: date) -> Iterator[Matter]:
    """Name the tasks that the unit gave, or has to do, and that are past their last day; the oldest first."""
    for task in (
        Task.objects.of_unit(unit.pk).late(on).select_related("owner", "owner_unit").order_by("due", "pk")
    ):
        detail = _("%(owner)s; hạn %(due)s, trễ %(days)d ngày.")
        values = {"owner": task.owner_name, "due": written(task.due), "days": (on - task.due).days}
        yield Matter(
            key=f"assignments.task:{task.pk}",
            title=task.title,
            detail=detail % values,
            url=reverse("assignments:task", args=[task.pk]),
        )
