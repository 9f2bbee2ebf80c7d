"""Whose years of membership have earned a badge by a round of awards, and who does not have it yet."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from hatnhan.core import clock
from hatnhan.core.dated import in_force
from hatnhan.organization import rules
from hatnhan.organization.models import Badge, Member, Membership

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from hatnhan.organization.models import Unit


@dataclass(frozen=True, slots=True)
class Due:
    """A badge that a member has earned by a round."""

    member: Member
    cell: Unit
    years: int

    @property
    def key(self) -> str:
        """How a tick names it."""
        return f"{self.member.pk}:{self.years}"


def due(unit: Unit, levels: Iterable[int], round_day: date) -> QuerySet[Membership]:
    """Return the memberships of today of those who have reached a level by a round and have no badge that high.

    Years of membership count from admission (Charter, article 5.4). The longest in the Party come first.
    """
    steps = sorted(levels)
    condition = Q(pk__in=())
    for level, above in pairwise([*steps, None]):
        assert level is not None  # noqa: S101 - only the last of the steps is open
        has_it = Exists(Badge.objects.filter(member=OuterRef("member"), years__gte=level))
        condition |= _reached(level, above, round_day) & ~Q(has_it)
    below = in_force(clock.today(), "unit__ancestries__") & Q(unit__ancestries__ancestor=unit)
    rows = Membership.objects.on(clock.today()).filter(below, kind=Membership.Kind.OFFICIAL)
    found: QuerySet[Membership] = rows.filter(condition).select_related("member", "unit")
    return found.order_by("member__admitted_on", "member__sort_key", "pk")


def older(unit: Unit, levels: Iterable[int], round_day: date, before: date) -> int:
    """Return how many of those whom `due` lists had earned the same badge by the round ``before``."""
    steps = sorted(levels)
    condition = Q(pk__in=())
    for level, above in pairwise([*steps, None]):
        assert level is not None  # noqa: S101 - only the last of the steps is open
        then = Q(member__admitted_on__lte=rules.latest_start(before, level))
        condition |= _reached(level, above, round_day) & then
    return due(unit, steps, round_day).filter(condition).count()


def given_to(member: Member) -> set[int]:
    """Return the levels of the badges that a member was given."""
    return set(Badge.objects.filter(member=member).values_list("years", flat=True))


def _reached(level: int, above: int | None, round_day: date) -> Q:
    reached = Q(member__admitted_on__lte=rules.latest_start(round_day, level))
    return reached & Q(member__admitted_on__gt=rules.latest_start(round_day, above)) if above else reached


def lines(rows: Iterable[Membership], levels: Sequence[int], round_day: date) -> list[Due]:
    """Return each membership with the level it has earned."""
    return [
        Due(row.member, row.unit, years)
        for row in rows
        if (years := rules.badge_due(row.member.admitted_on, levels, round_day))
    ]


def member_by_id(ids: Iterable[int]) -> dict[int, Member]:
    """Return members by id."""
    return Member.objects.in_bulk(list(ids))
