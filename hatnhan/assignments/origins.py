"""Where a task comes from. The room that opened it holds the link; this room only asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection


@dataclass(frozen=True, slots=True)
class Origin:
    """The meeting, finding or resolution from which a task came: what it is called, and its page."""

    label: str
    url: str


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
