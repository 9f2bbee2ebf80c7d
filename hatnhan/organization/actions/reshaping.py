"""Cells are cut up and put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.organization import listeners, permissions
from hatnhan.organization.actions.ancestry import lock_tree
from hatnhan.organization.actions.checks import cite, deed, require_cell, require_decision
from hatnhan.organization.actions.closing import close_unit
from hatnhan.organization.actions.ending import end_posts
from hatnhan.organization.actions.founding import found_unit
from hatnhan.organization.actions.handing_over import move_members
from hatnhan.organization.actions.versions import latest_version, note_event
from hatnhan.organization.models import Level, Membership, Transfer, Unit, UnitEvent
from hatnhan.organization.permissions import Action
from hatnhan.organization.selectors.law import law_at
from hatnhan.rulebook import topics

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor


@deed
def split_cell(
    *,
    by: Actor,
    at: datetime,
    unit: Unit,
    code: str,
    name: str,
    cell_kind: str,
    member_ids: Iterable[int],
    on: date,
    decision_no: str,
) -> Unit:
    """Found a new cell, under the same parent, from some members of a cell; return the new one.

    Both must keep the number of official members that a cell needs. Posts of the old cell end for those who go.
    Raises Denied, and RuleBroken with codes ``not_a_cell``, ``dissolved``, ``members_missing``, ``not_members``,
    ``too_few``, ``later_activity`` and those of `create_unit`.
    """
    permissions.require(by, Action.UNIT_SPLIT, unit)
    lock_tree()
    decision_no = require_decision(decision_no)
    require_cell(unit, on, field="unit")
    version = latest_version(unit, on)
    going = _members_of(unit, set(member_ids))
    _require_enough(unit, {one.member_id for one in going}, on)
    new = Unit(code=code.strip(), level=Level.CELL, name=name, cell_kind=cell_kind, founded_on=on)
    found_unit(new, version.parent, version.position + 1)
    moved = _go_over(unit, new, [one.pk for one in going], on, decision_no)
    note_event(unit, UnitEvent.Kind.SPLIT, on, decision_no, successor=new)
    note_event(new, UnitEvent.Kind.CREATED, on, decision_no, note=_("Tách từ %(unit)s") % {"unit": unit})
    details = {"new": new.code, "name": new.name, "members": moved, "on": on, "decision_no": decision_no}
    record(by=by, action=Action.UNIT_SPLIT, at=at, target=unit, unit_id=unit.pk, details=details)
    listeners.cells_shaped([new], by=by, at=at)
    return new


@deed
def merge_cells(*, by: Actor, at: datetime, unit: Unit, into: Unit, on: date, decision_no: str) -> None:
    """Put a cell into another: from the day ``on`` the first exists no longer, and its members belong to the other.

    Raises Denied, and RuleBroken with codes ``not_a_cell`` and those of `dissolve_unit`.
    """
    permissions.require(by, Action.UNIT_MERGE, unit)
    permissions.require(by, Action.UNIT_MERGE, into)
    lock_tree()
    decision_no = require_decision(decision_no)
    if not unit.is_cell:
        raise RuleBroken("not_a_cell", _("Chỉ nhập chi bộ vào chi bộ. Với tổ chức khác, chọn việc Giải thể."))
    require_cell(into, on, field="into")
    moved = close_unit(unit, into, on, decision_no, reason=_("Chi bộ sáp nhập"))
    note_event(unit, UnitEvent.Kind.MERGED, on, decision_no, successor=into)
    details = {"into": into.code, "on": on, "decision_no": decision_no} | moved
    record(by=by, action=Action.UNIT_MERGE, at=at, target=unit, unit_id=unit.pk, details=details)
    listeners.cells_shaped([into], by=by, at=at)


def _members_of(unit: Unit, member_ids: set[int]) -> list[Membership]:
    if not member_ids:
        message = _("Chưa chọn đảng viên về chi bộ mới. Chọn trong danh sách.")
        raise RuleBroken("members_missing", message, field="member_ids")
    official = Membership.objects.filter(unit=unit, kind=Membership.Kind.OFFICIAL, end=None)
    found = list(official.filter(member_id__in=member_ids))
    if len(found) != len(member_ids):
        message = _("Có đồng chí không còn sinh hoạt ở %(unit)s. Mở lại trang, chọn lại danh sách.")
        raise RuleBroken("not_members", message % {"unit": unit}, field="member_ids")
    return found


def _require_enough(unit: Unit, going: set[int], on: date) -> None:
    rule = law_at(topics.CellSize, on, unit)
    least = rule.value.minimum_official
    cell = Membership.objects.filter(unit=unit, kind=Membership.Kind.OFFICIAL, end=None)
    official = set(cell.filter(member__official_on__lte=on).values_list("member_id", flat=True))
    if len(official & going) < least or len(official - going) < least:
        message = _(
            "Mỗi chi bộ cần ít nhất %(least)d đảng viên chính thức: chi bộ cũ còn %(old)d, chi bộ mới có %(new)d. "
            "Chọn lại danh sách."
        )
        values = {"least": least, "old": len(official - going), "new": len(official & going)}
        raise RuleBroken("too_few", message % values, citation=cite(rule), field="member_ids")


def _go_over(unit: Unit, new: Unit, membership_ids: list[int], on: date, decision_no: str) -> list[int]:
    moved = move_members(Membership.objects.filter(pk__in=membership_ids), new, on, decision_no)
    end_posts(moved, on, _("Chi bộ tách"), unit=unit)
    Transfer.objects.open().filter(member_id__in=moved).update(from_unit=new)
    return moved
