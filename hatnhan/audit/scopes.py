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
    names = frozenset[str]().union(*(actions for actions, _scope in _apart))
    found = [reduce(or_, allowed) & ~Q(action__in=names)] if allowed else []
    found += [
        condition & Q(action__in=actions)
        for actions, scope in _apart
        if (condition := scope(user)) is not None
    ]
    return reduce(or_, found) if found else None


@register
def administrators(user: User) -> Q | None:
    """Let a technical administrator read what was done to accounts, and nothing else."""
    return Q(action__startswith="accounts:") if user.is_active and user.is_administrator else None
