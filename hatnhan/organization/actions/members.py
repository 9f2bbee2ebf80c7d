"""Members of the roster: recorded, corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.organization.rules import MemberData

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Member, Unit
__all__ = ["MemberData", "edit_contact", "edit_member", "register_member"]


def register_member(
    *,
    by: Actor,
    at: datetime,
    cell: Unit,
    data: MemberData,
    start: date,
    start_reason: str = "recorded",
    decision_no: str = "",
) -> Member:
    """Record a person who is a member already."""
    raise NotImplementedError


def edit_member(*, by: Actor, at: datetime, member: Member, data: MemberData) -> None:
    """Correct the roster fields."""
    raise NotImplementedError


def edit_contact(
    *, by: Actor, at: datetime, member: Member, phone: str, email: str, hamlet: str, occupation: str
) -> None:
    """Change contact details."""
    raise NotImplementedError
