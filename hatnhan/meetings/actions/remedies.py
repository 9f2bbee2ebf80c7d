"""What becomes of remedies: tasks when the review ends; at the next one, a conclusion on each.

While the review is held a conclusion may still be changed. It takes effect on the task when the meeting ends; one that
is written into the minutes afterwards, at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan.assignments.actions.opening import TaskData, open_tasks
from hatnhan.assignments.actions.settling import Settlement, settle_tasks
from hatnhan.assignments.models import Task
from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.core.vietnamese import nfc
from hatnhan.meetings import permissions, review_rules
from hatnhan.meetings.actions.pen import take_pen
from hatnhan.meetings.models import Meeting, RemedyVerdict, ReviewRow, Series
from hatnhan.meetings.permissions import Action
from hatnhan.meetings.selectors import reviews
from hatnhan.organization.actions.checks import day_of, deed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor

_Verdict = RemedyVerdict.Verdict
_LONGEST_NOTE = 300
_LONGEST_TITLE = 300
_UNDER_WAY = (Meeting.State.OPEN, Meeting.State.DRAFT, Meeting.State.INVITED)


@deed
def judge_remedies(
    *, by: Actor, at: datetime, meeting: Meeting, verdicts: Sequence[tuple[Task, str, str]]
) -> None:
    """Write what a review concludes on remedies given earlier: task, conclusion ("" takes it back), note.

    Raises Denied, and RuleBroken with codes ``not_weekly``, ``not_a_remedy`` (of an earlier review of this unit),
    ``unknown_verdict``, ``reason_missing`` (given up without saying why), ``too_long``, ``due_not_later`` (put off, but
    its last day is not before the next review), ``already_done`` (the task has ended otherwise), ``verdict_settled``
    (in force since the meeting ended) and those of `take_pen`.
    """
    permissions.require(by, Action.VERDICT, meeting)
    if meeting.kind != Series.Kind.WEEKLY_REVIEW:
        raise RuleBroken("not_weekly", _("Cuộc họp này không phải là nhận xét hằng tuần."))
    take_pen(meeting)
    tasks = reviews.remedy_tasks(meeting, [task.pk for task, _verdict, _note in verdicts])
    following = reviews.next_review_day(meeting)
    rows = [_checked(meeting, tasks.get(task.pk), said, note, following) for task, said, note in verdicts]
    _require_not_settled(meeting, rows)
    _write(meeting, rows)
    _settle(by, at, meeting, [row for row in rows if row.verdict])
    told = "; ".join(f"{row.task}: {row.get_verdict_display() or '–'}" for row in rows)
    _record(by, Action.VERDICT, at, meeting, {"verdicts": told})


@deed
def give_remedies(*, by: Actor, at: datetime, meeting: Meeting) -> list[Task]:
    """When a review ends: let its conclusions take effect, and open a task for each remedy; return these.

    Vouched: called by whoever ends the meeting. A remedy that is a task already stays one. Raises RuleBroken with codes
    of `open_tasks`, whose rules hold when rows are saved.
    """
    said = RemedyVerdict.objects.filter(meeting=meeting).select_related("task__owner", "task__owner_unit")
    _settle(by, at, meeting, list(said.order_by("pk")))
    rows = ReviewRow.objects.filter(meeting=meeting, task=None).exclude(remedy="")
    return open_remedies(by, at, meeting, list(rows.select_related("remedy_owner")))


def open_remedies(by: Actor, at: datetime, meeting: Meeting, rows: Sequence[ReviewRow]) -> list[Task]:
    """Open the tasks of remedies, unless the review is still under way; within the caller's transaction."""
    if Meeting.objects.filter(pk=meeting.pk, state__in=_UNDER_WAY).exists():
        return []
    new = [row for row in rows if row.remedy and row.task_id is None]
    if not new:
        return []
    data = [_task_of(row) for row in new]
    given_on = day_of(meeting.starts_at)
    tasks = open_tasks(by=by, at=at, unit=meeting.unit, data=data, given_on=given_on)
    for row, task in zip(new, tasks, strict=True):
        row.task = task
    ReviewRow.objects.bulk_update(new, ["task"], batch_size=100)
    return tasks


def _task_of(row: ReviewRow) -> TaskData:
    """Return the task of a remedy. What was said of the person stays on the row."""
    assert row.remedy_due is not None  # noqa: S101 - a constraint: a remedy has its day
    title = " ".join(row.remedy.split())
    if len(title) <= _LONGEST_TITLE:
        return TaskData(title, row.remedy_due, owner=row.remedy_owner)
    short = title[: _LONGEST_TITLE - 1].rsplit(" ", 1)[0]
    return TaskData(f"{short}…", row.remedy_due, owner=row.remedy_owner, detail=row.remedy)


