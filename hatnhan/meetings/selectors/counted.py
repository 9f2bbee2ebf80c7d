"""What the room's figures count: one definition each, for the figures and for the lists behind them.

A meeting belongs to the day that its rule gave, else to the day it was called for. A period counts so far as it has
gone: up to and including yesterday, for a meeting of today may still be held tonight.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Sum, When
from django.db.models.functions import Coalesce

from hatnhan.assignments.models import Task
from hatnhan.core import clock
from hatnhan.core.periods import Period
from hatnhan.meetings.models import Invitee, Meeting, ScoreSheet, Series
from hatnhan.organization.models import Level, Unit, UnitAncestry
from hatnhan.organization.selectors.law import laws_at
from hatnhan.rulebook.topics.meetings import CellMeeting

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from decimal import Decimal

    from django.db.models import QuerySet

WEEKLY, MONTHLY = Series.Kind.WEEKLY_REVIEW, Series.Kind.CELL_MONTHLY
HELD = (Meeting.State.CLOSED, Meeting.State.APPROVED, Meeting.State.LOCKED)
IS_HELD = Q(state__in=HELD)
_MONTHS_IN_A_QUARTER = 3
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """A unit with all below it in a period, so far as it has gone: from ``first`` up to but not including ``end``."""

    unit_id: int
    first: date
    end: date
    #: The day on which one looks who stands below the unit: the period's last, or today while it runs.
    on: date

    @property
    def last(self) -> date:
        """The last day that counts; before the first where none does yet."""
        return self.end - _ONE_DAY

    @property
    def units(self) -> QuerySet[UnitAncestry, Any]:
        """The ids of the unit and all below it."""
        return UnitAncestry.objects.on(self.on).filter(ancestor_id=self.unit_id).values("unit_id")


def window(unit_id: int, period: Period) -> Window:
    """Return what a unit's figures of a period look at."""
    today = clock.today()
    end = max(min(period.end, today), period.start)
    return Window(unit_id, period.start, end, min(period.last_day, today))


# --- meetings --------------------------------------------------------------------------------------------------------
def within(first: date, end: date) -> Q:
    """Return the condition that a meeting's day lies from ``first`` up to but not including ``end``."""
    called = Q(due_on=None, starts_at__gte=clock.at(first, 0), starts_at__lt=clock.at(end, 0))
    return Q(due_on__gte=first, due_on__lt=end) | called


def belongs_to(meeting: Meeting) -> date:
    """Return the day by which a meeting counts: the one that its rule gave, else the one it was called for."""
    day: date = meeting.due_on or meeting.starts_at.astimezone(clock.HERE).date()
    return day


def due(at: Window) -> QuerySet[Meeting]:
    """Return the meetings that were due, whether held or not; cancelled ones are not due."""
    rows: QuerySet[Meeting] = Meeting.objects.filter(within(at.first, at.end), unit_id__in=at.units)
    return rows.exclude(state=Meeting.State.CANCELLED)


def rhythm(at: Window) -> dict[str, int]:
    """Return how many weekly and monthly meetings were due and held: "weekly", "weekly_held" and so on. One query."""
    counts = {}
    for name, kind in (("weekly", WEEKLY), ("monthly", MONTHLY)):
        counts[name] = Count("pk", filter=Q(kind=kind))
        counts[f"{name}_held"] = Count("pk", filter=IS_HELD & Q(kind=kind))
    return due(at).aggregate(**counts)


PRESENT = Q(mark=Invitee.Mark.PRESENT)
_EXPECTED = ~Q(mark=Invitee.Mark.EXEMPT)


def invited(at: Window) -> QuerySet[Invitee]:
    """Return those of the body asked to the monthly meetings held, but for those exempt."""
    held = due(at).filter(kind=MONTHLY, state__in=HELD)
    return Invitee.objects.filter(_EXPECTED, meeting__in=held, capacity=Invitee.Capacity.BODY)


def attendance(at: Window) -> tuple[int, int]:
    """Return how many were there, and how many were expected. One query."""
    found = invited(at).aggregate(present=Count("pk", filter=PRESENT), expected=Count("pk"))
    return found["present"], found["expected"]


# --- scores ----------------------------------------------------------------------------------------------------------
#: What counts of a sheet: what the committee above decided, else what the cell gave itself.
TOTAL = Coalesce("decided_total", "self_total")
BAND = Case(When(decided_band="", then=F("self_band")), default=F("decided_band"))


def scored(at: Window, band: str = "") -> QuerySet[ScoreSheet, Any]:
    """Return the score sheets of the monthly meetings held, those of a band where one is given.

    The band is the one decided; before that, the one the cell gave itself.
    """
    held = due(at).filter(kind=MONTHLY, state__in=HELD)
    rows = ScoreSheet.objects.filter(meeting__in=held).annotate(band=BAND)
    return rows.filter(band=band) if band else rows


