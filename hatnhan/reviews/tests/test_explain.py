"""Why a grade: sentences, rows, what is kept at the decision; the page, the paper."""

from __future__ import annotations

import json
from datetime import date
from urllib.parse import quote

import pytest
from django.urls import reverse

from hatnhan.audit.models import Entry as Record
from hatnhan.core import clock
from hatnhan.reviews.models import Entry, Regrading, StepDay, WorkLine
from hatnhan.reviews.selectors import explain, kept
from hatnhan.reviews.selectors.assessed import assessed, assessments
from hatnhan.reviews.selectors.law import law_of
from hatnhan.reviews.tests import make

pytestmark = pytest.mark.django_db
NOW = clock.at(date(2026, 11, 23), 10, 5)


@pytest.fixture(autouse=True)
def november():
    with clock.fixed(NOW):
        yield


@pytest.fixture
def cycle(place, people):
    return make.cycle(place.commune)


def test_the_answer_can_be_read_aloud(cycle, people):
    told = explain.explain(make.told_88(cycle, people.member))
    first, second = told.lines
    assert first.startswith("Đồng chí đạt 88 trên 100 điểm")
    assert "14/14 việc" in first
    assert first.endswith("Như vậy là đủ điều kiện “Hoàn thành tốt nhiệm vụ”.")
    assert second == (
        "Chưa được “Hoàn thành xuất sắc nhiệm vụ” vì thiếu 2 điểm và việc vượt mức mới 3/14 việc, bằng 21,4%; "
        "cần ít nhất 30%."
    )
    assert told.standing.endswith("chưa quyết định")
    assert [one.grade for one in told.blocks] == ["xs", "t"]
    band = told.blocks[1].rows[0]
    assert (band.label, band.value, band.bound, band.state) == ("Tổng điểm", "88", "70 đến dưới 90", "met")
    assert [one.met for one in told.blocks] == [told.blocks[0].count - 2, told.blocks[1].count]
    assert any("đều không có" in one and "tổng điểm dưới 50" in one for one in told.rest)
    assert [one.value for one in told.points][-1] == "88/100"


def test_the_cap_of_the_group_says_what_is_not_confirmed(cycle, people):
    entry = make.told_88(cycle, people.member)
    (cap,) = explain.explain(entry).caps
    assert (cap.used, cap.limit, cap.over) == (0, 0, False)
    assert cap.note == "Không quyết định trường hợp này"
    assert len(cap.doubts) == 2


def test_nothing_is_known_before_the_review(cycle, people):
    told = explain.explain(make.entry(cycle, people.member))
    assert told.grade == told.best == ""
    assert told.lines[0].startswith("Chưa nói được mức nào, vì chưa biết: ")
    assert told.steps[-1].done is False
    assert told.steps[-1].day == StepDay.objects.get(cycle=cycle, key="self_review").due


def test_a_gap_in_the_law_is_said(cycle, people):
    entry = make.told_88(cycle, people.member)
    WorkLine.objects.filter(place__lt=4).update(agreed="not_done")
    told = explain.explain(entry)
    assert told.needs_decision == "no_row"
    assert "Quy định không có mức nào đúng với trường hợp này." in told.lines[0]
    assert "khác mức theo điều kiện" in told.lines[-1]


def test_a_trigger_names_its_paper(cycle, people):
    entry = make.told_88(cycle, people.member)
    entry.typed_facts.create(fact="disciplined", value=1, source="05-QĐ/UBKT (3/3/2026)", by_name="A", at=NOW)
    told = explain.explain(entry)
    assert told.best == "kht"
    assert "bị kỷ luật trong năm" in told.lines[0]
    assert "05-QĐ/UBKT (3/3/2026)" in told.lines[0]
    assert "cấp có thẩm quyền xem xét" in told.lines[0]


def test_one_left_out_hears_the_rule(cycle, people):
    entry = make.entry(cycle, people.member)
    because = {"standing_because": "Miễn sinh hoạt từ 1/3/2026", "standing_source": "366-QĐ/TW (30/8/2025)"}
    Entry.objects.filter(pk=entry.pk).update(standing="left_out", **because)
    told = explain.explain(make.entry(cycle, people.member))
    assert told.lines == ("Không kiểm điểm: Miễn sinh hoạt từ 1/3/2026 (366-QĐ/TW (30/8/2025)).",)
    assert told.blocks == told.caps == ()
    assert assessments([make.entry(cycle, people.member)]) == {}


def test_what_is_kept_is_read_back_whole_and_never_worked_out_anew(cycle, people):
    entry = make.told_88(cycle, people.member)
    found = assessed([entry])[entry.pk]
    saved = json.loads(json.dumps(kept.as_kept(entry, found.assessment, law_of(cycle), told=found.told)))
    assert kept.read(saved) == found.assessment
    Entry.objects.filter(pk=entry.pk).update(
        explained=saved, state="decided", grade="t", decided_on=date(2026, 11, 22)
    )
    WorkLine.objects.update(agreed="not_done")
    told = explain.explanation_of(make.entry(cycle, people.member))
    assert told.from_decision
    assert "14/14 việc" in told.lines[0]
    assert told.blocks[0].rows[1].where


def test_a_grade_given_anew_stands_beside_the_old_one(cycle, people):
    entry = make.told_88(cycle, people.member)
    Entry.objects.filter(pk=entry.pk).update(state="decided", grade="ht", decided_on=date(2026, 11, 23))
    Regrading.objects.create(
        entry=entry, ground="error", old_grade="t", old_decided_on=date(2026, 11, 22), new_grade="ht",
        reason="x", number="9-QĐ/ĐU", signed_on=date(2026, 11, 23), signed_by="A",
    )  # fmt: skip
    *_rest, decided, anew = explain.explain(make.entry(cycle, people.member)).steps
    assert (decided.day, decided.note) == (date(2026, 11, 22), "Hoàn thành tốt nhiệm vụ")
    assert anew.note == "Hoàn thành nhiệm vụ, 9-QĐ/ĐU"