def _checked(meeting: Meeting, task: Task | None, said: str, note: str, following: date) -> RemedyVerdict:
    if task is None:
        message = _("Việc này không phải việc khắc phục của các tuần trước. Mở lại trang.")
        raise RuleBroken("not_a_remedy", message)
    note = " ".join(nfc(note).split())
    if said and said not in _Verdict.values:
        raise RuleBroken("unknown_verdict", _("Không có kết luận này. Chọn lại."), field="verdict")
    if said == _Verdict.DROPPED and not note:
        message = _("Thôi việc “%(task)s” vì sao? Ghi lý do.")
        raise RuleBroken("reason_missing", message % {"task": task}, field="note")
    if len(note) > _LONGEST_NOTE:
        message = _("Dài %(long)d chữ; ghi gọn trong %(most)d chữ.")
        raise RuleBroken("too_long", message % {"long": len(note), "most": _LONGEST_NOTE}, field="note")
    _require_possible(task, said, following)
    return RemedyVerdict(meeting=meeting, task=task, verdict=said, note=note)


def _require_possible(task: Task, said: str, following: date) -> None:
    ended_as = {Task.State.VERIFIED: _Verdict.DONE, Task.State.WITHDRAWN: _Verdict.DROPPED}.get(
        Task.State(task.state)
    )
    if said and ended_as is not None and said != ended_as:
        message = _("Việc “%(task)s” đã kết thúc: %(state)s. Không kết luận khác được nữa.")
        words = {"task": task, "state": task.get_state_display()}
        raise RuleBroken("already_done", message % words, field="verdict")
    if said == _Verdict.NEXT_WEEK and task.due >= following:
        message = _("Hạn của việc này là ngày %(day)s, chưa cần chuyển. Chọn “Đang làm”.")
        raise RuleBroken("due_not_later", message % {"day": written(task.due)}, field="verdict")


def _require_not_settled(meeting: Meeting, rows: Sequence[RemedyVerdict]) -> None:
    """Raise RuleBroken where a conclusion would be changed that took effect when the meeting ended."""
    if meeting_open(meeting):
        return
    there = RemedyVerdict.objects.filter(meeting=meeting, task__in=[row.task_id for row in rows])
    if found := there.select_related("task").first():
        message = _("Kết luận về việc “%(task)s” đã có hiệu lực khi kết thúc họp. Sửa ở trang nhiệm vụ ấy.")
        raise RuleBroken("verdict_settled", message % {"task": found.task})


def meeting_open(meeting: Meeting) -> bool:
    """Tell whether a review is under way now, whatever the caller read a while ago."""
    return Meeting.objects.filter(pk=meeting.pk, state=Meeting.State.OPEN).exists()


def _write(meeting: Meeting, rows: Sequence[RemedyVerdict]) -> None:
    gone = [row.task_id for row in rows if not row.verdict]
    RemedyVerdict.objects.filter(meeting=meeting, task__in=gone).delete()
    RemedyVerdict.objects.bulk_create(
        [row for row in rows if row.verdict],
        update_conflicts=True,
        unique_fields=["meeting", "task"],
        update_fields=["verdict", "note"],
    )


def _settle(by: Actor, at: datetime, meeting: Meeting, said: Sequence[RemedyVerdict]) -> None:
    """Let conclusions take effect on their tasks, once the meeting has ended."""
    if not said or meeting_open(meeting):
        return
    following = reviews.next_review_day(meeting)
    made = [one for one in (_settlement(one, meeting, following) for one in said) if one is not None]
    # Nobody verifies what was the own task: the chair's remedies go by the recorder.
    own = [one for one in made if one.task.owner_id == meeting.chair_id]
    rest = [one for one in made if one.task.owner_id != meeting.chair_id]
    for settlements, verifier in ((own, meeting.recorder), (rest, meeting.chair)):
        settle_tasks(by=by, at=at, unit=meeting.unit, settlements=settlements, verified_by=verifier)


def _settlement(one: RemedyVerdict, meeting: Meeting, following: date) -> Settlement | None:
    kind = review_rules.settlement(one.verdict, one.task.state, one.task.due, following)
    if kind is None:
        return None
    later = max(following, one.task.due) if kind in ("postponed", "returned") else None
    due = later if one.verdict == _Verdict.NEXT_WEEK else None
    note = one.note or (
        ""
        if kind == "verified"
        else _("%(verdict)s, theo kết luận tại %(meeting)s.")
        % {"verdict": one.get_verdict_display(), "meeting": meeting}
    )
    return Settlement(one.task, kind, note, due, done_on=day_of(meeting.starts_at))


def _record(by: Actor, action: Action, at: datetime, meeting: Meeting, details: dict[str, Any]) -> None:
    record(by=by, action=action, at=at, target=meeting, unit_id=meeting.unit_id, details=details)
