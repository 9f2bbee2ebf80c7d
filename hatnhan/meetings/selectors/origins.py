"""Where in a meeting a task or a ballot comes from, for the pages of the rooms below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan.assignments.origins import Origin as TaskOrigin
from hatnhan.ballots.origins import Origin as BallotOrigin
from hatnhan.meetings.models import Invitee, ItemBallot, ItemTask, ReviewRow

if TYPE_CHECKING:
    from collections.abc import Collection


def of_tasks(task_ids: Collection[int]) -> dict[int, TaskOrigin]:
    """Return the meeting item or the row of a weekly review that each task was given in. Two queries."""
    given = ItemTask.objects.filter(task__in=task_ids).select_related("item__meeting")
    remedies = ReviewRow.objects.filter(task__in=task_ids).select_related("meeting")
    found = {row.task_id: _item(row) for row in given if row.item.meeting is not None}
    return found | {row.task_id: _review(row) for row in remedies if row.task_id is not None}


def of_ballots(ballot_ids: Collection[int]) -> dict[int, BallotOrigin]:
    """Return the meeting item that each ballot is held on, with those noted as present there. Two queries."""
    rows = list(ItemBallot.objects.filter(ballot__in=ballot_ids).select_related("item__meeting"))
    there = Invitee.objects.filter(
        meeting__in=[row.item.meeting_id for row in rows],
        capacity=Invitee.Capacity.BODY,
        mark=Invitee.Mark.PRESENT,
    )
    present: dict[int, set[int]] = {}
    for meeting_id, member_id in there.values_list("meeting_id", "member_id"):
        present.setdefault(meeting_id, set()).add(member_id)
    return {
        row.ballot_id: BallotOrigin(
            label=_words(row.item.title, str(row.item.meeting)),
            url=reverse("meetings:item", args=[row.item_id]),
            present=frozenset(present.get(row.item.meeting_id or 0, ())),
        )
        for row in rows
    }


def _item(row: ItemTask) -> TaskOrigin:
    url = reverse("meetings:item", args=[row.item_id])
    return TaskOrigin(_words(row.item.title, str(row.item.meeting)), url)


def _review(row: ReviewRow) -> TaskOrigin:
    label = _("Nhận xét tại %(meeting)s") % {"meeting": row.meeting}
    return TaskOrigin(label, reverse("meetings:review", args=[row.meeting_id]))


def _words(item: str, meeting: str) -> str:
    return _("Nội dung “%(item)s”, %(meeting)s") % {"item": item, "meeting": meeting}
