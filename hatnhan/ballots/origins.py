"""Which meeting item a ballot belongs to. Rooms above tell; this room knows none of them by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    Finder = Callable[[Collection[int]], dict[int, "Origin"]]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a ballot comes from, as a link, and whom the meeting there has marked as present (ids of members)."""

    label: str
    url: str
    present: frozenset[int] = frozenset()


_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """Add what finds the origins of ballots by their ids; called once at start."""
    _finders.append(finder)


def of(ballot_ids: Collection[int]) -> dict[int, Origin]:
    """Return the origins known, by the id of the ballot."""
    found: dict[int, Origin] = {}
    for finder in _finders:
        found.update(finder(ballot_ids))
    return found
