"""The page of a decision, of complaints, and their deeds: who opens what, what comes next, that it is recorded."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.oversight.actions import complaints
from hatnhan.oversight.models import Complaint, Restoration
from hatnhan.oversight.tests import punished

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def that_day():
    with clock.fixed(clock.at(date(2026, 4, 2), 9)):
        yield


@pytest.fixture
def decision(place, people):
    return punished.decision(
        punished.case(place, people.member, people.village_secretary),
        complaint_version="",
        announced_on=date(2026, 3, 8),
    )


def one(name, *args):
    return reverse(f"oversight:{name}", args=args)


def text_of(client, url, status=200):
    answer = client.get(url)
    assert answer.status_code == status, (url, answer.status_code)
    return answer.content.decode()


def send(client, url, status=302, **typed):
    answer = client.post(url, {"phieu": client.get(url).context["slip"], **typed})
    assert answer.status_code == status, answer.content.decode()
    return answer


def complained(cast, decision):
    send(cast.member, one("complain", decision.pk), content="Mức kỷ luật nặng so với lỗi.")
    return Complaint.objects.get(state="received")


def admitted(cast, people, decision):
    made = complained(cast, decision)
    typed = {"handler": str(people.inspector.pk), "accepted_on": "2/4/2026"}
    place = f"{made.unit_id}:{made.body}"
    send(cast.inspector, one("complaint-accept", made.pk), place=place, **typed)
    return made


def test_a_decision_is_read_by_its_handler_the_chair_and_the_subject(people, cast, decision):
    url = one("decision", decision.pk)
    assert "Ghi ngày trao" in text_of(cast.village_secretary, url)
    assert "Bỏ sinh hoạt ba kỳ." in text_of(cast.inspector, url)
    assert ">Khiếu nại</h2>" in (own := text_of(cast.member, url))
    assert "Ghi ngày trao" not in own
    for client in (cast.deputy, cast.school_secretary, cast.administrator, cast.outsider):
        text_of(client, url, status=404)
    read = Entry.objects.filter(action="oversight:case:read", subject_id=people.member.pk)
    assert {entry.actor for entry in read} == {people.village_secretary.user, people.inspector.user}


def test_it_is_announced_by_who_has_the_case_in_hand(cast, decision):
    decision.announced_on = None
    decision.save(update_fields=["announced_on"])
    text_of(cast.member, one("decision-announce", decision.pk), status=403)
    send(cast.village_secretary, one("decision-announce", decision.pk), announced_on="11/3/2026")
    assert "11/3/2026" in text_of(cast.member, one("decision", decision.pk))


def test_the_members_own_copy_holds_decision_and_complaint(people, cast, decision):
    complained(cast, decision)
    answer = cast.member.get(reverse("organization:member-data", args=[people.member.pk]))
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert "03-QĐ/CB" in data.decode()
    assert "Mức kỷ luật nặng so với lỗi." in data.decode()


def test_it_is_handed_over_with_the_last_day_to_complain(cast, decision):
    send(
        cast.village_secretary,
        one("decision-hand-over", decision.pk),
        handed_on="12/3/2026",
        note="Ký nhận tại cuộc họp",
    )
    assert "đến hết ngày 13/4/2026" in text_of(cast.member, one("decision", decision.pk))
    text_of(cast.member, one("decision-hand-over", decision.pk), status=403)
    text_of(cast.village_secretary, one("decision-end", decision.pk))
    typed = {"on": "10/3/2027"}
    answer = send(cast.village_secretary, one("decision-end", decision.pk), status=422, **typed)
    assert "Ngày này chưa đến" in answer.content.decode()


def test_a_complaint_goes_from_the_subject_to_the_reply(place, people, cast, decision):
    made = admitted(cast, people, decision)
    page = text_of(cast.inspector, one("complaint", made.pk))
    assert "Ghi kết quả giải quyết" in page
    typed = {
        "result": "annulled",
        "reply_no": "09-TB/UBKT",
        "reply": "Không có vi phạm.",
        "settled_on": "2/4/2026",
    }
    url = one("complaint-settle", made.pk)
    assert "Phải xin lỗi" in send(cast.inspector, url, status=200, **typed).content.decode()
    send(cast.inspector, url, confirm="1", **typed)
    assert "Không có vi phạm." in text_of(cast.member, one("complaint", made.pk))
    page = text_of(cast.village_secretary, one("decision", decision.pk))
    assert "đã bị xóa bỏ" in page
    row = Restoration.objects.get(kind="apology")
    url = one("restoration-done", row.pk)
    text_of(cast.member, url, status=404)
    send(cast.inspector, url, done_on="2/4/2026", where="Họp chi bộ thôn Chùa")
    assert "Họp chi bộ thôn Chùa" in text_of(cast.member, one("decision", decision.pk))
    for client in (cast.deputy, cast.school_secretary, cast.administrator):
        text_of(client, one("complaint", made.pk), status=404)


def test_a_changed_decision_leads_to_the_new_one(people, cast, decision):
    made = admitted(cast, people, decision)
    typed = {"result": "changed", "form": "reprimand", "reply_no": "09-TB/UBKT", "reply": "Lỗi nhẹ.",
             "settled_on": "2/4/2026", "confirm": "1"}  # fmt: skip
    answer = send(cast.inspector, one("complaint-settle", made.pk), **typed)
    page = text_of(cast.inspector, answer.url)
    assert "Khiển trách" in page
    assert "09-TB/UBKT" in text_of(cast.inspector, one("decision", decision.pk))


def test_a_complaint_is_refused_or_taken_back(cast, decision):
    made = complained(cast, decision)
    text_of(cast.inspector, one("complaint-withdraw", made.pk), status=403)
    text_of(cast.member, one("complaint-refuse", made.pk), status=403)
    send(cast.member, one("complaint-withdraw", made.pk), confirm="1")
    made = complained(cast, decision)
    typed = {
        "ground": "pending",
        "words": "Cấp trên đang giải quyết.",
        "refused_on": "2/4/2026",
        "confirm": "1",
    }
    send(cast.inspector, one("complaint-refuse", made.pk), **typed)
    assert "Cấp trên đang giải quyết." in text_of(cast.member, one("complaint", made.pk))


def test_the_list_shows_each_their_own_with_the_same_queries_for_few_and_many(place, people, cast, decision):
    complained(cast, decision)
    url = f"{one('complaints')}?don_vi={place.commune.code}"
    assert "03-QĐ/CB" in text_of(cast.inspector, url)
    with CaptureQueriesContext(connection) as few:
        text_of(cast.inspector, url)
    for _number in range(3):
        other = punished.decision(punished.case(place, people.deputy, people.village_secretary))
        complaints.receive_complaint(
            by=people.deputy.user, at=clock.now(), decision=other, content="Xin xem lại."
        )
    with CaptureQueriesContext(connection) as many:
        text_of(cast.inspector, url)
    assert len(many) == len(few) <= 14, len(few)
    assert "1 khiếu nại" in text_of(cast.member, f"{one('complaints')}?don_vi={place.village.code}")
    assert "Tạ Thị Hiền" not in text_of(cast.member, f"{one('complaints')}?don_vi={place.village.code}")
    assert "0 khiếu nại" in text_of(cast.inspector, f"{url}&loc=xong")
