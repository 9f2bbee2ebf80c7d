"""What every step of a task does alike: changes the row only as it was read, tells the task's story, records it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hatnhan.assignments.models import Task, TaskEvent
from hatnhan.audit.actions import record
from hatnhan.organization.actions.checks import moved_on

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from hatnhan.accounts.actors import Actor

#: Where somebody still has something to do.
UNFINISHED = (Task.State.OPEN, Task.State.DONE)


def change(task: Task, states: Collection[str], values: Mapping[str, Any]) -> None:
    """Set some values of a task, only while it is in one of some states with the last day that the caller saw.

    Raises RuleBroken ``already_done`` when somebody else moved it meanwhile.
    """
    seen = Task.objects.filter(pk=task.pk, state__in=states, due=task.due)
    if seen.update(**values) != 1:
        raise moved_on()
    for name, value in values.items():
        setattr(task, name, value)


def event(task: Task, kind: str, *, by: Actor, at: datetime, note: str = "") -> TaskEvent:
    """Return a line of a task's story, not saved yet."""
    return TaskEvent(task=task, kind=kind, at=at, by_name=str(by)[:120], note=note)


def tell(
    task: Task, kind: str, action: str, *, by: Actor, at: datetime, note: str = "", details: dict[str, Any]
) -> None:
    """Write a line of a task's story, and the record."""
    event(task, kind, by=by, at=at, note=note).save(force_insert=True)
    record(
        by=by,
        action=action,
        at=at,
        target=task,
        unit_id=task.unit_id,
        subject_id=task.owner_id,
        details=details,
    )
