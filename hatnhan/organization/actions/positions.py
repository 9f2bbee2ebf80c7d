"""Posts are given and end."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Member, Position, Term, Unit


def appoint(
    *,
    by: Actor,
    at: datetime,
    member: Member,
    unit: Unit,
    post: str,
    start: date,
    decision_no: str,
    term: Term | None = None,
) -> Position:
    """Give a post."""
    raise NotImplementedError


def end_position(*, by: Actor, at: datetime, position: Position, end: date, reason: str) -> None:
    """End a post; `end` is the first day no longer held."""
    raise NotImplementedError
