"""Transfers of Party activity."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Member, Transfer, Unit
    from hatnhan.organization.rules import MemberData


def propose_transfer(
    *,
    by: Actor,
    at: datetime,
    member: Member,
    to_unit: Unit | None,
    outside: str,
    proposed_on: date,
    letter_no: str,
    reason: str,
) -> Transfer:
    """Introduce a member to another cell, or (to_unit None) to an organisation outside."""
    raise NotImplementedError


def accept_transfer(*, by: Actor, at: datetime, transfer: Transfer, effective_on: date) -> None:
    """Take the member in; from this day they belong there."""
    raise NotImplementedError


def refuse_transfer(*, by: Actor, at: datetime, transfer: Transfer, answer: str) -> None:
    """Do not take the member in."""
    raise NotImplementedError


def withdraw_transfer(*, by: Actor, at: datetime, transfer: Transfer) -> None:
    """Take the proposal back."""
    raise NotImplementedError


def receive_from_outside(
    *, by: Actor, at: datetime, cell: Unit, data: MemberData, outside: str, letter_no: str, effective_on: date
) -> Member:
    """Take in a member who comes from outside."""
    raise NotImplementedError
