"""Who may vote in a body on a day, and why each is on the roll or off it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hatnhan.ballots.models import RollEntry
from hatnhan.organization.models import Body, Exemption, Membership
from hatnhan.organization.selectors.bodies import seats

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from hatnhan.organization.models import Member, Unit

Reason = RollEntry.Reason
_ENTITLED = frozenset({Reason.OFFICIAL, Reason.SEATED})


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the body: there or not, entitled or not, and the reason. ``title`` is the post held, if any."""

    member: Member
    title: str
    present: bool
    reason: RollEntry.Reason

    @property
    def entitled(self) -> bool:
        """Whether the person has a vote."""
        return self.reason in _ENTITLED


@dataclass(frozen=True, slots=True)
class _Standing:
    """Who of a body's people is in which state on the day, by member id."""

    visiting: frozenset[int]
    away: frozenset[int]
    exempt: frozenset[int]


def roll_of(
    unit: Unit, body: str, on: date, *, present: Collection[int], concerned_id: int | None = None
) -> list[Line]:
    """Return everyone of a body on a day, leaders first, then by name. Five queries.

    The base is all official members of the cell, less those active elsewhere for a time and those exempt, unless
    they came (21-QĐ/TW, 11/4/2026; 294-QĐ/TW, 9.3.2: known at second hand). Probationary members have no vote; who
    is active here for a time votes where they officially belong.
    """
    people = seats(unit, body, on)
    standing = _standing(unit, body, on, [seat.member.pk for seat in people])
    there = frozenset(present)
    return [
        Line(
            seat.member,
            seat.title,
            seat.member.pk in there,
            _reason(seat.member, body, on, standing, there, concerned_id),
        )
        for seat in people
    ]


def _standing(unit: Unit, body: str, on: date, ids: list[int]) -> _Standing:
    exempt = frozenset(Exemption.objects.on(on).filter(member_id__in=ids).values_list("member_id", flat=True))
    if body != Body.MEMBERS:
        return _Standing(frozenset(), frozenset(), frozenset())
    temporary = Membership.objects.on(on).filter(member_id__in=ids, kind=Membership.Kind.TEMPORARY)
    where = list(temporary.values_list("member_id", "unit_id"))
    official = Membership.objects.on(on).filter(unit=unit, kind=Membership.Kind.OFFICIAL)
    at_home = frozenset(official.values_list("member_id", flat=True))
    return _Standing(
        visiting=frozenset(ids) - at_home,
        away=frozenset(member for member, place in where if place != unit.pk and member in at_home),
        exempt=exempt,
    )


def _reason(
    member: Member, body: str, on: date, standing: _Standing, there: frozenset[int], concerned_id: int | None
) -> RollEntry.Reason:
    absent = member.pk not in there
    grounds = (
        (member.pk == concerned_id, Reason.CONCERNED),
        (not member.is_official(on), Reason.PROBATIONARY),
        (member.pk in standing.visiting, Reason.VISITING),
        (member.pk in standing.away and absent, Reason.AWAY),
        (member.pk in standing.exempt and absent, Reason.EXEMPT),
    )
    stated = next((reason for holds, reason in grounds if holds), None)
    return stated or (Reason.OFFICIAL if body == Body.MEMBERS else Reason.SEATED)
