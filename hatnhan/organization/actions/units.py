"""The tree: a unit begins, is renamed, changes kind, hangs under another, ends.

Days are the first on which the new state holds. Each deed has a decision behind it, whose number is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.organization import listeners, permissions
from hatnhan.organization.actions.ancestry import lock_tree, rebuild_ancestry
from hatnhan.organization.actions.checks import deed, require_decision, require_past
from hatnhan.organization.actions.closing import close_unit
from hatnhan.organization.actions.founding import (
    found_unit,
    hang,
    require_founder,
    require_kind,
    require_name,
    require_own_name,
)
from hatnhan.organization.actions.versions import amend, latest_version, note_event
from hatnhan.organization.cell_kinds import kind_words
from hatnhan.organization.models import Unit, UnitEvent
from hatnhan.organization.permissions import Action

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor


@deed
def create_unit(
    *,
    by: Actor,
    at: datetime,
    code: str,
    level: str,
    name: str,
    cell_kind: str,
    parent: Unit | None,
    on: date,
    decision_no: str,
    position: int = 0,
) -> Unit:
    """Found a unit under a parent and return it.

    Only a command on the machine founds one without a parent. Raises Denied, and RuleBroken with codes ``future``,
    ``decision_missing``, ``code_shape``, ``code_taken``, ``level``, ``cell_kind``, ``name_missing``, ``same_name``,
    ``dissolved`` and ``before_founding`` (of the parent).
    """
    require_founder(by, parent)
    lock_tree()
    decision_no = require_decision(decision_no)
    require_past(on, field="on")
    unit = Unit(code=code.strip(), level=level, name=name, cell_kind=cell_kind, founded_on=on)
    found_unit(unit, parent, position)
    note_event(unit, UnitEvent.Kind.CREATED, on, decision_no)
    details = {"code": unit.code, "level": level, "name": unit.name, "cell_kind": cell_kind, "on": on}
    details |= {"parent": parent.code if parent else None, "decision_no": decision_no}
    record(by=by, action=Action.UNIT_CREATE, at=at, target=unit, unit_id=unit.pk, details=details)
    listeners.cells_shaped([unit], by=by, at=at)
    return unit


@deed
def rename_unit(*, by: Actor, at: datetime, unit: Unit, name: str, on: date, decision_no: str) -> None:
    """Give a unit another name from a day on.

    Raises Denied, and RuleBroken with codes ``future``, ``before_founding``, ``before_latest_change``, ``dissolved``,
    ``decision_missing``, ``name_missing``, ``same_name``, ``unchanged``.
    """
    permissions.require(by, Action.UNIT_RENAME, unit)
    lock_tree()
    decision_no = require_decision(decision_no)
    version = latest_version(unit, on)
    before, name = version.name, require_name(name)
    _require_change(before, name, field="name")
    require_own_name(name, version.parent_id, unit)
    amend(version, on, name=name)
    Unit.objects.filter(pk=unit.pk).update(name=name)
    unit.name = name
    note_event(unit, UnitEvent.Kind.RENAMED, on, decision_no, note=_("Tên cũ: %(name)s") % {"name": before})
    details = {"name": [before, name], "on": on, "decision_no": decision_no}
    record(by=by, action=Action.UNIT_RENAME, at=at, target=unit, unit_id=unit.pk, details=details)


@deed
def change_cell_kind(
    *, by: Actor, at: datetime, unit: Unit, cell_kind: str, on: date, decision_no: str
) -> None:
    """Make a cell one of another kind from a day on.

    Raises Denied, and RuleBroken with codes ``not_a_cell``, ``cell_kind``, ``unchanged`` and those of `rename_unit`
    on the day and the decision.
    """
    permissions.require(by, Action.UNIT_CHANGE_KIND, unit)
    lock_tree()
    decision_no = require_decision(decision_no)
    if not unit.is_cell:
        raise RuleBroken("not_a_cell", _("Chỉ chi bộ mới có loại. Chọn một chi bộ."))
    require_kind(unit.level, cell_kind)
    version = latest_version(unit, on)
    before = version.cell_kind
    _require_change(before, cell_kind, field="cell_kind")
    amend(version, on, cell_kind=cell_kind)
    Unit.objects.filter(pk=unit.pk).update(cell_kind=cell_kind)
    unit.cell_kind = cell_kind
    note = _("Loại cũ: %(kind)s") % {"kind": kind_words(before)}
    note_event(unit, UnitEvent.Kind.KIND_CHANGED, on, decision_no, note=note)
    details = {"cell_kind": [before, cell_kind], "on": on, "decision_no": decision_no}
    record(by=by, action=Action.UNIT_CHANGE_KIND, at=at, target=unit, unit_id=unit.pk, details=details)
    listeners.cells_shaped([unit], by=by, at=at)


@deed
def move_unit(*, by: Actor, at: datetime, unit: Unit, parent: Unit, on: date, decision_no: str) -> None:
    """Hang a unit, with all below it, under another parent from a day on.

    The person must keep the roster on both sides. Raises Denied, and RuleBroken with codes ``level`` (a parent
    stands higher than its children, so there are no circles), ``dissolved``, ``unchanged``, ``same_name`` and those
    of `rename_unit` on the day and the decision.
    """
    permissions.require(by, Action.UNIT_MOVE, unit)
    permissions.require(by, Action.UNIT_MOVE, parent)
    lock_tree()
    decision_no = require_decision(decision_no)
    version = latest_version(unit, on)
    former = version.parent
    _require_change(version.parent_id, parent.pk, field="parent")
    hang(version, parent, on)
    rebuild_ancestry(unit)
    note = _("Trước trực thuộc: %(parent)s") % {"parent": former} if former else ""
    note_event(unit, UnitEvent.Kind.MOVED, on, decision_no, note=note)
    codes = [former.code if former else None, parent.code]
    details = {"parent": codes, "on": on, "decision_no": decision_no}
    record(by=by, action=Action.UNIT_MOVE, at=at, target=unit, unit_id=unit.pk, details=details)
    listeners.cells_shaped([unit], by=by, at=at)


@deed
def dissolve_unit(
    *, by: Actor, at: datetime, unit: Unit, successor: Unit | None, on: date, decision_no: str
) -> None:
    """End a unit: it exists no longer from the day ``on``.

    A cell's members and a committee's cells go over to the successor the same day; posts and terms end; transfers on
    their way are led to the successor. Raises Denied, and RuleBroken with codes ``successor_missing``,
    ``successor_kind``, ``later_activity`` and those of `rename_unit` on the day and the decision.
    """
    permissions.require(by, Action.UNIT_DISSOLVE, unit)
    if successor is not None:
        permissions.require(by, Action.UNIT_DISSOLVE, successor)
    lock_tree()
    decision_no = require_decision(decision_no)
    moved = close_unit(unit, successor, on, decision_no, reason=_("Chi bộ giải thể"))
    note_event(unit, UnitEvent.Kind.DISSOLVED, on, decision_no, successor=successor)
    details = {
        "on": on,
        "decision_no": decision_no,
        "successor": successor.code if successor else None,
    } | moved
    record(by=by, action=Action.UNIT_DISSOLVE, at=at, target=unit, unit_id=unit.pk, details=details)
    went_over = Unit.objects.filter(code__in=moved.get("units", ()))
    listeners.cells_shaped(list(went_over), by=by, at=at)


def _require_change(before: object, after: object, *, field: str) -> None:
    if before == after:
        message = _("Không có gì thay đổi so với hiện nay. Ghi điều mới, hoặc bỏ qua việc này.")
        raise RuleBroken("unchanged", message, field=field)
