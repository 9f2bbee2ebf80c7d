"""The official papers of the room: what stands on them, who may have them, that each taking is recorded."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import docx
import pytest

from hatnhan.audit.models import Entry as Recorded
from hatnhan.core import clock
from hatnhan.documents import registry
from hatnhan.reviews.models import Entry, Regrading, Remark, Sitting, VoteLine
from hatnhan.reviews.selectors import papers
from hatnhan.reviews.tests import graded, make, written

ROOT = "/kiem-diem"
HELD = date(2026, 12, 10)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def that_day():
    with clock.fixed(graded.NOW):
        yield


@pytest.fixture
def cycle(place, people):
    """A year in which one member's review was written, reviewed, proposed, decided and told."""
    made = make.cycle(place.commune)
    written.filled(make.entry(made, people.member), submitted_at=written.NOW)
    told = {"text": "Tham gia tốt việc thôn.", "on": HELD, "by_name": "A"}
    entry = make.entry(made, people.member)
    Remark.objects.create(entry=entry, kind="residence", source="Chi ủy thôn Đông", number="5", **told)
    sitting = make.sitting(made, place.village)
    Sitting.objects.filter(pk=sitting.pk).update(
        state="proposed", held_on=HELD, entitled=4, present=3, proposal_no="07-BC/CB", proposed_on=HELD
    )
    seat = sitting.places.get(entry=entry)
    sitting.places.filter(pk=seat.pk).update(reviewed_on=HELD, grade="t", grade_because="Như đa số")
    VoteLine.objects.create(place=seat, grade="t", votes=3)
    said = {"source": "Đ/c Hải", "text": "Cần dự họp đều.", "on": HELD, "by_name": "A"}
    Remark.objects.create(entry=entry, kind="opinion", sitting=sitting, **said)
    graded.appraised(made)
    graded.collectives_decided(made)
    graded.decide(made, {make.entry(made, people.member): "t"})
    Entry.objects.filter(pk=entry.pk).update(
        notified_on=date(2026, 12, 28), notified_to="Đ/c Hòa", reviewed_on=HELD
    )
    return made


def words(paper):
    def cells(table):
        return [cell for row in (*table.rows, table.totals) for cell in row] if table else []

    parts = [text for one in paper.sections for text in (one.heading, *one.paragraphs, *cells(one.table))]
    start = [
        paper.title,
        paper.abstract,
        paper.number,
        paper.addressed,
        *paper.paragraphs,
        *cells(paper.table),
    ]
    return " ".join([*start, *parts, *paper.closing])


def text_of(asked):
    return words(registry.draw_of(asked.key, asked.thing))


# --- what stands on them ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("ban-kiem-diem", ("Mẫu 2C (chưa xác nhận)", "Tuyên truyền thu gom rác thải", "Có lúc ngại va chạm.", "Tổng")),
        ("mau-trong", ("Nguyễn Thị Hòa", "....")),
        ("noi-cu-tru", ("Tham gia tốt việc thôn.", "Chi ủy thôn Đông")),
        ("thong-bao", ("Hoàn thành tốt nhiệm vụ", "01-QĐ/ĐU", "đề nghị")),
        ("danh-muc", ("Mẫu 04", "Bản kiểm điểm", "07-BC/CB", "01-QĐ/ĐU")),
    ],
)  # fmt: skip
def test_each_paper_of_an_entry_says_what_was_written(cycle, people, kind, said):
    user = people.member.user
    text = text_of(papers.entry_paper(user, make.entry(cycle, people.member).pk, kind))
    assert [one for one in said if one not in text] == []


def test_a_blank_form_holds_nothing_that_was_written(cycle, people):
    asked = papers.entry_paper(people.member.user, make.entry(cycle, people.member).pk, "mau-trong")
    assert "rác thải" not in text_of(asked)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("bien-ban", ("Được triệu tập: 4; có mặt: 3.", "Đ/c Hải: Cần dự họp đều.", "Như đa số")),
        ("kiem-phieu", ("Nguyễn Thị Hòa", "3")),
        ("de-nghi", ("07-BC/CB", "3/3", "Hoàn thành tốt nhiệm vụ")),
    ],
)
def test_each_paper_of_a_sitting_says_what_came_of_it(cycle, place, people, kind, said):
    sitting = make.sitting(cycle, place.village)
    text = text_of(papers.sitting_paper(people.village_secretary.user, sitting.pk, kind))
    assert [one for one in said if one not in text] == []


