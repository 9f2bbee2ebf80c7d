"""Memberships end; temporary ones begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Member, Membership, Unit


def end_membership(
    *, by: Actor, at: datetime, member: Member, end: date, reason: str, decision_no: str
) -> None:
    """End the official membership and all that hangs on it."""
    raise NotImplementedError


def start_temporary(
    *, by: Actor, at: datetime, member: Member, cell: Unit, start: date, end: date | None, decision_no: str
) -> Membership:
    """Begin temporary activity in another cell."""
    raise NotImplementedError
