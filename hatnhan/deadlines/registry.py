"""Where rooms hand up their deadlines, and where the home page and the calendar get them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from hatnhan.deadlines.types import Deadline


class Source(Protocol):
    """Yield what is due in the units (by id) up to and including ``until``, as it stands on the day ``on``."""

    def __call__(self, unit_ids: Sequence[int], *, on: date, until: date) -> Iterable[Deadline]: ...


_sources: dict[str, Source] = {}


def source(key: str) -> Callable[[Source], Source]:
    """Register a function that yields the deadlines whose keys begin with ``key`` and a colon."""

    def register(function: Source) -> Source:
        if key in _sources:
            message = f"two sources of deadlines claim {key}"
            raise ValueError(message)
        _sources[key] = function
        return function

    return register


def sources() -> dict[str, Source]:
    """Return all sources by key."""
    return dict(_sources)


def due(unit_ids: Sequence[int], *, on: date, until: date) -> list[Deadline]:
    """Return everything due in the units up to and including ``until``, the latest overdue first."""
    found = [one for key in sorted(_sources) for one in _sources[key](unit_ids, on=on, until=until)]
    return sorted(found, key=lambda one: (one.due, one.key))
