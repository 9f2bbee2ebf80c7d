"""Pressing matters for a cell's agenda: each room tells what it has, the meeting chooses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from hatnhan.organization.models import Unit

    Source = Callable[[Unit, date], Iterable["Matter"]]

_sources: list[Source] = []


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing to talk about. ``key`` names it for good, such as "assignments.task:17"; ``url`` is where it stands."""

    key: str
    title: str
    detail: str
    url: str


def register(source: Source) -> None:
    """Let a room tell what a cell should talk about on a day; called once at start."""
    if source not in _sources:
        _sources.append(source)


def pressing(unit: Unit, on: date) -> list[Matter]:
    """Return what presses in a cell on a day, by room in the order in which they registered."""
    return [matter for source in _sources for matter in source(unit, on)]
