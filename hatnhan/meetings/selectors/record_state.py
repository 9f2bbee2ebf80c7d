"""How the written record of a meeting stands: what nobody may approve unseen, and what is still blank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from hatnhan.meetings.models import AgendaItem, Invitee, ItemTask, ItemVote, Meeting, Speech

if TYPE_CHECKING:
    from django.db.models import QuerySet


def mark_of(meeting: Meeting) -> str:
    """Return a text that changes whenever the record changes: items, general remarks, roll, votes, tasks.

    Five queries.
    """
    remarks = Meeting.objects.filter(pk=meeting.pk).values_list("remarks_version", flat=True)
    parts = (
        list(remarks),
        list(_items(meeting).values_list("pk", "version", "state")),
        list(Invitee.objects.filter(meeting=meeting).values_list("pk", "mark", "reason").order_by("pk")),
        list(ItemVote.objects.filter(item__meeting=meeting).values_list("pk", flat=True).order_by("pk")),
        list(ItemTask.objects.filter(item__meeting=meeting).values_list("pk", flat=True).order_by("pk")),
    )
    return repr(parts)


def unsaid(meeting: Meeting) -> int:
    """Return how many items of the main part have neither a speech nor a conclusion. One query."""
    said = Exists(Speech.objects.filter(item=OuterRef("pk")))
    return _items(meeting).filter(~said, part=AgendaItem.Part.MAIN, conclusion="").count()


def _items(meeting: Meeting) -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(meeting=meeting).order_by("pk")
