"""What the software works out of a meeting, and from what; each in words."""

from datetime import date, timedelta

import pytest

from hatnhan.core import clock
from hatnhan.meetings.models import Paper
from hatnhan.meetings.selectors import evidence, monthly, scores
from hatnhan.meetings.tests import held
from hatnhan.organization.tests import make

DAY = date(2018, 11, 3)
LATER = clock.at(date(2018, 12, 1))


@pytest.fixture
def cell(place):
    return make.members(place.village, 10)


def told(meeting, at=LATER):
    return evidence.evidence(meeting, scores.law_of(meeting).value, at=at)


def present(meeting, people, away=(), mark="excused"):
    held.invite(meeting, dict.fromkeys(people, "present") | dict.fromkeys(away, mark))


def test_before_it_was_held_nothing_is_worked_out_but_papers(place):
    known = told(held.meeting(place.village, DAY), at=clock.at(DAY))
    assert {key for key, one in known.items() if one.points is not None} == {"papers"}
    assert all(one.words for one in known.values())


@pytest.mark.parametrize(("theme", "worth"), [("", 5), ("Học tập và làm theo Bác", 4)])
def test_a_theme_asks_for_a_longer_meeting(place, theme, worth):
    one = told(held.meeting(place.village, DAY, "closed", theme=theme))["length"]
    assert (one.points, "105 phút" in one.words) == (worth, True)


def test_attendance_leaves_out_guests_and_those_exempt(place, cell):
    meeting = held.meeting(place.village, DAY, "closed")
    present(meeting, cell[:7], cell[7:8])
    held.invite(meeting, {cell[8]: "exempt"})
    held.invite(meeting, {cell[9]: "present"}, capacity="guest")
    one = told(meeting)["attendance"]
    assert (one.points, one.words) == (3, "Có mặt 7/8 (87,5%); vắng có lý do 1, không lý do 0.")


@pytest.mark.parametrize(("months", "worth"), [(3, 1), (4, 0)])
def test_a_streak_is_more_than_three_in_a_row(place, cell, months, worth):
    for back in range(months):
        meeting = held.meeting(place.village, DAY.replace(month=DAY.month - back), "closed")
        present(meeting, cell[1:], cell[:1], "excused" if back else "unexcused")
    last = monthly.held_until(held.Meeting.objects.order_by("-starts_at").first()).first()
    assert told(last)["streak"].points == worth


def test_a_streak_ends_with_coming_once(place, cell):
    for back in range(5):
        meeting = held.meeting(place.village, DAY.replace(month=DAY.month - back), "closed")
        present(meeting, cell[1:], cell[:1]) if back != 2 else present(meeting, cell)
    assert told(held.Meeting.objects.order_by("-starts_at").first())["streak"].points == 1


@pytest.mark.parametrize(("days", "worth"), [((), 0), ((1,), 2), ((0,), 0), ((1, 0), 1), ((2, 1, 0), 1)])
def test_papers_in_time_are_those_of_the_day_before(place, days, worth):
    meeting = held.meeting(place.village, DAY, "closed")
    item = held.item(meeting, "Báo cáo")
    for back in days:
        at = held.evening(DAY - timedelta(days=back), 23)
        Paper.objects.create(item=item, name="a", file="a.pdf", size=1, uploaded_at=at, by_name="A")
    assert told(meeting)["papers"].points == worth


def test_speakers_are_members_who_came_each_once(place, cell):
    meeting = held.meeting(place.village, DAY, "closed")
    present(meeting, cell[:8], cell[8:9])
    held.invite(meeting, {cell[9]: "present"}, capacity="guest")
    spoken = [(one, "Nhất trí") for one in (*cell[:4], cell[0], cell[8], cell[9])]
    held.item(meeting, "Thảo luận", speeches=spoken)
    one = told(meeting)["speakers"]
    assert (one.points, one.words) == (4, "4/8 đồng chí có mặt phát biểu (50,0%).")
    held.item(meeting, "Khác", 1, speeches=[(cell[4], "Tôi đề nghị")])
    assert told(meeting)["speakers"].points == 5


def _last_month(place, cell, *rows):
    before = held.meeting(place.village, date(2018, 10, 3), "locked")
    given = {"given": date(2018, 10, 3), "due": date(2018, 10, 25)}
    tasks = [held.task(place.village, cell[0], **(given | row)) for row in rows]
    held.item(before, "Giao việc", tasks=tasks)
    return held.meeting(place.village, DAY, "closed")


DONE = {"state": "verified", "done_on": date(2018, 10, 20), "closed_on": date(2018, 10, 21)}


@pytest.mark.parametrize(
    ("row", "counts"),
    [
        (DONE, (1, 2)),
        ({"state": "done", "done_on": DAY}, (1, 2)),
        ({"state": "done", "done_on": DAY + timedelta(days=1)}, (0, 2)),
        ({"due": DAY + timedelta(days=1)}, (0, 1)),
        ({"due": DAY}, (0, 2)),
        (DONE | {"due": DAY + timedelta(days=9)}, (1, 2)),
        ({"state": "withdrawn", "closed_reason": "Hết việc", "closed_on": DAY}, (0, 1)),
        ({"state": "withdrawn", "closed_reason": "Hết việc", "closed_on": DAY + timedelta(days=1)}, (0, 2)),
    ],
)
def test_last_months_tasks_count_as_they_stood_that_day(place, cell, row, counts):
    last = monthly.last_month(_last_month(place, cell, row, {}))
    assert (last.done, last.due) == counts


def test_last_months_resolution_is_told_with_its_day(place, cell):
    one = told(_last_month(place, cell, DONE, DONE, {}))["resolution"]
    assert (one.points, one.words) == (20, "2/3 việc giao tại cuộc họp ngày 3/10/2018 đã xong (66,7%).")


def test_without_earlier_tasks_nothing_is_said_of_them(place):
    assert told(held.meeting(place.village, DAY, "closed"))["resolution"].points is None


@pytest.mark.parametrize(
    ("minutes", "adopted", "today", "worth"),
    [
        (2, 0, 9, 2),
        (3, 0, 9, 1),
        (3, 3, 9, 0),
        (None, None, 9, 0),
        (None, 0, 2, None),
        (None, 0, 3, 1),
        (1, 1, 1, 2),
    ],
)
def test_minutes_in_time_are_those_of_two_days(place, minutes, adopted, today, worth):
    def day(after):
        return None if after is None else held.evening(DAY + timedelta(days=after), 23)

    signed = {"recorder_approved_at": day(minutes), "chair_approved_at": day(minutes)}
    meeting = held.meeting(place.village, DAY, "closed", **signed)
    held.resolution(meeting, number="01-NQ/CB", adopted_at=day(adopted))
    assert told(meeting, at=day(today))["minutes"].points == worth


def test_it_asks_as_few_questions_for_many_as_for_few(place, cell, django_assert_max_num_queries):
    meeting = _last_month(place, cell, *[DONE] * 12)
    present(meeting, cell)
    held.item(meeting, "Thảo luận", speeches=[(one, "Nhất trí") for one in cell])
    with django_assert_max_num_queries(11):
        told(meeting)
