"""Who may know of a denunciation, and who handles it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.core.errors import Denied
from hatnhan.organization.powers import powers_of
from hatnhan.oversight.models import Denunciation, DenunciationHandler
from hatnhan.oversight.permissions.kin import kin_of
from hatnhan.oversight.permissions.units import chaired_by, headed_by

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from hatnhan.accounts.actors import Actor
    from hatnhan.accounts.models import User


def denunciations_for(user: User) -> QuerySet[Denunciation]:
    """Return the denunciations that a person may know of; never one about the person, close kin or the own unit."""
    if powers_of(user).member_id is None:
        return Denunciation.objects.none()
    known = _letters_in_hand(user) | Q(unit__in=chaired_by(user))
    return Denunciation.objects.filter(known & ~_letters_about(user))


def _letters_in_hand(user: User) -> Q:
    """Return the condition that a person was named to handle it, and still holds a post in its unit."""
    powers = powers_of(user)
    named = DenunciationHandler.objects.filter(member_id=powers.member_id or 0).values("denunciation")
    return Q(pk__in=named, unit__in={unit for unit, _post, _level in powers.held})


def _letters_about(user: User) -> Q:
    """Return the condition that it is about a person, close kin of the person, or a unit that the person heads."""
    powers = powers_of(user)
    own: set[int] = {powers.member_id, *kin_of(powers.member_id)} if powers.member_id else set()
    return Q(about_member_id__in=own) | Q(about_unit__in=headed_by(powers))


def handles_denunciation(by: Actor, denunciation: Denunciation) -> bool:
    """Tell whether a person is named to handle a denunciation: these alone see who wrote it."""
    if isinstance(by, Machine):
        return True
    if powers_of(by).member_id is None:
        return False
    mine = Denunciation.objects.filter(_letters_in_hand(by) & ~_letters_about(by))
    return mine.filter(pk=denunciation.pk).exists()


def require_denunciation(by: Actor, denunciation: Denunciation) -> None:
    """Raise Denied unless the person is named to handle a denunciation."""
    if not handles_denunciation(by, denunciation):
        raise Denied(_("Chỉ người được giao giải quyết đơn làm việc này."))
