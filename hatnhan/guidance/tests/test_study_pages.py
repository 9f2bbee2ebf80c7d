"""Pages of study: who may open them, what they show, and that they do not grow."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hatnhan.core import clock
from hatnhan.guidance.actions import quiz, sessions
from hatnhan.guidance.models import Attempt, DocumentText, Reading, Session, SessionPlace
from hatnhan.guidance.selectors import quiz as tried
from hatnhan.guidance.tests.studied import NOW, TODAY, data, document, given
from hatnhan.organization.tests import make


@pytest.fixture(autouse=True)
def today():
    with clock.fixed(NOW):
        yield


@pytest.fixture
def doc(place):
    made = document(place.commune)
    given(made, place.village, place.school)
    DocumentText.objects.create(document=made, text="Điều một.\n\nĐiều hai.", search_key="")
    return made


@pytest.fixture
def session(place, people, doc):
    return sessions.plan_session(by=people.secretary.user, at=NOW, unit=place.commune, data=data(doc))


def page(client, name, *args, **query):
    return client.get(reverse(f"guidance:{name}", args=args), query)


def text(answer):
    return answer.content.decode()


def queries(client, *address, **query):
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert page(client, *address, **query).status_code == 200
    return len(caught)


def test_one_sees_what_one_has_to_study_and_what_one_did(cast, people, doc, session):
    shown = text(page(cast.member, "studies"))
    assert "Đọc 12-NQ/ĐU" in shown
    assert "hạn 1/11/2026" in shown
    assert "Các đợt học" not in shown
    read = reverse("guidance:read", args=[doc.pk])
    assert "Điều hai." in text(cast.member.get(read))
    cast.member.post(read, {"version": 1})
    assert Reading.objects.get().member == people.member
    shown = text(page(cast.member, "studies"))
    assert "Đọc bản 1 ngày 20/10/2026" in shown
    assert "Đọc 12-NQ/ĐU" not in shown
    doc.version = 2
    doc.save()
    assert "Đã có bản mới hơn" in text(page(cast.member, "studies"))
    answer = cast.member.post(read, {"version": 1})
    assert answer.status_code == 422
    assert "bản 2" in text(answer)


def test_a_document_whose_text_is_not_held_is_read_on_paper_on_a_day(cast, doc):
    DocumentText.objects.all().delete()
    read = reverse("guidance:read", args=[doc.pk])
    assert "chưa có toàn văn" in text(cast.member.get(read))
    for typed in ({}, {"paper": "on"}, {"day": "10/10/2026"}, {"paper": "on", "day": "1/1/2027"}):
        assert cast.member.post(read, {"version": 1} | typed).status_code == 422
    assert not Reading.objects.exists()
    cast.member.post(read, {"version": 1, "paper": "on", "day": "10/10/2026"})
    assert Reading.objects.get().read_on == date(2026, 10, 10)


def test_who_was_away_from_a_room_is_told_to_study_yet(cast, people, session):
    address = reverse("guidance:session", args=[session.pk])
    assert "vẫn phải học bù" in text(cast.secretary.get(address))
    SessionPlace.objects.filter(member=people.member).update(mark="excused", reason="Đi công tác")
    assert "vẫn phải học bù" in text(cast.member.get(address))
    Session.objects.update(mode="self", until=date(2026, 12, 1))
    assert "vẫn phải học bù" not in text(cast.member.get(address))
    assert "vẫn phải học bù" not in text(cast.secretary.get(address))


def test_readings_are_entered_cell_by_cell(cast, place, people, doc):
    enter = reverse("guidance:enter-readings", args=[doc.pk])
    shown = text(cast.secretary.get(enter, {"chi_bo": place.commune.code}))
    assert "Chọn chi bộ trước" in shown
    assert f"{enter}?chi_bo={place.village.code}" in shown
    assert 'name="members"' not in shown
    assert 'name="members"' in text(cast.secretary.get(enter, {"chi_bo": place.village.code}))


def test_a_cell_behind_calls_and_enters_before_it_sets_a_session(cast, place, people, doc):
    people.deputy.phone = "0911111111"
    people.deputy.save()
    shown = text(page(cast.village_secretary, "study-of", doc.pk))
    (first,) = re.findall(r'class="btn btn-primary" href="([^"]+)"', shown)
    assert first == reverse("guidance:enter-readings", args=[doc.pk]) + "?chi_bo=thon-chua"
    assert 'class="btn btn-plain hn-nowrap" href="tel:0911111111"' in shown
    # The one cell is not told again in a table of one row, nor beside each name.
    main = shown.partition("<main")[2]
    assert "Số người đã học theo chi bộ" not in main
    assert f'<span class="hn-meta">{place.village.name}</span>' not in main


def test_the_day_of_studying_by_oneself_is_hidden_by_a_sheet_on_pages_of_a_session(cast, session):
    for address in (reverse("guidance:session-new"), reverse("guidance:session-edit", args=[session.pk])):
        assert "guidance/study.css" in text(cast.secretary.get(address))


def test_the_list_is_marked_with_the_thumb_and_by_the_whole_form(cast, people, session):
    address = reverse("guidance:session", args=[session.pk])
    assert text(cast.secretary.get(address)).count("<fieldset") == 7
    key = people.member.pk
    told = cast.secretary.post(
        address, {f"mark-{key}": "present", f"reason-{key}": ""}, headers={"accept": "application/json"}
    )
    assert told.json()["head"] == "1/7 đã học"
    refused = cast.secretary.post(address, {f"mark-{key}": "excused", f"reason-{key}": ""})
    assert refused.status_code == 422
    assert f"loi-{key}" in text(refused)
    cast.secretary.post(address, {"rest": "1"})
    assert SessionPlace.objects.filter(mark="present").count() == 7
    assert cast.secretary.get(address, headers={"accept": "application/json"}).json()["reached"] is True


def test_others_see_of_a_list_what_is_theirs(cast, people, session):
    address = reverse("guidance:session", args=[session.pk])
    shown = text(cast.village_secretary.get(address))
    assert shown.count("<fieldset") == 4
    assert "Lê Đình Hợi" not in shown
    shown = text(cast.member.get(address))
    assert "<fieldset" not in shown
    assert "Chưa ghi" in shown
    assert cast.outsider.get(address).status_code == 404
    assert cast.member.post(address, {f"mark-{people.member.pk}": "present"}).status_code == 403


def test_sessions_are_set_changed_and_given_up_on_pages(cast, place, doc):
    new = reverse("guidance:session-new")
    assert "12-NQ/ĐU" in text(cast.secretary.get(new, {"van_ban": doc.pk, "ai": "chua"}))
    typed = {
        "document": doc.pk,
        "title": "Hội nghị học",
        "level": "province",
        "mode": "room",
        "day": "25/10/2026",
    }
    typed |= {"time": "8 giờ", "place": "Hội trường", "presenter": "", "who": "left", "until": ""}
    answer = cast.secretary.post(new, typed)
    made = Session.objects.get()
    assert answer.url == reverse("guidance:session", args=[made.pk])
    assert (made.level, made.places.count()) == ("province", 7)
    assert "Chưa đến ngày học" in text(page(cast.secretary, "session", made.pk))
    edit = reverse("guidance:session-edit", args=[made.pk])
    assert 'value="25/10/2026"' in text(cast.secretary.get(edit))
    cast.secretary.post(edit, typed | {"mode": "self", "until": "30/10/2026"})
    made.refresh_from_db()
    assert made.until == date(2026, 10, 30)
    newcomer = make.member(place.village, "Vũ Văn Mới")
    cast.secretary.post(reverse("guidance:session-add", args=[made.pk]), {"members": [newcomer.pk]})
    assert made.places.count() == 8
    cancel = reverse("guidance:session-cancel", args=[made.pk])
    assert "không tính nữa" in text(cast.secretary.post(cancel, {"reason": "Bão"}))
    cast.secretary.post(cancel, {"reason": "Bão", "confirm": "1"})
    assert "Bão" in text(page(cast.member, "session", made.pk))
    assert cast.member.get(new).status_code == 403
    assert cast.village_secretary.get(cancel).status_code == 403


def test_who_has_not_studied_is_a_list_to_act_on(cast, place, people, doc):
    shown = text(page(cast.secretary, "study-of", doc.pk))
    assert "0/7 đồng chí đã học" in shown
    assert shown.index("Đỗ Văn Hải") < shown.index("Tạ Thị Hiền")
    shown = text(page(cast.village_secretary, "study-of", doc.pk))
    assert "Chưa học: 4 đồng chí" in shown
    assert "Lê Đình Hợi" not in shown
    readers = text(page(cast.inspector, "study-of", doc.pk))
    assert "0/7" in readers
    assert "Nguyễn Thị Hòa" not in readers
    assert page(cast.member, "study-of", doc.pk).status_code == 403
    assert page(cast.outsider, "study-of", doc.pk).status_code == 404
    at = "?chi_bo=thon-chua"
    enter = reverse("guidance:enter-readings", args=[doc.pk]) + at
    assert "Nguyễn Thị Hòa" in text(cast.village_secretary.get(enter))
    cast.village_secretary.post(enter, {"members": [people.member.pk], "day": "10/10/2026"})
    excuse = reverse("guidance:excuse", args=[doc.pk]) + at
    cast.village_secretary.post(excuse, {"members": [people.deputy.pk], "reason": "Điều trị"})
    shown = text(page(cast.village_secretary, "study-of", doc.pk, chi_bo="thon-chua"))
    assert "1/3 đồng chí đã học" in shown
    assert "Điều trị" in shown
    back = reverse("guidance:excuse-back", args=[doc.pk]) + at
    cast.village_secretary.post(back, {"members": [people.deputy.pk]})
    assert "1/4" in text(page(cast.village_secretary, "study-of", doc.pk))
    assert cast.school_secretary.get(enter).status_code == 404


def test_the_quiz_shows_right_answers_once_and_the_best_score(cast, place, people, doc):
    for number in range(3):
        quiz.set_question(
            by=people.secretary.user,
            at=NOW,
            document=doc,
            text=f"Câu {number}?",
            options=["Sai", "Phải"],
            right=1,
            reason="Mục I",
        )
    address = reverse("guidance:quiz", args=[doc.pk])
    this = tried.next_try(doc, people.member.pk, TODAY)
    assert text(cast.member.get(address)).count('type="radio"') == 6
    assert cast.member.post(address, {}).status_code == 422
    cast.member.post(address, {f"q-{key}": this.right[key] for key in this.asked})
    shown = text(cast.member.get(address))
    assert "Bài vừa nộp" in shown
    assert "tốt nhất 3/3" in shown
    assert "Bài vừa nộp" not in text(cast.member.get(address))
    assert Attempt.objects.count() == 1


def test_results_are_for_the_secretary_of_the_cell_alone(cast, people, doc):
    at = "?chi_bo=thon-chua"
    enter = reverse("guidance:enter-attempts", args=[doc.pk]) + at
    typed = {"day": "15/10/2026", "asked": "5", f"right-{people.member.pk}": "4"}
    assert cast.village_secretary.get(enter).status_code == 200
    answer = cast.village_secretary.post(enter, typed)
    shown = text(cast.village_secretary.get(answer.url))
    assert "4/5" in shown
    assert "Chưa làm" in shown
    results = reverse("guidance:quiz-results", args=[doc.pk]) + at
    for client in (cast.secretary, cast.deputy):
        assert client.get(results).status_code == 403
        assert client.get(enter).status_code == 403
    for client in (cast.school_secretary, cast.member, cast.inspector, cast.outsider):
        assert client.get(results).status_code == 404


def test_the_bank_is_edited_by_the_committee(cast, people, doc):
    new = reverse("guidance:question-new", args=[doc.pk])
    typed = {
        "text": "Nghị quyết có mấy mục tiêu?",
        "option_0": "Hai",
        "option_1": "Ba",
        "right": "1",
        "reason": "",
    }
    assert cast.secretary.get(new).status_code == 200
    cast.secretary.post(new, typed)
    one = doc.questions.get()
    assert "mấy mục tiêu" in text(page(cast.secretary, "questions", doc.pk))
    edit = reverse("guidance:question-edit", args=[one.pk])
    assert 'value="Ba"' in text(cast.secretary.get(edit))
    refused = cast.secretary.post(edit, typed | {"right": "4"})
    assert refused.status_code == 422
    cast.secretary.post(edit, typed | {"option_2": "Bốn", "right": "2"})
    assert one.options.get(right=True).text == "Bốn"
    cast.secretary.post(reverse("guidance:question-retire", args=[one.pk]))
    assert "Thôi dùng" in text(page(cast.secretary, "questions", doc.pk))
    assert page(cast.village_secretary, "questions", doc.pk).status_code == 403
    assert cast.village_secretary.get(edit).status_code == 404


def test_pages_ask_no_more_for_twice_as_much(cast, place, people, doc, session):
    Reading.objects.create(
        document=document(place.commune, "9-CT/ĐU"), member=people.secretary, version=1, read_on=TODAY
    )
    names = [("studies",), ("study-of", doc.pk), ("session", session.pk)]
    before = [queries(cast.secretary, *one) for one in names]
    for number in range(4):
        other = document(place.commune, f"{number}-CT/ĐU")
        given(other, place.village, place.school)
        sessions.plan_session(by=people.secretary.user, at=NOW, unit=place.commune, data=data(other))
        Reading.objects.create(document=other, member=people.secretary, version=1, read_on=TODAY)
    more = [*make.members(place.village, 9), *make.members(place.school, 9)]
    SessionPlace.objects.bulk_create(SessionPlace(session=session, member=one) for one in more)
    after = [queries(cast.secretary, *one) for one in names]
    assert after == before
    assert max(after) <= 20
    assert after[2] <= 12
