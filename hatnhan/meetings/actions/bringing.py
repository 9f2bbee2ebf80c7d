"""A matter that a room above brings before many cells at once: onto the agenda of each one's next monthly meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.audit.actions import record_many
from hatnhan.meetings.actions.agenda import item_fields, number_rows, sorted_rows
from hatnhan.meetings.models import AgendaItem, Meeting, Series
from hatnhan.meetings.permissions import Action
from hatnhan.organization.actions.checks import deed
from hatnhan.organization.models import Body

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.meetings.actions.agenda import ItemData

_CALLED = (Meeting.State.DRAFT, Meeting.State.INVITED)


@deed
def bring_before_cells(
    *, by: Actor, at: datetime, matter: str, items: Mapping[int, ItemData]
) -> dict[int, AgendaItem]:
    """Put a matter before the next monthly meeting of each cell; return the item of each by the cell's id.

    ``items`` says by the cell's id what stands there. A cell that has the matter already keeps its item; one with no
    meeting ahead has it in the backlog of its monthly meetings; one without such meetings gets none. The calling room
    has asked permission. Twelve queries, however many cells.
    """
    found = _there(matter, items)
    waiting = [pk for pk in items if pk not in found]
    if not waiting:
        return found
    meetings = _next_meetings(waiting, at)
    series = _running_series([pk for pk in waiting if pk not in meetings])
    new: dict[int, AgendaItem] = {}
    for cell in waiting:
        meeting, backlog = meetings.get(cell), series.get(cell)
        if meeting is not None or backlog is not None:
            kept_by = meeting.series_id if meeting is not None else backlog
            new[cell] = AgendaItem(
                meeting=meeting, series_id=kept_by, matter=matter, **item_fields(items[cell])
            )
    _lay(new.values())
    record_many(
        by=by,
        action=Action.AGENDA,
        at=at,
        about=[(item.pk, item.title, {"added": [item.title]}) for item in new.values()],
        target_type=AgendaItem._meta.label_lower,
        subjects={},
        units={item.pk: cell for cell, item in new.items()},
    )
    return found | new


def _there(matter: str, cells: Collection[int]) -> dict[int, AgendaItem]:
    """Return the latest item by which each cell has a matter already. Two queries."""
    rows = AgendaItem.objects.filter(matter=matter).order_by("pk")
    on_agenda = rows.filter(meeting__unit__in=cells).select_related("meeting")
    kept = rows.filter(meeting=None, series__unit__in=cells).select_related("series")
    found = {one.meeting.unit_id: one for one in on_agenda if one.meeting is not None}
    return found | {one.series.unit_id: one for one in kept if one.series is not None}


def _next_meetings(cells: Collection[int], at: datetime) -> dict[int, Meeting]:
    """Return the next monthly meeting of each cell that is not open yet, held until the deed is written."""
    rows = Meeting.objects.select_for_update().filter(
        unit__in=cells, kind=Series.Kind.CELL_MONTHLY, body=Body.MEMBERS, state__in=_CALLED, starts_at__gt=at
    )
    return {one.unit_id: one for one in rows.order_by("-starts_at", "-pk")}


def _running_series(cells: Collection[int]) -> dict[int, int]:
    rows = Series.objects.filter(unit__in=cells, kind=Series.Kind.CELL_MONTHLY, body=Body.MEMBERS, end=None)
    return dict(rows.values_list("unit_id", "pk"))


def _lay(new: Iterable[AgendaItem]) -> None:
    """Write new items, each at the end of its part of its agenda."""
    fresh = list(new)
    agendas: dict[int, list[AgendaItem]] = {one.meeting_id: [] for one in fresh if one.meeting_id is not None}
    for row in AgendaItem.objects.filter(meeting__in=agendas).order_by("place", "pk"):
        agendas[row.meeting_id or 0].append(row)
    for one in fresh:
        if one.meeting_id is not None:
            agendas[one.meeting_id].append(one)
    number_rows([sorted_rows(rows) for rows in agendas.values()])
    AgendaItem.objects.bulk_create(fresh)
