"""What rooms above say beside a meeting, an item, a task or an article of the room that shows it.

A room registers a source for a kind of thing; the page of the thing asks for its slots and draws them. Neither knows
the other by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from django.contrib.auth.models import AnonymousUser
    from django_stubs_ext import StrOrPromise

    from hatnhan.accounts.models import User

    Source = Callable[["User | AnonymousUser", "Thing"], Iterable["Slot"]]


@dataclass(frozen=True, slots=True)
class Thing:
    """What a page shows: its kind ("meeting", "item", "task", "article"), number, unit, words, address and day."""

    kind: str
    object_id: int
    unit_id: int
    title: str
    url: str
    on: date


@dataclass(frozen=True, slots=True)
class Slot:
    """A line beside a thing: what is said of it ("" for nothing yet), and what the person may do ("" for nothing)."""

    words: StrOrPromise
    url: str = ""
    verb: StrOrPromise = ""
    icon: str = "flag"


_sources: dict[str, list[Source]] = {}


def register(kind: str, source: Source) -> None:
    """Let a room say something beside things of a kind. Each source asks as few queries as it can."""
    known = _sources.setdefault(kind, [])
    if source not in known:
        known.append(source)


def beside(user: User | AnonymousUser, thing: Thing) -> list[Slot]:
    """Return what rooms say beside a thing to a person, in the order in which they registered."""
    return [slot for source in _sources.get(thing.kind, ()) for slot in source(user, thing)]
