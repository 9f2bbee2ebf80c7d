"""The official papers of the room."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import docx
import pytest

from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.documents import registry
from hatnhan.guidance.models import RegistrationAnswer, RegistrationDeed
from hatnhan.guidance.selectors import papers
from hatnhan.guidance.tests import followed

TODAY = date(2018, 9, 20)


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def plan(place, people):
    made = followed.roll_out(place.commune, lead=people.deputy)
    followed.variant(
        made,
        own=("Thôn mở lớp dạy dùng điện thoại",),
        intro="Với chi bộ thôn:",
        core=("Mỗi hộ một tài khoản", "Học"),
    )
    followed.variant(made, "school")
    one = followed.given(made, place.village)
    followed.hold(one, date(2018, 4, 20))
    followed.task(one)
    followed.report(one, shortcomings="Thiếu máy.")
    followed.given(made, place.school)
    followed.read(made.document, people.member)
    return made


@pytest.fixture
def registration(place, people):
    made = followed.registration(
        place.village,
        people.member,
        comment="Sát việc.",
        commented_at=followed.moment(date(2018, 2, 1)),
        rule="guidance.directive@2016-05-15",
    )
    RegistrationAnswer.objects.create(registration=made, field="learn", text="Học cách làm việc với dân")
    RegistrationDeed.objects.create(
        registration=made, text="Thăm 12 hộ", due=date(2018, 6, 30), outcome="done"
    )
    return made


def told(paper):
    """All words of a paper, one text a line."""
    tables = [paper.table, *(section.table for section in paper.sections)]
    cells = [text for table in tables if table for row in (*table.rows, table.totals) for text in row]
    heads = [section.heading for section in paper.sections]
    texts = [text for section in paper.sections for text in section.paragraphs]
    return "\n".join([*paper.paragraphs, *heads, *texts, *cells, *paper.closing])


# --- what stands on them ---------------------------------------------------------------------------------------------
def test_the_plan_says_what_is_asked_of_whom_by_when(plan):
    paper = registry.draw_of("guidance.plan", plan)
    assert (paper.superior, paper.issuer, paper.number) == (
        "Đảng bộ tỉnh Phú Thọ",
        "Đảng ủy xã Tam Hồng",
        "Số 12-KH/ĐU",
    )
    assert paper.abstract == "triển khai thực hiện Nghị quyết số 57-NQ/TW, ngày 1/2/2018 của Bộ Chính trị"
    words = told(paper)
    for said in (
        "I. MỤC ĐÍCH, YÊU CẦU",
        "1. Mỗi hộ một tài khoản",
        "- Thôn mở lớp dạy dùng điện thoại",
        "Chi bộ sinh hoạt, quán triệt: xong trước hết ngày 30/4/2018.",
        "Chủ trì: đ/c Tạ Thị Hiền.",
    ):
        assert said in words, said
    assert "DỰ THẢO" not in words
    (signed,) = paper.signatures
    assert (signed.on_behalf, signed.post, signed.name) == ("T/M ĐẢNG ỦY", "BÍ THƯ", "Phùng Minh Thông")


def test_a_draft_says_so(place):
    draft = followed.roll_out(place.commune, approved=None)
    assert registry.draw_of("guidance.plan", draft).paragraphs[0] == "DỰ THẢO"


def test_a_variant_holds_the_whole_core_and_what_only_it_has(plan):
    one = plan.variants.get(cell_kind="village")
    words = told(registry.draw_of("guidance.variant", one))
    for said in (
        "Với chi bộ thôn:",
        "1. Mỗi hộ một tài khoản",
        "2. Học",
        "1. Thôn mở lớp dạy dùng điện thoại",
    ):
        assert said in words, said
    assert "30/06/2018" in words


def test_the_study_list_names_all_who_owe_it_and_who_has_done_it(plan, place):
    about = papers.StudyOf(plan.document, place.village, TODAY)
    paper = registry.draw_of("guidance.study_list", about)
    (part,) = paper.sections
    assert part.heading == "Chi bộ thôn Chùa"
    assert {row[1]: row[2] for row in part.table.rows}["Nguyễn Thị Hòa"] == "Đã học"
    assert len(part.table.rows) == 4
    assert paper.closing == ("Đã học 1 trên 4 đồng chí phải học.",)
    assert (
        len(
            registry.draw_of(
                "guidance.study_list", papers.StudyOf(plan.document, place.commune, TODAY)
            ).sections
        )
        == 2
    )


def test_a_registration_stands_in_the_members_own_words(registration):
    paper = registry.draw_of("guidance.registration", registration)
    assert paper.abstract.endswith("năm 2018, theo Chỉ thị 05-CT/TW")
    words = told(paper)
    for said in ("Nguyễn Thị Hòa", "Học cách làm việc với dân", "Thăm 12 hộ", "Đã làm", "Sát việc."):
        assert said in words, said
    assert [one.name for one in paper.signatures] == ["Đỗ Văn Hải", "Nguyễn Thị Hòa"]


def test_the_report_tells_how_it_stood_on_the_last_day_of_its_term(plan):
    about = papers.FollowUp(plan, 6, date(2018, 9, 1), date(2018, 9, 1))
    paper = registry.draw_of("guidance.follow_up", about)
    assert paper.abstract.startswith("kết quả 6 tháng triển khai thực hiện Nghị quyết số 57-NQ/TW")
    words = told(paper)
    for said in (
        "1/2 chi bộ đã sinh hoạt",
        "trễ hạn 1",
        "Thôn Chùa: Đã lập tổ số cộng đồng.",
        "Thôn Chùa: Thiếu máy.",
    ):
        assert said in words, said
    assert paper.day == date(2018, 9, 1)
    early = registry.draw_of("guidance.follow_up", papers.FollowUp(plan, 12, date(2019, 3, 1), TODAY))
    assert early.paragraphs == ("Số liệu tính đến hết ngày 20/9/2018.",)


# --- who may have them -----------------------------------------------------------------------------------------------
def addresses(plan, registration):
    return {
        "plan": f"/trien-khai/ke-hoach/{plan.pk}/van-ban/ke-hoach/",
        "variant": f"/trien-khai/ke-hoach/{plan.pk}/van-ban/ban/village/",
        "follow_up": f"/trien-khai/ke-hoach/{plan.pk}/van-ban/bao-cao/6/",
        "study_list": f"/trien-khai/van-ban/{plan.document_id}/hoc-tap/danh-sach/?don_vi=thon-chua",
        "registration": f"/trien-khai/hoc-tap-bac/dang-ky/{registration.pk}/van-ban/",
    }


def test_each_may_have_what_they_may_read_and_taking_it_is_recorded(cast, plan, registration, people):
    may = {
        "plan": {"secretary", "inspector", "village_secretary", "member"},
        "variant": {"secretary", "inspector", "village_secretary", "member"},
        "follow_up": {"secretary", "inspector"},
        "study_list": {"secretary", "village_secretary"},
        "registration": {"secretary", "village_secretary", "member"},
    }
    for key, address in addresses(plan, registration).items():
        sign = "&" if "?" in address else "?"
        for role in ("secretary", "inspector", "village_secretary", "school_secretary", "member", "outsider"):
            status = getattr(cast, role).get(f"{address}{sign}dang=docx").status_code
            # A unit that one may not look at gives way to one's own: the school's secretary gets the school's list.
            allowed = role in may[key] or (
                role == "school_secretary" and key in {"plan", "variant", "study_list"}
            )
            assert status == (200 if allowed else 404), (key, role)
    taken = Entry.objects.filter(action="guidance:papers:take")
    assert taken.count() == sum(len(one) for one in may.values()) + 3
    mine = taken.filter(subject_id=people.member.pk)
    assert {entry.details["paper"] for entry in mine} == {"guidance.registration"}


def test_a_paper_opens_in_a_word_processor_and_prints(cast, plan, registration):
    for key, address in addresses(plan, registration).items():
        sign = "&" if "?" in address else "?"
        text = cast.secretary.get(f"{address}{sign}dang=docx").content
        assert docx.Document(BytesIO(text)).paragraphs, key
        assert cast.secretary.get(address).content.startswith(b"%PDF"), key


def test_a_term_that_the_rule_does_not_name_has_no_report(cast, plan):
    assert cast.secretary.get(f"/trien-khai/ke-hoach/{plan.pk}/van-ban/bao-cao/7/").status_code == 404
    assert cast.secretary.get(f"/trien-khai/ke-hoach/{plan.pk}/van-ban/ban/khac/").status_code == 404


def test_a_follow_up_is_offered_from_the_last_day_of_its_months_on(cast, plan):
    page = f"/trien-khai/ke-hoach/{plan.pk}/"
    months = {
        date(2018, 8, 31): (),
        date(2018, 9, 1): (6,),
        date(2019, 2, 28): (6,),
        date(2019, 3, 1): (6, 12),
    }
    for day, over in months.items():
        with clock.fixed(day):
            for address in (page, f"{page}theo-doi/"):
                shown = cast.secretary.get(f"{address}?ngay={day}").content.decode()
                offered = tuple(one for one in (6, 12) if f"{page}van-ban/bao-cao/{one}/" in shown)
                assert offered == over, (address, day)
            for one in (6, 12):
                status = cast.secretary.get(f"{page}van-ban/bao-cao/{one}/?ngay={day}").status_code
                assert status == (200 if one in over else 404), (one, day)
    with clock.fixed(TODAY):
        ahead = f"{page}van-ban/bao-cao/12/?ngay=2019-03-01"
        assert cast.secretary.get(ahead).status_code == 404


def test_a_draft_of_another_is_nobodys_paper(cast, place, people):
    draft = followed.registration(place.village, people.member, day=None)
    address = f"/trien-khai/hoc-tap-bac/dang-ky/{draft.pk}/van-ban/"
    assert cast.member.get(address).status_code == 200
    assert cast.secretary.get(address).status_code == 404
