"""Which rows a person may read. Each room that knows of powers says it for its own; what nobody says is hidden."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    from hatnhan.accounts.models import User

#: Given a person, the condition on rows that the person may read, or None.
Scope = Callable[["User"], Q | None]

_scopes: list[Scope] = []
#: Deeds that have a scope of their own, and that scope.
_apart: list[tuple[frozenset[str], Scope]] = []


def register(scope: Scope) -> Scope:
    """Let a room add to what people may read. Returns the function, so that it can decorate."""
    if scope not in _scopes:
        _scopes.append(scope)
    return scope


def keep_apart(actions: Iterable[str], scope: Scope) -> None:
    """Let the rows of some deeds be read by those alone whom ``scope`` lets, whatever other rooms say of the unit."""
    _apart.append((frozenset(str(one) for one in actions), scope))


def of(user: User) -> Q | None:
    """Return the condition on the rows that the person may read, None for nothing at all."""
    allowed = [condition for scope in _scopes if (condition := scope(user)) is not None]
    found = [reduce(or_, allowed) & _usual()] if allowed else []
    found += _apart_for(user)
    return reduce(or_, found) if found else None


def not_kept_from(user: User) -> Q:
    """Return the condition on rows that no room keeps apart, or keeps apart for this person to read.

    For pages that show rows by another right than the unit's, such as a member's file.
    """
    return reduce(or_, _apart_for(user), _usual())


def _usual() -> Q:
    return ~Q(action__in=frozenset[str]().union(*(actions for actions, _scope in _apart)))


def _apart_for(user: User) -> list[Q]:
    return [
        condition & Q(action__in=actions)
        for actions, scope in _apart
        if (condition := scope(user)) is not None
    ]


@register
def administrators(user: User) -> Q | None:
    """Let a technical administrator read what was done to accounts, and nothing else."""
    return Q(action__startswith="accounts:") if user.is_active and user.is_administrator else None
