"""The room's actions and who may do them. Everything not granted here is denied."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.core.errors import Denied
from hatnhan.organization.powers import powers_of

if TYPE_CHECKING:
    from hatnhan.accounts.actors import Actor


class Action(StrEnum):
    """Names of the deeds, as they stand in the audit record."""

    REGISTER = "guidance:document:register"
    EDIT = "guidance:document:edit"
    RECEIVE = "guidance:document:receive"
    REPLACE = "guidance:document:replace"
    FILE = "guidance:document:file"
    FILE_REFUSED = "guidance:document:refuse_file"
    PLAN = "guidance:roll_out:plan"
    CORE = "guidance:roll_out:core"
    VARIANT = "guidance:roll_out:variant"
    APPROVE = "guidance:roll_out:approve"
    GIVE = "guidance:roll_out:give"
    CLOSE = "guidance:roll_out:close"
    OWN_POINT = "guidance:cell:add_point"
    REPORT = "guidance:cell:report"
    SESSION = "guidance:study:session"
    ATTENDANCE = "guidance:study:attendance"
    READ = "guidance:study:read"
    QUESTION = "guidance:quiz:question"
    ATTEMPT = "guidance:quiz:attempt"
    THEME = "guidance:directive:theme"
    REGISTRATION = "guidance:directive:register"
    COMMENT = "guidance:directive:comment"
    PROGRESS = "guidance:directive:progress"
    ASSESS = "guidance:directive:assess"
    SERVICE = "guidance:directive:service"
    TAKE = "guidance:papers:take"


def leads(by: Actor, unit_id: int) -> bool:
    """Tell whether a person runs a unit today: its head, or who keeps it from above."""
    if isinstance(by, Machine):
        return True
    powers = powers_of(by)
    return unit_id in powers.cells_led or powers.may_keep(unit_id)


def keeps(by: Actor, unit_id: int) -> bool:
    """Tell whether a person writes for a committee today, or from above for a cell: secretary or deputy there."""
    return isinstance(by, Machine) or powers_of(by).may_keep(unit_id)


def is_own(by: Actor, member_id: int | None) -> bool:
    """Tell whether something is the person's own."""
    return not isinstance(by, Machine) and member_id is not None and powers_of(by).member_id == member_id


def require_lead(by: Actor, unit_id: int) -> None:
    """Raise Denied unless the person runs a unit today."""
    if not leads(by, unit_id):
        raise Denied(_("Việc này do Bí thư, Phó Bí thư làm. Đồng chí không giữ chức vụ ấy hôm nay."))


def require_keep(by: Actor, unit_id: int) -> None:
    """Raise Denied unless the person is secretary or deputy of a committee that has a unit under it, or is it."""
    if not keeps(by, unit_id):
        raise Denied(_("Việc này do Bí thư, Phó Bí thư cấp ủy làm. Đồng chí không giữ chức vụ ấy hôm nay."))


def cells_led(by: Actor) -> frozenset[int]:
    """Return the ids of the cells that a person heads today."""
    return frozenset() if isinstance(by, Machine) else powers_of(by).cells_led


def sees_results(by: Actor, cell_id: int) -> bool:
    """Tell whether a person sees quiz results of a cell's members: its secretary or deputy today, nobody above."""
    return isinstance(by, Machine) or cell_id in powers_of(by).cells_led


def require_results(by: Actor, cell_id: int) -> None:
    """Raise Denied unless a person sees quiz results of a cell's members."""
    if not sees_results(by, cell_id):
        raise Denied(_("Kết quả trắc nghiệm chỉ bản thân và Bí thư, Phó Bí thư chi bộ xem, ghi."))
