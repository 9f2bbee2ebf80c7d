"""Deeds: the posts of work, and the Standing Committee's weekly reviews up to the one that is still open."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from hatnhan.core import clock
from hatnhan.demo.books import Books, Deed
from hatnhan.demo.charges import Desk, desks
from hatnhan.demo.places import COMMUNE
from hatnhan.demo.rhythm import FRIDAY, WEEKLY_AT, WEEKLY_PLACE, begins, weekly_sittings
from hatnhan.demo.weekly import reviews
from hatnhan.meetings.actions import (
    agenda,
    attendance,
    closing,
    inviting,
    minutes,
    planning,
    series,
    work_posts,
)
from hatnhan.meetings.actions.agenda import ItemData
from hatnhan.meetings.actions.attendance import Mark
from hatnhan.meetings.actions.minutes import ItemRecord
from hatnhan.meetings.actions.reviews import RowData, judge_remedies, reply_to_row, write_rows
from hatnhan.meetings.models import AgendaItem, Meeting, ReviewRow, Series
from hatnhan.organization.models import Body

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hatnhan.assignments.models import Task
    from hatnhan.demo.people import Person
    from hatnhan.demo.rhythm import Sitting
    from hatnhan.demo.tale import Tale
    from hatnhan.demo.weekly import Review, Row
    from hatnhan.meetings.models import WorkPost

_SET_UP, _CALL, _SIGN, _REPLY, _MEET = 11, 12, 15, 16, 18

#: For so many days back invitations are told.
_LETTERS_KEPT = 240


def weekly_deeds(tale: Tale) -> Iterator[Deed]:
    """Yield what was done about the weekly reviews in two years until yesterday; the last one stays open."""
    start, writer = begins(tale.today), _Writer(tale)
    yield Deed(start, _SET_UP, writer.set_up)
    for desk in desks(tale):
        for day, person in desk.holders:
            if day < tale.today:
                yield Deed(day, _SET_UP + 1, partial(writer.hand_to, desk, person))
    for sitting in weekly_sittings(tale.today):
        if sitting.cancelled:
            yield Deed(max(start, sitting.due - timedelta(days=12)), _CALL, partial(writer.give_up, sitting))
    for review in reviews(tale):
        yield Deed(max(start, review.on - timedelta(days=2)), _CALL + 1, partial(writer.call, review))
        yield Deed(review.on, _MEET, partial(writer.meet, review))
        if review.sitting.locked:
            yield Deed(review.sitting.locked, _SIGN, partial(writer.sign, review))


class _Writer:
    """Knows the rows that the story's reviews and remedies became."""

    def __init__(self, tale: Tale) -> None:
        self.tale = tale
        self.series: Series | None = None
        self.posts: dict[str, WorkPost] = {}
        self.meetings: dict[date, Meeting] = {}
        self.items: dict[int, list[AgendaItem]] = {}
        self.tasks: dict[int, Task] = {}

    # --- ahead -------------------------------------------------------------------------------------------------------
    def set_up(self, books: Books) -> None:
        """Name the posts of work, and let the Standing Committee meet every Friday from now on."""
        signed, unit, today = books.signed(), books.units[COMMUNE], clock.today()
        for position, desk in enumerate(desks(self.tale), start=1):
            self.posts[desk.key] = work_posts.create_work_post(
                **signed,
                unit=unit,
                name=desk.name,
                leads_government=desk.leads,
                position=position,
                start=today,
            )
        self.series = series.open_series(
            **signed,
            unit=unit,
            body=Body.STANDING,
            kind=Series.Kind.WEEKLY_REVIEW,
            name="Hội ý, nhận xét",
            frequency=Series.Frequency.WEEKLY,
            weekday=FRIDAY,
            at_time=WEEKLY_AT,
            place=WEEKLY_PLACE,
            on_holiday="before",
            start=today,
        )

    def hand_to(self, desk: Desk, person: Person, books: Books) -> None:
        """Give a post of work to somebody."""
        work_posts.set_holder(
            **books.signed(), work_post=self.posts[desk.key], member=books.member(person), start=clock.today()
        )

    def meeting(self, sitting: Sitting) -> Meeting:
        """Return the row of a review that the rule set up."""
        if sitting.due not in self.meetings:
            rows = Meeting.objects.select_related("unit", "series")
            self.meetings[sitting.due] = rows.get(series=self.series, due_on=sitting.due)
        return self.meetings[sitting.due]

    def give_up(self, sitting: Sitting, books: Books) -> None:
        """Cancel a review."""
        planning.cancel_meeting(**books.signed(), meeting=self.meeting(sitting), reason=sitting.cancelled)

    def call(self, review: Review, books: Books) -> None:
        """Set the agenda and invite."""
        meeting, signed = self.meeting(review.sitting), books.signed()
        items = [ItemData(topic, owner=books.member(review.recorder)) for topic in review.topics]
        self.items[id(review)] = agenda.set_agenda(**signed, meeting=meeting, items=items)
        if (self.tale.today - review.on).days < _LETTERS_KEPT:
            inviting.invite(**signed, meeting=meeting)

    # --- the afternoon -----------------------------------------------------------------------------------------------
    def meet(self, review: Review, books: Books) -> None:
        """Open, mark, conclude on what was to be mended, write the rows; close it, unless it is the last."""
        meeting = self.meeting(review.sitting)
        began = datetime.combine(review.on, WEEKLY_AT, clock.HERE)
        ended = began + timedelta(minutes=review.lasts)
        with clock.fixed(ended):
            signed = books.signed()
            chair, recorder = books.member(review.chair), books.member(review.recorder)
            inviting.open_meeting(**signed, meeting=meeting, chair=chair, recorder=recorder, opened_at=began)
            attendance.mark_attendance(**signed, meeting=meeting, marks=_marks(review, books, meeting))
            if review.verdicts:
                verdicts = [
                    (self.tasks[id(remedy)], verdict, note) for remedy, verdict, note in review.verdicts
                ]
                judge_remedies(**signed, meeting=meeting, verdicts=verdicts)
            rows = [self._row(row, books) for row in review.rows]
            write_rows(**signed, meeting=meeting, rows=rows)
            if review.over:
                records = [
                    ItemRecord(
                        item, f"Ban Thường vụ nghe và thống nhất: {item.title[:1].lower()}{item.title[1:]}."
                    )
                    for item in self.items[id(review)]
                ]
                minutes.record_items(**signed, meeting=meeting, records=records)
                closing.close_meeting(**signed, meeting=meeting, ended_at=ended)
                self._meet_tasks(review, books, meeting)

    def _row(self, row: Row, books: Books) -> RowData:
        post = self.posts[row.desk.key] if row.desk else None
        subject = None if row.desk else books.member(row.person)
        remedy = row.remedy
        return RowData(
            subject, post, row.strengths, row.shortcomings, remedy.text if remedy else "",
            books.member(remedy.who) if remedy else None, remedy.due if remedy else None,
        )  # fmt: skip

    def _meet_tasks(self, review: Review, books: Books, meeting: Meeting) -> None:
        """Learn which task each remedy became."""
        given = ReviewRow.objects.filter(meeting=meeting).exclude(task=None).select_related("task")
        tasks = {(row.remedy, row.remedy_owner_id): row.task for row in given if row.task}
        for remedy in review.remedies:
            self.tasks[id(remedy)] = tasks[remedy.text, books.member(remedy.who).pk]

    # --- afterwards --------------------------------------------------------------------------------------------------
    def sign(self, review: Review, books: Books) -> None:
        """Let both approve and lock the minutes; now and then somebody answers what was said of him or her."""
        meeting, signed = self.meeting(review.sitting), books.signed()
        closing.approve_minutes(**signed, meeting=meeting, role="recorder")
        closing.approve_minutes(**signed, meeting=meeting, role="chair")
        closing.lock_minutes(**signed, meeting=meeting)
        if review.reply:
            with_remedy = ReviewRow.objects.filter(meeting=meeting).exclude(task=None).order_by("place")
            if row := with_remedy.first():
                reply_to_row(**signed, row=row, text=review.reply)


def _marks(review: Review, books: Books, meeting: Meeting) -> dict[int, Mark]:
    away = {books.members[key].pk: Mark("excused", reason) for key, reason in review.away.items()}
    ids = meeting.invitees.values_list("member_id", flat=True)
    return {member_id: away.get(member_id, Mark("present")) for member_id in ids}
