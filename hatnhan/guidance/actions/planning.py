"""The plan by which a committee carries a document to its cells: what it asks, who leads, by when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.core.vietnamese import nfc
from hatnhan.guidance import permissions
from hatnhan.guidance.actions.points import grow
from hatnhan.guidance.models import CorePoint, RollOut, VariantPoint
from hatnhan.guidance.permissions import Action
from hatnhan.organization.actions.checks import (
    day_of,
    deed,
    require_not_before,
    require_standing,
    require_text,
)
from hatnhan.organization.models import Membership, UnitAncestry

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.guidance.models import Document
    from hatnhan.organization.models import Member, Unit


@dataclass(frozen=True, slots=True)
class PlanData:
    """What a plan says. Days are the last ones (inclusive) to approve, to hold in cells, to study, to be done."""

    asks: str
    approve_by: date
    held_by: date
    study_by: date
    done_by: date
    lead: Member | None = None


@deed
def plan_roll_out(*, by: Actor, at: datetime, unit: Unit, document: Document, data: PlanData) -> RollOut:
    """Plan how a committee carries a document to its cells; return the plan, still to be written out and approved.

    Raises Denied, and RuleBroken with codes ``not_a_committee``, ``another_unit``, ``dissolved``, ``before_founding``,
    ``twice`` (the document has its roll-out here), ``asks_missing``, ``days_order``, ``before_document``,
    ``study_after_done``, ``lead``.
    """
    permissions.require_keep(by, unit.pk)
    today = day_of(at)
    _require_committee(unit, document, today)
    require_not_twice(unit, document)
    fields = _fields(data, unit, document, today)
    roll_out: RollOut = RollOut.objects.create(unit=unit, document=document, drafted_at=at, **fields)
    _record(by, at, roll_out, fields)
    return roll_out


@deed
def edit_plan(*, by: Actor, at: datetime, roll_out: RollOut, data: PlanData) -> None:
    """Change a plan that is not approved. Raises as `plan_roll_out`, and ``approved``, ``due_after_done``."""
    permissions.require_keep(by, roll_out.unit_id)
    grow(roll_out)
    fields = _fields(data, roll_out.unit, roll_out.document, day_of(at))
    _require_dues(roll_out, data.done_by)
    RollOut.objects.filter(pk=roll_out.pk).update(**fields)
    for name, value in fields.items():
        setattr(roll_out, name, value)
    _record(by, at, roll_out, fields)


@deed
def drop_plan(*, by: Actor, at: datetime, roll_out: RollOut) -> None:
    """Drop a plan that is not approved, with the core and variants written so far. Raises RuleBroken ``approved``."""
    permissions.require_keep(by, roll_out.unit_id)
    grow(roll_out)
    _record(by, at, roll_out, {"dropped": True})
    # Not the instance: it still names the plan on the page that a rehearsal goes back to.
    RollOut.objects.filter(pk=roll_out.pk).delete()


def require_not_twice(unit: Unit, document: Document) -> None:
    """Raise RuleBroken ``twice``, saying where it is, when a committee has a roll-out of a document already."""
    found = RollOut.objects.filter(unit=unit, document=document).first()
    if found is None:
        return
    message = _(
        "%(unit)s đã có kế hoạch triển khai văn bản này, lập ngày %(day)s (%(state)s). Mở kế hoạch ấy để sửa."
    )
    values = {
        "unit": unit,
        "day": written(day_of(found.drafted_at)),
        "state": found.get_state_display().lower(),
    }
    raise RuleBroken("twice", message % values, field="document")


def _require_committee(unit: Unit, document: Document, today: date) -> None:
    if unit.is_cell:
        message = _("Chi bộ nhận nội dung cấp ủy giao. Kế hoạch triển khai do cấp ủy lập.")
        raise RuleBroken("not_a_committee", message)
    require_standing(unit, today, field="document")
    if document.unit_id not in unit.lineage(today):
        message = _("Văn bản này ở sổ của nơi khác. Chọn văn bản trong sổ của %(unit)s hoặc của cấp trên.")
        raise RuleBroken("another_unit", message % {"unit": unit}, field="document")


def _fields(data: PlanData, unit: Unit, document: Document, today: date) -> dict[str, Any]:
    _require_order(data, document)
    if data.lead is not None:
        tree = UnitAncestry.objects.on(today).filter(ancestor=unit).values("unit")
        if not Membership.objects.on(today).filter(member=data.lead, unit__in=tree).exists():
            message = _("Đồng chí này không sinh hoạt ở %(unit)s. Chọn lại người chủ trì.")
            raise RuleBroken("lead", message % {"unit": unit}, field="lead")
    message = _("Chưa ghi văn bản yêu cầu gì. Ghi tóm tắt việc Đảng bộ phải làm.")
    asks = require_text(nfc(data.asks), code="asks_missing", field="asks", message=message)
    days = ("approve_by", "held_by", "study_by", "done_by")
    return {"asks": asks, "lead": data.lead} | {name: getattr(data, name) for name in days}


def _require_order(data: PlanData, document: Document) -> None:
    first, what = document.issued_on, _("Văn bản ban hành")
    require_not_before(data.approve_by, first, code="before_document", field="approve_by", what=what)
    order = {"code": "days_order", "what": _("Kế hoạch duyệt trước hết")}
    require_not_before(data.held_by, data.approve_by, field="held_by", **order)
    require_not_before(data.study_by, data.approve_by, field="study_by", **order)
    order["what"] = _("Chi bộ sinh hoạt trước hết")
    require_not_before(data.done_by, data.held_by, field="done_by", **order)
    if data.study_by > data.done_by:
        message = _("Thực hiện xong trước hết ngày %(day)s. Ghi ngày học tập xong không sau ngày ấy.")
        raise RuleBroken("study_after_done", message % {"day": written(data.done_by)}, field="study_by")


def _require_dues(roll_out: RollOut, done_by: date) -> None:
    """Raise RuleBroken ``due_after_done`` when a point written already has its task end after the plan's last day."""
    core = CorePoint.objects.filter(roll_out=roll_out, due__gt=done_by)
    own = VariantPoint.objects.filter(variant__roll_out=roll_out, due__gt=done_by)
    days = [*core.values_list("due", flat=True), *own.values_list("due", flat=True)]
    late = max((day for day in days if day is not None), default=None)
    if late is not None:
        message = _("Có việc ghi hạn ngày %(day)s. Ghi ngày ấy hoặc sau đó, hoặc sửa hạn của việc trước.")
        raise RuleBroken("due_after_done", message % {"day": written(late)}, field="done_by")


def _record(by: Actor, at: datetime, roll_out: RollOut, fields: dict[str, Any]) -> None:
    details = {name: str(value) if name == "lead" and value else value for name, value in fields.items()}
    record(by=by, action=Action.PLAN, at=at, target=roll_out, unit_id=roll_out.unit_id, details=details)
