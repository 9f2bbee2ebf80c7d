"""Where a task comes from. The room that opened it holds the link; this room only asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from hatnhan.assignments.models import Task


@dataclass(frozen=True, slots=True)
class Origin:
    """The meeting, finding or resolution from which a task came: what it is called, and its page."""

    label: str
    url: str


_holders: list[Callable[[Collection[int]], Collection[int]]] = []
_finders: list[Callable[[Collection[int]], dict[int, Origin]]] = []


def register(finder: Callable[[Collection[int]], dict[int, Origin]]) -> None:
    """Add a function from ids of tasks to the origins of those that its room opened. Few queries, however many."""
    if finder not in _finders:
        _finders.append(finder)


def of(task_ids: Collection[int]) -> dict[int, Origin]:
    """Return the origins of tasks by id; a task given directly has none."""
    found: dict[int, Origin] = {}
    if task_ids:
        for finder in _finders:
            found |= finder(task_ids)
    return found


def register_settling(holder: Callable[[Collection[int]], Collection[int]]) -> None:
    """Add a function from ids of tasks to those that its room reports and settles on pages of its own. One query."""
    if holder not in _holders:
        _holders.append(holder)


def settled_elsewhere(task: Task) -> bool:
    """Tell whether another room holds how a task is reported, judged, moved and given up; asked once a task object."""
    known: bool | None = getattr(task, "_settled_elsewhere", None)
    if known is None:
        known = any(task.pk in holder([task.pk]) for holder in _holders)
        task._settled_elsewhere = known  # type: ignore[attr-defined]  # noqa: SLF001 - a note on our own object
    return known
