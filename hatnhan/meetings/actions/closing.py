"""The end of a meeting, and of its minutes: closed, approved by two, locked; corrected below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.audit.actions import record
from hatnhan.ballots.models import Ballot
from hatnhan.core import clock
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.core.vietnamese import moment
from hatnhan.meetings import permissions
from hatnhan.meetings.actions.agenda import carry_rows, leave_rows
from hatnhan.meetings.actions.pen import refusal
from hatnhan.meetings.actions.planning import plan_ahead
from hatnhan.meetings.actions.reviews import give_remedies
from hatnhan.meetings.models import Addendum, Invitee, ItemBallot, Meeting, Series
from hatnhan.meetings.permissions import Action
from hatnhan.meetings.selectors.closing import left_over
from hatnhan.organization.actions.checks import deed, moved_on, require_text
from hatnhan.organization.powers import powers_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from django.db.models import QuerySet

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Member

Role = Literal["recorder", "chair"]
_State = Meeting.State


@deed
def close_meeting(
    *, by: Actor, at: datetime, meeting: Meeting, ended_at: datetime, carry: Collection[int] | None = None
) -> None:
    """End an open meeting: the code to check in with dies, what was left over goes to the backlog of its series.

    ``carry`` names the items left over that go there; None: all of them. What is not named is simply not talked about.

    A weekly review gives its remedies as tasks, and the meetings of the series stand ahead again for a year. Raises
    Denied, and RuleBroken with codes ``ends_before_start``, ``future``, ``already_done``, and those of `give_remedies`.
    """
    permissions.require(by, Action.CLOSE, meeting)
    opened = Meeting.objects.values_list("opened_at", flat=True).get(pk=meeting.pk)
    if opened is None:
        raise refusal(meeting.state)
    if ended_at <= opened:
        message = _("Cuộc họp khai mạc %(opened)s. Ghi giờ kết thúc sau giờ ấy.")
        raise RuleBroken(
            "ends_before_start", message % {"opened": moment(opened.astimezone(clock.HERE))}, field="ended_at"
        )
    if ended_at > at:
        raise RuleBroken("future", _("Giờ này chưa đến. Ghi giờ không sau bây giờ."), field="ended_at")
    changes = {"state": _State.CLOSED, "ended_at": ended_at, "check_in_code": ""}
    _advance(meeting, Meeting.objects.filter(pk=meeting.pk, state=_State.OPEN), changes)
    left = left_over(meeting)
    carried = carry_rows(meeting, [one for one in left if carry is None or one.pk in carry])
    if carry is not None:
        leave_rows([one for one in left if one.pk not in carry])
    if meeting.kind == Series.Kind.WEEKLY_REVIEW:
        give_remedies(by=by, at=at, meeting=meeting)
    if meeting.series is not None and meeting.series.end is None:
        plan_ahead(by=by, at=at, series=meeting.series)
    details = {
        "ended_at": moment(ended_at.astimezone(clock.HERE)),
        "carried": "; ".join(one.title for one in carried),
    }
    _record(by, Action.CLOSE, at, meeting, details)


@deed
def approve_minutes(*, by: Actor, at: datetime, meeting: Meeting, role: Role) -> None:
    """Approve the minutes as their recorder or as the chair; once both have, they are approved.

    It takes the person of that role. For one without an account, who signs on paper, whoever leads the unit notes it.
    Whoever should be both approves in each role. Raises Denied, and RuleBroken with codes ``nobody_in_role``,
    ``roll_unfinished`` (somebody of the body is not marked), ``ballot_open`` (its result belongs into the minutes, and
    would change them later), ``already_done``, ``not_ended``, ``locked``.
    """
    permissions.require(by, Action.APPROVE, meeting)
    on_paper = _require_role(by, meeting, role)
    _require_whole_roll(meeting)
    _require_counted(meeting)
    name = f"{role}_approved_at"
    held = Meeting.objects.filter(pk=meeting.pk, state=_State.CLOSED)
    _advance(meeting, held.filter(**{name: None}), {name: at})
    both = held.filter(recorder_approved_at__isnull=False, chair_approved_at__isnull=False)
    if both.update(state=_State.APPROVED):
        meeting.state = _State.APPROVED
    _record(by, Action.APPROVE, at, meeting, {"role": role, "on_paper": on_paper})


@deed
def withdraw_approval(*, by: Actor, at: datetime, meeting: Meeting) -> None:
    """Take approvals back, so that the minutes can be written on; both approve anew.

    Raises Denied, and RuleBroken with codes ``not_ended``, ``not_approved``, ``locked``.
    """
    permissions.require(by, Action.APPROVE, meeting)
    if not (meeting.recorder_approved_at or meeting.chair_approved_at):
        raise RuleBroken("not_approved", _("Biên bản chưa ai duyệt, cứ sửa tiếp."))
    held = Meeting.objects.filter(pk=meeting.pk, state__in=(_State.CLOSED, _State.APPROVED))
    changes = {"state": _State.CLOSED, "recorder_approved_at": None, "chair_approved_at": None}
    _advance(meeting, held, changes)
    _record(by, Action.APPROVE, at, meeting, {"withdrawn": True})


@deed
def lock_minutes(*, by: Actor, at: datetime, meeting: Meeting) -> None:
    """Lock approved minutes for good. Raises Denied, and RuleBroken with codes ``not_approved``, ``locked``."""
    permissions.require(by, Action.LOCK, meeting)
    held = Meeting.objects.filter(pk=meeting.pk, state=_State.APPROVED)
    if not held.exists() and not Meeting.objects.filter(pk=meeting.pk, state=_State.LOCKED).exists():
        raise RuleBroken("not_approved", _("Thư ký và chủ trì cùng duyệt xong mới khóa biên bản."))
    _advance(meeting, held, {"state": _State.LOCKED, "locked_at": at})
    _record(by, Action.LOCK, at, meeting, {})


@deed
def add_addendum(*, by: Actor, at: datetime, meeting: Meeting, text: str) -> Addendum:
    """Correct locked minutes: what was written stays, this stands below it.

    Raises Denied, and RuleBroken with codes ``text_missing``, ``not_locked``.
    """
    permissions.require(by, Action.ADDENDUM, meeting)
    text = require_text(text, code="text_missing", field="text")
    if not Meeting.objects.filter(pk=meeting.pk, state=_State.LOCKED).exists():
        message = _("Biên bản chưa khóa. Sửa thẳng vào biên bản, không cần đính chính.")
        raise RuleBroken("not_locked", message)
    made: Addendum = Addendum.objects.create(meeting=meeting, text=text, by_name=str(by), at=at)
    _record(by, Action.ADDENDUM, at, meeting, {"text": text})
    return made


def may_approve(by: Actor, meeting: Meeting, role: Role) -> bool:
    """Tell whether a person may approve in a role: its bearer, or who leads, for a bearer without an account."""
    bearer = _bearer(meeting, role)
    if bearer is None:
        return False
    if isinstance(by, Machine) or powers_of(by).member_id == bearer.pk:
        return True
    return bearer.user_id is None and permissions.leads(by, meeting.unit_id)


def _bearer(meeting: Meeting, role: Role) -> Member | None:
    return meeting.recorder if role == "recorder" else meeting.chair


def _require_role(by: Actor, meeting: Meeting, role: Role) -> bool:
    """Raise unless the person may approve in the role; tell whether it is noted for one who signed on paper."""
    bearer = _bearer(meeting, role)
    if bearer is None:
        raise RuleBroken("nobody_in_role", _("Cuộc họp chưa ghi thư ký hoặc chủ trì."))
    if not may_approve(by, meeting, role):
        message = _("Phần duyệt này của đ/c %(name)s. Đồng chí ấy đăng nhập rồi duyệt.")
        raise Denied(message % {"name": bearer})
    return bearer.user_id is None


def _require_whole_roll(meeting: Meeting) -> None:
    rows = Invitee.objects.filter(meeting=meeting, capacity=Invitee.Capacity.BODY, mark="")
    if unmarked := rows.count():
        message = _("Còn %(count)d đồng chí chưa điểm danh. Ghi đủ ở phần Điểm danh rồi duyệt.")
        raise RuleBroken("roll_unfinished", message % {"count": unmarked})


def _require_counted(meeting: Meeting) -> None:
    standing = (Ballot.State.DRAFT, Ballot.State.OPEN)
    rows = ItemBallot.objects.filter(item__meeting=meeting, ballot__state__in=standing)
    if found := rows.select_related("ballot").first():
        message = _("Phiếu kín “%(title)s” chưa kiểm. Kiểm phiếu, hoặc hủy cuộc bỏ phiếu, rồi duyệt.")
        raise RuleBroken("ballot_open", message % {"title": found.ballot})


def _advance(meeting: Meeting, held: QuerySet[Meeting], changes: dict[str, Any]) -> None:
    if held.update(**changes) != 1:
        state = Meeting.objects.values_list("state", flat=True).get(pk=meeting.pk)
        if state == _State.OPEN:
            raise RuleBroken(
                "not_ended", _("Cuộc họp chưa kết thúc. Ghi kết thúc trước, rồi duyệt biên bản.")
            )
        raise refusal(state) if state == _State.LOCKED else moved_on()
    for name, value in changes.items():
        setattr(meeting, name, value)


def _record(by: Actor, action: Action, at: datetime, meeting: Meeting, details: dict[str, Any]) -> None:
    record(by=by, action=action, at=at, target=meeting, unit_id=meeting.unit_id, details=details)