def scores(at: Window) -> tuple[Decimal | None, dict[str, int]]:
    """Return the sum of all scores (None: none), and how many sheets each band has. One query."""
    bands = {band.value: Count("pk", filter=Q(band=band)) for band in ScoreSheet.Band}
    found = scored(at).aggregate(total=Sum(TOTAL), **bands)
    total: Decimal | None = found.pop("total")
    return total, found


# --- remedies --------------------------------------------------------------------------------------------------------
ON_TIME = Q(state__in=(Task.State.DONE, Task.State.VERIFIED), done_on__lte=F("due"))


def remedies(at: Window) -> QuerySet[Task]:
    """Return the remedies of weekly reviews whose last day has passed, but for those withdrawn."""
    rows: QuerySet[Task] = Task.objects.filter(
        review_row__meeting__unit_id__in=at.units, due__gte=at.first, due__lt=at.end
    )
    return rows.exclude(state=Task.State.WITHDRAWN)


def remedied(at: Window) -> tuple[int, int]:
    """Return how many remedies were done on time, and how many were due. One query."""
    found = remedies(at).aggregate(on_time=Count("pk", filter=ON_TIME), due=Count("pk"))
    return found["on_time"], found["due"]


# --- cells -----------------------------------------------------------------------------------------------------------
def cells(at: Window) -> QuerySet[Unit]:
    """Return the cells that stood below the unit, or the unit itself where it is one."""
    return Unit.objects.filter(pk__in=at.units, level=Level.CELL).existing(at.on)


def without_meeting(at: Window) -> QuerySet[Unit]:
    """Return the cells that have held no monthly meeting yet in the period, one held today included."""
    held = Meeting.objects.filter(
        within(at.first, at.on + _ONE_DAY), unit_id=OuterRef("pk"), kind=MONTHLY, state__in=HELD
    )
    return cells(at).filter(~Exists(held))


@dataclass(frozen=True, slots=True)
class Themes:
    """Of which quarters it is asked, which cells were asked, and which of them held enough meetings on a theme."""

    quarters: list[Period]
    asked: frozenset[int] = frozenset()
    enough: frozenset[int] = frozenset()
    held: Mapping[int, int] = field(default_factory=dict)


def quarters(at: Window, period: Period) -> list[Period]:
    """Return the quarters of a period that have ended; while none has, the one that runs.

    A period shorter than a quarter stands for the quarter around it.
    """
    first = _quarter(period.start)
    found = [first]
    while found[-1].end < period.end:
        found.append(_quarter(found[-1].end))
    ended = [one for one in found if one.last_day <= at.on]
    return ended or [_quarter(at.on)]


def _quarter(day: date) -> Period:
    return Period.parse(f"{day.year:04}-Q{(day.month + 2) // _MONTHS_IN_A_QUARTER}")


def themes_held(cell_ids: Collection[int], spans: Sequence[Period]) -> list[dict[int, int]]:
    """Return for each span how many meetings on a theme each cell held in it; cells without any are not named.

    One query, whatever the number of cells and spans (each costs a column).
    """
    if not spans:
        return []
    first, end = min(one.start for one in spans), max(one.end for one in spans)
    rows = Meeting.objects.held().filter(_starting(first, end), unit_id__in=cell_ids, kind=MONTHLY)
    columns = {f"span{at}": Count("pk", filter=_starting(one.start, one.end)) for at, one in enumerate(spans)}
    found: list[Any] = list(rows.exclude(theme="").order_by().values("unit_id").annotate(**columns))
    return [{one["unit_id"]: one[name] for one in found if one[name]} for name in columns]


def _starting(first: date, end: date) -> Q:
    return Q(starts_at__gte=clock.at(first, 0), starts_at__lt=clock.at(end, 0))


def themes(at: Window, period: Period) -> Themes:
    """Return which cells held as many meetings on a theme as their rule asks, in every quarter that is asked of them.

    A quarter is asked of the cells that stood when it began. Four queries, whatever the number of cells.
    """
    asked_of = quarters(at, period)
    founded = dict(cells(at).values_list("pk", "founded_on"))
    rule_of = laws_at(CellMeeting, at.on, founded)
    asked, short, total = set(), set(), dict.fromkeys(founded, 0)
    for quarter, held in zip(asked_of, themes_held(founded.keys(), asked_of), strict=True):
        for cell, since in founded.items():
            total[cell] += held.get(cell, 0)
            if since > quarter.start:
                continue
            asked.add(cell)
            if held.get(cell, 0) < rule_of(cell).value.themes_each_quarter:
                short.add(cell)
    return Themes(asked_of, frozenset(asked), frozenset(asked - short), total)
