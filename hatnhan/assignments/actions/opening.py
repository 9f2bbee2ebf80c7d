"""Tasks are opened: by the pages of this room, and by any room above for what it decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan.assignments.actions.steps import event
from hatnhan.assignments.models import Task, TaskEvent, TaskHelper
from hatnhan.assignments.permissions import Action
from hatnhan.audit.actions import record_many
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.core.vietnamese import fold
from hatnhan.organization.actions.checks import day_of, deed, require_not_before, require_past, require_text
from hatnhan.organization.selectors.bodies import bodies_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.assignments.models import WorkGroup
    from hatnhan.organization.models import Member, Unit

_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class TaskData:
    """A task to be opened. ``due`` is its last day (inclusive); the owner is a person, or a body of a unit."""

    title: str
    due: date
    owner: Member | None = None
    owner_unit: Unit | None = None
    owner_body: str = ""
    detail: str = ""
    helpers: tuple[Member, ...] = ()
    group: WorkGroup | None = None


@deed
def open_tasks(
    *, by: Actor, at: datetime, unit: Unit, data: Sequence[TaskData], given_on: date | None = None
) -> list[Task]:
    """Open tasks in a unit's books, given on a day (that of ``at`` unless said). The calling room has asked permission.

    Five queries, however many tasks. Raises RuleBroken with codes ``title_missing``, ``too_long``, ``owner_missing``,
    ``owner_two``, ``body``, ``due_before_given``, ``future``, ``group``.
    """
    if not data:
        return []
    given = given_on or day_of(at)
    require_past(given, field="given_on")
    tasks = [_built(one, unit, given) for one in data]
    Task.objects.bulk_create(tasks)
    helpers = [
        TaskHelper(task=task, member=helper)
        for task, one in zip(tasks, data, strict=True)
        for helper in dict.fromkeys(one.helpers)
        if helper.pk != task.owner_id
    ]
    TaskHelper.objects.bulk_create(helpers)
    TaskEvent.objects.bulk_create(
        [event(task, TaskEvent.Kind.GIVEN, by=by, at=at, note=task.detail) for task in tasks]
    )
    record_many(
        by=by,
        action=Action.GIVE,
        at=at,
        about=[(task.pk, str(task), details_of(task)) for task in tasks],
        subjects={task.pk: task.owner_id for task in tasks},
        target_type=Task._meta.label_lower,
        unit_id=unit.pk,
    )
    return tasks


def details_of(task: Task) -> dict[str, Any]:
    """Return what the record says of a task that is given."""
    return {"owner": task.owner_name, "due": task.due, "given_on": task.given_on}


def require_due(due: date, given: date) -> None:
    """Raise RuleBroken ``due_before_given`` for a last day before the day on which the task was given."""
    require_not_before(due, given, code="due_before_given", field="due", what=_("Việc này giao"))


def require_owner(owner: Member | None, owner_unit: Unit | None, owner_body: str) -> None:
    """Raise RuleBroken unless a task has one owner: a person, or a body that the named unit has."""
    if owner is None and (owner_unit is None or not owner_body):
        message = _("Chưa chọn người làm. Chọn một đồng chí, hoặc một tập thể.")
        raise RuleBroken("owner_missing", message, field="owner")
    if owner is not None and (owner_unit is not None or owner_body):
        message = _("Chọn một người hoặc một tập thể, không chọn cả hai. Người cùng làm thì ghi ở phối hợp.")
        raise RuleBroken("owner_two", message, field="owner")
    if owner_unit is not None and owner_body not in bodies_of(owner_unit):
        message = _("%(unit)s không có tập thể này. Chọn lại.")
        raise RuleBroken("body", message % {"unit": owner_unit}, field="owner")


def _built(data: TaskData, unit: Unit, given: date) -> Task:
    message = _("Chưa ghi việc phải làm. Ghi một câu ngắn.")
    title = " ".join(require_text(data.title, code="title_missing", field="title", message=message).split())
    if len(title) > _LONGEST_TITLE:
        message = _("Tên việc dài %(long)d chữ; ghi gọn trong %(most)d chữ, phần còn lại ghi ở nội dung.")
        raise RuleBroken("too_long", message % {"long": len(title), "most": _LONGEST_TITLE}, field="title")
    require_owner(data.owner, data.owner_unit, data.owner_body)
    require_due(data.due, given)
    _require_group(data.group, unit, given)
    return Task(
        unit=unit,
        title=title,
        search_key=fold(title),
        detail=data.detail.strip(),
        owner=data.owner,
        owner_unit=data.owner_unit,
        owner_body=data.owner_body,
        group=data.group,
        given_on=given,
        due=data.due,
    )


def _require_group(group: WorkGroup | None, unit: Unit, given: date) -> None:
    if group is None:
        return
    if group.unit_id != unit.pk or group.start > given or (group.end is not None and group.end <= given):
        message = _("Ngày %(day)s %(unit)s không có nhóm nhiệm vụ “%(group)s”. Chọn nhóm khác.")
        values = {"day": written(given), "unit": unit, "group": group}
        raise RuleBroken("group", message % values, field="group")
