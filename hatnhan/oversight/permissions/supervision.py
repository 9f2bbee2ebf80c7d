"""Who follows whom, and who may know of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from hatnhan.accounts.actors import Machine
from hatnhan.organization.powers import powers_of
from hatnhan.oversight.models import Watch
from hatnhan.oversight.permissions.units import headed_by, within_reach

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from hatnhan.accounts.actors import Actor
    from hatnhan.accounts.models import User


def watches_for(user: User) -> QuerySet[Watch]:
    """Return the assignments to follow somebody's work that a person may know of."""
    powers = powers_of(user)
    if powers.member_id is None:
        return Watch.objects.none()
    mine = Q(observer_id=powers.member_id) | Q(of_member_id=powers.member_id)
    return Watch.objects.filter(mine | Q(of_unit__in=headed_by(powers)) | within_reach(user))


def observes(by: Actor, watch: Watch) -> bool:
    """Tell whether a person is the one who follows."""
    return isinstance(by, Machine) or powers_of(by).member_id == watch.observer_id


def is_observed(by: Actor, watch: Watch) -> bool:
    """Tell whether a person is the one followed, or heads the unit that is."""
    if isinstance(by, Machine):
        return False
    powers = powers_of(by)
    if watch.of_member_id is not None:
        return watch.of_member_id == powers.member_id
    return watch.of_unit_id in headed_by(powers)
