"""The core of a roll-out: what the document asks of every cell. Variants say it their way and never leave it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.guidance import permissions
from hatnhan.guidance.actions.points import PointData, checked, checked_all, grow
from hatnhan.guidance.models import CorePoint, Variant, VariantPoint
from hatnhan.guidance.permissions import Action
from hatnhan.organization.actions.checks import deed, moved_on

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.guidance.models import RollOut


@deed
def set_core(*, by: Actor, at: datetime, roll_out: RollOut, points: Sequence[PointData]) -> list[CorePoint]:
    """Write the whole core in the order given, in place of what was there; return its points.

    Raises Denied, and RuleBroken with codes ``approved``, ``core_missing`` (no points), ``variants_exist`` and those of
    `points.checked`.
    """
    permissions.require_keep(by, roll_out.unit_id)
    grow(roll_out)
    if Variant.objects.filter(roll_out=roll_out).exists():
        message = _("Đã có bản cụ thể hóa theo nội dung cốt lõi này. Sửa, thêm hoặc bỏ từng nội dung.")
        raise RuleBroken("variants_exist", message)
    if not points:
        message = _("Chưa có nội dung nào. Ghi ít nhất một nội dung mà mọi chi bộ phải làm.")
        raise RuleBroken("core_missing", message, field="text-1")
    data = checked_all(points, roll_out)
    CorePoint.objects.filter(roll_out=roll_out).delete()
    rows = CorePoint.objects.bulk_create(
        [
            CorePoint(roll_out=roll_out, place=place, text=one.text, task=one.task, due=one.due)
            for place, one in enumerate(data)
        ]
    )
    _record(by, at, roll_out, {"points": [one.text for one in rows]})
    return rows


@deed
def add_core(*, by: Actor, at: datetime, roll_out: RollOut, data: PointData) -> CorePoint:
    """Put one more point at the end of the core; variants written before say it as the core does.

    Raises Denied, and RuleBroken with codes ``approved`` and those of `points.checked`.
    """
    permissions.require_keep(by, roll_out.unit_id)
    grow(roll_out)
    tidy = checked(data, roll_out)
    last = CorePoint.objects.filter(roll_out=roll_out).order_by("-place").first()
    place = last.place + 1 if last else 0
    point: CorePoint = CorePoint.objects.create(
        roll_out=roll_out, place=place, text=tidy.text, task=tidy.task, due=tidy.due
    )
    variants = Variant.objects.filter(roll_out=roll_out)
    VariantPoint.objects.bulk_create([VariantPoint(variant=one, core=point, place=place) for one in variants])
    _record(by, at, roll_out, {"added": point.text})
    return point


@deed
def edit_core(*, by: Actor, at: datetime, point: CorePoint, data: PointData) -> None:
    """Change a point of the core; variants that say it in their own words keep these.

    Raises Denied, and RuleBroken with codes ``approved`` and those of `points.checked`.
    """
    permissions.require_keep(by, point.roll_out.unit_id)
    grow(point.roll_out)
    tidy = checked(data, point.roll_out)
    before = point.text
    point.text, point.task, point.due = tidy.text, tidy.task, tidy.due
    if CorePoint.objects.filter(pk=point.pk).update(text=tidy.text, task=tidy.task, due=tidy.due) != 1:
        raise moved_on()
    said = VariantPoint.objects.filter(core=point)
    said.filter(text=tidy.text).update(text="")
    if not tidy.task:
        said.update(due=None)
    _record(by, at, point.roll_out, {"changed": [before, tidy.text]})


@deed
def remove_core(*, by: Actor, at: datetime, point: CorePoint) -> None:
    """Take a point off the core, and with it what variants said of it.

    Raises Denied, and RuleBroken with codes ``approved``, ``core_missing`` (the last one, while variants stand on it).
    """
    roll_out = point.roll_out
    permissions.require_keep(by, roll_out.unit_id)
    grow(roll_out)
    others = CorePoint.objects.filter(roll_out=roll_out).exclude(pk=point.pk)
    if not others.exists() and Variant.objects.filter(roll_out=roll_out).exists():
        message = _(
            "Đây là nội dung cốt lõi cuối cùng, bản cụ thể hóa không thể thiếu. Thêm nội dung khác trước."
        )
        raise RuleBroken("core_missing", message)
    _record(by, at, roll_out, {"removed": point.text})
    point.delete()


@deed
def shift_core(*, by: Actor, at: datetime, point: CorePoint, places: int) -> None:
    """Move a point of the core up (fewer than 0) or down by so many places; at the edge it stays.

    Raises Denied, and RuleBroken with code ``approved``.
    """
    roll_out = point.roll_out
    permissions.require_keep(by, roll_out.unit_id)
    grow(roll_out)
    rows = list(CorePoint.objects.filter(roll_out=roll_out))
    old = next((index for index, row in enumerate(rows) if row.pk == point.pk), None)
    if old is None:
        raise moved_on()
    rows.insert(max(0, min(len(rows) - 1, old + places)), rows.pop(old))
    _number(rows)
    _record(by, at, roll_out, {"shifted": point.text})


def _number(rows: list[CorePoint]) -> None:
    """Give the points their places, in the core and in the variants that say them."""
    places = {row.pk: place for place, row in enumerate(rows)}
    for row in rows:
        row.place = places[row.pk]
    CorePoint.objects.bulk_update(rows, ["place"])
    said = list(VariantPoint.objects.filter(core__in=rows))
    for one in said:
        one.place = places[one.core_id or 0]
    VariantPoint.objects.bulk_update(said, ["place"])


def _record(by: Actor, at: datetime, roll_out: RollOut, details: dict[str, Any]) -> None:
    record(by=by, action=Action.CORE, at=at, target=roll_out, unit_id=roll_out.unit_id, details=details)
