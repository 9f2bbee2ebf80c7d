"""What will happen when a meeting ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.meetings.models import AgendaItem, Meeting, Series
from hatnhan.organization.actions.checks import day_of
from hatnhan.organization.selectors.law import law_for
from hatnhan.rulebook.topics.meetings import MonthlyAgenda

if TYPE_CHECKING:
    from collections.abc import Iterable

_WAITING = AgendaItem.State.WAITING


def left_over(meeting: Meeting) -> list[AgendaItem]:
    """Return the items that were not talked to their end and go on at a later meeting.

    What comes back every time by itself does not: the opening, the closing, and the steps of a cell's monthly agenda.
    """
    rows = AgendaItem.objects.filter(meeting=meeting, part=AgendaItem.Part.MAIN)
    open_rows = list(rows.exclude(state=AgendaItem.State.DONE))
    again = _steps(meeting) if open_rows else frozenset()
    return [one for one in open_rows if one.state != _WAITING or (one.title not in again)]


def _steps(meeting: Meeting) -> Iterable[str]:
    if meeting.kind != Series.Kind.CELL_MONTHLY:
        return frozenset()
    steps = law_for(MonthlyAgenda, day_of(meeting.starts_at), meeting.unit).value.steps
    return frozenset(step.title for step in steps)
