"""The posts of work that the weekly review looks at, and who holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.dated import in_force
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.core.vietnamese import nfc
from hatnhan.meetings import permissions
from hatnhan.meetings.models import WorkPost, WorkPostHolder
from hatnhan.meetings.permissions import Action
from hatnhan.organization.actions.checks import (
    deed,
    moved_on,
    require_ended,
    require_past,
    require_standing,
    require_text,
)
from hatnhan.organization.models import Membership

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Member, Unit

_LONGEST_NAME = 120


@deed
def create_work_post(
    *,
    by: Actor,
    at: datetime,
    unit: Unit,
    name: str,
    leads_government: bool = False,
    position: int = 0,
    start: date,
) -> WorkPost:
    """Add a post of work from a day on; reviews opened from then have a row for it.

    Raises Denied, and RuleBroken with codes ``not_a_committee``, ``name_missing``, ``too_long``, ``name_taken``,
    ``future``, ``dissolved``, ``before_founding``.
    """
    permissions.require_lead(by, unit.pk)
    if unit.is_cell:
        message = _("Chi bộ không có nhận xét hằng tuần. Ghi vị trí công tác ở Đảng ủy.")
        raise RuleBroken("not_a_committee", message)
    require_past(start, field="start")
    require_standing(unit, start, field="start")
    name = _free_name(unit.pk, name)
    made: WorkPost = WorkPost.objects.create(
        unit=unit, name=name, leads_government=leads_government, position=position, start=start
    )
    _record(by, at, made, {"name": name, "start": start, "leads_government": leads_government})
    return made


@deed
def rename_work_post(
    *,
    by: Actor,
    at: datetime,
    work_post: WorkPost,
    name: str,
    leads_government: bool | None = None,
    position: int | None = None,
) -> None:
    """Call a post otherwise, and where given change its kind and its place. Rows written keep what they said.

    Raises Denied, and RuleBroken with codes ``name_missing``, ``too_long``, ``name_taken``, ``already_done`` (ended).
    """
    permissions.require_lead(by, work_post.unit_id)
    name = _free_name(work_post.unit_id, name, but=work_post.pk)
    before = {key: getattr(work_post, key) for key in ("name", "leads_government", "position")}
    given = {"name": name, "leads_government": leads_government, "position": position}
    after = {key: before[key] if value is None else value for key, value in given.items()}
    if WorkPost.objects.filter(pk=work_post.pk, end=None).update(**after) != 1:
        raise moved_on()
    for key, value in after.items():
        setattr(work_post, key, value)
    _record(by, at, work_post, {key: [before[key], after[key]] for key in after if before[key] != after[key]})


@deed
def end_work_post(*, by: Actor, at: datetime, work_post: WorkPost, end: date) -> None:
    """End a post and the time of its holder; ``end`` is the first day on which there is no such post.

    Raises Denied, and RuleBroken with codes ``future``, ``end_before_start``, ``already_done``.
    """
    permissions.require_lead(by, work_post.unit_id)
    require_ended(end, field="end")
    running = WorkPostHolder.objects.filter(Q(end=None) | Q(end__gt=end), work_post=work_post)
    first = max([work_post.start, *running.values_list("start", flat=True)])
    if end <= first:
        message = _("Vị trí này, hoặc người giữ, ghi từ ngày %(day)s. Ghi ngày sau ngày ấy.")
        raise RuleBroken("end_before_start", message % {"day": written(first)}, field="end")
    if WorkPost.objects.filter(pk=work_post.pk, end=None).update(end=end) != 1:
        raise moved_on()
    running.update(end=end)
    work_post.end = end
    _record(by, at, work_post, {"end": end})


@deed
def set_holder(
    *, by: Actor, at: datetime, work_post: WorkPost, member: Member | None, start: date
) -> WorkPostHolder | None:
    """Give a post to a member from a day on, who takes over from the one before; None leaves it empty.

    Named from the same day as the one before, the new holder stands instead: that one was entered by mistake. Raises
    Denied, and RuleBroken with codes ``future``, ``before_post``, ``post_ended``, ``before_holder``, ``same_holder``,
    ``not_in_unit``.
    """
    permissions.require_lead(by, work_post.unit_id)
    require_past(start, field="start")
    _require_within(work_post, start)
    if member is not None:
        _require_member(work_post, member, start)
    before = WorkPostHolder.objects.filter(work_post=work_post, end=None).select_related("member").first()
    later = WorkPostHolder.objects.filter(work_post=work_post, end__gt=start).order_by("-end").first()
    _require_after(before, later, member, start)
    if before is not None and before.start == start:
        before.delete()
    elif before is not None:
        WorkPostHolder.objects.filter(pk=before.pk).update(end=start)
    made: WorkPostHolder | None = None
    if member is not None:
        made = WorkPostHolder.objects.create(work_post=work_post, member=member, start=start)
    subject = member or (before.member if before else None)
    details = {"member": [str(before.member) if before else None, str(member) if member else None]}
    _record(by, at, work_post, details | {"start": start}, subject)
    return made


def _free_name(unit_id: int, name: str, but: int = 0) -> str:
    message = _("Chưa ghi tên vị trí. Ghi như Địa chính – xây dựng, Chủ tịch UBND xã.")
    tidy = " ".join(nfc(require_text(name, code="name_missing", field="name", message=message)).split())
    if len(tidy) > _LONGEST_NAME:
        message = _("Tên dài %(long)d chữ; ghi gọn trong %(most)d chữ.")
        raise RuleBroken("too_long", message % {"long": len(tidy), "most": _LONGEST_NAME}, field="name")
    running = WorkPost.objects.filter(unit_id=unit_id, end=None).exclude(pk=but)
    if tidy.casefold() in {one.casefold() for one in running.values_list("name", flat=True)}:
        message = _("Đã có vị trí “%(name)s”. Ghi tên khác, hoặc sửa vị trí ấy.")
        raise RuleBroken("name_taken", message % {"name": tidy}, field="name")
    return tidy


def _require_within(work_post: WorkPost, start: date) -> None:
    if start < work_post.start:
        message = _("Vị trí này có từ ngày %(day)s. Ghi ngày ấy hoặc sau đó.")
        raise RuleBroken("before_post", message % {"day": written(work_post.start)}, field="start")
    if work_post.end is not None:
        message = _("Vị trí này thôi dùng từ ngày %(day)s.")
        raise RuleBroken("post_ended", message % {"day": written(work_post.end)}, field="start")


def _require_after(
    before: WorkPostHolder | None, later: WorkPostHolder | None, member: Member | None, start: date
) -> None:
    if before is not None and before.member_id == (member.pk if member else None):
        message = _("Đồng chí %(name)s giữ vị trí này từ ngày %(day)s. Không ghi thêm lần nữa.")
        words = {"name": before.member, "day": written(before.start)}
        raise RuleBroken("same_holder", message % words, field="member")
    if before is None and later is None and member is None:
        raise RuleBroken("same_holder", _("Vị trí này đang không có người giữ."), field="member")
    first = before.start if before else later.end if later else None
    if first is not None and start < first:
        message = _("Sổ đã ghi người giữ vị trí này đến ngày %(day)s. Ghi ngày ấy hoặc sau đó.")
        raise RuleBroken("before_holder", message % {"day": written(first)}, field="start")


def _require_member(work_post: WorkPost, member: Member, start: date) -> None:
    there = in_force(start, "unit__ancestries__") & Q(unit__ancestries__ancestor_id=work_post.unit_id)
    if not Membership.objects.on(start).filter(there, member=member).exists():
        message = _(
            "Ngày này đồng chí %(name)s không sinh hoạt trong Đảng bộ. Xem lại ngày, hoặc chọn người khác."
        )
        raise RuleBroken("not_in_unit", message % {"name": member}, field="member")


def _record(
    by: Actor, at: datetime, work_post: WorkPost, details: dict[str, Any], subject: Member | None = None
) -> None:
    record(
        by=by,
        action=Action.WORK_POST,
        at=at,
        target=work_post,
        unit_id=work_post.unit_id,
        subject_id=subject.pk if subject else None,
        details=details,
    )
