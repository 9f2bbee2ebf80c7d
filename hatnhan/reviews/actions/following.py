"""Help for whoever did not complete the year: the cell's committee is given it as a task with a last day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.assignments.actions.opening import TaskData, open_tasks
from hatnhan.assignments.actions.settling import Settlement, settle_tasks
from hatnhan.assignments.models import Task
from hatnhan.core.periods import add_months
from hatnhan.core.vietnamese import day as written
from hatnhan.organization.models import Body
from hatnhan.reviews.actions.appraising import record_entries
from hatnhan.reviews.models import Entry, FollowUp
from hatnhan.reviews.permissions import Action
from hatnhan.reviews.selectors.law import law_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.reviews.models import Cycle


def open_follow_ups(
    *, by: Actor, at: datetime, cycle: Cycle, entries: Sequence[Entry], on: date
) -> list[FollowUp]:
    """Give the committee of each one's cell the task of helping, due after the months of the law; inside a deed.

    ``on`` is the day of the decision. Nothing where the law knows no such term, or help runs already. Asks no
    permission: the calling deed has. Raises what `open_tasks` raises.
    """
    months = law_of(cycle).regime.value.failed_follow_months
    running = FollowUp.objects.filter(entry__in=entries).exclude(task__state=Task.State.WITHDRAWN)
    have = set(running.values_list("entry_id", flat=True)) if entries else set()
    wanted = [one for one in entries if one.pk not in have]
    if not wanted or not months:
        return []
    until = add_months(on, months)
    tasks = open_tasks(
        by=by, at=at, unit=cycle.unit, data=[_task(cycle, one, until) for one in wanted], given_on=on
    )
    made = FollowUp.objects.bulk_create(
        [FollowUp(entry=one, task=task, until=until) for one, task in zip(wanted, tasks, strict=True)],
        # Help that was called off begins anew where the lowest grade comes back.
        update_conflicts=True,
        unique_fields=["entry"],
        update_fields=["task", "until"],
    )
    record_entries(by, Action.FOLLOW, at, [(one, {"until": until}) for one in wanted])
    return made


def call_off(*, by: Actor, at: datetime, entry: Entry, because: str) -> None:
    """Withdraw the task of helping, where the grade was given anew; inside a deed. What was written of it stays."""
    follow = FollowUp.objects.select_related("task").filter(entry=entry).first()
    if follow is None or follow.task.state not in (Task.State.OPEN, Task.State.DONE):
        return
    settle_tasks(
        by=by, at=at, unit=entry.cycle.unit, settlements=[Settlement(follow.task, "withdrawn", because[:300])]
    )
    record_entries(by, Action.FOLLOW, at, [(entry, {"called_off": because[:300]})])


def _task(cycle: Cycle, entry: Entry, until: date) -> TaskData:
    # Tasks stand on boards, agendas, exports and in next year's reviews: who it is stands on the page they lead to.
    title = _("Giáo dục, giúp đỡ đảng viên sau kiểm điểm năm %(year)d")
    detail = _("Báo cáo kết quả giúp đỡ đến hết ngày %(day)s. Giúp ai, xem ở nơi đã giao việc này.")
    return TaskData(
        title=title % {"year": cycle.year},
        due=until,
        owner_unit=entry.unit,
        owner_body=Body.COMMITTEE,
        detail=detail % {"day": written(until)},
    )
