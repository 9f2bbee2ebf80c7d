"""Admission, probation, and how it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Member, Unit
    from hatnhan.organization.rules import MemberData


def admit_member(
    *, by: Actor, at: datetime, cell: Unit, data: MemberData, admitted_on: date, decision_no: str
) -> Member:
    """Admit a new member on probation."""
    raise NotImplementedError


def confirm_official(
    *,
    by: Actor,
    at: datetime,
    member: Member,
    official_on: date,
    decided_on: date,
    decision_no: str,
    card_number: str = "",
) -> None:
    """End probation: the member is official."""
    raise NotImplementedError


def extend_probation(
    *, by: Actor, at: datetime, member: Member, months: int, decided_on: date, decision_no: str
) -> None:
    """Lengthen probation."""
    raise NotImplementedError


def strike_off_probation(
    *, by: Actor, at: datetime, member: Member, decided_on: date, decision_no: str
) -> None:
    """Strike a probationary member off the roster."""
    raise NotImplementedError
