"""The sheet of a weekly review as a page shows it: who reads which of its rows, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hatnhan.assignments.models import Task
from hatnhan.core.errors import Missing
from hatnhan.meetings import permissions, review_rules
from hatnhan.meetings.models import Invitee, Meeting, ReviewRow
from hatnhan.meetings.models.review import APPROVED
from hatnhan.meetings.permissions import Action
from hatnhan.meetings.selectors import monthly
from hatnhan.meetings.selectors.reviews import Remedy, remedies_before
from hatnhan.organization.powers import powers_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from hatnhan.accounts.models import User
    from hatnhan.assignments.selectors import shown
    from hatnhan.organization.models import Member

_RELATED = ("subject", "work_post", "remedy_owner", "task__owner", "task__owner_unit")


@dataclass(frozen=True, slots=True)
class Hearing:
    """What a person may read of a review. ``sits``: hears its remedies too, while one of those there."""

    reads: review_rules.Reading
    sits: bool
    member_id: int | None


def hearing(user: User, meeting: Meeting) -> Hearing:
    """Tell what a person may read of a review today. One query for those who do not hold the meeting."""
    me = powers_of(user).member_id
    writes = permissions.allowed(user, Action.REVIEW, meeting)
    capacity = "" if writes or me is None else _capacity(meeting, me)
    of_body, of_government = capacity == Invitee.Capacity.BODY, capacity == Invitee.Capacity.GOVERNMENT
    reads = review_rules.reading(meeting.state, writes=writes, of_body=of_body, of_government=of_government)
    there = of_government and meeting.state not in APPROVED
    return Hearing(reads, writes or of_body or there, me)


def _capacity(meeting: Meeting, member_id: int) -> str:
    rows = Invitee.objects.filter(meeting=meeting, member_id=member_id)
    return rows.values_list("capacity", flat=True).first() or ""


def rows(meeting: Meeting, heard: Hearing) -> list[ReviewRow]:
    """Return the rows that the person may read, in their order. One query."""
    found: QuerySet[ReviewRow] = ReviewRow.objects.filter(meeting=meeting).select_related(*_RELATED)
    if heard.reads == "none":
        return []
    if heard.reads == "own":
        found = found.filter(subject_id=heard.member_id)
    kept = list(found)
    for row in kept:
        row.meeting = meeting
    return [row for row in kept if heard.reads != "others" or row.subject_id != heard.member_id]


def approved(meeting: Meeting) -> bool:
    """Tell whether a review's minutes are approved: those whom rows concern read them from then."""
    return meeting.state in APPROVED


def row_for(user: User, pk: int) -> ReviewRow:
    """Return one row that the person may read, with its meeting. Raises Missing."""
    seen = ReviewRow.objects.visible_to(user).select_related("meeting__unit", "meeting__chair", *_RELATED)
    found: ReviewRow | None = seen.filter(pk=pk).first()
    if found is None:
        raise Missing
    return found


def people_of(meeting: Meeting, kept: Iterable[ReviewRow]) -> list[Member]:
    """Return whom a remedy may be given to: those asked to the meeting, and those of the rows. One query."""
    invited = Invitee.objects.filter(meeting=meeting).select_related("member").order_by("place", "pk")
    found = {row.member_id: row.member for row in invited}
    for row in kept:
        for person in (row.subject, row.remedy_owner):
            if person is not None:
                found.setdefault(person.pk, person)
    return list(found.values())


def written_of(meeting: Meeting) -> tuple[int, int]:
    """Return how many rows have anything written, and how many there are. One query."""
    texts = ReviewRow.objects.filter(meeting=meeting).values_list("strengths", "shortcomings", "remedy")
    found = [any(row) for row in texts]
    return sum(found), len(found)


# --- remedies ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class RemedyLine:
    """A remedy given earlier, with how its task stood in the usual words; ``url`` is "" where it may not be opened."""

    remedy: Remedy
    line: shown.TaskLine
    url: str


@dataclass(frozen=True, slots=True)
class Remedies:
    """The remedies of earlier reviews, late ones first, with their counts."""

    lines: list[RemedyLine]

    @property
    def finished(self) -> int:
        """How many were done."""
        return sum(one.remedy.finished for one in self.lines)

    @property
    def late(self) -> int:
        """How many are past their last day."""
        return sum(one.line.late for one in self.lines)

    @property
    def today(self) -> int:
        """How many are due on the day of the review."""
        return sum(
            one.remedy.state == Task.State.OPEN and one.remedy.task.due == one.remedy.on for one in self.lines
        )

    @property
    def unsaid(self) -> int:
        """How many have not ended and have no conclusion yet."""
        return sum(not one.remedy.ended and one.remedy.verdict is None for one in self.lines)


def remedies(user: User, meeting: Meeting, on: date) -> Remedies:
    """Return the remedies that a review begins with, as they stood on a day. Five queries."""
    found = remedies_before(meeting)
    drawn = monthly.progress_of(user, [one.task for one in found], on)
    return Remedies([RemedyLine(one, how.line, how.url) for one, how in zip(found, drawn, strict=True)])


def tasks_given(user: User, kept: Iterable[ReviewRow], on: date) -> dict[int, monthly.Progress]:
    """Return how the tasks stand that rows became, by the row's id. One query."""
    given = [(row.pk, row.task) for row in kept if row.task is not None]
    drawn = monthly.progress_of(user, [task for _pk, task in given], on)
    return {pk: how for (pk, _task), how in zip(given, drawn, strict=True)}
