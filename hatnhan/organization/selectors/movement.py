"""Who came into a unit's tree in a period and who went out of it.

A move between two cells of the tree is neither; coming to one of its cells from another tree here is. Being on the
first roster that was ever recorded is no arrival.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q

from hatnhan.organization.models import Membership

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet
    from django.db.models.expressions import Combinable

_OFFICIAL = Membership.Kind.OFFICIAL


def joined(unit_id: int, start: date, end: date) -> QuerySet[Membership]:
    """Return the official memberships by which people came in from ``start`` up to but not including ``end``."""
    begun = Membership.objects.filter(kind=_OFFICIAL, start__gte=start, start__lt=end)
    before = Membership.objects.filter(
        _in_tree_before(unit_id, OuterRef("start")),
        member=OuterRef("member"),
        kind=_OFFICIAL,
        end=OuterRef("start"),
    )
    begun = begun.exclude(start_reason=Membership.StartReason.RECORDED)
    found: QuerySet[Membership] = begun.filter(_in_tree_on(unit_id, F("start")), ~Exists(before))
    return found


def left(unit_id: int, start: date, end: date) -> QuerySet[Membership]:
    """Return the official memberships whose end, from ``start`` up to but not including ``end``, led people out."""
    ended = Membership.objects.filter(kind=_OFFICIAL, end__gte=start, end__lt=end)
    after = Membership.objects.filter(
        _in_tree_on(unit_id, OuterRef("end")),
        member=OuterRef("member"),
        kind=_OFFICIAL,
        start=OuterRef("end"),
    )
    found: QuerySet[Membership] = ended.filter(_in_tree_before(unit_id, F("end")), ~Exists(after))
    return found


def _in_tree_on(unit_id: int, day: Combinable) -> Q:
    """Return the condition that the membership's cell stood below a unit on a day."""
    running = Q(unit__ancestries__end__isnull=True) | Q(unit__ancestries__end__gt=day)
    return running & Q(unit__ancestries__ancestor_id=unit_id, unit__ancestries__start__lte=day)


def _in_tree_before(unit_id: int, day: Combinable) -> Q:
    """Return the condition that the membership's cell stood below a unit on the day before a day."""
    running = Q(unit__ancestries__end__isnull=True) | Q(unit__ancestries__end__gte=day)
    return running & Q(unit__ancestries__ancestor_id=unit_id, unit__ancestries__start__lt=day)
