from datetime import date, timedelta

import pytest

from hatnhan.assignments import matters
from hatnhan.core import clock
from hatnhan.meetings.models import AgendaItem, Meeting
from hatnhan.meetings.tests.planned import called

DAY = date(2018, 10, 20)


@pytest.fixture
def concluded(place):
    meeting = called(
        place.commune,
        clock.at(DAY, 14),
        at=clock.at(DAY, 8),
        body="committee",
        kind="committee",
        title="Hội nghị",
    )
    moments = {"opened_at": clock.at(DAY, 14), "ended_at": clock.at(DAY, 16)}
    Meeting.objects.filter(pk=meeting.pk).update(state="approved", **moments)
    AgendaItem.objects.create(meeting=meeting, title="Vụ đông", conclusion="Trồng xong trước 15/11")
    AgendaItem.objects.create(meeting=meeting, title="Việc khác")
    return meeting


def titles(unit, on):
    return [one.title for one in matters.pressing(unit, on) if one.key.startswith("meetings.conclusion")]


def test_what_the_committee_concluded_presses_its_cells_for_two_months(place, concluded):
    assert titles(place.village, DAY) == ["Triển khai kết luận: Vụ đông"]
    (one,) = [one for one in matters.pressing(place.village, DAY) if "Vụ đông" in one.title]
    assert one.detail == "Đảng bộ xã Tam Hồng kết luận ngày 20/10/2018: Trồng xong trước 15/11"
    assert titles(place.village, DAY - timedelta(days=1)) == []
    assert titles(place.village, DAY + timedelta(days=62)) == ["Triển khai kết luận: Vụ đông"]
    assert titles(place.village, DAY + timedelta(days=63)) == []
    assert titles(place.commune, DAY) == []


@pytest.mark.parametrize("change", [{"state": "closed"}, {"kind": "weekly_review"}])
def test_neither_minutes_not_approved_nor_weekly_reviews_press(place, concluded, change):
    Meeting.objects.filter(pk=concluded.pk).update(**change)
    assert titles(place.village, DAY) == []


def test_a_conclusion_that_stood_on_an_agenda_presses_no_longer(place, concluded):
    (one,) = [one for one in matters.pressing(place.village, DAY) if "Vụ đông" in one.title]
    AgendaItem.objects.create(meeting=called(place.village), title=one.title, matter=one.key)
    assert titles(place.village, DAY) == []
    assert titles(place.school, DAY) != []
