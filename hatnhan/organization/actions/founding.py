"""What a unit must be to take its place in the tree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.organization import permissions
from hatnhan.organization.actions.ancestry import rebuild_ancestry
from hatnhan.organization.actions.checks import require_standing, require_text
from hatnhan.organization.actions.versions import amend
from hatnhan.organization.cell_kinds import kinds
from hatnhan.organization.models import Level, Unit, UnitVersion
from hatnhan.organization.permissions import Action

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.accounts.actors import Actor

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_LONGEST_CODE = 60


def require_founder(by: Actor, parent: Unit | None) -> None:
    """Raise Denied unless the person may found a unit under a parent; without one only the machine may."""
    if parent is not None:
        permissions.require(by, Action.UNIT_CREATE, parent)
    elif not isinstance(by, Machine):
        raise Denied(_("Tổ chức cao nhất được lập khi cài đặt phần mềm. Chọn tổ chức cấp trên trực tiếp."))


def found_unit(unit: Unit, parent: Unit | None, position: int = 0) -> None:
    """Save a new unit with its first version under a parent, from its founding day on."""
    _require_code(unit.code)
    require_kind(unit.level, unit.cell_kind)
    _require_parent(unit.level, parent, unit.founded_on)
    unit.name = require_name(unit.name)
    require_own_name(unit.name, parent.pk if parent else None, unit)
    unit.save(force_insert=True)
    UnitVersion.objects.create(
        unit=unit,
        parent=parent,
        name=unit.name,
        cell_kind=unit.cell_kind,
        position=position,
        start=unit.founded_on,
    )
    rebuild_ancestry(unit)


def hang(version: UnitVersion, parent: Unit, on: date) -> None:
    """Put a unit under another parent from a day on; the ancestry is for the caller to rebuild."""
    _require_parent(version.unit.level, parent, on)
    require_own_name(version.name, parent.pk, version.unit)
    amend(version, on, parent_id=parent.pk)


def _require_code(code: str) -> None:
    if not _CODE.fullmatch(code) or len(code) > _LONGEST_CODE:
        message = _("Mã chỉ gồm chữ thường không dấu, số và gạch nối, ví dụ thon-chua.")
        raise RuleBroken("code_shape", message, field="code")
    if Unit.objects.filter(code=code).exists():
        message = _("Đã có tổ chức mang mã %(code)s. Đặt mã khác.")
        raise RuleBroken("code_taken", message % {"code": code}, field="code")


def require_kind(level: str, cell_kind: str) -> None:
    """Raise RuleBroken ``level`` for no known level, ``cell_kind`` unless a cell, and only a cell, has a kind."""
    if level not in Level.values:
        raise RuleBroken("level", _("Không có cấp này. Chọn trong danh sách."), field="level")
    if level == Level.CELL and cell_kind not in kinds():
        raise RuleBroken("cell_kind", _("Chưa chọn loại chi bộ. Chọn trong danh sách."), field="cell_kind")
    if level != Level.CELL and cell_kind:
        message = _("Chỉ chi bộ mới có loại. Bỏ trống mục này.")
        raise RuleBroken("cell_kind", message, field="cell_kind")


def _require_parent(level: str, parent: Unit | None, on: date) -> None:
    """See that the parent stands higher and exists from a day on. Levels descend, so the tree has no circles."""
    order = list(Level)
    if parent is None:
        if level == Level.CELL:
            message = _("Chi bộ phải trực thuộc một tổ chức. Chọn tổ chức cấp trên.")
            raise RuleBroken("level", message, field="parent")
        return
    if order.index(Level(parent.level)) >= order.index(Level(level)):
        message = _("%(parent)s không ở cấp cao hơn. Chọn tổ chức cấp trên.")
        raise RuleBroken("level", message % {"parent": parent}, field="parent")
    require_standing(parent, on, field="parent")


def require_name(name: str) -> str:
    """Return a unit's name without needless spaces. Raises RuleBroken ``name_missing``."""
    message = _("Chưa ghi tên tổ chức. Ghi như trong quyết định.")
    return require_text(" ".join(name.split()), code="name_missing", field="name", message=message)


def require_own_name(name: str, parent_id: int | None, unit: Unit) -> None:
    """Raise RuleBroken ``same_name`` when a sister under the same parent bears the name: rosters go by names."""
    sisters = UnitVersion.objects.filter(parent_id=parent_id, end=None).exclude(unit_id=unit.pk)
    if any(name.casefold() == sister.casefold() for sister in sisters.values_list("name", flat=True)):
        message = _("Đã có tổ chức tên “%(name)s” cùng trực thuộc một nơi. Đặt tên khác để khỏi nhầm.")
        raise RuleBroken("same_name", message % {"name": name}, field="name")
