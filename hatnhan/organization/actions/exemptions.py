"""Excused from Party work and meetings, for age or health."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.organization import permissions
from hatnhan.organization.actions.checks import (
    deed,
    moved_on,
    require_decision,
    require_ended,
    require_not_before,
    require_past,
)
from hatnhan.organization.actions.ending import current_membership
from hatnhan.organization.models import Exemption
from hatnhan.organization.permissions import Action

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Member


@deed
def exempt(
    *, by: Actor, at: datetime, member: Member, start: date, decision_no: str, end: date | None = None
) -> Exemption:
    """Excuse a member from a day on; ``end`` (the first day no longer excused) may be planned or open.

    Raises Denied, and RuleBroken with codes ``not_a_member``, ``decision_missing``, ``future``, ``before_admission``,
    ``end_before_start``, ``already_exempt``.
    """
    permissions.require_for_member(by, Action.EXEMPT, member)
    decision_no = require_decision(decision_no)
    unit_id = current_membership(member).unit_id
    require_past(start, field="start")
    what = _("Đồng chí vào Đảng")
    require_not_before(start, member.admitted_on, code="before_admission", field="start", what=what)
    _require_order(start, end)
    overlapping = Exemption.objects.filter(member=member).exclude(end__lte=start)
    taken = (overlapping.filter(start__lt=end) if end else overlapping).first()
    if taken is not None:
        message = _("Đồng chí đã được miễn từ ngày %(day)s. Xem lại ngày, hoặc ghi thôi miễn trước.")
        raise RuleBroken("already_exempt", message % {"day": written(taken.start)}, field="start")
    made: Exemption = Exemption.objects.create(member=member, start=start, end=end, decision_no=decision_no)
    _record(by, Action.EXEMPT, at, made, unit_id, {"start": start, "end": end, "decision_no": decision_no})
    return made


@deed
def end_exemption(*, by: Actor, at: datetime, exemption: Exemption, end: date) -> None:
    """Call a member back to work and meetings; ``end`` is the first day no longer excused.

    Raises Denied, and RuleBroken with codes ``future``, ``end_before_start``, ``already_done``.
    """
    permissions.require_for_member(by, Action.EXEMPT_END, exemption.member)
    require_ended(end, field="end")
    _require_order(exemption.start, end)
    before = exemption.end
    if Exemption.objects.filter(Q(end=None) | Q(end__gt=end), pk=exemption.pk).update(end=end) != 1:
        raise moved_on()
    exemption.end = end
    unit_id = current_membership(exemption.member).unit_id
    _record(by, Action.EXEMPT_END, at, exemption, unit_id, {"end": [before, end]})


def _require_order(start: date, end: date | None) -> None:
    if end is not None and end <= start:
        message = _("Miễn từ ngày %(day)s. Ghi ngày sau ngày ấy.")
        raise RuleBroken("end_before_start", message % {"day": written(start)}, field="end")


def _record(
    by: Actor, action: Action, at: datetime, made: Exemption, unit_id: int, details: dict[str, Any]
) -> None:
    record(
        by=by,
        action=action,
        at=at,
        target=made,
        unit_id=unit_id,
        subject_id=made.member_id,
        details=details,
    )