@pytest.mark.parametrize("year", [2017, 2018, 2019, 2023, 2025])
def test_every_regime_and_kind_gets_an_answer(place, people, year):
    with clock.fixed(date(year, 12, 20)):
        cycle = make.cycle(place.commune, year)
        entries = list(Entry.objects.filter(cycle=cycle).select_related("cycle__unit", "member", "unit"))
        assert {one.of for one in entries} >= {"member", "organisation"}
        for told in explain.explanations(entries):
            assert told.lines or told.entry.standing != "graded"
            assert all("%" not in line or "%(" not in line for line in told.lines)


# --- the page --------------------------------------------------------------------------------------------------------
def test_the_page_is_for_who_may_know_the_course(cast, cycle, people, place):
    entry = make.told_88(cycle, people.member)
    url = reverse("reviews:why", args=[entry.pk])
    own = cast.member.get(url)
    page = own.content.decode()
    assert own.status_code == 200
    for text in ("88 trên 100 điểm", "3/14", "Chưa xác nhận", "Việc số 3", "Không đồng ý?", "Đã xác nhận"):
        assert text in page
    assert "Điều ghi thêm" not in page
    secretary = cast.secretary.get(url).content.decode()
    assert "Điều ghi thêm" in secretary
    assert cast.school_secretary.get(url).status_code == 404
    assert Record.objects.filter(action="reviews:form:read", subject_id=people.member.pk).count() == 1


def test_facts_are_written_lifted_and_taken_back_on_pages(cast, cycle, people):
    entry = make.told_88(cycle, people.member)
    url = reverse("reviews:fact-write", args=[entry.pk, "disciplined"])
    assert cast.member.get(url).status_code in {403, 404}
    assert cast.secretary.get(url).status_code == 200
    assert cast.secretary.post(url, {"value": "1", "source": ""}).status_code == 422
    assert cast.secretary.post(url, {"value": "1", "source": "05-QĐ/UBKT"}).status_code == 302
    why = reverse("reviews:why", args=[entry.pk])
    lift = reverse("reviews:trigger-lift", args=[entry.pk, "m_discipline"])
    assert lift in cast.secretary.get(why).content.decode()
    typed = {"paper_no": "12-KL/ĐU", "reason": "Đã khắc phục"}
    assert "12-KL/ĐU" in cast.secretary.post(lift, typed).content.decode()
    assert cast.secretary.post(lift, typed | {"confirm": "1"}).status_code == 302
    assert assessments([entry])[entry.pk].best == "t"
    fact = entry.typed_facts.get(fact="lifted:m_discipline")
    back = reverse("reviews:fact-withdraw", args=[fact.pk])
    assert cast.secretary.post(back, {"because": "Ghi nhầm"}).status_code == 302
    assert assessments([entry])[entry.pk].best == "kht"
    done = Record.objects.filter(action="reviews:fact:write").order_by("pk")
    assert [set(one.details) & {"fact", "lifted", "lift_withdrawn"} for one in done] == [
        {"fact"}, {"lifted"}, {"lift_withdrawn"},
    ]  # fmt: skip
    assert reverse("reviews:fact-write", args=[entry.pk, "score"])
    assert cast.secretary.get(reverse("reviews:fact-write", args=[entry.pk, "score"])).status_code == 404


def test_the_paper_is_drawn_and_its_taking_recorded(cast, cycle, people):
    entry = make.told_88(cycle, people.member)
    answer = cast.member.get(reverse("reviews:why-paper", args=[entry.pk]))
    assert answer.content.startswith(b"%PDF")
    assert Record.objects.get(action="reviews:papers:take").details["paper"] == "reviews.explanation"


def test_who_reads_task_by_task_is_recorded_as_reading_the_review(cast, cycle, people):
    why = reverse("reviews:why", args=[make.told_88(cycle, people.member).pk])
    assert "Chậm báo cáo" in cast.village_secretary.get(why).content.decode()
    assert Record.objects.get(action="reviews:form:read").subject_id == people.member.pk
    # The tree's readers are told the course, not the words.
    assert "Chậm báo cáo" not in cast.inspector.get(why).content.decode()
    assert Record.objects.filter(action="reviews:form:read").count() == 1
    assert Record.objects.get(action="reviews:entry:read").subject_id == people.member.pk
    cast.member.get(why)
    assert Record.objects.filter(action__endswith=":read").count() == 2


def test_the_rules_it_leads_to_are_those_the_cycle_kept(cast, people, place):
    with clock.fixed(clock.at(date(2018, 1, 5), 9)):
        old = make.cycle(place.commune, 2017, at=clock.now())
    page = cast.secretary.get(reverse("reviews:why", args=[make.entry(old, people.member).pk]))
    version = law_of(old).conditions.version
    assert f"?ban={quote(version, safe='')}" in page.content.decode()
    rules = cast.secretary.get(reverse("rulebook:topic", args=["reviews.conditions"]), {"ban": version})
    assert rules.context["kept"].rule.version == version != rules.context["now"].rule.version
    assert "Bản đã dùng" in rules.content.decode()
    other = cast.secretary.get(reverse("rulebook:topic", args=["reviews.conditions"]), {"ban": "x"})
    assert other.context["kept"] is None
