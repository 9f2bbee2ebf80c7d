"""Badges of membership."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Badge, Member


def award_badge(
    *, by: Actor, at: datetime, member: Member, years: int, awarded_on: date, decision_no: str
) -> Badge:
    """Record that a badge was awarded."""
    raise NotImplementedError
