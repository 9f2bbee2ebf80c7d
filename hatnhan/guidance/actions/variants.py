"""The text for each kind of cell: the whole core, said its way, and what only this kind has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.guidance import permissions
from hatnhan.guidance.actions.core_points import add_core, edit_core, remove_core, set_core, shift_core
from hatnhan.guidance.actions.giving import hand_over
from hatnhan.guidance.actions.points import PointData, checked_all, checked_text, grow, require_due
from hatnhan.guidance.models import CorePoint, RollOut, Variant, VariantPoint
from hatnhan.guidance.permissions import Action
from hatnhan.guidance.selectors.rollouts import cells_below
from hatnhan.organization.actions.checks import day_of, deed
from hatnhan.organization.cell_kinds import kinds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor

    Said = Mapping[int, tuple[str, date | None]]

__all__ = [
    "PointData",
    "add_core",
    "drop_variant",
    "edit_core",
    "remove_core",
    "set_core",
    "shift_core",
    "write_variant",
]

_State = RollOut.State


@deed
def write_variant(
    *,
    by: Actor,
    at: datetime,
    roll_out: RollOut,
    cell_kind: str,
    intro: str,
    said: Said,
    own: Sequence[PointData],
) -> Variant:
    """Write the text for one kind of cell, in place of the one that was there; return it.

    ``said`` gives by the id of a point of the core its words and last day here; what it leaves out, or says in the
    same words, is said as in the core. ``own`` are points of this kind alone. Once the roll-out is approved a variant
    can only come where the kind has none: its cells, which read the core till then, are given what they lack.

    Raises Denied, and RuleBroken with codes ``approved``, ``core_missing``, ``core_unknown``, ``cell_kind`` and
    those of `points.checked`.
    """
    permissions.require_keep(by, roll_out.unit_id)
    # Held first: what is read after it is what nobody else writes.
    there = Variant.objects.filter(roll_out=roll_out, cell_kind=cell_kind)
    grow(roll_out, (_State.DRAFT,) if there.exists() else (_State.DRAFT, _State.APPROVED))
    written = there.first()
    if cell_kind not in kinds():
        raise RuleBroken(
            "cell_kind", _("Không có loại chi bộ này. Chọn lại trong danh sách."), field="cell_kind"
        )
    core = _core_of(roll_out, said)
    variant = written or Variant(roll_out=roll_out, cell_kind=cell_kind, version=0)
    variant.intro, variant.version = checked_text(intro, field="intro"), variant.version + 1
    own_points = checked_all(own, roll_out)
    if written:
        variant.save(update_fields=["intro", "version"])
    else:
        variant.save(force_insert=True)
    _write_points(variant, core, said, own_points)
    details = {"cell_kind": cell_kind, "version": variant.version, "own": [one.text for one in own_points]}
    if roll_out.state == _State.APPROVED:
        details["cells"] = _give_kind(by, at, roll_out, cell_kind)
    record(by=by, action=Action.VARIANT, at=at, target=roll_out, unit_id=roll_out.unit_id, details=details)
    return variant


@deed
def drop_variant(*, by: Actor, at: datetime, variant: Variant) -> None:
    """Drop the text for one kind of cell while the plan is being written. Raises Denied, RuleBroken ``approved``."""
    roll_out = variant.roll_out
    permissions.require_keep(by, roll_out.unit_id)
    grow(roll_out)
    details = {"cell_kind": variant.cell_kind, "dropped": True}
    record(by=by, action=Action.VARIANT, at=at, target=roll_out, unit_id=roll_out.unit_id, details=details)
    variant.delete()


def _core_of(roll_out: RollOut, said: Said) -> list[CorePoint]:
    core = list(CorePoint.objects.filter(roll_out=roll_out))
    if not core:
        message = _(
            "Chưa có nội dung cốt lõi. Soạn nội dung cốt lõi trước, rồi cụ thể hóa cho từng loại chi bộ."
        )
        raise RuleBroken("core_missing", message)
    if set(said) - {one.pk for one in core}:
        message = _("Nội dung cốt lõi vừa được sửa. Mở lại trang để xem, rồi soạn tiếp.")
        raise RuleBroken("core_unknown", message)
    return core


def _write_points(variant: Variant, core: list[CorePoint], said: Said, own: list[PointData]) -> None:
    rows = []
    for point in core:
        text, due = said.get(point.pk, ("", None))
        text = checked_text(text, field=f"said-{point.pk}")
        due = due if point.task and due != point.due else None
        require_due(due, variant.roll_out, field=f"said_due-{point.pk}")
        text = "" if text == point.text else text
        rows.append(VariantPoint(variant=variant, core=point, place=point.place, text=text, due=due))
    after = core[-1].place + 1
    rows += [
        VariantPoint(variant=variant, place=after + place, text=one.text, task=one.task, due=one.due)
        for place, one in enumerate(own)
    ]
    VariantPoint.objects.filter(variant=variant).delete()
    VariantPoint.objects.bulk_create(rows)


def _give_kind(by: Actor, at: datetime, roll_out: RollOut, cell_kind: str) -> list[str]:
    """Give the cells of a kind the variant that came after the approval."""
    today = day_of(at)
    cells = [cell for cell in cells_below(roll_out.unit_id, today) if cell.cell_kind == cell_kind]
    hand_over(by=by, at=at, roll_out=roll_out, cells=cells, on=today)
    return [cell.code for cell in cells]
