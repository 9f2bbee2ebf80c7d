"""The calendar that phones subscribe to."""

import pytest
from django.test import Client
from icalendar import Calendar

from hatnhan.accounts.models import User
from hatnhan.audit.models import Entry
from hatnhan.deadlines import registry


@pytest.fixture
def work(due, place, people):
    due.add(place.village, "Hết hạn dự bị: đ/c Nguyễn Thị Hòa", days=5, about=people.member)
    due.add(place.village, "Hết hạn dự bị: đ/c Trần Văn Nam", days=5)
    due.add(place.school, "Chuyển sinh hoạt: đ/c Lê Thị Bích", days=-2, source="thu.hai")
    return due


def address(user):
    return f"/lich/{User.objects.get(pk=user.pk).calendar_token}.ics"


def events(user):
    answer = Client().get(address(user))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_it_opens_without_signing_in_and_names_nobody(cast, work):
    answer = Client().get(address(cast.users.secretary)).content.decode().replace("\r\n ", "")
    assert "SUMMARY:Hết hạn dự bị: 2 việc\\, Chi bộ thôn Chùa" in answer
    for name in ("Hòa", "Nam", "Bích", "Thông"):
        assert name not in answer


def test_an_event_lasts_the_whole_day_on_which_the_work_is_due(cast, work):
    first, second = sorted(events(cast.users.secretary), key=lambda event: event.start)
    assert (first.start.isoformat(), first.end.isoformat()) == ("2018-10-27", "2018-10-28")
    assert second.start.isoformat() == "2018-11-03"


def test_an_event_keeps_its_name_when_the_calendar_is_fetched_again(cast, work):
    names = {event["UID"] for event in events(cast.users.secretary)}
    work.pop(0)
    assert {event["UID"] for event in events(cast.users.secretary)} == names
    assert len(names) == 2


def test_everyone_gets_the_own_work_only(cast, work):
    assert [e["SUMMARY"] for e in events(cast.users.village_secretary)] == [
        "Hết hạn dự bị: 2 việc, Chi bộ thôn Chùa"
    ]
    assert [e["SUMMARY"] for e in events(cast.users.member)] == ["Hết hạn dự bị: 1 việc, Chi bộ thôn Chùa"]
    assert events(cast.users.outsider) == []


def test_what_waits_in_person_is_in_the_calendar_once(cast, people, place, work):
    own = work.add(place.commune, "Họp với đ/c Hòa", days=9, source="thu.rieng")

    @registry.personal("thu.rieng", title="Được mời họp")
    def find(member_id, *, on, until):
        return [own]

    told = [event["SUMMARY"] for event in events(cast.users.member)]
    assert told == ["Hết hạn dự bị: 1 việc, Chi bộ thôn Chùa", "Được mời họp: 1 việc, Đảng bộ xã Tam Hồng"]
    work.add(place.commune, "Cuộc họp", days=9)  # the head's own list leads to the same place that day
    assert not any("Được mời họp" in event["SUMMARY"] for event in events(cast.users.secretary))


def test_the_calendar_of_an_account_that_was_closed_is_gone(cast, work):
    User.objects.filter(pk=cast.users.secretary.pk).update(is_active=False)
    assert Client().get(address(cast.users.secretary)).status_code == 404


def test_a_wrong_address_is_not_found(db):
    assert Client().get("/lich/khong-co.ics").status_code == 404


def test_a_new_address_ends_the_old_one(cast, work):
    old = address(cast.users.secretary)
    answer = cast.secretary.post("/lich/doi-dia-chi/", follow=True)
    assert "Đã đổi địa chỉ lịch" in answer.content.decode()
    assert Client().get(old).status_code == 404
    assert address(cast.users.secretary) != old
    assert events(cast.users.secretary)
    entry = Entry.objects.get(action="site:calendar:renew")
    assert entry.actor == cast.users.secretary
    assert old.split("/")[-1].removesuffix(".ics") not in str(entry.details)


def test_only_a_deliberate_press_changes_the_address(cast):
    assert cast.secretary.get("/lich/doi-dia-chi/").status_code == 405


def test_the_page_shows_the_own_address_for_telephones(cast):
    page = cast.member.get("/lich/").content.decode()
    token = cast.users.member.calendar_token
    assert f"http://testserver/lich/{token}.ics" in page
    assert f"webcal://testserver/lich/{token}.ics" in page
