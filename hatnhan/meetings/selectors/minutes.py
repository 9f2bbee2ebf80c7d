"""Reading the minutes of a meeting, whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hatnhan.meetings.models import Addendum, Invitee
from hatnhan.meetings.selectors import roll

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hatnhan.meetings.models import Meeting
    from hatnhan.meetings.selectors.thumb_list import Summary

_Mark = Invitee.Mark


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who came, as the minutes say it: the count in words, those away by kind, and who came as a guest."""

    summary: Summary
    excused: tuple[Invitee, ...]
    unexcused: tuple[Invitee, ...]
    exempt: tuple[Invitee, ...]
    guests: tuple[Invitee, ...]


def attendance(meeting: Meeting) -> Attendance:
    """Return who came to a meeting and who did not. Two queries."""
    people = roll.invitees(meeting)
    body = [one for one in people if one.capacity == Invitee.Capacity.BODY]
    guests = [one for one in people if one.capacity != Invitee.Capacity.BODY]
    return Attendance(
        summary=roll.summary(meeting, people),
        excused=_marked(body, _Mark.EXCUSED),
        unexcused=_marked(body, _Mark.UNEXCUSED),
        exempt=_marked(body, _Mark.EXEMPT),
        guests=_marked(guests, _Mark.PRESENT),
    )


def _marked(people: Iterable[Invitee], mark: str) -> tuple[Invitee, ...]:
    return tuple(one for one in people if one.mark == mark)


def addenda(meeting: Meeting) -> list[Addendum]:
    """Return the corrections of locked minutes, oldest first."""
    return list(Addendum.objects.filter(meeting=meeting))
