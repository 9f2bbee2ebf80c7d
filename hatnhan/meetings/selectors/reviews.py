"""Reading weekly reviews: the rows, the remedies that come first, a person's year. Asks no permission."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from hatnhan.assignments.models import Task, TaskEvent
from hatnhan.core import clock
from hatnhan.meetings import review_rules
from hatnhan.meetings.models import Meeting, RemedyVerdict, ReviewRow, Series, WorkPost
from hatnhan.meetings.selectors.work_posts import holders_of
from hatnhan.organization.actions.checks import day_of
from hatnhan.organization.selectors.bodies import seats

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from hatnhan.organization.models import Member

WEEKLY = Series.Kind.WEEKLY_REVIEW
_State = Meeting.State
_UNFINISHED = (Task.State.OPEN, Task.State.DONE)
_LAST = (RemedyVerdict.Verdict.DONE, RemedyVerdict.Verdict.DROPPED)


# --- for actions: ask no permission -----------------------------------------------------------------------------------
def row_now(pk: int) -> ReviewRow:
    """Return a row as it stands now, with its meeting, its person, its post and the owner of its remedy."""
    related = ("meeting__unit", "subject", "work_post", "remedy_owner", "task")
    found: ReviewRow = ReviewRow.objects.select_related(*related).get(pk=pk)
    return found


def expected_rows(meeting: Meeting) -> list[ReviewRow]:
    """Return the rows that a review should have, not saved: those who sit in the body, then leaders, then posts.

    One who sits in the body and leads the People's Committee has one row, for the person and that post. Five queries.
    """
    on = day_of(meeting.starts_at)
    holders = holders_of(meeting.unit_id, on)
    posts = list(WorkPost.objects.on(on).filter(unit_id=meeting.unit_id).order_by("position", "pk"))
    leading: dict[int, WorkPost] = {}
    for post in posts:
        if post.leads_government and post.pk in holders:
            leading.setdefault(holders[post.pk].pk, post)
    rows = []
    for seat in seats(meeting.unit, meeting.body, on):
        also = leading.get(seat.member.pk)
        title = ", ".join(filter(None, (seat.title, also.name if also else "")))
        rows.append(ReviewRow(meeting=meeting, subject=seat.member, work_post=also, title=title[:160]))
    taken = {row.work_post_id for row in rows}
    rest = sorted((post for post in posts if post.pk not in taken), key=lambda one: not one.leads_government)
    rows += [
        ReviewRow(meeting=meeting, subject=holders.get(post.pk), work_post=post, title=post.name)
        for post in rest
    ]
    return rows


def next_review_day(meeting: Meeting) -> date:
    """Return the day of the next review that is set up, else the Friday after this one."""
    reviews = Meeting.objects.filter(unit_id=meeting.unit_id, kind=WEEKLY).exclude(state=_State.CANCELLED)
    later = reviews.filter(starts_at__gt=meeting.starts_at).order_by("starts_at")
    starts_at: datetime | None = later.values_list("starts_at", flat=True).first()
    if starts_at is not None and day_of(starts_at) > day_of(meeting.starts_at):
        return day_of(starts_at)
    return review_rules.next_friday(day_of(meeting.starts_at))


def remedy_tasks(meeting: Meeting, ids: Collection[int]) -> dict[int, Task]:
    """Return those of the tasks that are remedies of earlier reviews of the unit, by id."""
    rows = Task.objects.filter(pk__in=ids, review_row__in=_given_before(meeting))
    return {task.pk: task for task in rows.select_related("owner", "owner_unit")}


def review_that_ends_replies(meeting: Meeting, at: datetime) -> Meeting | None:
    """Return the review that was opened after the minutes of this one were approved, by a moment; None for none yet."""
    approved_at = max(filter(None, (meeting.recorder_approved_at, meeting.chair_approved_at)), default=None)
    later = Meeting.objects.filter(
        unit_id=meeting.unit_id, kind=WEEKLY, starts_at__gt=meeting.starts_at, opened_at__lte=at
    )
    if approved_at is not None:
        later = later.filter(opened_at__gt=approved_at)
    found: Meeting | None = later.order_by("starts_at").first()
    return found


# --- the remedies that come first -------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Remedy:
    """A remedy given earlier: its task, the row it was given in, what is known of it, what this review concludes."""

    task: Task
    row: ReviewRow
    on: date
    news: str = ""
    verdict: RemedyVerdict | None = None

    @property
    def state(self) -> str:
        """How the task stood on the day of the review, or stands today where that is still to come."""
        return self.task.state_on(self.on)

    @property
    def finished(self) -> bool:
        """Whether it was done: seen before this review, or concluded by it."""
        concluded = self.verdict is not None and self.verdict.verdict == RemedyVerdict.Verdict.DONE
        return concluded or self.state == Task.State.VERIFIED

    @property
    def ended(self) -> bool:
        """Whether nobody had anything left to do."""
        return self.state in review_rules.ENDED


def day_looked_at(meeting: Meeting) -> date:
    """Return the day on which a review's remedies are looked at: its own, or today for one still to come."""
    return min(day_of(meeting.starts_at), clock.today())


