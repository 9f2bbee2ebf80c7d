"""Shortcomings are put right: a task for each at the conclusion, a report, and the verdict of somebody else.

The task stands in the list of whoever has it to do and of those who lead the unit that gave it; what was found is not
for all of these to read, so the task says only from which conclusion it comes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.assignments.actions.opening import TaskData, open_tasks
from hatnhan.assignments.actions.settling import Settlement, settle_tasks
from hatnhan.assignments.actions.steps import UNFINISHED, change, tell
from hatnhan.assignments.models import Task, TaskEvent
from hatnhan.assignments.permissions import Action as TaskAction
from hatnhan.audit.actions import record
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.core.vietnamese import nfc
from hatnhan.organization.actions.checks import (
    deed,
    moved_on,
    require_not_before,
    require_past,
    require_text,
)
from hatnhan.organization.models import Body, Member, Position, Post
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors.law import law_for
from hatnhan.oversight import permissions
from hatnhan.oversight.actions.reporting import is_theirs
from hatnhan.oversight.models import Finding, Remedy
from hatnhan.oversight.permissions import Action
from hatnhan.rulebook.topics.oversight import OversightTerms, OversightTopics

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.oversight.models import Check

_STATES = Remedy.State
_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class _Conclusion:
    """What the tasks of one conclusion share."""

    check: Check
    on: date
    due: date
    topics: dict[str, str]
    heads: dict[int, int]


def open_remedies(*, by: Actor, at: datetime, check: Check) -> list[Remedy]:
    """Give a task for every shortcoming of a check that has none yet, on the day of its conclusion.

    Vouched: called by whoever concludes, in that transaction, once ``concluded_on`` is set. The last day is the one
    that the finding names, else that of the conclusion (``comply_by``), else the rulebook's. Raises RuleBroken with
    codes ``not_concluded``, ``due_before_given`` and those of `open_tasks`.
    """
    if check.concluded_on is None:
        raise RuleBroken("not_concluded", _("Cuộc này chưa kết luận. Kết luận rồi mới giao khắc phục."))
    found = Finding.objects.filter(of_check=check, kind=Finding.Kind.SHORTCOMING, remedy=None)
    rows = list(found.select_related("subject__unit", "subject__member"))
    if not rows:
        return []
    conclusion = _conclusion(check, check.concluded_on, rows)
    data = [_task_of(one, conclusion) for one in rows]
    tasks = open_tasks(by=by, at=at, unit=check.unit, data=data, given_on=check.concluded_on)
    made = [
        Remedy(
            finding=one,
            task=task,
            remedied_by_id=one.subject.member_id or conclusion.heads.get(one.subject.unit_id or 0),
            due=task.due,
        )
        for one, task in zip(rows, tasks, strict=True)
    ]
    return Remedy.objects.bulk_create(made)


@deed
def report_remedy(*, by: Actor, at: datetime, remedy: Remedy, result: str, reported_on: date) -> None:
    """Report what was done; it waits for somebody else's verdict. Until then the report may be written anew.

    By whoever has it to do, or typed by the team from their paper. Raises Denied, and RuleBroken with codes
    ``own_report`` (typing over what they wrote
    themselves), ``result_missing``, ``future``, ``before_given``, ``already_done``.
    """
    own = owns_report(by, remedy)
    if not own and remedy.state == _STATES.REPORTED and not remedy.typed_by and remedy.remedied_by_id:
        message = _(
            "Người khắc phục đã tự báo cáo; người khác không ghi đè. Xác nhận, hoặc ghi là chưa xong."
        )
        raise RuleBroken("own_report", message)
    message = _("Chưa ghi đã làm gì. Ghi việc đã làm và kết quả.")
    result = require_text(nfc(result), code="result_missing", field="result", message=message)
    task = _task(remedy)
    require_past(reported_on, field="reported_on")
    require_not_before(
        reported_on, task.given_on, code="before_given", field="reported_on", what=_("Việc này giao")
    )
    before = remedy.state
    values = {
        "state": _STATES.REPORTED,
        "result": result,
        "reported_on": reported_on,
        "typed_by": "" if own else str(by)[:120],
    }
    again = before == _STATES.REPORTED
    # Not the words: they tell what was found of a person, and leaders who read the record are not all to know.
    details: dict[str, Any] = {"result": remedy.result != result} if again else {}
    details["reported_on"] = [remedy.reported_on, reported_on] if again else reported_on
    _change(remedy, (_STATES.OPEN, _STATES.REPORTED, _STATES.FAILED), values)
    _report_task(task, by, at, reported_on)
    _record(by, Action.REMEDY, at, remedy, details | ({} if own else {"typed_by": str(by)}))


@deed
def verify_remedy(
    *, by: Actor, at: datetime, remedy: Remedy, verdict: str, good: bool, verified_on: date
) -> None:
    """Say whether a shortcoming was put right; never whoever put it right. Good settles the task, else it stays open.

    A remedy that nobody reported can only be found not done, once its last day is over.

    Raises Denied, and RuleBroken with codes ``verdict_missing``, ``future``, ``before_report``, ``not_reported``,
    ``already_done``.
    """
    require_verify(by, remedy)
    message = _("Chưa ghi thấy gì. Ghi đã xem giấy tờ, việc làm nào, kết quả ra sao.")
    verdict = require_text(nfc(verdict), code="verdict_missing", field="verdict", message=message)
    require_past(verified_on, field="verified_on")
    _require_reported(remedy, good=good, verified_on=verified_on)
    verifier = _member_of(by, remedy)
    state = _STATES.VERIFIED if good else _STATES.FAILED
    values = {"state": state, "verdict": verdict, "verified_on": verified_on, "verified_by": verifier}
    _change(remedy, (_STATES(remedy.state),), values)
    _settle_task(remedy, by, at, verifier, good=good)
    _record(by, Action.VERIFY, at, remedy, {"good": good, "verified_on": verified_on})


# --- who -------------------------------------------------------------------------------------------------------------
def puts_right(by: Actor, remedy: Remedy) -> bool:
    """Tell whether a remedy is a person's to do: the subject, or who heads the unit that is."""
    return is_theirs(by, remedy.finding.subject)


