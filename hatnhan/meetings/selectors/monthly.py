"""Reading a cell's month: the meeting before, what became of its tasks, self-criticism, themes, matters to take up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan.assignments import matters
from hatnhan.assignments.matters import Matter
from hatnhan.assignments.models import Task
from hatnhan.assignments.selectors import shown
from hatnhan.core import clock
from hatnhan.core.errors import Missing
from hatnhan.core.periods import Period
from hatnhan.core.vietnamese import day as written
from hatnhan.meetings.models import AgendaItem, Invitee, Meeting, MonthlyResolution, SelfCriticism, Series
from hatnhan.meetings.selectors import counted
from hatnhan.organization.models import Member, Term
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors.law import law_for
from hatnhan.rulebook.topics.meetings import CellMeeting, MonthlyAgenda

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime

    from django.db.models import QuerySet

    from hatnhan.accounts.models import User
    from hatnhan.assignments.selectors.shown import TaskLine
    from hatnhan.meetings.models.meeting import MeetingQuerySet
    from hatnhan.organization.models import Unit
    from hatnhan.rulebook.types import Rule

_FINISHED = (Task.State.DONE, Task.State.VERIFIED)
#: How the matter is named that an unfinished item makes; the number is the item's.
BACKLOG = "meetings.backlog:"
#: How far something was put right, with the words.
MENDED = SelfCriticism.Mended.choices


def day_of(at: datetime) -> date:
    """Return the day of a moment, in Vietnamese time."""
    return at.astimezone(clock.HERE).date()


# --- the meeting before, and its tasks -------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class LastMonth:
    """The meeting before with the tasks it gave, as they stood on the day of the later meeting.

    ``due`` counts those that were to be done by then or were done; ``done`` those of them that were. Tasks dropped
    with a reason count for neither.
    """

    meeting: Meeting
    tasks: list[Task]
    due: int
    done: int


def held_until(meeting: Meeting) -> MeetingQuerySet:
    """Return the cell's monthly meetings that took place up to and including this one, latest first."""
    rows: MeetingQuerySet = Meeting.objects.filter(unit_id=meeting.unit_id, kind=Series.Kind.CELL_MONTHLY)
    held = Q(pk__in=Meeting.objects.held().filter(unit_id=meeting.unit_id).values("pk")) | Q(pk=meeting.pk)
    return rows.filter(held, starts_at__lte=meeting.starts_at).order_by("-starts_at", "-pk")


def last_month(meeting: Meeting) -> LastMonth | None:
    """Return the last meeting before this one that adopted a resolution or gave tasks; None for none. Two queries."""
    worked = Q(resolution__adopted_at__isnull=False) | Q(items__tasks__isnull=False)
    earlier = held_until(meeting).exclude(pk=meeting.pk).filter(worked).first()
    if earlier is None:
        return None
    tasks = list(tasks_of(earlier))
    on = day_of(meeting.starts_at)
    counted = [task for task in tasks if not _dropped(task, on) and (task.due <= on or _done(task, on))]
    return LastMonth(earlier, tasks, len(counted), sum(_done(task, on) for task in counted))


def tasks_of(meeting: Meeting) -> QuerySet[Task]:
    """Return the tasks that a meeting's items ended in, in the order of the agenda."""
    rows = Task.objects.filter(meeting_item__item__meeting=meeting).select_related(
        "owner", "owner_unit", "unit"
    )
    return rows.order_by("meeting_item__item__place", "meeting_item__pk")


def _done(task: Task, on: date) -> bool:
    return task.state_on(on) in _FINISHED


def _dropped(task: Task, on: date) -> bool:
    return task.state_on(on) == Task.State.WITHDRAWN


@dataclass(frozen=True, slots=True)
class Progress:
    """One task of a resolution in its table; ``url`` is "" for those who may not open it."""

    line: TaskLine
    url: str