def remedies_before(meeting: Meeting) -> list[Remedy]:
    """Return the remedies that a review begins with, late ones first, those that have ended last.

    They are those of earlier reviews of the unit on which somebody still has something to do, and those that ended
    after the review before. What an earlier review concluded to be done or given up does not come again. Four queries.
    """
    previous = _earlier(meeting).filter(state__in=(_State.CLOSED, _State.APPROVED, _State.LOCKED)).first()
    unfinished = Q(task__state__in=_UNFINISHED)
    since = Q(task__closed_on__gt=day_of(previous.starts_at)) if previous else Q(task__isnull=False)
    concluded = RemedyVerdict.objects.filter(meeting__in=_earlier(meeting).values("pk"), verdict__in=_LAST)
    rows = list(
        _given_before(meeting)
        .filter(unfinished | since | Q(task__verdicts__meeting=meeting))
        .exclude(task__in=concluded.values("task"))
        .select_related("task__owner", "task__owner_unit", "meeting", "subject", "work_post")
        .distinct()
    )
    tasks = [row.task for row in rows if row.task is not None]
    said = {one.task_id: one for one in RemedyVerdict.objects.filter(meeting=meeting)}
    news, on = _news(tasks), day_looked_at(meeting)
    found = [
        Remedy(row.task, row, on, news.get(row.task.pk, ""), said.get(row.task.pk))
        for row in rows
        if row.task is not None
    ]
    return sorted(found, key=lambda one: (one.ended, one.state == Task.State.DONE, one.task.due, one.task.pk))


def _earlier(meeting: Meeting) -> QuerySet[Meeting]:
    rows = Meeting.objects.filter(unit_id=meeting.unit_id, kind=WEEKLY, starts_at__lt=meeting.starts_at)
    return rows.order_by("-starts_at")


def _given_before(meeting: Meeting) -> QuerySet[ReviewRow]:
    return ReviewRow.objects.filter(task__isnull=False, meeting__in=_earlier(meeting).order_by().values("pk"))


def _news(tasks: Iterable[Task]) -> dict[int, str]:
    """Return the last thing told of each task: its evidence or outcome, else the last note of its story. One query."""
    tasks = list(tasks)
    told = TaskEvent.objects.filter(task__in=tasks).exclude(note="").exclude(kind=TaskEvent.Kind.GIVEN)
    last = dict(told.order_by("at", "pk").values_list("task_id", "note"))
    return {task.pk: task.evidence or task.outcome or last.get(task.pk, "") for task in tasks}


# --- a person's year --------------------------------------------------------------------------------------------------
def rows_of(member: Member, year: int) -> QuerySet[ReviewRow]:
    """Return what the approved reviews of a year say of a person, the latest first: for the yearly review too."""
    first, end = clock.at(date(year, 1, 1), 0), clock.at(date(year + 1, 1, 1), 0)
    rows = ReviewRow.objects.approved().written_on().filter(subject=member)
    rows = rows.filter(meeting__starts_at__gte=first, meeting__starts_at__lt=end)
    related = ("meeting__unit", "work_post", "subject", "remedy_owner", "task__owner", "task__owner_unit")
    return rows.select_related(*related).order_by("-meeting__starts_at", "place", "pk")


@dataclass(frozen=True, slots=True)
class Year:
    """What a year's reviews said of a person, and how the remedies ended."""

    year: int
    rows: list[ReviewRow]
    ends: review_rules.Ends


def year_of_person(
    member: Member, year: int, on: date | None = None, units: Collection[int] | None = None
) -> Year:
    """Return a person's year as it stands on a day (today unless said), in some units alone where these are given.

    Asks no permission: for pages, `year_for`. One query.
    """
    rows = rows_of(member, year)
    found = list(rows if units is None else rows.filter(meeting__unit_id__in=units))
    remedies = (
        review_rules.Remedy(task.due, task.done_on, dropped=task.state == Task.State.WITHDRAWN)
        for task in (row.task for row in found)
        if task is not None
    )
    return Year(year, found, review_rules.ends(remedies, on or clock.today()))