def owns_report(by: Actor, remedy: Remedy) -> bool:
    """Return whether a remedy is the person's own to report. Raises Denied for whoever may not even type it."""
    own = puts_right(by, remedy)
    if not own and not permissions.works_on(by, remedy.finding.of_check):
        raise Denied(_("Người khắc phục báo cáo; đoàn kiểm tra ghi hộ khi có báo cáo bằng giấy."))
    return own


def may_verify(by: Actor, remedy: Remedy) -> bool:
    """Tell whether a person may say that a shortcoming was put right: the named one, the team, who runs the check."""
    if isinstance(by, Machine):
        return True
    member_id = powers_of(by).member_id
    if member_id is None or member_id == remedy.remedied_by_id or puts_right(by, remedy):
        return False
    check = remedy.finding.of_check
    named = remedy.finding.verifier_id == member_id
    concerned = permissions.is_personally_concerned(member_id, check)
    return (named and not concerned) or permissions.works_on(by, check)


def require_verify(by: Actor, remedy: Remedy) -> None:
    """Raise Denied unless the person may say that a shortcoming was put right."""
    if not may_verify(by, remedy):
        message = _(
            "Người khắc phục không tự xác nhận. Người được giao hoặc đoàn kiểm tra xác nhận việc này."
        )
        raise Denied(message)