def progress_of(user: User, tasks: Collection[Task], on: date) -> list[Progress]:
    """Return tasks with how they stood on a day. One query, for which of them the person may open."""
    seen = Task.objects.visible_to(user).filter(pk__in=[one.pk for one in tasks])
    may_open = frozenset(seen.values_list("pk", flat=True)) if tasks else frozenset()
    return [Progress(line, line.url if line.task.pk in may_open else "") for line in shown.lines(tasks, on)]


# --- the resolution ---------------------------------------------------------------------------------------------------
_NUMBER = re.compile(r"(\d+)-")


def resolution_of(meeting: Meeting) -> MonthlyResolution | None:
    """Return a meeting's resolution, None before anything was written."""
    return MonthlyResolution.objects.filter(meeting=meeting).first()


def numbers_taken(meeting: Meeting) -> list[str]:
    """Return the numbers of the cell's other resolutions of this term: they run on for as long as a committee does."""
    on = day_of(meeting.starts_at)
    term = Term.objects.on(on).filter(unit_id=meeting.unit_id).first()
    rows = MonthlyResolution.objects.filter(meeting__unit_id=meeting.unit_id).exclude(meeting=meeting)
    first, end = (term.start, term.end) if term else (date(on.year, 1, 1), date(on.year + 1, 1, 1))
    rows = rows.filter(meeting__starts_at__gte=clock.at(first, 0), meeting__starts_at__lt=clock.at(end, 0))
    return list(rows.exclude(number="").values_list("number", flat=True))


def next_number(meeting: Meeting) -> str:
    """Return the number that comes next, such as "04-NQ/CB"."""
    found = (_NUMBER.match(one) for one in numbers_taken(meeting))
    return f"{max((int(one[1]) for one in found if one), default=0) + 1:02d}-NQ/CB"


def agenda_law(meeting: Meeting) -> Rule[MonthlyAgenda]:
    """Return the template of the agenda in force on a meeting's day in its cell."""
    return law_for(MonthlyAgenda, day_of(meeting.starts_at), meeting.unit)


# --- themes -----------------------------------------------------------------------------------------------------------
def themes_held(cell_ids: Collection[int], quarter: Period) -> dict[int, int]:
    """Return how many meetings on a theme each cell held within a quarter; cells without any are not named."""
    return counted.themes_held(cell_ids, [quarter])[0]


@dataclass(frozen=True, slots=True)
class Themes:
    """How a cell stands with its meetings on a theme in a quarter."""

    quarter: Period
    held: int
    due: int
    rule: Rule[CellMeeting]

    @property
    def enough(self) -> bool:
        """Whether as many were held as the rule asks."""
        return self.held >= self.due


def themes_of(unit: Unit, on: date) -> Themes:
    """Return how a cell stands with its themes in the quarter of a day. Two or three queries."""
    quarter = Period.parse(f"{on.year}-Q{(on.month + 2) // 3}")
    rule = law_for(CellMeeting, on, unit)
    held = themes_held([unit.pk], quarter).get(unit.pk, 0)
    return Themes(quarter, held, rule.value.themes_each_quarter, rule)


# --- pressing matters -------------------------------------------------------------------------------------------------
def backlog_matters(unit: Unit, _on: date) -> Iterator[Matter]:
    """Yield what earlier monthly meetings of a cell left unfinished: told to the registry of matters."""
    rows = AgendaItem.objects.filter(
        series__unit=unit, series__kind=Series.Kind.CELL_MONTHLY, series__end=None, meeting=None
    )
    for item in rows.select_related("carried_from__meeting").order_by("pk"):
        before = item.carried_from.meeting if item.carried_from else None
        words = _("Để lại từ kỳ trước.")
        if before is not None:
            words = _("Để lại từ cuộc họp ngày %(day)s.") % {"day": written(day_of(before.starts_at))}
        yield Matter(f"{BACKLOG}{item.pk}", item.title, words, _page(before))


def _page(meeting: Meeting | None) -> str:
    return reverse("meetings:meeting", args=[meeting.pk]) if meeting else ""


