"""What people do about tasks on this room's pages: each asks whether they may, then writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.assignments import permissions
from hatnhan.assignments.actions.opening import TaskData, open_tasks, require_owner
from hatnhan.assignments.actions.settling import Settlement, settle_tasks
from hatnhan.assignments.actions.steps import change, tell
from hatnhan.assignments.models import Task, TaskEvent, TaskHelper
from hatnhan.assignments.permissions import Action
from hatnhan.core.errors import RuleBroken
from hatnhan.organization.actions.checks import (
    day_of,
    deed,
    require_not_before,
    require_past,
    require_text,
)
from hatnhan.organization.models import Member, Unit

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor

__all__ = [
    "give_task",
    "hand_over_task",
    "postpone_task",
    "report_done",
    "report_progress",
    "return_task",
    "verify_task",
    "withdraw_task",
]


@deed
def give_task(*, by: Actor, at: datetime, unit: Unit, data: TaskData) -> Task:
    """Give a task in a unit, to a person or a body of the unit or of what stands below it, today.

    Raises Denied, and RuleBroken with codes ``owner_elsewhere`` and those of `open_tasks`.
    """
    permissions.require_lead(by, unit.pk)
    on = day_of(at)
    require_owner(data.owner, data.owner_unit, data.owner_body)
    _require_here(unit, data.owner, data.owner_unit, on)
    for helper in data.helpers:
        _require_here(unit, helper, None, on, field="helpers")
    return open_tasks(by=by, at=at, unit=unit, data=[data])[0]


@deed
def report_progress(*, by: Actor, at: datetime, task: Task, note: str) -> None:
    """Tell how far a task has come. Raises Denied, and RuleBroken with codes ``note_missing``, ``already_done``."""
    permissions.require(by, Action.PROGRESS, task)
    settle_tasks(by=by, at=at, unit=task.unit, settlements=[Settlement(task, "progress", note)])


@deed
def report_done(*, by: Actor, at: datetime, task: Task, outcome: str, evidence: str, done_on: date) -> None:
    """Report a task as done on a day, with what came of it and what shows it; it waits to be verified.

    The head who reports for an owner without an account is named as such in the story and in the record.

    Raises Denied, and RuleBroken with codes ``outcome_missing``, ``future``, ``done_before_given``, ``already_done``.
    """
    permissions.require(by, Action.DONE, task)
    for_owner = permissions.reports_for_owner(by, task)
    message = _("Chưa ghi kết quả. Ghi việc đã làm được đến đâu.")
    outcome = require_text(outcome, code="outcome_missing", field="outcome", message=message)
    require_past(done_on, field="done_on")
    require_not_before(
        done_on, task.given_on, code="done_before_given", field="done_on", what=_("Việc này giao")
    )
    values = {
        "state": Task.State.DONE,
        "outcome": outcome,
        "evidence": evidence.strip(),
        "done_on": done_on,
    }
    change(task, (Task.State.OPEN,), values)
    details = {"done_on": done_on, "outcome": outcome}
    note = outcome
    if for_owner:
        said = _("Báo hộ %(owner)s, chưa có tài khoản.") % {"owner": task.owner_name}
        details, note = details | {"note": said}, f"{said} {outcome}"
    tell(task, TaskEvent.Kind.DONE, Action.DONE, by=by, at=at, note=note, details=details)


@deed
def return_task(*, by: Actor, at: datetime, task: Task, reason: str, due: date | None = None) -> None:
    """Send a task reported as done back, with what is missing and perhaps a later last day.

    Raises Denied, and RuleBroken with codes ``reason_missing``, ``due_not_later``, ``already_done``.
    """
    permissions.require(by, Action.RETURN, task)
    settle_tasks(
        by=by, at=at, unit=task.unit, settlements=[Settlement(task, "returned", reason, due, reported=True)]
    )


@deed
def verify_task(*, by: Actor, at: datetime, task: Task, note: str = "") -> None:
    """Confirm that a task reported as done is done. The only head of a unit may so confirm the own task: it is said.

    Raises Denied, and RuleBroken with code ``already_done``, also for a task that nobody reported as done.
    """
    permissions.require(by, Action.VERIFY, task)
    note = note.strip()
    if permissions.verifies_alone(by, task):
        alone = _("Người làm tự công nhận: %(unit)s không có Bí thư, Phó Bí thư nào khác.")
        note = f"{alone % {'unit': task.unit}} {note}".strip()
    verified_by = None if isinstance(by, Machine) else Member.objects.filter(user=by).first()
    settle_tasks(
        by=by,
        at=at,
        unit=task.unit,
        settlements=[Settlement(task, "verified", note, reported=True)],
        verified_by=verified_by,
    )


@deed
def postpone_task(*, by: Actor, at: datetime, task: Task, due: date, reason: str) -> None:
    """Move a task's last day back. Raises Denied, and RuleBroken with codes ``reason_missing``, ``due_not_later``."""
    permissions.require(by, Action.POSTPONE, task)
    settle_tasks(by=by, at=at, unit=task.unit, settlements=[Settlement(task, "postponed", reason, due)])


