"""Terms of committees."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Term, Unit


def open_term(*, by: Actor, at: datetime, unit: Unit, name: str, start: date, end: date) -> Term:
    """Record a term; `end` is the first day no longer in it."""
    raise NotImplementedError
