"""What the deeds of sharing out fetch: who may be chosen, and the group or the charge concerned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.assignments.models import CellCharge, GroupCharge, WorkGroup
from hatnhan.core.errors import Missing
from hatnhan.organization.models import Body, Position
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors.bodies import seats

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.accounts.models import User
    from hatnhan.assignments.models.charge import Charge
    from hatnhan.organization.models import Member, Unit


def seat_choices(unit: Unit, on: date) -> list[tuple[str, str]]:
    """Return who sits in a committee on a day, for a form to choose from: by post, in protocol order."""
    return [
        (str(seat.member.pk), f"{seat.member.full_name}, {seat.title}")
        for seat in seats(unit, Body.COMMITTEE, on)
    ]


def seat_holder(unit: Unit, value: str) -> Member:
    """Return the member whom a form named, among those who ever sat in a committee. Raises Missing."""
    held = Position.objects.filter(unit=unit, member_id=int(value)).select_related("member").first()
    if held is None:
        raise Missing
    member: Member = held.member
    return member


def group_for(user: User, pk: int) -> WorkGroup:
    """Return a group that is on the list of a unit which the person may know of. Raises Missing."""
    seen = WorkGroup.objects.filter(pk=pk, end=None, unit_id__in=powers_of(user).units_seen)
    found: WorkGroup | None = seen.select_related("unit").first()
    if found is None:
        raise Missing(_("Không có nhóm nhiệm vụ này, hoặc nhóm đã thôi."))
    return found


def charge_for(user: User, kind: str, pk: int) -> Charge:
    """Return a charge that has not ended, of a unit that the person may know of; ``kind`` is "chi-bo" or "nhom".

    Raises Missing.
    """
    model = {"chi-bo": CellCharge, "nhom": GroupCharge}.get(kind)
    found: Charge | None = None
    if model is not None:
        seen = model.objects.filter(pk=pk, end=None, unit_id__in=powers_of(user).units_seen)
        found = seen.select_related("member", "unit").first()
    if found is None:
        raise Missing(_("Không có phân công này, hoặc đã thôi."))
    return found


def running_charges(group: WorkGroup) -> list[GroupCharge]:
    """Return the charges of a group that have not ended."""
    return list(GroupCharge.objects.filter(group=group, end=None).select_related("member"))
