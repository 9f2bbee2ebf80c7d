"""Reading the items of a meeting: what was said, concluded, voted, given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Prefetch

from hatnhan.core.errors import Missing
from hatnhan.meetings.models import AgendaItem, Invitee, ItemBallot, ItemTask, ItemVote, Meeting, Speech
from hatnhan.organization.models import Member

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

_ABSENT = (Invitee.Mark.EXCUSED, Invitee.Mark.UNEXCUSED)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands on the agenda: its number, of how many, and its neighbours."""

    number: int
    of: int
    before: AgendaItem | None
    after: AgendaItem | None


def meeting_of(pk: int) -> int:
    """Return the id of the meeting on whose agenda an item stands. Raises Missing."""
    found: int | None = AgendaItem.objects.filter(pk=pk).values_list("meeting_id", flat=True).first()
    if found is None:
        raise Missing
    return found


def agenda(meeting: Meeting) -> list[AgendaItem]:
    """Return the items of a meeting in order with the counts of what came of each. One query."""
    rows = AgendaItem.objects.filter(meeting=meeting).select_related("owner").order_by("place", "pk")
    return list(
        rows.annotate(
            said=Count("speeches", distinct=True),
            given=Count("tasks", distinct=True),
            voted=Count("votes", distinct=True),
        )
    )


def whole(meeting: Meeting) -> list[AgendaItem]:
    """Return the items of a meeting in order with all that was recorded of each. Six queries, whatever the number."""
    return list(_with_record(AgendaItem.objects.filter(meeting=meeting)).order_by("place", "pk"))


def item_of(meeting: Meeting, pk: int) -> AgendaItem:
    """Return one item of a meeting with all that was recorded of it. Raises Missing."""
    found = _with_record(AgendaItem.objects.filter(meeting=meeting)).filter(pk=pk).first()
    if found is None:
        raise Missing
    found.meeting = meeting
    return found


def _with_record(rows: QuerySet[AgendaItem]) -> QuerySet[AgendaItem]:
    tasks = ItemTask.objects.select_related("task", "task__owner", "task__owner_unit")
    return rows.select_related("owner", "carried_from__meeting").prefetch_related(
        Prefetch("speeches", Speech.objects.select_related("member").order_by("place", "pk")),
        Prefetch("votes", ItemVote.objects.order_by("pk")),
        Prefetch("tasks", tasks.order_by("pk")),
        Prefetch("ballots", ItemBallot.objects.select_related("ballot").order_by("pk")),
        "papers",
    )


def place_of(meeting: Meeting, pk: int) -> Place:
    """Return where an item stands among those of its meeting. One query."""
    line = list(AgendaItem.objects.filter(meeting=meeting).order_by("place", "pk"))
    at = next((index for index, one in enumerate(line) if one.pk == pk), None)
    if at is None:
        raise Missing
    return Place(
        number=at + 1,
        of=len(line),
        before=line[at - 1] if at else None,
        after=line[at + 1] if at + 1 < len(line) else None,
    )


def speakers(meeting: Meeting, also: Collection[int] = ()) -> list[Member]:
    """Return who may be noted as speaking: those on the list who are not away, and those named already."""
    rows = Invitee.objects.filter(meeting=meeting).select_related("member").order_by("place", "pk")
    return [one.member for one in rows if one.mark not in _ABSENT or one.member_id in also]


def members_by_id(keys: Collection[int]) -> dict[int, Member]:
    """Return members by their ids, for what was typed into a form of this room."""
    return Member.objects.in_bulk(list(keys))


def vote_of(pk: int) -> ItemVote:
    """Return a vote by raised hand with its item and meeting. Raises Missing."""
    rows = ItemVote.objects.select_related("item__meeting__unit").filter(item__meeting__isnull=False)
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Missing
    return found
