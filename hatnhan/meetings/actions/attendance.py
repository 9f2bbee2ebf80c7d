"""Who came: marked on the list, by code on a phone, or typed in from the signed sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan.accounts.models import User
from hatnhan.audit.actions import record
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.meetings import permissions
from hatnhan.meetings.actions.pen import drop_approvals, hold, strangers_named, take_pen
from hatnhan.meetings.models import Invitee, Meeting
from hatnhan.meetings.permissions import Action
from hatnhan.organization.actions.checks import day_of, deed
from hatnhan.organization.models import Exemption
from hatnhan.organization.powers import powers_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from django.db.models import QuerySet

    from hatnhan.accounts.actors import Actor

_Mark = Invitee.Mark
_Channel = Invitee.Channel
_LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Mark:
    """One of `Invitee.Mark` ("" takes a mark back), and why a person is away; the reason counts for "excused"."""

    mark: str
    reason: str = ""


@deed
def mark_attendance(
    *,
    by: Actor,
    at: datetime,
    meeting: Meeting,
    marks: Mapping[int, Mark],
    channel: str = _Channel.LIST,
) -> None:
    """Note who came; ``marks`` by the member's id, those not named stay as they are.

    Possible from opening until both have approved the minutes. Only what changes is written and recorded. Raises
    Denied, and RuleBroken with codes ``not_invited``, ``reason_missing``, ``too_long``, ``unknown_mark``,
    ``not_exempt`` (no decision exempts that person on that day) and those of `take_pen`; for one person's mark
    ``field`` is ``mark-<member id>``.
    """
    permissions.require(by, Action.ATTENDANCE, meeting)
    hold(meeting)
    listed = {row.member_id: row for row in _rows(meeting).filter(member__in=marks)}
    _require_listed(by, marks.keys() - listed.keys())
    _require_exempt(meeting, listed, marks)
    changed = [row for key, row in listed.items() if _set(row, marks[key], channel)]
    if not changed:
        return
    drop_approvals(meeting)
    _write(changed)
    named: dict[str, list[str]] = {}
    for one in changed:
        named.setdefault(one.mark or "unmarked", []).append(str(one.member))
    details: dict[str, Any] = {"channel": channel} | {mark: ", ".join(who) for mark, who in named.items()}
    record(by=by, action=Action.ATTENDANCE, at=at, target=meeting, unit_id=meeting.unit_id, details=details)


@deed
def check_in(*, by: Actor, at: datetime, code: str) -> Meeting:
    """Note that the person signed in is present, by the code shown at an open meeting; return the meeting.

    Twice is as good as once. Who had been noted as away is present from now on. Raises Denied for an account that is no
    member's, and RuleBroken with codes ``code_dead`` (no such code, or the meeting is over) and ``not_invited``.
    """
    member_id = powers_of(by).member_id if isinstance(by, User) else None
    if member_id is None:
        raise Denied(_("Tài khoản này chưa gắn với đảng viên nào, nên không tự điểm danh được."))
    meeting = Meeting.objects.filter(state=Meeting.State.OPEN, check_in_code=code).first() if code else None
    if meeting is None:
        message = _("Mã này không dùng được: cuộc họp đã kết thúc hoặc mã ghi sai. Báo thư ký ghi giúp.")
        raise RuleBroken("code_dead", message)
    take_pen(meeting, (Meeting.State.OPEN,))
    row = _rows(meeting).filter(member_id=member_id).first()
    if row is None:
        message = _("Đồng chí không có trong danh sách dự cuộc họp này. Báo thư ký cuộc họp.")
        raise RuleBroken("not_invited", message)
    if row.mark != _Mark.PRESENT:
        row.mark, row.reason, row.channel = _Mark.PRESENT, "", _Channel.CODE
        row.save(update_fields=["mark", "reason", "channel"])
        record(
            by=by,
            action=Action.CHECK_IN,
            at=at,
            target=meeting,
            unit_id=meeting.unit_id,
            subject_id=member_id,
        )
    return meeting


def _rows(meeting: Meeting) -> QuerySet[Invitee]:
    return Invitee.objects.filter(meeting=meeting).select_related("member")


def _require_listed(by: Actor, strangers: Collection[int]) -> None:
    if not strangers:
        return
    names = strangers_named(by, strangers)
    if not names:
        raise RuleBroken("not_invited", _("Người này không có trong danh sách dự họp. Mở lại trang."))
    message = _("Đ/c %(names)s không có trong danh sách dự họp, nên không điểm danh được.")
    raise RuleBroken("not_invited", message % {"names": names})


def _require_exempt(meeting: Meeting, listed: Mapping[int, Invitee], marks: Mapping[int, Mark]) -> None:
    claimed = {
        key for key, row in listed.items() if marks[key].mark == _Mark.EXEMPT and row.mark != _Mark.EXEMPT
    }
    if not claimed:
        return
    excused = Exemption.objects.on(day_of(meeting.starts_at)).filter(member__in=claimed)
    for key in claimed - set(excused.values_list("member_id", flat=True)):
        message = _(
            "Đ/c %(name)s không có quyết định miễn sinh hoạt ngày này. Ghi vắng có lý do, hoặc ghi quyết định "
            "miễn ở hồ sơ đảng viên trước."
        )
        raise RuleBroken("not_exempt", message % {"name": listed[key].member}, field=f"mark-{key}")


def _write(changed: Collection[Invitee]) -> None:
    """Write marks: one statement for all who are marked alike, as most are; a case for each row takes far longer."""
    alike: dict[tuple[str, str, str], list[int]] = {}
    for row in changed:
        alike.setdefault((row.mark, row.reason, row.channel), []).append(row.pk)
    for (mark, reason, channel), keys in alike.items():
        Invitee.objects.filter(pk__in=keys).update(mark=mark, reason=reason, channel=channel)


def _set(row: Invitee, mark: Mark, channel: str) -> bool:
    """Put a mark onto a row; tell whether anything changed."""
    field = f"mark-{row.member_id}"
    if mark.mark not in _Mark.values:
        message = _("Chọn lại điểm danh của đ/c %(name)s.")
        raise RuleBroken("unknown_mark", message % {"name": row.member}, field=field)
    reason = " ".join(mark.reason.split()) if mark.mark in (_Mark.EXCUSED, _Mark.EXEMPT) else ""
    if mark.mark == _Mark.EXCUSED and not reason:
        message = _("Ghi lý do vắng của đ/c %(name)s, hoặc chọn vắng không lý do.")
        raise RuleBroken("reason_missing", message % {"name": row.member}, field=field)
    if len(reason) > _LONGEST_REASON:
        message = _("Lý do vắng của đ/c %(name)s quá dài. Ghi gọn trong 200 chữ.")
        raise RuleBroken("too_long", message % {"name": row.member}, field=field)
    if (row.mark, row.reason) == (mark.mark, reason):
        return False
    row.mark, row.reason, row.channel = mark.mark, reason, channel if mark.mark else ""
    return True
