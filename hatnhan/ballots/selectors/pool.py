"""Out of whom tellers, candidates and those to be graded are chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.organization.selectors.bodies import bodies_of, seats

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.organization.models import Member, Unit


def people_of(unit: Unit, on: date) -> list[Member]:
    """Return everyone in a body of a unit on a day, each once, by name."""
    found = {seat.member.pk: seat.member for body in bodies_of(unit) for seat in seats(unit, body, on)}
    return sorted(found.values(), key=lambda member: (member.sort_key, member.pk))
