"""A committee shares out its cells and its groups of tasks among its members, by numbered decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from hatnhan.assignments import permissions

# The list of groups is edited by the neighbour file; callers find all deeds of sharing out here.
from hatnhan.assignments.actions.groups import create_group, end_group, rename_group
from hatnhan.assignments.models import CellCharge, GroupCharge
from hatnhan.assignments.permissions import Action
from hatnhan.assignments.rules import tenure_end
from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.organization.actions.checks import (
    deed,
    moved_on,
    require_cell,
    require_decision,
    require_ended,
    require_not_before,
    require_past,
    require_text,
)
from hatnhan.organization.models import Body, Position, Unit
from hatnhan.organization.selectors.bodies import body_title, posts_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.assignments.models import WorkGroup
    from hatnhan.assignments.models.charge import Charge
    from hatnhan.organization.models import Member

__all__ = ["charge_cell", "charge_group", "create_group", "end_charge", "end_group", "rename_group"]


@deed
def charge_cell(
    *, by: Actor, at: datetime, member: Member, unit: Unit, cell: Unit, start: date, decision_no: str
) -> CellCharge:
    """Put a committee member in charge of a cell from a day on, by a decision of the committee.

    A cell may have several. Where the member has left the committee since (a decision written down late), the charge
    ends with the post. Raises Denied, and RuleBroken with codes ``decision_missing``, ``future``, ``not_a_cell``,
    ``dissolved``, ``before_founding``, ``not_below``, ``not_in_committee``, ``already_charged``.
    """
    permissions.require_lead(by, unit.pk)
    decision_no = require_decision(decision_no)
    require_past(start, field="start")
    require_cell(cell, start, field="cell")
    if unit.is_cell or not Unit.objects.under(unit.pk, start).filter(pk=cell.pk).exists():
        message = _("Ngày này %(cell)s không trực thuộc %(unit)s. Chọn chi bộ khác, hoặc xem lại ngày.")
        raise RuleBroken("not_below", message % {"cell": cell, "unit": unit}, field="cell")
    end = require_seat(member, unit, start)
    _require_free(CellCharge.objects.filter(member=member, cell=cell), start, end, what=str(cell))
    charge: CellCharge = CellCharge.objects.create(
        unit=unit, member=member, cell=cell, decision_no=decision_no, **_days(start, end)
    )
    _record(by, at, Action.CHARGE_CELL, charge, {"cell": cell.code, **_said(charge)})
    return charge


@deed
def charge_group(
    *, by: Actor, at: datetime, member: Member, unit: Unit, group: WorkGroup, start: date, decision_no: str
) -> GroupCharge:
    """Put a committee member in charge of a group of tasks from a day on, by a decision of the committee.

    Raises Denied, and RuleBroken with codes ``decision_missing``, ``future``, ``group``, ``before_group``,
    ``not_in_committee``, ``already_charged``.
    """
    permissions.require_lead(by, unit.pk)
    decision_no = require_decision(decision_no)
    require_past(start, field="start")
    if group.unit_id != unit.pk or group.end is not None:
        message = _("%(unit)s không còn nhóm nhiệm vụ này. Chọn nhóm khác.")
        raise RuleBroken("group", message % {"unit": unit}, field="group")
    require_not_before(
        start, group.start, code="before_group", field="start", what=_("Nhóm nhiệm vụ này lập")
    )
    end = require_seat(member, unit, start)
    _require_free(GroupCharge.objects.filter(member=member, group=group), start, end, what=str(group))
    charge: GroupCharge = GroupCharge.objects.create(
        unit=unit, member=member, group=group, decision_no=decision_no, **_days(start, end)
    )
    _record(by, at, Action.CHARGE_GROUP, charge, {"group": str(group), **_said(charge)})
    return charge


@deed
def end_charge(*, by: Actor, at: datetime, charge: Charge, end: date, reason: str) -> None:
    """End a charge; ``end`` is the first day no longer in charge.

    Raises Denied, and RuleBroken with codes ``reason_missing``, ``future``, ``end_before_start``, ``already_done``.
    """
    permissions.require_lead(by, charge.unit_id)
    message = _("Chưa ghi lý do. Ghi như phân công lại, theo số quyết định nào.")
    reason = require_text(reason, code="reason_missing", field="reason", message=message)
    require_ended(end, field="end")
    if end <= charge.start:
        message = _("Phụ trách từ ngày %(day)s. Ghi ngày sau ngày ấy.")
        raise RuleBroken("end_before_start", message % {"day": written(charge.start)}, field="end")
    before = charge.end
    running = type(charge)._default_manager.filter(Q(end=None) | Q(end__gt=end), pk=charge.pk)
    if running.update(end=end, end_reason=reason) != 1:
        raise moved_on()
    charge.end, charge.end_reason = end, reason
    _record(by, at, Action.CHARGE_END, charge, {"end": [before, end], "reason": reason})


def require_seat(member: Member, unit: Unit, start: date) -> date | None:
    """Return when a member who sits in a committee on a day left it (first day outside), None while still there.

    Raises RuleBroken ``not_in_committee`` for who does not sit there on that day.
    """
    held = Position.objects.filter(member=member, unit=unit, post__in=posts_of(Body.COMMITTEE))
    spans = list(held.values_list("start", "end"))
    if not any(first <= start and (end is None or end > start) for first, end in spans):
        message = _(
            "Ngày %(day)s đồng chí %(name)s không ở trong %(body)s. Chọn người khác, hoặc xem lại ngày."
        )
        values = {"day": written(start), "name": member, "body": body_title(unit, Body.COMMITTEE)}
        raise RuleBroken("not_in_committee", message % values, field="member")
    return tenure_end(spans, start)


def _require_free(charges: Any, start: date, end: date | None, *, what: str) -> None:  # noqa: ANN401 - a query set
    taken = charges.filter(Q(end=None) | Q(end__gt=start))
    if end is not None:
        taken = taken.filter(start__lt=end)
    held = taken.order_by("start").first()
    if held is not None:
        message = _("Đồng chí phụ trách %(what)s từ ngày %(day)s. Không ghi thêm lần nữa.")
        values = {"what": what, "day": written(held.start)}
        raise RuleBroken("already_charged", message % values, field="member")


def _days(start: date, end: date | None) -> dict[str, Any]:
    return {"start": start, "end": end, "end_reason": _("Thôi chức vụ trong cấp ủy") if end else ""}


def _said(charge: Charge) -> dict[str, Any]:
    return {"start": charge.start, "end": charge.end, "decision_no": charge.decision_no}


def _record(by: Actor, at: datetime, action: Action, charge: Charge, details: dict[str, Any]) -> None:
    record(
        by=by,
        action=action,
        at=at,
        target=charge,
        unit_id=charge.unit_id,
        subject_id=charge.member_id,
        details=details,
    )
