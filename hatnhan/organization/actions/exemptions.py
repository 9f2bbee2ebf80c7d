"""Excused from Party work and meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Exemption, Member


def exempt(
    *, by: Actor, at: datetime, member: Member, start: date, decision_no: str, end: date | None = None
) -> Exemption:
    """Excuse a member."""
    raise NotImplementedError


def end_exemption(*, by: Actor, at: datetime, exemption: Exemption, end: date) -> None:
    """End an exemption; `end` is the first day no longer excused."""
    raise NotImplementedError
