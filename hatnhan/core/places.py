"""What units are called, for rooms that stand below the one that owns them and keep only their numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable

Namer = Callable[[Iterable[int]], dict[int, str]]

_namers: list[Namer] = []


def register(namer: Namer) -> None:
    """Let a room above say what units are called: given their ids, it returns their names by id."""
    if namer not in _namers:
        _namers.append(namer)


def names(ids: Iterable[int | None]) -> dict[int, str]:
    """Return the names of units by id; those that nobody knows are left out."""
    wanted = {number for number in ids if number is not None}
    found: dict[int, str] = {}
    for namer in _namers:
        if wanted:
            found |= namer(wanted)
    return found