# --- parts -----------------------------------------------------------------------------------------------------------
def _conclusion(check: Check, on: date, rows: Sequence[Finding]) -> _Conclusion:
    terms = law_for(OversightTerms, on, check.unit).value
    units = {one.subject.unit_id for one in rows if one.subject.unit_id}
    heads = Position.objects.on(on).filter(unit__in=units, post=Post.SECRETARY)
    topics = law_for(OversightTopics, on, check.unit).value.topics
    return _Conclusion(
        check=check,
        on=on,
        due=check.comply_by or on + timedelta(days=terms.remedy_days),
        topics={one.key: one.title for one in topics},
        heads=dict(heads.values_list("unit_id", "member_id")),
    )


def _task_of(finding: Finding, conclusion: _Conclusion) -> TaskData:
    number = conclusion.check.conclusion_no
    title = _("Khắc phục khuyết điểm nêu trong kết luận %(number)s: %(topic)s") % {
        "number": number,
        "topic": conclusion.topics.get(finding.topic, finding.topic),
    }
    due = max(finding.remedy_due or conclusion.due, conclusion.on)
    unit = finding.subject.unit
    if unit is None:
        return TaskData(title[:_LONGEST_TITLE], due, owner=finding.subject.member)
    body = Body.COMMITTEE if unit.is_cell else Body.STANDING
    return TaskData(title[:_LONGEST_TITLE], due, owner_unit=unit, owner_body=body)


def _task(remedy: Remedy) -> Task:
    """Return the task as it stands now: it may have moved on its own page."""
    return Task.objects.select_related("unit", "owner", "owner_unit").get(pk=remedy.task_id)


def _report_task(task: Task, by: Actor, at: datetime, on: date) -> None:
    if task.state != Task.State.OPEN:
        return
    said = _("Đã báo cáo khắc phục, nội dung ở hồ sơ kiểm tra.")
    change(task, (Task.State.OPEN,), {"state": Task.State.DONE, "done_on": on, "outcome": said})
    tell(task, TaskEvent.Kind.DONE, TaskAction.DONE, by=by, at=at, note=said, details={"done_on": on})


def _settle_task(remedy: Remedy, by: Actor, at: datetime, verifier: Member | None, *, good: bool) -> None:
    """Let the task follow the verdict, where it has not ended on its own page."""
    task = _task(remedy)
    if task.state not in UNFINISHED:
        return
    if good:
        said = Settlement(task, "verified", done_on=remedy.reported_on)
    else:
        said = Settlement(task, "returned", _("Người xác nhận thấy chưa khắc phục xong."))
    settle_tasks(by=by, at=at, unit=task.unit, settlements=[said], verified_by=verifier)


def _require_reported(remedy: Remedy, *, good: bool, verified_on: date) -> None:
    if remedy.state == _STATES.REPORTED and remedy.reported_on is not None:
        what = _("Báo cáo khắc phục")
        first = remedy.reported_on
        require_not_before(verified_on, first, code="before_report", field="verified_on", what=what)
    elif remedy.state != _STATES.OPEN or good or verified_on <= remedy.due:
        message = _("Chưa có báo cáo khắc phục. Người khắc phục báo cáo, hoặc đoàn ghi hộ, rồi xác nhận.")
        raise RuleBroken("not_reported", message, field="good")


def _member_of(by: Actor, remedy: Remedy) -> Member | None:
    """Return who verifies; of a command on the machine, whoever the finding names."""
    if isinstance(by, Machine):
        return remedy.finding.verifier
    return Member.objects.filter(user=by).first()


def _change(remedy: Remedy, states: Sequence[str], values: dict[str, Any]) -> None:
    seen = Remedy.objects.filter(pk=remedy.pk, state=remedy.state, reported_on=remedy.reported_on)
    if seen.filter(state__in=states, result=remedy.result).update(**values) != 1:
        raise moved_on()
    for name, value in values.items():
        setattr(remedy, name, value)


def _record(by: Actor, action: str, at: datetime, remedy: Remedy, details: dict[str, Any]) -> None:
    check = remedy.finding.of_check
    record(
        by=by,
        action=action,
        at=at,
        target=remedy,
        unit_id=check.unit_id,
        subject_id=remedy.finding.subject.member_id,
        details=details,
    )
