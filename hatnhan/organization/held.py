"""What rooms above hold of a member: the member's own copy has it all, and the file leads to it.

A room registers a `Holding` at start. This room knows none of them by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from django_stubs_ext import StrOrPromise

    from hatnhan.accounts.models import User
    from hatnhan.organization.models import Member


def no_page(_user: User, _member: Member) -> str:
    """Return that there is no page of it."""
    return ""


@dataclass(frozen=True, slots=True)
class Holding:
    """One kind of what is held of a member, under a Vietnamese ``title``.

    ``rows`` returns all of it, each row as words by their Vietnamese names. ``page`` returns the address where a person
    reads it, "" for whom there is none.
    """

    title: StrOrPromise
    rows: Callable[[Member], Iterable[Mapping[str, object]]]
    page: Callable[[User, Member], str] = no_page


_holdings: list[Holding] = []
_parts: dict[str, StrOrPromise] = {}


def register(*holdings: Holding) -> None:
    """Let a room say what it holds of members."""
    _holdings.extend(one for one in holdings if one not in _holdings)


def holdings() -> list[Holding]:
    """Return what rooms hold, in the order in which they said it."""
    return list(_holdings)


def pages(user: User, member: Member) -> list[tuple[str, str]]:
    """Return title and address of what a person may read of a member in other rooms."""
    found = [(str(one.title), one.page(user, member)) for one in _holdings]
    return [(title, url) for title, url in found if url]


def name_parts(parts: Mapping[str, StrOrPromise]) -> None:
    """Let a room say in words what its parts of a member are called, by the key under which a reading is recorded."""
    _parts.update(parts)


def part_words(key: str) -> str:
    """Return in words which part of what is held of a member was read; the key itself when no room said."""
    return str(_parts.get(key, key))
