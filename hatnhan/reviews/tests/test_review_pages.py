"""The pages of the self-review: own years, writing part by part, saving, reading, handing in."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from hatnhan.audit.models import Entry as Record
from hatnhan.core import clock
from hatnhan.organization.tests import make as people_made
from hatnhan.reviews.actions import typing, writing
from hatnhan.reviews.models import Answer, Cycle, Entry, FaultLine, Score, SelfReview, StepDay, WorkLine
from hatnhan.reviews.permissions import Action
from hatnhan.reviews.selectors import forms_of, texts
from hatnhan.reviews.tests import written
from hatnhan.reviews.tests.written import NOW

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture(autouse=True)
def today():
    with clock.fixed(NOW):
        yield


@pytest.fixture
def one(place, people):
    cycle = written.cycle(place.commune)
    StepDay.objects.create(
        cycle=cycle, key="self_review", of="cell", place=1, title="Nộp", due=date(2026, 11, 10)
    )
    return written.entry(cycle, people.member, place.village)


@pytest.fixture
def begun(one, people):
    return writing.start_review(by=people.member.user, at=NOW, entry=one)


def _url(name, one, part=""):
    return reverse(f"reviews:{name}", args=[one.pk]) + (f"?phan={part}" if part else "")


def _mark(one, slug):
    part = forms_of.part_named(forms_of.parts_of(one), slug)
    return forms_of.marks_of(part, texts.text_of(SelfReview.objects.get(entry=one)))


def _save(client, one, part, **fields):
    return client.post(_url("review-save", one), {"phan": part, **fields}, **JSON)


def test_own_page_has_one_next_step_at_each_stage(one, cast, people):
    page = cast.member.get(reverse("reviews:mine")).content.decode()
    assert "Viết bản kiểm điểm" in page
    assert "Trễ 10 ngày" in page
    assert cast.member.post(_url("review-start", one)).url == _url("review-write", one)
    assert "Đang viết, còn thiếu" in cast.member.get(reverse("reviews:mine")).content.decode()
    SelfReview.objects.all().delete()
    review = written.filled(one, by=people.village_secretary.user, typed_note="Bản giấy", submitted_at=NOW)
    assert "Đọc và xác nhận" in cast.member.get(reverse("reviews:mine")).content.decode()
    typing.confirm_review(by=people.member.user, at=NOW, review=review)
    cast.village_secretary.get(_url("review", one))
    page = cast.member.get(reverse("reviews:mine")).content.decode()
    assert "Đã nộp bản kiểm điểm" in page
    assert "Ai đã đọc bản này (1 lượt)" in page
    assert str(people.village_secretary) in page


def test_own_page_asks_as_much_for_many_years(place, people, cast, django_assert_max_num_queries):
    for year in (2025, 2024, 2023, 2019, 2018, 2017):
        old = written.entry(written.cycle(place.commune, year), people.member, place.village)
        written.filled(old, submitted_at=NOW)
    Cycle.objects.update(state="closed", closed_on=NOW.date())
    with django_assert_max_num_queries(16):
        page = cast.member.get(reverse("reviews:mine"))
    assert page.content.decode().count("Năm 20") >= 6


def test_each_part_opens_and_says_what_it_lacks(one, begun, cast, django_assert_max_num_queries):
    for part in forms_of.parts_of(one):
        with django_assert_max_num_queries(30):
            answer = cast.member.get(_url("review-write", one, part.slug))
        page = answer.content.decode()
        assert answer.status_code == 200
        assert 'data-review-form="' in page
        assert ("Phần này còn:" in page) is True
    assert "27 biểu hiện" in cast.member.get(_url("review-write", one, texts.CRITICISM)).content.decode()
    assert cast.member.get(_url("review-write", one, "khong-co")).status_code == 404


def test_fields_save_as_one_types(one, begun, cast):
    seen = _mark(one, "1")
    told = _save(
        cast.member, one, "1", **{"text-politics": "Đã học đủ", "seen-politics": seen["politics"]}
    ).json()
    assert told["saved"].startswith("Đã lưu 9:00")
    assert told["seen"]["politics"] != seen["politics"]
    assert len(told["lacks"]) == 1
    assert Answer.objects.get().text == "Đã học đủ"


def test_two_copies_are_shown_side_by_side_and_neither_is_lost(one, begun, cast):
    empty = _mark(one, "1")["politics"]
    fields = {"text-politics": "Chữ ở máy nhà", "seen-politics": empty}
    assert _save(cast.member, one, "1", **fields).status_code == 200
    other = {"text-politics": "Chữ ở điện thoại", "seen-politics": empty}
    answer = _save(cast.member, one, "1", **other)
    told = answer.json()
    assert (answer.status_code, told["code"]) == (409, "changed_meanwhile")
    assert told["values"]["text-politics"] == "Chữ ở máy nhà"
    page = cast.member.post(_url("review-save", one), {"phan": "1", **other})
    words = page.content.decode()
    assert page.status_code == 409
    assert "Chữ ở máy nhà" in words
    assert "Chữ ở điện thoại" in words
    assert Answer.objects.get().text == "Chữ ở máy nhà"


def test_rows_save_and_without_the_script_the_button_leads_on(one, begun, cast):
    slug = texts.WORK
    fields = {"phan": slug, "seen": _mark(one, slug)[""], "go": "next"}
    rows = {"title-1": "Dạy lớp xóa mù", "product-1": "8 học viên", "said-1": "exceeded", "title-2": ""}
    answer = cast.member.post(_url("review-save", one), fields | rows)
    parts = [part.slug for part in forms_of.parts_of(one)]
    assert answer.url == _url("review-write", one, parts[parts.index(slug) + 1])
    assert [(w.title, w.said) for w in WorkLine.objects.all()] == [("Dạy lớp xóa mù", "exceeded")]
    faults = {
        "seen": _mark(one, texts.FAULTS)[""],
        "text-1": "Ngại va chạm",
        "noted-1": "Chi bộ",
        "said-1": "doing",
    }
    assert _save(cast.member, one, texts.FAULTS, **faults).status_code == 200
    said = {"seen": _mark(one, texts.CRITICISM)[""], "text-1": "Nể nang", "mended-1": "partly"}
    assert _save(cast.member, one, texts.CRITICISM, **said).status_code == 200
    assert FaultLine.objects.count() == SelfReview.objects.get().criticisms.count() == 1


@pytest.mark.parametrize(
    ("typed", "status"), [("5,5", 200), ("5.5", 200), ("7", 422), ("sáu", 422), ("NaN", 422), ("", 200)]
)
def test_points_are_typed_with_a_comma_and_what_is_wrong_is_said_beside_it(one, begun, cast, typed, status):
    fields = {"seen": _mark(one, texts.POINTS)[""], "p-politics": typed}
    answer = _save(cast.member, one, texts.POINTS, **fields)
    assert answer.status_code == status
    if status == 200:
        assert ("Tổng 5,5/100" in answer.json()["sums"]) is bool(typed)
        assert Score.objects.count() == bool(typed)
    else:
        assert answer.json()["field"] == "politics"


def test_grade_is_chosen_by_its_name_in_law(one, begun, cast):
    page = cast.member.get(_url("review-write", one, texts.GRADE)).content.decode()
    assert "Hoàn thành tốt nhiệm vụ" in page
    assert _save(cast.member, one, texts.GRADE, seen="none", grade="t").status_code == 200
    assert Entry.objects.get(pk=one.pk).self_grade == "t"


def test_handing_in_says_what_is_missing_then_hands_in(one, begun, cast):
    page = cast.member.get(_url("review-submit", one)).content.decode()
    assert "Chưa nộp được: còn thiếu" in page
    assert "Nộp bản kiểm điểm</button>" not in page
    SelfReview.objects.all().delete()
    written.filled(one)
    page = cast.member.get(_url("review-submit", one))
    assert "Bản kiểm điểm đã đủ các mục" in page.content.decode()
    slip = page.context["slip"]
    assert cast.member.post(_url("review-submit", one), {"phieu": slip}).url == _url("review", one)
    assert Entry.objects.get(pk=one.pk).state == "submitted"
    assert cast.member.get(_url("review-write", one)).url == _url("review", one)
    assert cast.member.get(_url("review-submit", one)).status_code == 404


def test_reading_anothers_is_recorded_once_and_never_on_a_refused_page(one, cast):
    written.filled(one, submitted_at=NOW)
    for role in ("school_secretary", "inspector", "outsider", "administrator", "editor"):
        assert getattr(cast, role).get(_url("review", one)).status_code == 404
        assert getattr(cast, role).get(_url("review-write", one)).status_code == 404
    assert cast.member.get(_url("review", one)).status_code == 200
    assert not Record.objects.filter(action=Action.READ_REVIEW).exists()
    for _turn in range(2):
        page = cast.village_secretary.get(_url("review", one)).content.decode()
        assert "Trả lại để sửa" in page
    cast.standing.get(_url("review", one))
    rows = Record.objects.filter(action=Action.READ_REVIEW).order_by("pk")
    assert [(row.subject_id, row.actor_name) for row in rows] == [
        (one.member_id, "Đỗ Văn Hải"),
        (one.member_id, "Kim Văn Chiến"),
    ]


@pytest.mark.parametrize("year", [2017, 2023, 2026])
def test_a_whole_review_is_read_as_its_form_has_it(place, people, cast, year, django_assert_max_num_queries):
    old = written.entry(written.cycle(place.commune, year), people.member, place.village)
    written.filled(old, submitted_at=NOW)
    with django_assert_max_num_queries(16):
        page = cast.member.get(_url("review", old)).content.decode()
    assert "Chưa xác nhận" in page
    for words in (
        "Tuyên truyền thu gom rác thải",
        "Dự sinh hoạt chưa đều",
        "Có lúc ngại va chạm",
        "Tự nhận mức:",
    ):
        assert words in page


def test_the_cell_types_from_paper_and_gives_back_what_was_typed_wrongly(one, cast):
    assert cast.village_secretary.get(_url("review-write", one)).url == _url("review-type", one)
    page = cast.village_secretary.get(_url("review-type", one))
    assert "Mẫu 2B" in page.content.decode()
    data = {"phieu": page.context["slip"], "typed_note": "Bản giấy nộp ngày 19/11, chi ủy giữ"}
    assert cast.village_secretary.post(_url("review-type", one), data).url == _url("review-write", one)
    assert SelfReview.objects.get().typed_by == "Đỗ Văn Hải"
    assert "ghi hộ từ bản giấy" in cast.village_secretary.get(_url("review-write", one)).content.decode()
    SelfReview.objects.update(submitted_at=NOW)
    Entry.objects.filter(pk=one.pk).update(state="submitted")
    page = cast.member.get(_url("review-return", one))
    data = {"phieu": page.context["slip"], "because": "Chép thiếu"}
    assert cast.member.post(_url("review-return", one), data).status_code == 302
    assert "Chép thiếu" in cast.member.get(_url("review-write", one)).content.decode()
    page = cast.member.get(_url("review-confirm", one))
    assert cast.member.post(_url("review-confirm", one), {"phieu": page.context["slip"]}).status_code == 302
    assert SelfReview.objects.get().confirmed_at == NOW


def test_a_new_person_in_the_cell_reads_nothing(one, place):
    written.filled(one, submitted_at=NOW)
    newcomer = people_made.member(place.village, "Trần Văn Mới")
    user = people_made.account("newcomer", newcomer)
    assert not forms_of.permissions.reads_texts(user, one)
