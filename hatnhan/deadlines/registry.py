"""Where rooms hand up their deadlines, and where the home page and the calendar get them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from django_stubs_ext import StrPromise

    from hatnhan.deadlines.types import Deadline


class Source(Protocol):
    """Yield what is due in the units (by id) up to and including ``until``, as it stands on the day ``on``."""

    def __call__(self, unit_ids: Sequence[int], *, on: date, until: date) -> Iterable[Deadline]: ...


class PersonalSource(Protocol):
    """Yield what waits for one member up to and including ``until``, as it stands on the day ``on``."""

    def __call__(self, member_id: int, *, on: date, until: date) -> Iterable[Deadline]: ...


_sources: dict[str, Source] = {}
_personal: dict[str, PersonalSource] = {}
_titles: dict[str, StrPromise | str] = {}


def source(key: str, *, title: StrPromise | str = "") -> Callable[[Source], Source]:
    """Register a function that yields the deadlines whose keys begin with ``key`` and a colon.

    ``title`` names this kind of work without naming anybody ("Hết hạn dự bị"): it heads a column of the table of units
    and is all that a calendar says.
    """

    def register(function: Source) -> Source:
        _claim(key, title)
        _sources[key] = function
        return function

    return register


def personal(key: str, *, title: StrPromise | str = "") -> Callable[[PersonalSource], PersonalSource]:
    """Register a function that yields what waits for one member in person: an invitation, a vote.

    It stands on that member's home page, with its button, and in the calendar; on no unit's list.
    """

    def register(function: PersonalSource) -> PersonalSource:
        _claim(key, title)
        _personal[key] = function
        return function

    return register


def _claim(key: str, title: StrPromise | str) -> None:
    if key in _sources or key in _personal:
        message = f"two sources of deadlines claim {key}"
        raise ValueError(message)
    _titles[key] = title or key


def sources() -> dict[str, Source]:
    """Return all sources of units' work by key."""
    return dict(_sources)


def personal_sources() -> dict[str, PersonalSource]:
    """Return all sources of members' own matters by key."""
    return dict(_personal)


def title(key: str) -> str:
    """Return the Vietnamese name of a source's kind of work; the key itself where it has none."""
    return str(_titles.get(key, key))


def due(unit_ids: Sequence[int], *, on: date, until: date) -> list[Deadline]:
    """Return everything due in the units up to and including ``until``, the latest overdue first."""
    found = [one for key in sorted(_sources) for one in _sources[key](unit_ids, on=on, until=until)]
    return sorted(found, key=lambda one: (one.due, one.key))


def due_for(member_id: int, *, on: date, until: date) -> list[Deadline]:
    """Return everything that waits for a member in person up to and including ``until``, the first due first."""
    found = [
        replace(one, personal=True, about_id=member_id)
        for key in sorted(_personal)
        for one in _personal[key](member_id, on=on, until=until)
    ]
    return sorted(found, key=lambda one: (one.due, one.key))
