"""Small makers of cycles for tests: opened as people open them, then brought along by straight updates."""

from __future__ import annotations

from datetime import UTC, datetime

from hatnhan.accounts.actors import MACHINE
from hatnhan.organization.models import Member, Unit
from hatnhan.reviews.actions.cycles import open_cycle
from hatnhan.reviews.models import Cycle, Entry, Sitting


def cycle(unit, year=2026, **fields) -> Cycle:
    """Open a cycle on 20 November of its year, or on ``opened_on``; ``at`` is that day's morning unless given."""
    at = fields.pop("at", datetime(year, 11, 20, 2, tzinfo=UTC))
    return open_cycle(by=MACHINE, at=at, unit=unit, year=year, **fields)


def entry(of: Cycle, whose: Member | Unit, body: str = "") -> Entry:
    """Return the entry of a member, of a body of a unit, or (without ``body``) of a unit itself."""
    rows = Entry.objects.select_related("cycle__unit", "member", "unit").filter(cycle=of)
    if isinstance(whose, Member):
        return rows.get(member=whose)
    if body:
        return rows.get(unit=whose, body=body, of=Entry.Of.COLLECTIVE)
    return rows.get(unit=whose, of=Entry.Of.ORGANISATION)


def sitting(of: Cycle, unit: Unit, body: str = "members") -> Sitting:
    """Return the review meeting of a body."""
    return Sitting.objects.select_related("cycle__unit", "unit").get(cycle=of, unit=unit, body=body)


def submitted(of: Cycle) -> None:
    """Mark everyone who is to be reviewed as having handed in."""
    rows = Entry.objects.filter(cycle=of).exclude(standing=Entry.Standing.LEFT_OUT)
    rows.update(state=Entry.State.SUBMITTED, self_grade="t")
