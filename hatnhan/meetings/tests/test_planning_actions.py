"""Series, meetings ahead, invitations, opening."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta

import pytest
from click.testing import CliRunner

from hatnhan.accounts.actors import MACHINE
from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.meetings.actions import agenda, inviting, planning
from hatnhan.meetings.actions.agenda import ItemData
from hatnhan.meetings.actions.series import change_series, end_series
from hatnhan.meetings.commands import meetings
from hatnhan.meetings.models import AgendaItem, Invitee, Meeting, WorkPost, WorkPostHolder
from hatnhan.meetings.tests.planned import NOW, called, cell_series, weekly_series
from hatnhan.organization.models import Exemption, Post
from hatnhan.organization.tests import make

BY = {"by": MACHINE, "at": NOW}
NEW_RULE = {
    "name": "Sinh hoạt chi bộ",
    "frequency": "monthly",
    "monthday": 5,
    "at_time": time(19),
    "place": "Nhà văn hóa",
}


def at(day, month=11, hour=19, minute=30, year=2018):
    return datetime(year, month, day, hour, minute, tzinfo=clock.HERE)


@pytest.fixture(autouse=True)
def now():
    with clock.fixed(NOW):
        yield


def test_a_series_sets_its_meetings_up_for_a_year(place):
    series = cell_series(place.village)
    days = list(Meeting.objects.filter(series=series).order_by("due_on").values_list("due_on", flat=True))
    assert len(days) == 12
    assert days[:2] == [date(2018, 11, 3), date(2018, 12, 3)]
    first = Meeting.objects.get(series=series, due_on=days[0])
    assert (first.starts_at, first.title) == (at(3), "Sinh hoạt chi bộ tháng 11/2018")
    entry = Entry.objects.latest("id")
    assert (entry.action, entry.details["planned"]) == ("meetings:series:set", 12)


def test_topping_up_goes_on_where_it_ended_and_does_nothing_the_second_time(place):
    series = weekly_series(place.commune)
    later = NOW + timedelta(days=28)
    told = Entry.objects.count()
    assert planning.plan_ahead(by=MACHINE, at=later, series=series) == 4
    assert planning.plan_ahead(by=MACHINE, at=later, series=series) == 0
    assert Entry.objects.count() == told + 1
    assert Meeting.objects.filter(series=series).count() == 52 + 4 - 1  # the week of Tết has none


def test_topping_up_takes_the_same_few_queries_however_far(place, django_assert_max_num_queries):
    series = weekly_series(place.commune)
    with django_assert_max_num_queries(10):
        planning.plan_ahead(by=MACHINE, at=NOW, series=series, until=date(2021, 1, 1))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"body": "standing"}, "body"),
        ({"kind": "weekly_review"}, "kind"),
        ({"name": " "}, "name_missing"),
        ({"place": ""}, "place_missing"),
        ({"monthday": None}, "monthday"),
        ({"monthday": 31}, "monthday"),
        ({"frequency": "weekly"}, "weekday"),
        ({"start": date(2009, 1, 1)}, "before_founding"),
    ],
)
def test_a_series_that_cannot_be_is_refused(place, changes, code):
    with pytest.raises(RuleBroken) as broken:
        cell_series(place.village, **changes)
    assert broken.value.code == code
    assert not Meeting.objects.exists()


def test_a_body_has_one_running_series_of_a_kind(place):
    cell_series(place.village)
    with pytest.raises(RuleBroken) as broken:
        cell_series(place.village, monthday=5)
    assert broken.value.code == "series_runs"


def test_changing_a_series_removes_what_nobody_touched_and_keeps_the_rest_and_the_backlog(place):
    series = cell_series(place.village)
    december = Meeting.objects.get(series=series, due_on=date(2018, 12, 3))
    agenda.set_agenda(**BY, meeting=december, items=[ItemData("Kết nạp đảng viên")])
    kept = agenda.add_to_backlog(**BY, series=series, data=ItemData("Vệ sinh đường làng"))
    new = change_series(**BY, series=series, start=date(2018, 12, 1), **NEW_RULE)
    old = Meeting.objects.filter(series=series).values_list("due_on", flat=True)
    assert set(old) == {date(2018, 11, 3), date(2018, 12, 3)}
    assert Meeting.objects.filter(series=new).order_by("due_on").first().due_on == date(2018, 12, 5)
    series.refresh_from_db()
    kept.refresh_from_db()
    assert (series.end, kept.series) == (date(2018, 12, 1), new)


def test_a_series_ends_after_it_began_and_once(place):
    series = cell_series(place.village)
    with pytest.raises(RuleBroken) as broken:
        end_series(**BY, series=series, end=series.start)
    assert broken.value.code == "end_before_start"
    end_series(**BY, series=series, end=date(2018, 12, 1))
    assert Meeting.objects.filter(series=series).count() == 1
    with pytest.raises(RuleBroken) as broken:
        end_series(**BY, series=series, end=date(2018, 12, 1))
    assert broken.value.code == "already_done"
    assert planning.plan_ahead(**BY, series=series, until=date(2020, 1, 1)) == 0


def test_a_meeting_is_moved_with_a_reason_and_its_day_stays_known(place):
    meeting = cell_series(place.village).meetings.earliest("due_on")
    planning.move_meeting(**BY, meeting=meeting, starts_at=at(5), place="Đình làng", reason="Mưa bão")
    meeting.refresh_from_db()
    assert (meeting.due_on, meeting.starts_at, meeting.place) == (date(2018, 11, 3), at(5), "Đình làng")
    assert Entry.objects.latest("id").details["reason"] == "Mưa bão"


@pytest.mark.parametrize(
    ("starts_at", "where", "reason", "code"),
    [
        (at(1, hour=7), "Đình", "Mưa", "past"),
        (at(31, 10), "Đình", "Mưa", "past"),
        (at(5), "Đình", " ", "reason_missing"),
        (at(5), "", "Mưa", "place_missing"),
        (at(3), "Nhà văn hóa thôn", "Mưa", "unchanged"),
        (at(3, 12, 8), "Đình", "Mưa", "same_day"),
        (at(3, 12), "Đình", "Mưa", "same_time"),
    ],
)
def test_a_move_that_cannot_be_is_refused(place, starts_at, where, reason, code):
    meeting = cell_series(place.village).meetings.earliest("due_on")
    with pytest.raises(RuleBroken) as broken:
        planning.move_meeting(**BY, meeting=meeting, starts_at=starts_at, place=where, reason=reason)
    assert broken.value.code == code
    meeting.refresh_from_db()
    assert meeting.starts_at == at(3)


def test_cancelling_gives_back_what_came_from_the_backlog(place):
    series = cell_series(place.village)
    meeting = series.meetings.earliest("due_on")
    waiting = agenda.add_to_backlog(**BY, series=series, data=ItemData("Vệ sinh đường làng"))
    agenda.take_from_backlog(**BY, meeting=meeting, items=[waiting])
    agenda.set_agenda(**BY, meeting=meeting, items=[ItemData("Mở đầu", part="opening")])
    with pytest.raises(RuleBroken) as broken:
        planning.cancel_meeting(**BY, meeting=meeting, reason="")
    assert broken.value.code == "reason_missing"
    planning.cancel_meeting(**BY, meeting=meeting, reason="Dịch bệnh")
    assert meeting.state == "cancelled"
    assert list(AgendaItem.objects.filter(meeting=None)) == [waiting]
    with pytest.raises(RuleBroken) as broken:
        planning.cancel_meeting(**BY, meeting=meeting, reason="Dịch bệnh")
    assert broken.value.code == "already_done"


def test_a_called_meeting_belongs_to_no_series_and_not_to_the_past(place):
    meeting = called(place.village)
    assert (meeting.series, meeting.due_on, meeting.state) == (None, None, "draft")
    for starts_at, code in ((at(3), "same_time"), (NOW - timedelta(minutes=1), "past")):
        with pytest.raises(RuleBroken) as broken:
            called(place.village, starts_at)
        assert broken.value.code == code


def test_a_cell_invites_its_members_and_those_above_and_guests_each_once(place, people):
    meeting = called(place.village)
    inviting.invite(
        **BY, meeting=meeting, chair=people.village_secretary, recorder=people.member,
        guests=[people.standing, people.member],
    )  # fmt: skip
    assert meeting.state == "invited"
    rows = {one.member_id: one for one in Invitee.objects.filter(meeting=meeting)}
    assert len(rows) == 5
    assert rows[people.village_secretary.pk].title == "Bí thư chi bộ"
    assert rows[people.standing.pk].capacity == "guest"
    assert rows[people.standing.pk].title == "Ủy viên Ban Thường vụ"
    assert rows[people.member.pk].capacity == "body"
    with pytest.raises(RuleBroken) as broken:
        inviting.invite(**BY, meeting=meeting)
    assert broken.value.code == "already_done"


def test_the_weekly_review_invites_the_leaders_of_the_peoples_committee(place, people):
    for name, leads, holder in (
        ("Chủ tịch UBND", True, people.member),
        ("Văn phòng", False, people.inspector),
    ):
        post = WorkPost.objects.create(
            unit=place.commune, name=name, leads_government=leads, start=make.LONG_AGO
        )
        WorkPostHolder.objects.create(work_post=post, member=holder, start=make.LONG_AGO)
    meeting = weekly_series(place.commune).meetings.earliest("due_on")
    inviting.invite(**BY, meeting=meeting)
    told = list(Invitee.objects.filter(meeting=meeting).values_list("member__full_name", "title", "capacity"))
    assert told[-1] == ("Nguyễn Thị Hòa", "Chủ tịch UBND", "government")
    assert [title for _name, title, _capacity in told[:3]] == [
        "Bí thư Đảng ủy",
        "Phó Bí thư Thường trực",
        "Ủy viên Ban Thường vụ",
    ]


@pytest.mark.parametrize(
    ("table", "code"),
    [(("standing", None), "not_invited"), (("member", "member"), "same_person")],
)
def test_the_table_sits_among_the_invited_and_is_two_people(place, people, table, code):
    chair, recorder = (getattr(people, role) if role else None for role in table)
    with pytest.raises(RuleBroken) as broken:
        inviting.invite(**BY, meeting=called(place.village), chair=chair, recorder=recorder)
    assert broken.value.code == code
    assert not Invitee.objects.exists()


def test_nobody_is_invited_by_a_body_without_anyone(place):
    with pytest.raises(RuleBroken) as broken:
        inviting.invite(**BY, meeting=called(place.village, body="committee", kind="committee"))
    assert broken.value.code == "nobody"


def test_opening_makes_the_list_whole_and_notes_the_exempt(place, people):
    meeting = called(place.village)
    inviting.invite(**BY, meeting=meeting)
    newcomer = make.member(place.village, "Trần Văn Mới", start=date(2018, 11, 2))
    Exemption.objects.create(member=people.member, start=date(2018, 1, 1))
    gone = people.deputy.memberships.get()
    gone.end, gone.end_reason = date(2018, 11, 2), "left"
    gone.save()
    # Told beforehand that one will stay away: that is kept.
    Invitee.objects.filter(meeting=meeting, member=people.secretary).update(
        mark="excused", reason="Họp huyện"
    )
    opening = {"by": MACHINE, "at": at(3, minute=35), "meeting": meeting}
    inviting.open_meeting(**opening, chair=people.village_secretary, recorder=newcomer)
    marks = dict(Invitee.objects.filter(meeting=meeting).values_list("member", "mark"))
    assert marks == {
        people.village_secretary.pk: "",
        people.member.pk: "exempt",
        people.secretary.pk: "excused",
        newcomer.pk: "",
    }
    assert (meeting.state, meeting.opened_at) == ("open", at(3, minute=35))
    assert len(meeting.check_in_code) == 32
    with pytest.raises(RuleBroken) as broken:
        inviting.open_meeting(**opening, chair=people.village_secretary, recorder=newcomer)
    assert broken.value.code == "already_done"


@pytest.mark.parametrize(
    ("moment", "began", "code"),
    [
        (at(2), None, "not_yet"),
        (at(5), None, "other_day"),
        (at(3, minute=30), at(3, minute=40), "not_yet"),
        (at(5), at(3, minute=40), ""),
    ],
)
def test_a_meeting_opens_on_its_day_and_may_be_entered_later(place, people, moment, began, code):
    meeting = called(place.village)
    opening = {"by": MACHINE, "at": moment, "meeting": meeting, "opened_at": began}
    table = {"chair": people.village_secretary, "recorder": people.member}
    if not code:
        inviting.open_meeting(**opening, **table)
        assert meeting.opened_at == began
        return
    with pytest.raises(RuleBroken) as broken:
        inviting.open_meeting(**opening, **table)
    assert broken.value.code == code


@pytest.mark.parametrize(("days", "code"), [(1, ""), (-1, ""), (31, ""), (32, "other_day"), (33, "not_yet")])
def test_one_that_was_held_on_another_day_is_entered_with_that_day(place, people, days, code):
    meeting = called(place.village)
    held = at(3, minute=40) + timedelta(days=days)
    opening = {
        "by": MACHINE,
        "at": at(3, minute=40) + timedelta(days=32),
        "meeting": meeting,
        "opened_at": held,
    }
    table = {"chair": people.village_secretary, "recorder": people.member}
    if not code:
        inviting.open_meeting(**opening, **table)
        meeting.refresh_from_db()
        assert meeting.opened_at == meeting.starts_at == held
        assert "ghi lại sau" in meeting.moved_reason
        return
    with pytest.raises(RuleBroken) as broken:
        inviting.open_meeting(**opening, **table)
    assert broken.value.code == code


def test_no_two_meetings_of_a_series_are_entered_for_one_day(place, people):
    series = cell_series(place.village)
    first, second = series.meetings.order_by("starts_at")[:2]
    opening = {"by": MACHINE, "chair": people.village_secretary, "recorder": people.member}
    inviting.open_meeting(**opening, meeting=first, at=first.starts_at)
    with pytest.raises(RuleBroken) as broken:
        inviting.open_meeting(
            **opening, meeting=second, at=second.starts_at + timedelta(days=1), opened_at=first.starts_at
        )
    assert broken.value.code == "day_taken"


@pytest.mark.parametrize(
    ("role", "cell", "commune"),
    [
        ("secretary", True, True),
        ("deputy", True, True),
        ("standing", False, False),
        ("inspector", False, False),
        ("village_secretary", True, False),
        ("school_secretary", False, False),
        ("member", False, False),
    ],
)
def test_who_calls_invites_moves_and_cancels(place, people, role, cell, commune):
    by = {"by": getattr(people, role).user, "at": NOW}
    make.post(people.school_secretary, place.commune, Post.COMMITTEE_MEMBER)
    for unit, body, kind, may in (
        (place.village, "members", "cell_monthly", cell),
        (place.commune, "committee", "committee", commune),
    ):
        held = {"body": body, "kind": kind}
        meeting = called(unit, **held)
        refused = _refused(
            by, planning.call_meeting, unit=unit, title="Họp", starts_at=at(9), place="Hội trường", **held
        )
        refused += _refused(
            by, planning.move_meeting, meeting=meeting, starts_at=at(6), place="Hội trường", reason="Bận"
        )
        refused += _refused(by, inviting.invite, meeting=meeting)
        refused += _refused(by, planning.cancel_meeting, meeting=meeting, reason="Bận")
        assert refused == (0 if may else 4)


def _refused(by, deed, **told):
    """Do it; 1 when the person may not."""
    try:
        deed(**by, **told)
    except Denied:
        return 1
    return 0


def test_the_command_tops_up_what_runs_and_says_so(place):
    weekly_series(place.commune)
    gone = cell_series(place.village)
    place.village.dissolved_on = date(2018, 12, 1)
    place.village.save()
    runner = CliRunner()
    with clock.fixed(NOW + timedelta(days=40)):
        told = runner.invoke(meetings, ["plan", "--json"])
        assert json.loads(told.output) == {"planned": 6}
        assert "đã có đủ" in runner.invoke(meetings, ["plan"]).output
    assert Meeting.objects.filter(series=gone).count() == 12
