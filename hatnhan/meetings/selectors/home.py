"""What the room's first page shows: what waits, the cells' months, a cell's year, to what one is invited."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q

from hatnhan.assignments.models import Task
from hatnhan.core import clock
from hatnhan.core.dated import in_force
from hatnhan.core.periods import add_months
from hatnhan.meetings.models import AgendaItem, Invitee, Meeting, ScoreSheet, Series
from hatnhan.meetings.selectors.reviews import remedies_before
from hatnhan.meetings.selectors.sheet import written_of
from hatnhan.meetings.standing import Standing, standing_of
from hatnhan.organization.models import Level, UnitVersion
from hatnhan.organization.selectors.law import law_for
from hatnhan.organization.selectors.units import reading_order, short_name
from hatnhan.rulebook.topics.meetings import CellMeeting

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hatnhan.organization.models import Unit
    from hatnhan.rulebook.types import Rule

_State = Meeting.State
_AHEAD = (_State.DRAFT, _State.INVITED)
_RUNNING = (_State.OPEN, _State.CLOSED, _State.APPROVED)
#: How many months the matrix of cells shows, the present one included.
MONTHS_SHOWN = 6
_SHOWN = 8
#: So many open remedies stand on the card of the week.
_TOP = 3
#: For so many days after a cell's meeting one is reminded to score it.
_SCORE_DAYS = 62


def law(unit: Unit, on: date) -> Rule[CellMeeting]:
    """Return what meetings of a unit must keep to on a day."""
    return law_for(CellMeeting, on, unit)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A meeting with what its next step depends on."""

    meeting: Meeting
    items: int
    scored: bool


# --- what waits ------------------------------------------------------------------------------------------------------
def waiting(unit: Unit, on: date) -> list[Waiting]:
    """Return the unit's own meetings that somebody has to do something about, the oldest first, then the next ones.

    Two queries: those begun and not locked or past their day and not held, a cell's not yet scored; and of each kind
    and body the next to come.
    """
    scored = Exists(ScoreSheet.objects.filter(meeting=OuterRef("pk")))
    # What a roll-out put there is not yet an agenda.
    laid = Count("items", filter=Q(items__matter=""))
    own = Meeting.objects.filter(unit=unit).annotate(items_counted=laid, scored=scored)
    own = own.select_related("unit", "chair", "recorder").order_by("starts_at", "pk")
    tomorrow = clock.at(on + timedelta(days=1), 0)
    unscored = Q(
        state=_State.LOCKED,
        kind=Series.Kind.CELL_MONTHLY,
        scored=False,
        starts_at__gte=tomorrow - timedelta(days=_SCORE_DAYS),
    )
    due = Q(state__in=_RUNNING) | Q(state__in=_AHEAD, starts_at__lt=tomorrow) | unscored
    now = own.filter(due).not_passed_over(tomorrow)[: 2 * _SHOWN]
    ahead = own.filter(state__in=_AHEAD, starts_at__gte=tomorrow)[: 2 * _SHOWN]
    following: dict[tuple[str, str], Meeting] = {}
    for one in ahead:
        following.setdefault((one.kind, one.body), one)
    return [_counted(one) for one in (*now, *following.values())]


def _counted(meeting: Any) -> Waiting:  # noqa: ANN401 - a Meeting with what `waiting` counted along
    return Waiting(meeting, meeting.items_counted, meeting.scored)


def week_review(meetings: Sequence[Waiting], on: date) -> Waiting | None:
    """Return, of the meetings that wait, the oldest weekly review not ended yet, else this week's or the next."""
    reviews = [one for one in meetings if one.meeting.kind == Series.Kind.WEEKLY_REVIEW]
    monday, today = (clock.at(day, 0) for day in (on - timedelta(days=on.weekday()), on))
    unended = [
        one
        for one in reviews
        if one.meeting.state == _State.OPEN or (one.meeting.state in _AHEAD and one.meeting.starts_at < today)
    ]
    ahead = [one for one in reviews if one.meeting.starts_at >= monday]
    return min(unended or ahead, key=lambda one: one.meeting.starts_at, default=None)


@dataclass(frozen=True, slots=True)
class ReviewTally:
    """Of the remedies that a review begins with those done, and of its rows those written.

    ``open_tasks`` are the remedies still open, those due first first, each with the days it is late (0 for none).
    """

    remedies: int
    done: int
    rows: int
    written: int
    open_tasks: list[tuple[Task, int]]


def review_tally(meeting: Meeting, on: date) -> ReviewTally:
    """Return how far a weekly review is on a day: the same remedies as its sheet counts. Five queries."""
    remedies = remedies_before(meeting)
    written, rows = written_of(meeting)
    tasks = [one.task for one in remedies if one.task.state == Task.State.OPEN]
    still_open = [(task, max(0, (on - task.due).days)) for task in tasks]
    finished = sum(one.finished for one in remedies)
    return ReviewTally(len(remedies), finished, rows, written, still_open[:_TOP])


# --- the cells' months, a cell's year --------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class MonthCell:
    """One month of one cell: its meeting and how that stands; neither where none was due."""

    month: date
    meeting: Meeting | None = None
    standing: Standing | None = None


