"""Memberships end; temporary ones begin and end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.organization import permissions
from hatnhan.organization.actions.checks import deed, moved_on, require_cell, require_ended, require_past
from hatnhan.organization.actions.ending import current_membership, leave
from hatnhan.organization.models import Membership
from hatnhan.organization.permissions import Action

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Member, Unit

_Kind, _End = Membership.Kind, Membership.EndReason
_REASONS = frozenset({_End.LEFT, _End.DIED, _End.EXPELLED, _End.STRUCK_OFF, _End.WITHDREW})


@deed
def end_membership(
    *, by: Actor, at: datetime, member: Member, end: date, reason: str, decision_no: str
) -> None:
    """End the official membership and what hangs on it: posts, exemption, temporary activity, a waiting transfer.

    ``end`` is the first day no longer a member here. Raises Denied, and RuleBroken with codes ``not_a_member``,
    ``end_reason``, ``decision_missing`` (expelled, struck off, withdrew), ``future``, ``end_before_start``,
    ``later_post``, ``later_activity``.
    """
    permissions.require_for_member(by, Action.MEMBERSHIP_END, member)
    if reason not in _REASONS:
        raise RuleBroken("end_reason", _("Chưa chọn lý do. Chọn trong danh sách."), field="reason")
    left = leave(member, end, reason, decision_no)
    details = {"cell": left.unit.code, "end": end, "reason": str(reason), "decision_no": decision_no}
    record(
        by=by,
        action=Action.MEMBERSHIP_END,
        at=at,
        target=member,
        unit_id=left.unit_id,
        subject_id=member.pk,
        details=details,
    )


@deed
def start_temporary(
    *, by: Actor, at: datetime, member: Member, cell: Unit, start: date, end: date | None, decision_no: str
) -> Membership:
    """Begin temporary activity in another cell; counting stays with the official one.

    ``end`` (the first day no longer there) may be planned. Raises Denied, and RuleBroken with codes ``not_a_member``,
    ``not_a_cell``, ``dissolved``, ``before_founding``, ``future``, ``end_before_start``, ``same_cell``,
    ``already_there``.
    """
    permissions.require_for_member(by, Action.MEMBERSHIP_TEMPORARY, member)
    require_past(start, field="start")
    require_cell(cell, start, field="cell")
    if end is not None and end <= start:
        message = _("Ngày cuối trước ngày đầu (%(day)s). Sửa một trong hai ngày.")
        raise RuleBroken("end_before_start", message % {"day": written(start)}, field="end")
    _require_elsewhere(member, cell, start, end)
    made = Membership.objects.create(
        member=member,
        unit=cell,
        kind=_Kind.TEMPORARY,
        start=start,
        end=end,
        start_reason=Membership.StartReason.TEMPORARY,
        end_reason=_End.FINISHED if end else "",
        decision_no=decision_no.strip(),
    )
    details = {"cell": cell.code, "start": start, "end": end, "decision_no": decision_no}
    record(
        by=by,
        action=Action.MEMBERSHIP_TEMPORARY,
        at=at,
        target=member,
        unit_id=cell.pk,
        subject_id=member.pk,
        details=details,
    )
    return made


@deed
def end_temporary(*, by: Actor, at: datetime, membership: Membership, end: date) -> None:
    """End temporary activity; ``end`` is the first day no longer there.

    Raises Denied, and RuleBroken with codes ``not_temporary``, ``future``, ``end_before_start``, ``already_done``.
    """
    permissions.require_for_member(by, Action.MEMBERSHIP_TEMPORARY, membership.member)
    if membership.kind != _Kind.TEMPORARY:
        raise RuleBroken("not_temporary", _("Đây là sinh hoạt chính thức. Dùng việc Thôi sinh hoạt."))
    require_ended(end, field="end")
    if end <= membership.start:
        message = _("Sinh hoạt tạm thời bắt đầu ngày %(day)s. Ghi ngày sau ngày ấy.")
        raise RuleBroken("end_before_start", message % {"day": written(membership.start)}, field="end")
    running = Membership.objects.filter(Q(end=None) | Q(end__gt=end), pk=membership.pk)
    if running.update(end=end, end_reason=_End.FINISHED) != 1:
        raise moved_on()
    record(
        by=by,
        action=Action.MEMBERSHIP_TEMPORARY,
        at=at,
        target=membership.member,
        unit_id=membership.unit_id,
        subject_id=membership.member_id,
        details={"cell": membership.unit.code, "end": [membership.end, end]},
    )


def _require_elsewhere(member: Member, cell: Unit, start: date, end: date | None) -> None:
    official = current_membership(member)
    if start < official.start:
        message = _("Đồng chí về chi bộ ngày %(day)s. Ghi ngày ấy hoặc sau đó.")
        raise RuleBroken("before_joining", message % {"day": written(official.start)}, field="start")
    if official.unit_id == cell.pk:
        message = _("Đồng chí đang sinh hoạt chính thức ở chi bộ này. Chọn chi bộ khác.")
        raise RuleBroken("same_cell", message, field="cell")
    there = Membership.objects.filter(member=member, unit=cell, kind=_Kind.TEMPORARY).exclude(end__lte=start)
    if (there.filter(start__lt=end) if end else there).exists():
        message = _("Đồng chí đã sinh hoạt tạm thời ở chi bộ này trong thời gian ấy. Xem lại ngày.")
        raise RuleBroken("already_there", message, field="start")
