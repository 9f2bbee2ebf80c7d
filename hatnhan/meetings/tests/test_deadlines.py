"""What is due about meetings, as it stood on the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hatnhan.core import clock
from hatnhan.deadlines import registry
from hatnhan.deadlines.types import Standing
from hatnhan.meetings.models import Meeting, Paper
from hatnhan.meetings.tests import held
from hatnhan.meetings.tests.planned import cell_series
from hatnhan.organization.models import Membership
from hatnhan.organization.tests import make

TODAY = date(2018, 11, 20)
FAR = date(2019, 2, 20)


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


def due(place, source, on=TODAY, until=FAR, units=None):
    ids = [unit.pk for unit in (units or (place.commune, place.village, place.school))]
    return [one for one in registry.due(ids, on=on, until=until) if one.source == f"meetings.{source}"]


# --- meetings --------------------------------------------------------------------------------------------------------
def test_a_meeting_is_due_on_its_day_and_late_until_held_or_cancelled(place):
    made = held.meeting(place.village, date(2018, 11, 3), "invited")
    (late,) = due(place, "meeting")
    assert (late.due, late.action, late.url) == (date(2018, 11, 3), "Ghi lại hoặc hủy", f"/hop/{made.pk}/")
    assert (late.unit_id, late.unit_name) == (place.village.pk, "Chi bộ thôn Chùa")
    assert late.detail == "Thứ Bảy, 3/11/2018, 19 giờ 30, Nhà văn hóa thôn."
    assert late.standing(TODAY) is Standing.LATE
    made.state, made.cancel_reason = "cancelled", "Bão"
    made.save()
    assert due(place, "meeting") == []


def test_a_month_that_was_missed_is_not_due_once_the_next_was_held(place):
    series = cell_series(place.village, at=clock.at(date(2018, 9, 1)), start=date(2018, 9, 1))
    days = [one.due for one in due(place, "meeting", until=TODAY)]
    assert [day.month for day in days] == [9, 10, 11]
    october = series.meetings.get(due_on__month=10)
    moments = {"opened_at": october.starts_at, "ended_at": october.starts_at + timedelta(hours=2)}
    Meeting.objects.filter(pk=october.pk).update(state="closed", **moments)
    assert [one.due.month for one in due(place, "meeting", until=TODAY)] == [11]
    assert [
        one.due.month for one in due(place, "meeting", on=date(2018, 9, 30), until=date(2018, 9, 30))
    ] == [9]


def test_a_meeting_held_later_was_open_before(place):
    held.meeting(place.village, date(2018, 11, 3), "locked")
    assert due(place, "meeting") == []
    assert [one.due for one in due(place, "meeting", on=date(2018, 11, 2))] == [date(2018, 11, 3)]


def test_of_those_to_come_only_the_next_of_each_body_is_told_and_all_that_are_late(place):
    for day in (date(2018, 9, 3), date(2018, 10, 3), date(2018, 12, 3), date(2019, 1, 3)):
        held.meeting(place.village, day)
    for day in (date(2018, 11, 23), date(2018, 11, 30)):
        held.meeting(place.commune, day, kind="weekly_review")
    found = [one.due for one in due(place, "meeting")]
    assert found == [date(2018, 9, 3), date(2018, 10, 3), date(2018, 11, 23), date(2018, 12, 3)]
    assert [one.due for one in due(place, "meeting", until=date(2018, 11, 30))] == found[:3]


def test_a_meeting_moved_is_due_on_its_new_day(place):
    held.meeting(
        place.village, date(2018, 11, 3), starts_at=held.evening(date(2018, 11, 25)), moved_reason="Bão"
    )
    assert [one.due for one in due(place, "meeting")] == [date(2018, 11, 25)]


# --- papers ----------------------------------------------------------------------------------------------------------
def test_papers_are_due_the_day_before_where_somebody_presents_and_none_was_sent(place, people):
    made = held.meeting(place.village, date(2018, 12, 3), "invited")
    assert due(place, "papers") == []
    item = held.item(made, "Bàn việc mở đường", owner=people.member)
    (one,) = due(place, "papers")
    assert (one.due, one.action, one.unit_id) == (date(2018, 12, 2), "Gửi tài liệu", place.village.pk)
    assert one.rule.topic == "meetings.cell"
    assert due(place, "papers", until=date(2018, 12, 1)) == []
    Paper.objects.create(
        item=item, name="Dự thảo", file="x", size=1, uploaded_at=held.evening(date(2018, 11, 19)), by_name=""
    )
    assert due(place, "papers") == []
    assert len(due(place, "papers", on=date(2018, 11, 18))) == 1


def test_no_papers_are_asked_for_when_the_meeting_is_over_or_is_the_weekly_review(place, people):
    past = held.meeting(place.village, date(2018, 11, 3), "closed")
    weekly = held.meeting(place.commune, date(2018, 11, 23), kind="weekly_review")
    for made in (past, weekly):
        held.item(made, "Việc", owner=people.member)
    assert due(place, "papers") == []
    assert len(due(place, "papers", on=date(2018, 11, 1))) == 1


# --- minutes ---------------------------------------------------------------------------------------------------------
def test_minutes_are_due_two_days_after_until_they_are_locked(place):
    made = held.meeting(place.village, date(2018, 11, 3), "closed")
    (one,) = due(place, "minutes")
    assert (one.due, one.action, one.url) == (
        date(2018, 11, 5),
        "Ghi, duyệt biên bản",
        f"/hop/{made.pk}/bien-ban/",
    )
    assert due(place, "minutes", on=date(2018, 11, 2)) == []
    made.state, made.locked_at = "locked", held.evening(date(2018, 11, 10))
    made.save()
    assert due(place, "minutes") == []
    assert len(due(place, "minutes", on=date(2018, 11, 9))) == 1


# --- scores ----------------------------------------------------------------------------------------------------------
def test_the_last_locked_meeting_of_a_cell_is_to_be_scored(place):
    held.meeting(place.village, date(2018, 9, 3), "locked")
    made = held.meeting(place.village, date(2018, 10, 3), "locked")
    held.meeting(place.village, date(2018, 11, 3), "closed")
    held.meeting(place.commune, date(2018, 11, 2), "locked", "weekly_review")
    (one,) = due(place, "score")
    assert (one.key, one.due) == (f"meetings.score:{made.pk}", date(2018, 10, 7))
    assert one.url == f"/hop/{made.pk}/cham-diem/"
    held.score(made, "90", "good")
    assert due(place, "score") == []
    assert len(due(place, "score", on=date(2018, 10, 5))) == 0  # it was scored on the evening of the meeting


def test_scores_wait_for_the_committee_above_month_by_month(place):
    for unit in (place.village, place.school):
        held.score(held.meeting(unit, date(2018, 11, 3), "locked"), "90", "good")
    held.score(held.meeting(place.village, date(2018, 10, 3), "locked"), "90", "good", "85", "fair")
    (one,) = due(place, "decision")
    assert (one.due, one.unit_id, one.detail) == (
        date(2018, 11, 30),
        place.commune.pk,
        "2 buổi chờ quyết định.",
    )
    assert one.key == f"meetings.decision:{place.commune.pk}:2018-11-01"
    assert due(place, "decision", units=[place.village]) == []
    assert due(place, "decision", on=date(2018, 11, 2)) == []


# --- absences --------------------------------------------------------------------------------------------------------
def missed(place, person, *marks, first=8):
    for month, mark in enumerate(marks, start=first):
        held.invite(held.meeting(place.village, date(2018, month, 3), "locked"), {person: mark})


@pytest.mark.parametrize(
    ("marks", "told"),
    [
        (("unexcused",) * 3, 1),
        (("present", "unexcused", "unexcused", "unexcused"), 1),
        (("unexcused",) * 2, 0),
        (("unexcused", "unexcused", "excused", "unexcused"), 0),
        (("unexcused", "unexcused", "unexcused", "present"), 0),
        (("excused",) * 4, 0),
    ],
)
def test_who_missed_three_in_a_row_without_reason_is_asked_after(place, people, marks, told):
    missed(place, people.member, *marks, first=12 - len(marks))
    found = due(place, "absences")
    assert len(found) == told
    for one in found:
        assert (one.due, one.about_id, one.unit_id) == (date(2018, 12, 3), people.member.pk, place.village.pk)
        assert "Vắng 3 buổi liền không có lý do, gần nhất ngày 3/11/2018." in one.detail


def test_a_fourth_meeting_missed_counts_on_and_who_left_is_not_asked_after(place, people):
    missed(place, people.member, *(["unexcused"] * 4))
    assert "Vắng 4 buổi" in due(place, "absences")[0].detail
    assert "Vắng 3 buổi" in due(place, "absences", on=date(2018, 10, 20))[0].detail
    Membership.objects.filter(member=people.member).update(end=date(2018, 11, 10), end_reason="left")
    assert due(place, "absences") == []


def test_the_person_and_those_who_lead_see_it_and_no_other_member(cast, place, people):
    missed(place, people.member, *(["unexcused"] * 3), first=9)
    other = make.account("other", make.member(place.village))
    for client, seen in ((cast.member, True), (cast.village_secretary, True), (cast.outsider, False)):
        assert ("vắng sinh hoạt" in client.get("/").content.decode()) is seen
    cast.outsider.force_login(other, backend="django.contrib.auth.backends.ModelBackend")
    assert "vắng sinh hoạt" not in cast.outsider.get("/").content.decode()


# --- few queries -----------------------------------------------------------------------------------------------------
def test_the_number_of_queries_does_not_grow(place, people):
    cells = [place.commune]

    def fill(count):
        for number in range(count):
            cell = make.unit(f"chi-bo-{count}-{number}", "cell", place.commune)
            cells.append(cell)
            held.item(held.meeting(cell, date(2018, 12, 3)), "Việc", owner=people.member)
            held.meeting(cell, date(2018, 11, 9), "closed")
            person = make.member(cell)
            for month in (8, 9, 10, 11):
                made = held.meeting(cell, date(2018, month, 3), "locked")
                held.invite(made, {person: "unexcused"})
                if month < 11:
                    held.score(made, "80", "fair")

    def asked():
        with CaptureQueriesContext(connection) as caught:
            found = [
                one for key, ask in registry.sources().items() if key.startswith("meetings.")
                for one in ask([cell.pk for cell in cells], on=TODAY, until=TODAY + timedelta(days=90))
            ]  # fmt: skip
        return len(caught), {one.source for one in found}, len(found)

    fill(3)
    few, sources, found = asked()
    assert len(sources) == 6
    fill(12)
    many, _sources, more = asked()
    assert more > found
    assert many == few <= 18


# --- in person -------------------------------------------------------------------------------------------------------
def test_who_is_invited_hears_of_the_meetings_to_come(place, people, django_assert_num_queries):
    def mine(person, on=TODAY):
        return [
            one for one in registry.due_for(person.pk, on=on, until=FAR) if one.source == "meetings.invited"
        ]

    today = held.meeting(place.village, TODAY, "open")
    coming = held.meeting(place.village, date(2018, 12, 3), "invited")
    for one in (
        today,
        coming,
        held.meeting(place.village, date(2018, 12, 10)),  # a draft invites nobody yet
        held.meeting(place.village, date(2018, 11, 3), "locked"),
        held.meeting(place.village, date(2019, 3, 3), "invited"),
    ):
        held.invite(one, {people.member: ""})
    first, second = mine(people.member)
    assert (first.due, first.url, first.action) == (TODAY, f"/hop/{today.pk}/", "Xem chương trình")
    assert first.title == "Mời đồng chí dự: Sinh hoạt chi bộ tháng 11/2018"
    assert first.detail == "Thứ Ba, 20/11/2018, 19 giờ 30, Nhà văn hóa thôn."
    assert (second.due, second.unit_id) == (date(2018, 12, 3), place.village.pk)
    assert mine(people.deputy) == []
    with django_assert_num_queries(1):
        list(registry.personal_sources()["meetings.invited"](people.member.pk, on=TODAY, until=FAR))
