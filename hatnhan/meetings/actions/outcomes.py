"""What an item ends in besides words: tasks, and secret ballots."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hatnhan.assignments.actions.opening import open_tasks
from hatnhan.audit.actions import record
from hatnhan.ballots.actions.drafting import draft_ballot
from hatnhan.meetings import permissions
from hatnhan.meetings.actions.pen import meeting_of, require_of_meeting, take_pen
from hatnhan.meetings.models import ItemBallot, ItemTask, Meeting
from hatnhan.meetings.permissions import Action
from hatnhan.organization.actions.checks import day_of, deed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.assignments.actions.opening import TaskData
    from hatnhan.assignments.models import Task
    from hatnhan.ballots.actions.drafting import OptionData
    from hatnhan.ballots.models import Ballot
    from hatnhan.meetings.models import AgendaItem
    from hatnhan.organization.models import Member


@deed
def give_item_tasks(
    *, by: Actor, at: datetime, meeting: Meeting, tasks: Sequence[tuple[AgendaItem, TaskData]]
) -> list[Task]:
    """Give tasks that items of a meeting ended in, on the day of the meeting; return them.

    Raises Denied, and RuleBroken with codes ``other_meeting``, those of `take_pen` and those of `open_tasks`.
    """
    permissions.require(by, Action.TASK, meeting)
    take_pen(meeting)
    require_of_meeting(meeting, [item for item, _data in tasks])
    data = [one for _item, one in tasks]
    opened = open_tasks(by=by, at=at, unit=meeting.unit, data=data, given_on=day_of(meeting.starts_at))
    links = [ItemTask.of(item, task) for (item, _data), task in zip(tasks, opened, strict=True)]
    ItemTask.objects.bulk_create(links)
    details: dict[str, Any] = {"tasks": "; ".join(task.title for task in opened)}
    record(by=by, action=Action.TASK, at=at, target=meeting, unit_id=meeting.unit_id, details=details)
    return opened


@deed
def put_to_ballot(
    *,
    by: Actor,
    at: datetime,
    item: AgendaItem,
    title: str,
    purpose: str,
    kind: str,
    tellers: tuple[Member, Member],
    options: Sequence[OptionData] = (),
    grades: Sequence[tuple[str, str]] = (),
    up_to: int = 1,
    concerned: Member | None = None,
) -> Ballot:
    """Draft a secret ballot of the body that meets, on an item of its open meeting; return it.

    Raises Denied, and RuleBroken with codes ``other_meeting``, those of `take_pen` and those of `draft_ballot`.
    """
    meeting = meeting_of(item)
    permissions.require(by, Action.BALLOT, meeting)
    take_pen(meeting, (Meeting.State.OPEN,))
    ballot = draft_ballot(
        by=by,
        at=at,
        unit=meeting.unit,
        body=meeting.body,
        title=title,
        purpose=purpose,
        kind=kind,
        on=day_of(meeting.starts_at),
        tellers=tellers,
        options=options,
        grades=grades,
        up_to=up_to,
        concerned=concerned,
    )
    ItemBallot.objects.create(item=item, ballot=ballot)
    details = {"ballot": ballot.title, "item": item.title}
    record(by=by, action=Action.BALLOT, at=at, target=meeting, unit_id=meeting.unit_id, details=details)
    return ballot
