"""How tasks go on and end: progress, another last day, done and verified, or given up. Many at once, as a meeting does.

The rooms above call `settle_tasks` for what their own meeting decided and have asked permission; the pages of this
room ask first (`actions.tasks`) and call the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from django.utils.translation import gettext as _

from hatnhan.assignments.actions.steps import UNFINISHED, change, event
from hatnhan.assignments.models import Task, TaskEvent
from hatnhan.assignments.permissions import Action
from hatnhan.audit.actions import record_many
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.organization.actions.checks import day_of, deed, moved_on, require_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Member, Unit

Kind = Literal["verified", "postponed", "withdrawn", "progress", "returned"]

_ACTIONS: dict[str, Action] = {
    "verified": Action.VERIFY,
    "postponed": Action.POSTPONE,
    "withdrawn": Action.WITHDRAW,
    "progress": Action.PROGRESS,
    "returned": Action.RETURN,
}
_LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Settlement:
    """What was decided about a task. ``due`` is the new last day (inclusive), for those postponed or returned.

    ``reported``: it holds only of a task reported as done; a meeting may verify or return any that is unfinished.
    ``done_on``: when one verified without a report was seen to be done, where that was before the day of writing.
    """

    task: Task
    kind: Kind
    note: str = ""
    due: date | None = None
    reported: bool = False
    done_on: date | None = None

    @property
    def states(self) -> tuple[str, ...]:
        """The states from which this may be decided."""
        return (Task.State.DONE,) if self.reported else UNFINISHED


@deed
def settle_tasks(
    *,
    by: Actor,
    at: datetime,
    unit: Unit,
    settlements: Sequence[Settlement],
    verified_by: Member | None = None,
) -> None:
    """Write what was decided about tasks of a unit; ``verified_by`` is who saw that those verified are done.

    A task that nobody reported as done may be verified too: the meeting saw it. Raises RuleBroken with codes
    ``other_unit``, ``note_missing``, ``reason_missing``, ``due_missing``, ``due_not_later``, ``already_done``.
    """
    on = day_of(at)
    told = []
    for one in settlements:
        _require_of(one.task, unit)
        before = one.task.due
        _STEPS[one.kind](one, on, verified_by)
        told.append((one, _details(one, before)))
    TaskEvent.objects.bulk_create(
        [event(one.task, one.kind, by=by, at=at, note=_note(one, said)) for one, said in told]
    )
    for kind, action in _ACTIONS.items():
        _record(by, at, unit, action, [(one.task, said) for one, said in told if one.kind == kind])


def _require_of(task: Task, unit: Unit) -> None:
    if task.unit_id != unit.pk:
        message = _("Việc này do nơi khác giao. Nơi giao mới ghi được kết quả.")
        raise RuleBroken("other_unit", message)


def _verify(one: Settlement, on: date, verified_by: Member | None) -> None:
    done_on = one.task.done_on or max(one.done_on or on, one.task.given_on)
    values = {"state": Task.State.VERIFIED, "done_on": done_on, "closed_on": on, "verified_by": verified_by}
    if one.note.strip() and not one.task.outcome:
        values["outcome"] = one.note.strip()
    change(one.task, one.states, values)


def _postpone(one: Settlement, _on: date, _verified_by: Member | None) -> None:
    require_text(one.note, code="reason_missing", field="reason", message=_("Chưa ghi lý do lùi hạn."))
    if one.due is None:
        raise RuleBroken("due_missing", _("Chưa ghi hạn mới. Ghi một ngày sau hạn cũ."), field="due")
    if one.due <= one.task.due:
        message = _("Hạn cũ là ngày %(day)s. Ghi một ngày sau ngày ấy.")
        raise RuleBroken("due_not_later", message % {"day": written(one.task.due)}, field="due")
    change(one.task, (Task.State.OPEN,), {"due": one.due})


def _withdraw(one: Settlement, on: date, _verified_by: Member | None) -> None:
    message = _("Chưa ghi lý do thôi việc này.")
    reason = require_text(one.note, code="reason_missing", field="reason", message=message)
    if len(reason) > _LONGEST_REASON:
        message = _("Lý do dài %(long)d chữ; ghi gọn trong %(most)d chữ.")
        raise RuleBroken("too_long", message % {"long": len(reason), "most": _LONGEST_REASON}, field="reason")
    change(one.task, UNFINISHED, {"state": Task.State.WITHDRAWN, "closed_on": on, "closed_reason": reason})


def _progress(one: Settlement, _on: date, _verified_by: Member | None) -> None:
    message = _("Chưa ghi đã làm được gì. Ghi một câu.")
    require_text(one.note, code="note_missing", field="note", message=message)
    if not Task.objects.filter(pk=one.task.pk, state=Task.State.OPEN).exists():
        raise moved_on()


def _return(one: Settlement, _on: date, _verified_by: Member | None) -> None:
    message = _("Chưa ghi còn thiếu điều gì. Ghi để người làm biết.")
    require_text(one.note, code="reason_missing", field="reason", message=message)
    if one.due is not None and one.due < one.task.due:
        message = _("Hạn cũ là ngày %(day)s. Để trống, hoặc ghi ngày sau ngày ấy.")
        raise RuleBroken("due_not_later", message % {"day": written(one.task.due)}, field="due")
    values: dict[str, Any] = {"state": Task.State.OPEN, "done_on": None, "due": one.due or one.task.due}
    change(one.task, one.states, values)


_STEPS: dict[str, Callable[[Settlement, date, Member | None], None]] = {
    "verified": _verify,
    "postponed": _postpone,
    "withdrawn": _withdraw,
    "progress": _progress,
    "returned": _return,
}


def _details(one: Settlement, before: date) -> dict[str, Any]:
    said: dict[str, Any] = {"note": one.note.strip()} if one.note.strip() else {}
    return said | ({"due": [before, one.task.due]} if one.task.due != before else {})


def _note(one: Settlement, said: dict[str, Any]) -> str:
    if "due" not in said:
        return one.note.strip()
    old, new = said["due"]
    moved = _("Hạn cũ %(old)s, hạn mới %(new)s.") % {"old": written(old), "new": written(new)}
    return f"{moved} {one.note.strip()}"


def _record(
    by: Actor, at: datetime, unit: Unit, action: Action, about: Iterable[tuple[Task, dict[str, Any]]]
) -> None:
    rows = list(about)
    if rows:
        record_many(
            by=by,
            action=action,
            at=at,
            about=[(task.pk, str(task), said) for task, said in rows],
            subjects={task.pk: task.owner_id for task, _said in rows},
            target_type=Task._meta.label_lower,
            unit_id=unit.pk,
        )
