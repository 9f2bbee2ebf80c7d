"""Declaring close kin, so that neither takes part in a check of the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.audit.actions import record
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.organization.actions.checks import day_of, deed, moved_on
from hatnhan.organization.powers import powers_of
from hatnhan.oversight import permissions
from hatnhan.oversight.models import Check, KinDeclaration
from hatnhan.oversight.permissions import Action

if TYPE_CHECKING:
    from datetime import datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Member


def may_declare(by: Actor, member: Member) -> bool:
    """Tell whether a person may declare kin for a member: their own, or whoever runs oversight above the member."""
    if isinstance(by, Machine) or powers_of(by).member_id == member.pk:
        return True
    cells = member.memberships.filter(end=None).values_list("unit_id", flat=True)
    return any(permissions.runs(by, cell) for cell in cells)


@deed
def declare_kin(*, by: Actor, at: datetime, member: Member, kin: Member) -> KinDeclaration:
    """Write that two members are close kin; of what degree is not asked.

    Raises Denied, and RuleBroken with codes ``oneself``, ``declared`` (by either of the two).
    """
    _require(by, member)
    if member.pk == kin.pk:
        raise RuleBroken("oneself", _("Đây là cùng một người. Chọn người thân."), field="kin")
    both = Q(member=member, kin=kin) | Q(member=kin, kin=member)
    if KinDeclaration.objects.filter(both).exists():
        raise RuleBroken("declared", _("Hai đồng chí này đã được khai là người thân."), field="kin")
    made = KinDeclaration.objects.create(
        member=member, kin=kin, declared_on=day_of(at), declared_by=str(by)[:120]
    )
    _record(by, at, member, {"declared": str(kin)})
    return made


@deed
def withdraw_kin(*, by: Actor, at: datetime, member: Member, kin: Member) -> None:
    """Take back a declaration made by mistake; not while either of the two is being checked.

    Raises Denied, and RuleBroken with codes ``being_checked``, ``already_done`` (there is none).
    """
    _require(by, member)
    if Check.objects.running().filter(subjects__member__in=(member, kin)).exists():
        message = _("Một trong hai đồng chí đang là đối tượng kiểm tra. Bỏ lời khai sau khi cuộc ấy xong.")
        raise RuleBroken("being_checked", message)
    both = Q(member=member, kin=kin) | Q(member=kin, kin=member)
    if not KinDeclaration.objects.filter(both).delete()[0]:
        raise moved_on()
    _record(by, at, member, {"withdrawn": str(kin)})


def _require(by: Actor, member: Member) -> None:
    if not may_declare(by, member):
        raise Denied(_("Đảng viên tự khai, hoặc người điều hành công tác kiểm tra khai."))


def _record(by: Actor, at: datetime, member: Member, details: dict[str, str]) -> None:
    record(by=by, action=Action.KIN, at=at, target=member, subject_id=member.pk, details=details)