def test_the_decision_lists_who_got_which_grade_with_the_reason_where_it_departs(cycle, people):
    text = text_of(papers.decision_paper(people.secretary.user, cycle.decisions.get().pk))
    for one in ("Số 01-QĐ/ĐU", "Nguyễn Thị Hòa", "Cấp trên cho phép", "Điều 1", "07-BC/CB"):
        assert one in text


@pytest.mark.parametrize(("kind", "said"), [("tham-dinh", "Nguyễn Thị Hòa"), ("ket-qua", "1 (100%)")])
def test_the_year_has_its_summaries(cycle, place, people, kind, said):
    asked = papers.cycle_paper(people.secretary.user, place.commune, 2026, kind, date(2026, 12, 28))
    assert said in text_of(asked).replace("100,0%", "100%")


def test_a_grade_given_anew_has_its_form(cycle, people):
    made = Regrading.objects.create(
        entry=make.entry(cycle, people.member), ground="error", old_grade="t", old_decided_on=HELD,
        new_grade="ht", reason="Cộng nhầm điểm.", number="88-QĐ/ĐU", signed_on=date(2026, 12, 28), signed_by="A",
    )  # fmt: skip
    text = text_of(papers.regrading_paper(people.member.user, made.pk))
    for one in ("88-QĐ/ĐU", "Mẫu 03", "Cộng nhầm điểm.", "Hoàn thành tốt nhiệm vụ", "Có sai sót".lower()):
        assert one in text


@pytest.mark.parametrize("year", [2017, 2019, 2023, 2025])
def test_every_regime_draws_its_own_forms_for_everybody(place, people, year):
    made = make.cycle(place.commune, year)
    for one in made.entries.select_related("cycle__unit", "member", "unit"):
        one.cycle = made
        paper = registry.draw_of(papers.BLANK, papers.blank_of(one))
        assert paper.number.startswith("Mẫu ")
        assert paper.sections


# --- who may have them -----------------------------------------------------------------------------------------------
def status(client, address):
    return client.get(f"{ROOT}/{address}").status_code


def test_the_words_of_a_review_go_to_writer_cell_committee_and_deciders(cast, cycle, people):
    pk = make.entry(cycle, people.member).pk
    for role in ("member", "village_secretary", "secretary", "deputy", "standing"):
        assert status(getattr(cast, role), f"muc/{pk}/van-ban/ban-kiem-diem/?dang=docx") == 200, role
    for role in ("school_secretary", "inspector", "administrator", "outsider"):
        assert status(getattr(cast, role), f"muc/{pk}/van-ban/ban-kiem-diem/?dang=docx") == 404, role


def test_a_draft_is_anothers_until_it_is_handed_in(cast, cycle, people):
    entry = make.entry(cycle, people.member)
    entry.self_review.__class__.objects.filter(entry=entry).update(
        submitted_at=None, typed_by="", typed_note=""
    )
    assert status(cast.village_secretary, f"muc/{entry.pk}/van-ban/ban-kiem-diem/") == 404
    assert status(cast.member, f"muc/{entry.pk}/van-ban/ban-kiem-diem/?dang=docx") == 200


def test_a_member_has_no_paper_of_others(cast, cycle, place, people):
    sitting, decision = make.sitting(cycle, place.village), cycle.decisions.get()
    other = make.entry(cycle, people.deputy).pk
    for address in (
        f"hoi-nghi/{sitting.pk}/van-ban/bien-ban/",
        f"quyet-dinh/{decision.pk}/van-ban/",
        f"muc/{other}/van-ban/danh-muc/",
        "2026/van-ban/tham-dinh/?don_vi=tam-hong",
        "2026/van-ban/ket-qua/?don_vi=tam-hong",
    ):
        assert status(cast.member, address) == 404, address


def test_each_taking_is_recorded_for_whom_it_is_about(cast, cycle, people):
    entry = make.entry(cycle, people.member)
    answer = cast.village_secretary.get(f"{ROOT}/muc/{entry.pk}/van-ban/ban-kiem-diem/?dang=docx")
    docx.Document(BytesIO(answer.content))
    last = Recorded.objects.first()
    assert (last.action, last.subject_id) == ("reviews:form:read", people.member.pk)
    assert last.details == {"paper": "reviews.form", "form": "docx"}
    answer = cast.member.get(f"{ROOT}/muc/{entry.pk}/van-ban/thong-bao/")
    assert answer.content.startswith(b"%PDF")
    assert Recorded.objects.first().action == "reviews:papers:take"
