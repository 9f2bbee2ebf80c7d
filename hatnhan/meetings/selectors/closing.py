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


def to_choose(meeting: Meeting) -> list[AgendaItem]:
    """Return the items left over that one may let go on or not: none without a series, none carried before."""
    if meeting.series_id is None:
        return []
    rows = left_over(meeting)
    before = AgendaItem.objects.filter(carried_from__in=rows).values_list("carried_from_id", flat=True)
    gone = frozenset(before) if rows else frozenset()
    return [one for one in rows if one.pk not in gone]


def expected(meeting: Meeting, items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """Return those of the items that one would let go on: all, but of a weekly review only what was marked so.

    Its items come back every week by themselves.
    """
    weekly = meeting.kind == Series.Kind.WEEKLY_REVIEW
    return [one for one in items if not weekly or one.state == AgendaItem.State.CARRIED]


def _steps(meeting: Meeting) -> Iterable[str]:
    if meeting.kind != Series.Kind.CELL_MONTHLY:
        return frozenset()
    steps = law_for(MonthlyAgenda, day_of(meeting.starts_at), meeting.unit).value.steps
    return frozenset(step.title for step in steps)
