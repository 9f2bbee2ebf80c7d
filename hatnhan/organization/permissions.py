"""The room's actions and who may do them. Everything not granted here is denied."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.core.errors import Denied
from hatnhan.organization.models import Membership
from hatnhan.organization.powers import powers_of

if TYPE_CHECKING:
    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Member, Unit


class Action(StrEnum):
    """Names of the deeds, as they stand in the audit record."""

    UNIT_CREATE = "organization:unit:create"
    UNIT_RENAME = "organization:unit:rename"
    UNIT_CHANGE_KIND = "organization:unit:change_kind"
    UNIT_MOVE = "organization:unit:move"
    UNIT_SPLIT = "organization:unit:split"
    UNIT_MERGE = "organization:unit:merge"
    UNIT_DISSOLVE = "organization:unit:dissolve"
    TERM_OPEN = "organization:term:open"
    MEMBER_REGISTER = "organization:member:register"
    MEMBER_ADMIT = "organization:member:admit"
    MEMBER_EDIT = "organization:member:edit"
    MEMBER_CONTACT = "organization:member:contact"
    MEMBER_READ = "organization:member:read"
    MEMBER_EXPORT_FILE = "organization:member:export"
    MEMBERSHIP_END = "organization:membership:end"
    MEMBERSHIP_TEMPORARY = "organization:membership:temporary"
    PROBATION_DECIDE = "organization:probation:decide"
    EXEMPT = "organization:exemption:grant"
    EXEMPT_END = "organization:exemption:end"
    POSITION_APPOINT = "organization:position:appoint"
    POSITION_END = "organization:position:end"
    TRANSFER_PROPOSE = "organization:transfer:propose"
    TRANSFER_ACCEPT = "organization:transfer:accept"
    TRANSFER_REFUSE = "organization:transfer:refuse"
    TRANSFER_WITHDRAW = "organization:transfer:withdraw"
    BADGE_AWARD = "organization:badge:award"
    ROSTER_IMPORT = "organization:roster:import"
    ROSTER_EXPORT = "organization:roster:export"


#: What the head of a cell may do in the own cell; all else is for those who keep the roster.
_CELL_HEAD = frozenset(
    {
        Action.MEMBER_CONTACT,
        Action.MEMBER_READ,
        Action.TRANSFER_PROPOSE,
        Action.TRANSFER_ACCEPT,
        Action.TRANSFER_REFUSE,
        Action.TRANSFER_WITHDRAW,
        Action.ROSTER_EXPORT,
    }
)
_READER = frozenset({Action.MEMBER_READ, Action.ROSTER_EXPORT})


def allowed(by: Actor, action: Action, unit_id: int) -> bool:
    """Tell whether a person may do something today in a unit; a command on the machine may do all."""
    if isinstance(by, Machine):
        return True
    powers = powers_of(by)
    if powers.may_keep(unit_id):
        return True
    if unit_id in powers.cells_led and action in _CELL_HEAD:
        return True
    return unit_id in powers.units_led and action in _READER


def require(by: Actor, action: Action, unit: Unit | int) -> None:
    """Raise Denied unless the person may do something today in a unit."""
    if not allowed(by, action, unit if isinstance(unit, int) else unit.pk):
        message = _(
            "Việc này do Bí thư, Phó Bí thư cấp ủy có thẩm quyền làm. Đồng chí không giữ chức vụ ấy hôm nay."
        )
        raise Denied(message)


def require_for_member(by: Actor, action: Action, member: Member) -> None:
    """Raise Denied unless the person may do something about a member: asked of the member's latest official cell."""
    cell = (
        Membership.objects.filter(member_id=member.pk, kind=Membership.Kind.OFFICIAL)
        .order_by("-start")
        .values_list("unit_id", flat=True)
        .first()
    )
    if cell is None:
        raise Denied(_("Đảng viên này chưa có chi bộ trong Đảng bộ."))
    require(by, action, cell)