@dataclass(slots=True)
class CellRow:
    """A cell and its months, the oldest first."""

    code: str
    name: str
    months: list[MonthCell] = field(default_factory=list)

    @property
    def late(self) -> int:
        """How many of its months are late."""
        return sum(one.standing is not None and one.standing.is_late for one in self.months)


def shows_cells(unit: Unit) -> bool:
    """Tell whether a unit's cells fit into one table: those of a commune or of a part of one do."""
    return unit.level in {Level.COMMUNE, Level.SECTION}


def cells_months(unit: Unit, on: date) -> list[CellRow]:
    """Return the cells under a unit with their last months, late ones first. Two queries, whatever their number."""
    first = add_months(on.replace(day=1), 1 - MONTHS_SHOWN)
    months = [add_months(first, n) for n in range(MONTHS_SHOWN)]
    there = in_force(on, "unit__ancestries__") & Q(unit__ancestries__ancestor=unit)
    below = UnitVersion.objects.on(on).filter(there, unit__level=Level.CELL)
    cells = sorted(
        below.values_list("unit_id", "unit__code", "name", "position"),
        key=lambda one: (one[3], reading_order(short_name(one[2]))),
    )
    found = _by_month(monthly_between([pk for pk, *_rest in cells], first, add_months(first, MONTHS_SHOWN)))
    days = law(unit, on).value.minutes_days_after
    rows = [
        CellRow(code, short_name(name), [_month(found.get((pk, month)), month, on, days) for month in months])
        for pk, code, name, _position in cells
    ]
    return sorted(rows, key=lambda row: -row.late)


def year_of(unit: Unit, on: date) -> list[MonthCell]:
    """Return the twelve months of a cell's year. One query, and one for the law."""
    first = on.replace(month=1, day=1)
    found = _by_month(monthly_between([unit.pk], first, add_months(first, 12)))
    days = law(unit, on).value.minutes_days_after
    months = (add_months(first, n) for n in range(12))
    return [_month(found.get((unit.pk, month)), month, on, days) for month in months]


def monthly_between(unit_ids: Iterable[int], start: date, end: date) -> list[Meeting]:
    """Return the monthly meetings of cells due from ``start`` up to but not including ``end``; called ones by day."""
    due = Q(due_on__gte=start, due_on__lt=end)
    called = Q(due_on=None, starts_at__gte=clock.at(start, 0), starts_at__lt=clock.at(end, 0))
    rows = Meeting.objects.filter(due | called, unit_id__in=unit_ids, kind=Series.Kind.CELL_MONTHLY)
    return list(rows.order_by("starts_at", "pk"))


def _by_month(meetings: Iterable[Meeting]) -> dict[tuple[int, date], Meeting]:
    """Return the meeting of each cell and month: one that was not cancelled before one that was."""
    found: dict[tuple[int, date], Meeting] = {}
    for one in meetings:
        day = one.due_on or one.starts_at.astimezone(clock.HERE).date()
        key = (one.unit_id, day.replace(day=1))
        if key not in found or found[key].state == _State.CANCELLED:
            found[key] = one
    return found


def _month(meeting: Meeting | None, month: date, on: date, minutes_days: int) -> MonthCell:
    return MonthCell(month, meeting, standing_of(meeting, on, minutes_days) if meeting else None)


# --- to what one is invited ------------------------------------------------------------------------------------------
def invited_ahead(member_id: int, on: date) -> list[Meeting]:
    """Return the meetings from a day on that a person is invited to, the next first. One query."""
    mine = Meeting.objects.filter(invitees__member_id=member_id, starts_at__gte=clock.at(on, 0))
    rows = mine.filter(state__in=(_State.INVITED, _State.OPEN)).select_related("unit")
    return list(rows.order_by("starts_at", "pk")[:_SHOWN])


def invited_before(member_id: int, on: date) -> list[Invitee]:
    """Return the last meetings that a person was invited to, with the mark of presence. One query."""
    rows = Invitee.objects.filter(member_id=member_id, meeting__starts_at__lt=clock.at(on, 0))
    held = rows.filter(meeting__state__in=(_State.CLOSED, _State.APPROVED, _State.LOCKED))
    return list(held.select_related("meeting__unit").order_by("-meeting__starts_at")[:_SHOWN])


def presents(member_id: int, on: date) -> list[AgendaItem]:
    """Return the items that a person presents at meetings to come, with their papers. Two queries."""
    rows = AgendaItem.objects.filter(
        owner_id=member_id, meeting__state__in=(*_AHEAD, _State.OPEN), meeting__starts_at__gte=clock.at(on, 0)
    )
    return list(
        rows.select_related("meeting").prefetch_related("papers").order_by("meeting__starts_at")[:_SHOWN]
    )


def last_held(unit: Unit) -> list[Meeting]:
    """Return the last meetings that a unit held. One query."""
    rows = Meeting.objects.held().filter(unit=unit).select_related("unit")
    return list(rows.order_by("-starts_at", "-pk")[:_SHOWN])