def matters_for(meeting: Meeting) -> list[Matter]:
    """Return what presses that a meeting of a cell may take up and has not yet, as it stands today for one ahead."""
    known = taken(meeting)
    found = matters.pressing(meeting.unit, min(day_of(meeting.starts_at), clock.today()))
    fitting = (one for one in found if meeting.series_id is not None or not one.key.startswith(BACKLOG))
    return [one for one in fitting if one.key not in known]


def taken(meeting: Meeting) -> frozenset[str]:
    """Return the keys of the matters that stand on a meeting's agenda already."""
    rows = AgendaItem.objects.filter(meeting=meeting).exclude(matter="")
    return frozenset(rows.values_list("matter", flat=True))


# --- self-criticism ---------------------------------------------------------------------------------------------------
def own_criticism(meeting: Meeting, member_id: int) -> SelfCriticism | None:
    """Return what stands for one member at a meeting, for actions: asks no permission."""
    return SelfCriticism.objects.filter(meeting=meeting, member_id=member_id).first()


def criticism_for(user: User, meeting: Meeting, member: Member) -> SelfCriticism | None:
    """Return what a member wrote at a meeting where the person may read it, else None."""
    rows = SelfCriticism.objects.visible_to(user).filter(meeting=meeting, member=member)
    found: SelfCriticism | None = rows.select_related("member").first()
    return found


def previous_criticism(user: User, meeting: Meeting, member: Member) -> SelfCriticism | None:
    """Return the last one the member wrote before this meeting, where the person may read it."""
    rows = SelfCriticism.objects.visible_to(user).filter(
        member=member, meeting__starts_at__lt=meeting.starts_at
    )
    found: SelfCriticism | None = rows.select_related("meeting").order_by("-meeting__starts_at").first()
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """One of those expected, in the order of the roll: whether there is a text, and whether the person may open it."""

    member: Member
    written: bool
    open: bool
    types: bool


def criticism_lines(user: User, meeting: Meeting) -> list[Line]:
    """Return those of the body with whether each has written; never in which way. Three queries.

    Whoever may neither read nor type in for others sees the own line alone.
    """
    powers = powers_of(user)
    there = frozenset(SelfCriticism.objects.filter(meeting=meeting).values_list("member_id", flat=True))
    seen = SelfCriticism.objects.visible_to(user).filter(meeting=meeting)
    readable = frozenset(seen.values_list("member_id", flat=True))
    types, reads = may_type(user, meeting), may_read_all(user, meeting)
    rows = Invitee.objects.filter(meeting=meeting, capacity=Invitee.Capacity.BODY).select_related("member")
    return [
        Line(row.member, row.member_id in there, row.member_id in readable, types)
        for row in rows.exclude(mark=Invitee.Mark.EXEMPT)
        if types or reads or row.member_id == powers.member_id
    ]


def may_read_all(user: User, meeting: Meeting) -> bool:
    """Tell whether the person reads all self-criticism of a meeting: the cell's committee and the deciding one."""
    powers = powers_of(user)
    return powers.may_keep(meeting.unit_id) or any(
        unit == meeting.unit_id for unit, _post, _level in powers.held
    )


def may_type(user: User, meeting: Meeting) -> bool:
    """Tell whether the person may type in what others wrote on paper: the recorder, the chair, the cell's head."""
    powers = powers_of(user)
    at_the_table = powers.member_id is not None and powers.member_id in {
        meeting.recorder_id,
        meeting.chair_id,
    }
    return at_the_table or meeting.unit_id in powers.cells_led


def member_at(meeting: Meeting, pk: int) -> Member:
    """Return one of those of the body whom a meeting expects. Raises Missing."""
    rows = Invitee.objects.filter(meeting=meeting, capacity=Invitee.Capacity.BODY, member_id=pk)
    found = rows.select_related("member").first()
    if found is None:
        raise Missing
    return found.member
