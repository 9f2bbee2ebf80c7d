"""Who an account belongs to. This room knows no member: the room that does joins them, told the card number alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.accounts.models import User

#: Called with the account, the card number, by and at. Raises RuleBroken (field ``card_number``); shows nothing else.
Linker = Callable[["User", str, "Actor", "datetime"], None]
#: Tells whether an account belongs to a member, and not to whom.
Asker = Callable[["User"], bool]

_linkers: list[tuple[Linker, Asker]] = []


def register(linker: Linker, asker: Asker) -> None:
    """Let the room that knows the members join them to accounts."""
    if (linker, asker) not in _linkers:
        _linkers.append((linker, asker))


def link(user: User, card_number: str, by: Actor, at: datetime) -> None:
    """Join an account to the member with that card number. Raises RuleBroken when it cannot be done."""
    for linker, _asker in _linkers:
        linker(user, card_number, by, at)


def is_linked(user: User) -> bool:
    """Tell whether the account belongs to a member."""
    return any(asker(user) for _linker, asker in _linkers)
