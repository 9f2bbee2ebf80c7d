"""Straight rows of meetings for tests of papers, figures and deadlines: no rules."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from hatnhan.assignments.models import Task
from hatnhan.core import clock
from hatnhan.meetings.models import (
    AgendaItem,
    Invitee,
    ItemTask,
    ItemVote,
    Meeting,
    MonthlyResolution,
    RemedyVerdict,
    ReviewRow,
    ScoreLine,
    ScoreSheet,
    Speech,
)

_HELD = ("open", "closed", "approved", "locked")


def evening(day, hour=19, minute=30):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=clock.HERE)


def meeting(unit, day, state="draft", kind="cell_monthly", **fields):
    """A meeting of a day, in a state, with the moments that the state asks for."""
    body = "members" if kind == "cell_monthly" else "standing"
    given = {
        "unit": unit,
        "body": body,
        "kind": kind,
        "title": f"Sinh hoạt chi bộ tháng {day.month}/{day.year}",
        "due_on": day,
        "starts_at": evening(day),
        "place": "Nhà văn hóa thôn",
        "state": state,
    }
    if state in _HELD:
        given |= {"opened_at": evening(day)}
    if state in _HELD[1:]:
        given |= {"ended_at": evening(day, 21, 15)}
    if state == "locked":
        given |= {"locked_at": evening(day + timedelta(days=2))}
    if state == "cancelled":
        given |= {"cancel_reason": "Mưa bão"}
    return Meeting.objects.create(**(given | fields))


def invite(made, marks, capacity="body", title=""):
    """Invite people with their marks: {member: mark}."""
    start = made.invitees.count()
    rows = [
        Invitee(
            meeting=made,
            member=person,
            capacity=capacity,
            mark=mark,
            reason="Ốm" if mark == "excused" else "",
            place=start + place,
            title=title,
        )
        for place, (person, mark) in enumerate(marks.items())
    ]
    return Invitee.objects.bulk_create(rows)


def task(unit, owner, title="Vận động 12 hộ hiến đất", given=date(2018, 11, 3), due=None, **fields):
    due = due or given + timedelta(days=20)
    return Task.objects.create(unit=unit, owner=owner, title=title, given_on=given, due=due, **fields)


def item(made, title, place=0, *, speeches=(), tasks=(), votes=(), **fields):
    row = AgendaItem.objects.create(meeting=made, title=title, place=place, **fields)
    for at, (person, text) in enumerate(speeches):
        Speech.objects.create(item=row, member=person, text=text, place=at)
    for one in tasks:
        ItemTask.of(row, one).save()
    for question, yes, no, other in votes:
        ItemVote.objects.create(item=row, question=question, in_favour=yes, against=no, other=other)
    return row


def score(made, total, band, decided=None, decided_band="", **fields):
    at = made.ended_at or made.starts_at
    given = {"decided_total": decided, "decided_band": decided_band, "decided_at": at} if decided else {}
    sheet = ScoreSheet.objects.create(
        meeting=made,
        rule_version="x",
        self_total=Decimal(total),
        self_band=band,
        self_at=at,
        **(given | fields),
    )
    ScoreLine.objects.create(
        sheet=sheet,
        place=0,
        key="length",
        title="Thời gian sinh hoạt",
        most=5,
        computed=5,
        given=Decimal("4.5"),
        evidence="Họp 105 phút",
    )
    return sheet


def resolution(made, **fields):
    given = {"results": "Thu quỹ đạt 95%.", "directions": "Làm xong 300 m đường."} | fields
    return MonthlyResolution.objects.create(meeting=made, **given)


def remedy(made, person, one, **fields):
    """A row of the weekly review whose remedy became a task."""
    given = {"shortcomings": "Chậm báo cáo", "remedy": one.title, "title": "Phó Bí thư"} | fields
    return ReviewRow.objects.create(
        meeting=made, subject=person, remedy_owner=one.owner, remedy_due=one.due, task=one, **given
    )


def verdict(made, one, verdict="done", note=""):
    return RemedyVerdict.objects.create(meeting=made, task=one, verdict=verdict, note=note)
