"""The rows of a weekly review: laid out, written, answered. What becomes of remedies is in `actions.remedies`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Max
from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.meetings import permissions
from hatnhan.meetings.actions.pen import drop_approvals, hold, take_pen
from hatnhan.meetings.actions.remedies import give_remedies, judge_remedies, open_remedies
from hatnhan.meetings.actions.replies import may_reply, reply_to_row, require_length, text_of
from hatnhan.meetings.models import Meeting, ReviewRow, Series
from hatnhan.meetings.permissions import Action
from hatnhan.meetings.selectors import reviews
from hatnhan.organization.actions.checks import day_of, deed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.meetings.models import WorkPost
    from hatnhan.organization.models import Member

__all__ = [
    "RowData",
    "give_remedies",
    "judge_remedies",
    "lay_sheet",
    "may_reply",
    "reply_to_row",
    "save_row",
    "write_rows",
]

_TEXTS = ("strengths", "shortcomings", "remedy")
_FIELDS = (*_TEXTS, "remedy_owner_id", "remedy_due")


@dataclass(frozen=True, slots=True)
class RowData:
    """What a review says of a person (``work_post`` None) or of a post. ``remedy_due`` is its last day (inclusive).

    A remedy needs an owner and a day; without a remedy both are left out.
    """

    subject: Member | None = None
    work_post: WorkPost | None = None
    strengths: str = ""
    shortcomings: str = ""
    remedy: str = ""
    remedy_owner: Member | None = None
    remedy_due: date | None = None


@deed
def lay_sheet(*, by: Actor, at: datetime, meeting: Meeting) -> list[ReviewRow]:
    """Make the empty rows: one for each who sits in the body on the meeting's day, one for each post of work.

    Vouched: whoever opens the meeting was asked. Asked again it adds what came since. Seven queries. Raises RuleBroken
    ``not_weekly``.
    """
    _require_weekly(meeting)
    there = list(ReviewRow.objects.filter(meeting=meeting).select_related("work_post", "subject"))
    posts = {row.work_post_id for row in there if row.work_post_id}
    people = {row.subject_id for row in there if not row.of_post}
    new = [
        row
        for row in reviews.expected_rows(meeting)
        if row.work_post_id not in posts and (row.of_post or row.subject_id not in people)
    ]
    last = ReviewRow.objects.filter(meeting=meeting).aggregate(last=Max("place"))["last"]
    for place, row in enumerate(new, start=0 if last is None else last + 1):
        row.place = place
    ReviewRow.objects.bulk_create(new)
    if new:
        _record(by, at, meeting, {"laid": len(new)})
    return new


@deed
def write_rows(*, by: Actor, at: datetime, meeting: Meeting, rows: Sequence[RowData]) -> None:
    """Write several rows at once, in place of what stood there. Few queries, whatever their number.

    Raises Denied, and RuleBroken with codes ``not_on_sheet`` (no row for this person or post) and those of `save_row`.
    """
    permissions.require(by, Action.REVIEW, meeting)
    _require_weekly(meeting)
    take_pen(meeting)
    there = list(
        ReviewRow.objects.filter(meeting=meeting).select_related("work_post", "subject", "meeting__unit")
    )
    by_post = {row.work_post_id: row for row in there if row.work_post_id}
    by_person = {row.subject_id: row for row in there if row.subject_id and not row.of_post}
    written_now = []
    for one in rows:
        row = _row_among(by_post, by_person, one)
        if row is None:
            message = _(
                "Phiếu nhận xét này không có dòng của %(who)s. Xem lại danh sách dự họp, vị trí công tác."
            )
            raise RuleBroken("not_on_sheet", message % {"who": one.work_post or one.subject or ""})
        _fill(row, _checked(row, one), at)
        written_now.append(row)
    fields = ["strengths", "shortcomings", "remedy", "remedy_owner", "remedy_due", "version", "saved_at"]
    ReviewRow.objects.bulk_update(written_now, fields, batch_size=100)
    open_remedies(by, at, meeting, written_now)
    _record(by, at, meeting, {"rows": "; ".join(row.name for row in written_now)})


@deed
def save_row(
    *,
    by: Actor,
    at: datetime,
    row: ReviewRow,
    version: int,
    strengths: str = "",
    shortcomings: str = "",
    remedy: str = "",
    remedy_owner: Member | None = None,
    remedy_due: date | None = None,
) -> ReviewRow:
    """Write one row as one types; return it with its new version.

    ``version`` is that of the text one began from. When another was saved meanwhile, nothing is written and RuleBroken
    ``changed_meanwhile`` is raised, so that both texts can be shown; saving what stands there already is no quarrel.
    After the meeting has ended a remedy becomes a task at once. Raises Denied, and RuleBroken with codes
    ``owner_missing``, ``due_missing``, ``due_before_meeting``, ``remedy_given`` (it is a task already), ``too_long``
    and those of `take_pen`.
    """
    meeting = row.meeting
    permissions.require(by, Action.REVIEW, meeting)
    hold(meeting)
    now = reviews.row_now(row.pk)
    data = RowData(None, None, strengths, shortcomings, remedy, remedy_owner, remedy_due)
    tidy = _checked(now, data)
    if _values(tidy) == tuple(getattr(now, name) for name in _FIELDS):
        return now
    drop_approvals(meeting)
    fields = dict(zip(_FIELDS, _values(tidy), strict=True))
    same = ReviewRow.objects.filter(pk=row.pk, version=version)
    if same.update(**fields, version=version + 1, saved_at=at) != 1:
        raise changed_meanwhile()
    _fill(now, tidy, at)
    open_remedies(by, at, meeting, [now])
    _record(by, at, meeting, {"row": now.name, "version": now.version}, now.subject_id, now)
    return now


def changed_meanwhile() -> RuleBroken:
    """Return the error for a row that somebody else saved since it was opened."""
    message = _("Dòng này vừa được lưu ở nơi khác. Chữ của đồng chí còn nguyên dưới đây, chưa ghi đè lên.")
    return RuleBroken("changed_meanwhile", message)


def _require_weekly(meeting: Meeting) -> None:
    if meeting.kind != Series.Kind.WEEKLY_REVIEW:
        raise RuleBroken("not_weekly", _("Cuộc họp này không phải là nhận xét hằng tuần."))


def _checked(row: ReviewRow, data: RowData) -> RowData:
    """Return what is to stand in a row, tidy. Raises RuleBroken."""
    tidy = replace(
        data,
        strengths=text_of(data.strengths),
        shortcomings=text_of(data.shortcomings),
        remedy=text_of(data.remedy),
    )
    for name in _TEXTS:
        require_length(getattr(tidy, name), name)
    if not tidy.remedy:
        tidy = replace(tidy, remedy_owner=None, remedy_due=None)
    if row.task_id is not None:
        return _require_as_given(row, tidy)
    if tidy.remedy:
        _require_remedy(row, tidy)
    return tidy


def _row_among(
    by_post: Mapping[int, ReviewRow], by_person: Mapping[int, ReviewRow], data: RowData
) -> ReviewRow | None:
    if data.work_post is not None:
        return by_post.get(data.work_post.pk)
    return by_person.get(data.subject.pk) if data.subject else None


def _require_remedy(row: ReviewRow, data: RowData) -> None:
    if data.remedy_owner is None:
        message = _("Cách khắc phục của %(who)s chưa có người làm. Chọn một đồng chí.")
        raise RuleBroken("owner_missing", message % {"who": row.name}, field="remedy_owner")
    if data.remedy_due is None:
        message = _("Cách khắc phục của %(who)s chưa có hạn. Ghi ngày phải xong.")
        raise RuleBroken("due_missing", message % {"who": row.name}, field="remedy_due")
    held_on = day_of(row.meeting.starts_at)
    if data.remedy_due < held_on:
        message = _("Cuộc họp này ngày %(day)s. Ghi hạn là ngày ấy hoặc sau đó.")
        raise RuleBroken("due_before_meeting", message % {"day": written(held_on)}, field="remedy_due")


def _require_as_given(row: ReviewRow, data: RowData) -> RowData:
    """Return the data with the remedy that was given as a task. Raises RuleBroken ``remedy_given`` for another one."""
    if data.remedy != row.remedy:
        message = _("Việc khắc phục này đã giao khi kết thúc họp. Đổi hạn, đổi người ở trang nhiệm vụ.")
        raise RuleBroken("remedy_given", message, field="remedy")
    return replace(data, remedy_owner=row.remedy_owner, remedy_due=row.remedy_due)


def _values(data: RowData) -> tuple[Any, ...]:
    owner_id = data.remedy_owner.pk if data.remedy_owner else None
    return data.strengths, data.shortcomings, data.remedy, owner_id, data.remedy_due


def _fill(row: ReviewRow, data: RowData, at: datetime) -> None:
    for name in _TEXTS:
        setattr(row, name, getattr(data, name))
    row.remedy_owner, row.remedy_due = data.remedy_owner, data.remedy_due
    row.version += 1
    row.saved_at = at


def _record(
    by: Actor,
    at: datetime,
    meeting: Meeting,
    details: dict[str, Any],
    subject_id: int | None = None,
    row: ReviewRow | None = None,
) -> None:
    record(
        by=by,
        action=Action.REVIEW,
        at=at,
        target=row or meeting,
        unit_id=meeting.unit_id,
        subject_id=subject_id,
        details=details,
    )
