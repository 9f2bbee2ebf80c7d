from datetime import date

from hatnhan.assignments.models import Task
from hatnhan.core import clock
from hatnhan.meetings.models import AgendaItem, Invitee, SelfCriticism, Speech
from hatnhan.meetings.tests.planned import called

DAY = date(2026, 11, 3)


def test_members_find_in_their_own_copy_what_meetings_and_tasks_hold_of_them(place, cast, people):
    meeting = called(place.village, at=clock.at(date(2018, 11, 1)))
    Invitee.objects.create(
        meeting=meeting, member=people.member, capacity="body", mark="excused", reason="Đi viện"
    )
    item = AgendaItem.objects.create(meeting=meeting, title="Kè mương")
    Speech.objects.create(item=item, member=people.member, text="Góp một công")
    Speech.objects.create(item=item, member=people.deputy, text="Lời của người khác")
    SelfCriticism.objects.create(
        meeting=meeting, member=people.member, text="Còn đi muộn", saved_at=clock.at(DAY)
    )
    Task.objects.create(unit=place.village, title="Thăm hộ", owner=people.member, given_on=DAY, due=DAY)
    copy = cast.member.get(f"/dang-vien/{people.member.pk}/du-lieu/").json()
    assert copy["Dự họp"][0]["lý do vắng"] == "Đi viện"
    assert [one["nói gì"] for one in copy["Phát biểu"]] == ["Góp một công"]
    assert copy["Tự phê bình"][0]["tự phê bình"] == "Còn đi muộn"
    assert copy["Nhiệm vụ"][0]["việc"] == "Thăm hộ"
