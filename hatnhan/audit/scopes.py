"""Which rows a person may read. Each room that knows of powers says it for its own; what nobody says is hidden."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    from hatnhan.accounts.models import User

#: Given a person, the condition on rows that the person may read, or None.
Scope = Callable[["User"], Q | None]

_scopes: list[Scope] = []


def register(scope: Scope) -> Scope:
    """Let a room add to what people may read. Returns the function, so that it can decorate."""
    if scope not in _scopes:
        _scopes.append(scope)
    return scope


def of(user: User) -> Q | None:
    """Return the condition on the rows that the person may read, None for nothing at all."""
    allowed = [condition for scope in _scopes if (condition := scope(user)) is not None]
    return reduce(or_, allowed) if allowed else None


@register
def administrators(user: User) -> Q | None:
    """Let a technical administrator read what was done to accounts, and nothing else."""
    return Q(action__startswith="accounts:") if user.is_active and user.is_administrator else None
