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
    from hatnhan.meetings.models import Meeting


class Action(StrEnum):
    """Names of the deeds, as they stand in the audit record."""

    SERIES = "meetings:series:set"
    CALL = "meetings:meeting:call"
    MOVE = "meetings:meeting:move"
    CANCEL = "meetings:meeting:cancel"
    INVITE = "meetings:meeting:invite"
    AGENDA = "meetings:agenda:set"
    PAPER = "meetings:paper:upload"
    OPEN = "meetings:meeting:open"
    ATTENDANCE = "meetings:attendance:mark"
    CHECK_IN = "meetings:attendance:check_in"
    MINUTES = "meetings:minutes:write"
    TASK = "meetings:item:give_task"
    BALLOT = "meetings:item:put_to_vote"
    CLOSE = "meetings:meeting:close"
    APPROVE = "meetings:minutes:approve"
    LOCK = "meetings:minutes:lock"
    ADDENDUM = "meetings:minutes:correct"
    WORK_POST = "meetings:post:set"
    REVIEW = "meetings:review:write"
    VERDICT = "meetings:review:judge"
    REPLY = "meetings:review:reply"
    RESOLUTION = "meetings:resolution:write"
    SELF_CRITICISM = "meetings:self_criticism:write"
    SCORE = "meetings:score:give"
    SCORE_DECIDE = "meetings:score:decide"
    TAKE = "meetings:papers:take"


#: What the recorder and the chair of a meeting may do besides those who lead its unit.
_AT_THE_TABLE = frozenset(
    {
        Action.ATTENDANCE,
        Action.MINUTES,
        Action.TASK,
        Action.APPROVE,
        Action.REVIEW,
        Action.VERDICT,
        Action.RESOLUTION,
        Action.SCORE,
        Action.PAPER,
        Action.AGENDA,
        Action.CLOSE,
    }
)


def leads(by: Actor, unit_id: int) -> bool:
    """Tell whether a person runs the meetings of a unit today: its head, or who keeps it from above."""
    if isinstance(by, Machine):
        return True
    powers = powers_of(by)
    return unit_id in powers.cells_led or powers.may_keep(unit_id)


def decides(by: Actor, unit_id: int) -> bool:
    """Tell whether a person decides from above on what a cell says of itself: the secretary or a deputy there."""
    return isinstance(by, Machine) or powers_of(by).may_keep(unit_id)


def allowed(by: Actor, action: Action, meeting: Meeting) -> bool:
    """Tell whether a person may do something today about a meeting; a command on the machine may do all."""
    if isinstance(by, Machine):
        return True
    if action is Action.SCORE_DECIDE:
        return decides(by, meeting.unit_id)
    member_id = powers_of(by).member_id
    at_the_table = member_id is not None and member_id in {meeting.recorder_id, meeting.chair_id}
    return leads(by, meeting.unit_id) or (at_the_table and action in _AT_THE_TABLE)


def require(by: Actor, action: Action, meeting: Meeting) -> None:
    """Raise Denied unless the person may do something today about a meeting."""
    if not allowed(by, action, meeting):
        message = _("Việc này do người chủ trì, thư ký cuộc họp hoặc Bí thư, Phó Bí thư làm.")
        raise Denied(message)


def require_lead(by: Actor, unit_id: int) -> None:
    """Raise Denied unless the person runs the meetings of a unit today."""
    if not leads(by, unit_id):
        raise Denied(_("Việc này do Bí thư, Phó Bí thư làm. Đồng chí không giữ chức vụ ấy hôm nay."))
