"""Posts are given and end. What a person may do follows from the post held today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.dated import in_force
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.organization import listeners, permissions
from hatnhan.organization.actions.checks import (
    deed,
    moved_on,
    require_ended,
    require_past,
    require_standing,
    require_text,
)
from hatnhan.organization.models import Membership, Position, Post, Term
from hatnhan.organization.models.position import SINGLE_POSTS
from hatnhan.organization.permissions import Action

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Member, Unit

#: A cell has a secretary, deputies, a committee; standing and inspection committees stand higher.
CELL_POSTS: Final = frozenset({Post.SECRETARY, Post.DEPUTY, Post.COMMITTEE_MEMBER})


@deed
def appoint(
    *,
    by: Actor,
    at: datetime,
    member: Member,
    unit: Unit,
    post: str,
    start: date,
    decision_no: str,
    term: Term | None = None,
) -> Position:
    """Give a post from a day on, in the term named or else the one running that day.

    The holder is an official member that day, in the unit or below it. Raises Denied, and RuleBroken with codes
    ``post``, ``future``, ``dissolved``, ``before_founding``, ``not_official``, ``not_in_unit``, ``term``,
    ``already_held``, ``post_taken``.
    """
    permissions.require(by, Action.POSITION_APPOINT, unit)
    _require_post(post, unit)
    require_past(start, field="start")
    require_standing(unit, start, field="unit")
    _require_holder(member, unit, start)
    term = _term_on(unit, start, term)
    _require_free(member, unit, post, start)
    position: Position = Position.objects.create(
        member=member, unit=unit, post=post, term=term, start=start, decision_no=decision_no.strip()
    )
    details = {"unit": unit.code, "post": post, "start": start, "term": str(term) if term else None}
    _record(by, Action.POSITION_APPOINT, at, position, details | {"decision_no": decision_no})
    return position


@deed
def end_position(*, by: Actor, at: datetime, position: Position, end: date, reason: str) -> None:
    """End a post; ``end`` is the first day no longer held.

    Raises Denied, and RuleBroken with codes ``reason_missing``, ``future``, ``end_before_start``, ``already_done``.
    """
    permissions.require(by, Action.POSITION_END, position.unit)
    message = _("Chưa ghi lý do. Ghi như hết nhiệm kỳ, chuyển công tác.")
    reason = require_text(reason, code="reason_missing", field="reason", message=message)
    require_ended(end, field="end")
    if end <= position.start:
        message = _("Giữ chức vụ từ ngày %(day)s. Ghi ngày sau ngày ấy.")
        raise RuleBroken("end_before_start", message % {"day": written(position.start)}, field="end")
    before = position.end
    held = Position.objects.filter(Q(end=None) | Q(end__gt=end), pk=position.pk)
    if held.update(end=end, end_reason=reason) != 1:
        raise moved_on()
    position.end, position.end_reason = end, reason
    listeners.posts_ended([(position.member_id, position.unit_id)], end)
    details = {"unit": position.unit.code, "post": position.post, "end": [before, end], "reason": reason}
    _record(by, Action.POSITION_END, at, position, details)


def _require_post(post: str, unit: Unit) -> None:
    if post not in Post.values or (unit.is_cell and post not in CELL_POSTS):
        message = _("%(unit)s không có chức vụ này. Chọn chức vụ khác.")
        raise RuleBroken("post", message % {"unit": unit}, field="post")


def _require_holder(member: Member, unit: Unit, start: date) -> None:
    if not member.is_official(start):
        message = _(
            "Ngày này đồng chí %(name)s chưa là đảng viên chính thức. Ghi ngày sau, hoặc chọn người khác."
        )
        raise RuleBroken("not_official", message % {"name": member}, field="member")
    there = in_force(start, "unit__ancestries__") & Q(unit__ancestries__ancestor_id=unit.pk)
    official = Membership.objects.on(start).filter(member=member, kind=Membership.Kind.OFFICIAL)
    if not official.filter(there).exists():
        message = _(
            "Ngày này đồng chí %(name)s không sinh hoạt chính thức trong %(unit)s. Xem lại ngày, hoặc chọn người khác."
        )
        raise RuleBroken("not_in_unit", message % {"name": member, "unit": unit}, field="member")


def _term_on(unit: Unit, start: date, term: Term | None) -> Term | None:
    if term is None:
        running: Term | None = Term.objects.on(start).filter(unit=unit).first()
        return running
    if term.unit_id != unit.pk or not term.start <= start < term.end:
        message = _("%(term)s không phải nhiệm kỳ của %(unit)s vào ngày này. Chọn lại.")
        raise RuleBroken("term", message % {"term": term, "unit": unit}, field="term")
    return term


def _require_free(member: Member, unit: Unit, post: str, start: date) -> None:
    held = Position.objects.filter(unit=unit, post=post).exclude(end__lte=start).select_related("member")
    mine = held.filter(member=member).first()
    if mine is not None:
        message = _("Đồng chí giữ chức vụ này từ ngày %(day)s. Không ghi thêm lần nữa.")
        raise RuleBroken("already_held", message % {"day": written(mine.start)}, field="post")
    other = held.first() if post in SINGLE_POSTS else None
    if other is not None:
        message = _(
            "Đồng chí %(name)s giữ chức vụ này từ ngày %(day)s. Cho thôi chức vụ người ấy trước, hoặc xem lại ngày."
        )
        values = {"name": other.member, "day": written(other.start)}
        raise RuleBroken("post_taken", message % values, field="post")


def _record(by: Actor, action: Action, at: datetime, position: Position, details: dict[str, Any]) -> None:
    record(
        by=by,
        action=action,
        at=at,
        target=position,
        unit_id=position.unit_id,
        subject_id=position.member_id,
        details=details,
    )
