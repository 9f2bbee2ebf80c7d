"""The list of groups of tasks that a committee shares out; the committee edits it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from hatnhan.assignments import permissions
from hatnhan.assignments.models import GroupCharge, WorkGroup
from hatnhan.assignments.permissions import Action
from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.organization.actions.checks import (
    deed,
    moved_on,
    require_ended,
    require_past,
    require_standing,
    require_text,
)

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Unit

_LONGEST_NAME = 120


@deed
def create_group(
    *, by: Actor, at: datetime, unit: Unit, name: str, start: date, position: int = 0
) -> WorkGroup:
    """Add a group of tasks to a committee's list from a day on; ``position`` orders the list, 0 puts it last.

    Raises Denied, and RuleBroken with codes ``name_missing``, ``too_long``, ``name_taken``, ``future``,
    ``dissolved``, ``before_founding``.
    """
    permissions.require_lead(by, unit.pk)
    require_past(start, field="start")
    require_standing(unit, start, field="start")
    name = _require_name(unit, name, start)
    last = WorkGroup.objects.filter(unit=unit, end=None).order_by("-position").first()
    place = position or (last.position + 1 if last else 1)
    group: WorkGroup = WorkGroup.objects.create(unit=unit, name=name, position=place, start=start)
    _record(by, at, Action.GROUP_CREATE, group, {"name": name, "start": start})
    return group


@deed
def rename_group(
    *, by: Actor, at: datetime, group: WorkGroup, name: str, position: int | None = None
) -> None:
    """Correct the name of a group and perhaps its place in the list; what it covers stays the same.

    Raises Denied, and RuleBroken with codes ``name_missing``, ``too_long``, ``name_taken``, ``already_done``.
    """
    permissions.require_lead(by, group.unit_id)
    name = _require_name(group.unit, name, group.start, but=group)
    place = group.position if position is None else position
    before = group.name
    same = WorkGroup.objects.filter(pk=group.pk, name=before, end=None)
    if same.update(name=name, position=place) != 1:
        raise moved_on()
    group.name, group.position = name, place
    _record(by, at, Action.GROUP_RENAME, group, {"name": [before, name]})


@deed
def end_group(*, by: Actor, at: datetime, group: WorkGroup, end: date) -> None:
    """Take a group off the list; ``end`` is the first day without it. Those in charge of it are so no longer.

    Raises Denied, and RuleBroken with codes ``future``, ``end_before_start``, ``later_charge``, ``already_done``.
    """
    permissions.require_lead(by, group.unit_id)
    require_ended(end, field="end")
    if end <= group.start:
        message = _("Nhóm nhiệm vụ này lập ngày %(day)s. Ghi ngày sau ngày ấy.")
        raise RuleBroken("end_before_start", message % {"day": written(group.start)}, field="end")
    running = GroupCharge.objects.filter(Q(end=None) | Q(end__gt=end), group=group)
    late = running.filter(start__gte=end).select_related("member").first()
    if late is not None:
        message = _("Đồng chí %(name)s phụ trách nhóm này từ ngày %(day)s. Ghi ngày sau ngày ấy.")
        values = {"name": late.member, "day": written(late.start)}
        raise RuleBroken("later_charge", message % values, field="end")
    if WorkGroup.objects.filter(pk=group.pk, end=None).update(end=end) != 1:
        raise moved_on()
    group.end = end
    ended = running.update(end=end, end_reason=_("Cấp ủy không còn nhóm nhiệm vụ này"))
    _record(by, at, Action.GROUP_END, group, {"end": end, "charges": ended})


def _require_name(unit: Unit, name: str, start: date, *, but: WorkGroup | None = None) -> str:
    message = _("Chưa ghi tên nhóm nhiệm vụ.")
    name = " ".join(require_text(name, code="name_missing", field="name", message=message).split())
    if len(name) > _LONGEST_NAME:
        message = _("Tên dài %(long)d chữ; ghi gọn trong %(most)d chữ.")
        raise RuleBroken("too_long", message % {"long": len(name), "most": _LONGEST_NAME}, field="name")
    same = WorkGroup.objects.filter(Q(end=None) | Q(end__gt=start), unit=unit, name=name)
    if (same.exclude(pk=but.pk) if but else same).exists():
        message = _("Danh sách đã có nhóm nhiệm vụ “%(name)s”. Ghi tên khác.")
        raise RuleBroken("name_taken", message % {"name": name}, field="name")
    return name


def _record(by: Actor, at: datetime, action: Action, group: WorkGroup, details: dict[str, Any]) -> None:
    record(by=by, action=action, at=at, target=group, unit_id=group.unit_id, details=details)