@deed
def hand_over_task(
    *,
    by: Actor,
    at: datetime,
    task: Task,
    reason: str,
    owner: Member | None = None,
    owner_unit: Unit | None = None,
    owner_body: str = "",
) -> None:
    """Give an open task to another person or body.

    Raises Denied, and RuleBroken with codes ``reason_missing``, ``owner_missing``, ``owner_two``, ``body``,
    ``owner_elsewhere``, ``owner_same``, ``already_done``.
    """
    permissions.require(by, Action.HAND_OVER, task)
    message = _("Chưa ghi lý do đổi người làm.")
    reason = require_text(reason, code="reason_missing", field="reason", message=message)
    require_owner(owner, owner_unit, owner_body)
    _require_here(task.unit, owner, owner_unit, day_of(at))
    before = task.owner_name
    values = {"owner": owner, "owner_unit": owner_unit, "owner_body": owner_body}
    if all(getattr(task, name) == value for name, value in values.items()):
        raise RuleBroken("owner_same", _("Người này đang làm việc này. Chọn người khác."), field="owner")
    change(task, (Task.State.OPEN,), values)
    TaskHelper.objects.filter(task=task, member=owner).delete()
    said = _("Từ %(old)s sang %(new)s. %(reason)s")
    note = said % {"old": before, "new": task.owner_name, "reason": reason}
    details = {"owner": [before, task.owner_name], "note": reason}
    tell(task, TaskEvent.Kind.HANDED_OVER, Action.HAND_OVER, by=by, at=at, note=note, details=details)


@deed
def withdraw_task(*, by: Actor, at: datetime, task: Task, reason: str) -> None:
    """Give a task up, with the reason. Raises Denied, and RuleBroken ``reason_missing``, ``already_done``."""
    permissions.require(by, Action.WITHDRAW, task)
    settle_tasks(by=by, at=at, unit=task.unit, settlements=[Settlement(task, "withdrawn", reason)])


def _require_here(
    unit: Unit, owner: Member | None, owner_unit: Unit | None, on: date, *, field: str = "owner"
) -> None:
    """Raise RuleBroken ``owner_elsewhere`` for a person or a body outside the unit and what stands below it."""
    if owner is not None and not Member.objects.of(unit.pk, on).filter(pk=owner.pk).exists():
        message = _("Đồng chí %(name)s không sinh hoạt trong %(unit)s. Chọn người khác.")
        raise RuleBroken("owner_elsewhere", message % {"name": owner, "unit": unit}, field=field)
    if owner_unit is not None and not Unit.objects.under(unit.pk, on).filter(pk=owner_unit.pk).exists():
        message = _("%(other)s không trực thuộc %(unit)s. Chọn tập thể khác.")
        raise RuleBroken("owner_elsewhere", message % {"other": owner_unit, "unit": unit}, field=field)
