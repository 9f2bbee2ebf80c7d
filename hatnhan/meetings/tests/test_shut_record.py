"""What no back door writes: minutes that were approved, an approval that nothing changed, a year that is no number."""

import re

import pytest
from django.urls import reverse

from hatnhan.accounts.actors import MACHINE
from hatnhan.ballots.actions.drafting import cancel_ballot
from hatnhan.ballots.tests import make as ballots
from hatnhan.core.errors import RuleBroken
from hatnhan.meetings.actions import agenda, attendance, closing, minutes, monthly
from hatnhan.meetings.models import AgendaItem, ItemBallot, Meeting
from hatnhan.meetings.tests import live, planned

pytestmark = pytest.mark.django_db
SIGNED = {"by": MACHINE, "at": live.NOW}


def test_saving_what_stands_there_leaves_an_approval(place, people):
    on = live.meeting(place, people, "closed", "present")
    closing.approve_minutes(**SIGNED, meeting=on.meeting, role="recorder")
    same = {"version": 0, "conclusion": "", "speeches": (), "state": "waiting"}
    minutes.save_item(**SIGNED, item=on.first, **same)
    minutes.save_remarks(**SIGNED, meeting=on.meeting, version=0, remarks=" ")
    mark = attendance.Mark("present")
    attendance.mark_attendance(**SIGNED, meeting=on.meeting, marks={people.member.pk: mark})
    assert live.again(on.meeting).recorder_approved_at == live.NOW
    away = attendance.Mark("unexcused")
    attendance.mark_attendance(**SIGNED, meeting=on.meeting, marks={people.member.pk: away})
    assert live.again(on.meeting).recorder_approved_at is None


def test_minutes_wait_for_a_ballot_that_is_not_counted(place, people):
    on = live.meeting(place, people, "closed", "present")
    ballot = ballots.draft(place.village, (people.member, people.deputy))
    ItemBallot.objects.create(item=on.first, ballot=ballot)
    with pytest.raises(RuleBroken) as broken:
        closing.approve_minutes(**SIGNED, meeting=on.meeting, role="recorder")
    assert broken.value.code == "ballot_open"
    cancel_ballot(**SIGNED, ballot=ballot, reason="Chưa đủ người")
    closing.approve_minutes(**SIGNED, meeting=on.meeting, role="recorder")
    assert live.again(on.meeting).recorder_approved_at == live.NOW


@pytest.mark.parametrize("state", ["approved", "locked", "cancelled"])
def test_an_item_of_minutes_that_stand_is_not_carried_over(place, people, state):
    on = live.meeting(place, people, state, "present")
    on.meeting.series = planned.cell_series(place.village)
    on.meeting.save(update_fields=["series"])
    with pytest.raises(RuleBroken) as broken:
        agenda.carry_over(**SIGNED, item=on.first)
    assert broken.value.code == "agenda_closed"
    assert AgendaItem.objects.get(pk=on.first.pk).state == "waiting"


def test_self_criticism_asks_how_the_meeting_stands_now(place, people):
    on = live.meeting(place, people, "approved", "present")
    Meeting.objects.filter(pk=on.meeting.pk).update(state="locked", locked_at=live.NOW)
    with pytest.raises(RuleBroken) as broken:
        monthly.write_self_criticism(
            **SIGNED, meeting=on.meeting, member=people.member, text="Còn nể nang", note="Theo bản viết tay"
        )
    assert broken.value.code == "locked"


@pytest.mark.parametrize("day", ["1/1/0001", "31/12/9999"])
def test_a_day_at_the_end_of_the_calendar_is_passed_over(cast, day):
    assert cast.secretary.get(reverse("meetings:list"), {"tu": day, "den": day}).status_code == 200


@pytest.mark.parametrize("year", ["²²²²", "٢٠٢٤", "0000", "-1", "99999999"])
def test_a_year_that_is_none_shows_the_latest(cast, people, year):
    page = cast.secretary.get(reverse("meetings:review-person", args=[people.secretary.pk]), {"nam": year})
    assert page.status_code == 200


def test_nobody_approves_what_was_written_since_the_page_was_opened(place, cast, people):
    on = live.meeting(place, people, "closed", "present")
    role = "chu-tri" if on.meeting.chair == people.village_secretary else "thu-ky"
    address = reverse("meetings:approve", args=[on.meeting.pk, role])
    page = cast.village_secretary.get(address).content.decode()
    assert "chưa ghi ý kiến, kết luận nào" in page
    slip = re.search(r'name="phieu" value="([^"]+)"', page)[1]
    minutes.save_remarks(**SIGNED, meeting=on.meeting, version=0, remarks="Thêm sau")
    answer = cast.village_secretary.post(address, {"phieu": slip})
    assert answer.status_code == 422
    assert "vừa được người khác sửa" in answer.content.decode()
