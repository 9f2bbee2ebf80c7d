"""Straight makers for tests of the weekly review."""

from __future__ import annotations

from datetime import date, timedelta

from hatnhan.accounts.actors import MACHINE
from hatnhan.core import clock
from hatnhan.meetings.actions import reviews, work_posts
from hatnhan.meetings.models import Meeting, ReviewRow
from hatnhan.meetings.tests import held
from hatnhan.organization.selectors.bodies import seats

FRIDAY = date(2018, 11, 2)
AFTER = FRIDAY + timedelta(days=7)
SIGNED = {"by": MACHINE, "at": clock.at(FRIDAY, 16)}


def review(commune, day=FRIDAY, state="open", **fields):
    """A weekly review with its sheet laid and the Standing Committee invited."""
    given = {"title": f"Nhận xét tuần {day.isocalendar().week}/{day.year}"} | fields
    made = held.meeting(commune, day, state, "weekly_review", **given)
    held.invite(made, {seat.member: "present" for seat in seats(commune, "standing", day)})
    reviews.lay_sheet(by=MACHINE, at=clock.at(day, 14), meeting=made)
    return made


def post(commune, name="Địa chính – xây dựng", holder=None, start=date(2018, 1, 1), **fields):
    with clock.fixed(max(start, FRIDAY)):
        made = work_posts.create_work_post(
            by=MACHINE, at=clock.at(start), unit=commune, name=name, start=start, **fields
        )
        if holder:
            work_posts.set_holder(by=MACHINE, at=clock.at(start), work_post=made, member=holder, start=start)
    return made


def row_of(meeting, person=None, work_post=None):
    rows = ReviewRow.objects.filter(meeting=meeting).select_related("meeting__unit", "subject", "work_post")
    return rows.get(work_post=work_post) if work_post else rows.get(subject=person)


def set_state(meeting, state, **fields):
    given = {"ended_at": held.evening(FRIDAY, 21), **fields} if state != "open" else fields
    Meeting.objects.filter(pk=meeting.pk).update(state=state, **given)
    meeting.refresh_from_db()
