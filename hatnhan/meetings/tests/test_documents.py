"""The official papers of a meeting."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import docx
import pytest

from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.core.errors import Missing
from hatnhan.documents import formats, registry
from hatnhan.meetings.models import Addendum, Meeting, MonthlyResolution
from hatnhan.meetings.tests import held
from hatnhan.organization.tests import make

DAY = date(2018, 11, 3)
TODAY = date(2018, 11, 20)


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def month(place, people):
    """A cell's month with all that its papers can hold, closed and approved by both."""
    made = held.meeting(
        place.village,
        DAY,
        "approved",
        chair=people.village_secretary,
        recorder=people.member,
        remarks="Khen tổ 2.",
    )
    held.invite(made, {people.village_secretary: "present"}, title="Bí thư chi bộ")
    held.invite(made, {people.member: "present", people.deputy: "excused", people.secretary: "unexcused"})
    held.invite(made, {people.standing: "present"}, "in_charge", "Ủy viên Ban Thường vụ")
    before = held.meeting(place.village, date(2018, 10, 3), "locked")
    old = held.task(
        place.village,
        people.member,
        "Rà soát hộ nghèo",
        given=date(2018, 10, 3),
        done_on=date(2018, 10, 20),
        state="verified",
    )
    late = held.task(place.village, people.deputy, "Thu quỹ", given=date(2018, 10, 3), due=date(2018, 10, 31))
    held.item(before, "Kết luận", tasks=[old, late])
    given = held.task(place.village, people.member)
    held.item(
        made, "Bàn việc mở đường", 1, owner=people.village_secretary, conclusion="Nhất trí làm.",
        speeches=[(people.member, "Nên làm sớm.\nXin nhận 12 hộ.")], tasks=[given], votes=[("Mở đường", 3, 0, 1)],
    )  # fmt: skip
    held.resolution(made, number="05-NQ/CB", adopted_at=held.evening(DAY, 21))
    held.score(made, "92.5", "good")
    return made


def lock(made):
    made.state, made.locked_at = "locked", held.evening(DAY + timedelta(days=2))
    made.save()
    return made


def told(paper):
    """All words of a paper, one text a line."""
    tables = [paper.table, *(section.table for section in paper.sections)]
    cells = [text for table in tables if table for row in (*table.rows, table.totals) for text in row]
    heads = [section.heading for section in paper.sections]
    texts = [text for section in paper.sections for text in section.paragraphs]
    return "\n".join([*paper.paragraphs, *heads, *texts, *cells, *paper.closing])


def of_docx(made):
    """All words of a DOCX, read the way a word processor would."""
    book = docx.Document(BytesIO(made))
    cells = [cell.text for table in book.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in book.paragraphs), *cells])


# --- what stands on them ---------------------------------------------------------------------------------------------
def test_the_invitation_says_when_where_who_and_what(place, people):
    made = held.meeting(place.village, DAY, "invited", invited_at=held.evening(date(2018, 10, 31)))
    held.invite(made, {people.member: ""})
    held.invite(made, {people.standing: ""}, "in_charge", "Ủy viên Ban Thường vụ")
    held.item(made, "Bàn việc mở đường", owner=people.member)
    paper = registry.draw_of("meetings.invitation", made)
    assert (paper.superior, paper.issuer, paper.place) == (
        "Đảng bộ xã Tam Hồng",
        "Chi bộ thôn Chùa",
        "Tam Hồng",
    )
    assert paper.day == date(2018, 10, 31)
    assert paper.number.replace("\N{NO-BREAK SPACE}", "") == "Số -GM/CB"
    assert paper.abstract == "dự sinh hoạt chi bộ tháng 11/2018"
    words = told(paper)
    assert "Thời gian: 19 giờ 30, thứ Bảy, ngày 03 tháng 11 năm 2018." in words
    assert "Mời dự: đ/c Kim Văn Chiến, Ủy viên Ban Thường vụ." in words
    assert "1. Bàn việc mở đường (đ/c Nguyễn Thị Hòa trình bày)" in words
    (signed,) = paper.signatures
    assert (signed.on_behalf, signed.post, signed.name) == ("T/M CHI BỘ", "BÍ THƯ", "Đỗ Văn Hải")


def test_the_list_to_sign_has_room_and_the_filled_one_the_count(month, place, people):
    empty = registry.draw_of("meetings.sign_in", month).table
    assert empty.roomy
    assert empty.rows[0] == ("1", "Đỗ Văn Hải", "Bí thư chi bộ", "", "")
    assert len(empty.rows) == 5
    filled = registry.draw_of("meetings.attendance", month)
    assert filled.table.rows[2] == ("3", "Tạ Thị Hiền", "Đảng viên", "Vắng có lý do", "Ốm")
    assert filled.closing == (
        "Triệu tập 4 đồng chí: có mặt 2, vắng có lý do 1, vắng không lý do 1, được miễn 0. Khách mời có mặt: 1.",
    )
    nobody_asked = held.meeting(place.school, DAY)
    assert [row[1] for row in registry.draw_of("meetings.sign_in", nobody_asked).table.rows] == [
        "Lê Thị Bích", "Kim Văn Chiến", "Lê Đình Hợi",
    ]  # fmt: skip


def test_the_minutes_hold_the_fields_that_the_guidance_asks_for(month):
    paper = registry.draw_of("meetings.minutes", month)
    words = told(paper)
    for expected in (
        "Bắt đầu lúc 19 giờ 30, ngày 03 tháng 11 năm 2018, tại Nhà văn hóa thôn.",
        "thời gian họp 105 phút",
        "Chủ trì: đ/c Đỗ Văn Hải. Thư ký: đ/c Nguyễn Thị Hòa.",
        "Vắng có lý do: đ/c Tạ Thị Hiền (Ốm).",
        "Vắng không lý do: đ/c Phùng Minh Thông.",
        "Khách mời dự: đ/c Kim Văn Chiến, Ủy viên Ban Thường vụ.",
        "II. NỘI DUNG",
        "1. Bàn việc mở đường",
        "- Đ/c Nguyễn Thị Hòa: Nên làm sớm.\nXin nhận 12 hộ.",
        "Biểu quyết: Mở đường. Tán thành 3, không tán thành 0, ý kiến khác 1.",
        "Kết luận: Nhất trí làm.",
        "III. PHÂN CÔNG THỰC HIỆN",
        "Vận động 12 hộ hiến đất",
        "23/11/2018",
        "Chi bộ thông qua Nghị quyết số 05-NQ/CB",
        "Chi bộ tự chấm 92,5/100 điểm, xếp loại Tốt.",
        "Khen tổ 2.",
    ):
        assert expected in words, expected
    assert [(one.on_behalf, one.name) for one in paper.signatures] == [
        ("Người ghi biên bản", "Nguyễn Thị Hòa"),
        ("Chủ trì", "Đỗ Văn Hải"),
    ]


def test_the_resolution_has_its_four_parts_and_the_tasks_as_they_stood_that_day(month):
    paper = registry.draw_of("meetings.resolution", month)
    words = told(paper)
    assert paper.number == "Số 05-NQ/CB"
    assert [one.heading for one in paper.sections] == [
        "I. KẾT QUẢ THỰC HIỆN NGHỊ QUYẾT THÁNG TRƯỚC",
        "II. PHƯƠNG HƯỚNG, NHIỆM VỤ",
        "III. PHÂN CÔNG THỰC HIỆN",
        "IV. TỰ ĐÁNH GIÁ CHẤT LƯỢNG SINH HOẠT",
    ]
    assert [row[1:] for row in paper.sections[0].table.rows] == [
        ("Rà soát hộ nghèo", "Nguyễn Thị Hòa", "23/10/2018", "Xong ngày 20/10/2018"),
        ("Thu quỹ", "Tạ Thị Hiền", "31/10/2018", "Chưa xong, quá hạn 3 ngày"),
    ]
    assert "DỰ THẢO" not in words
    assert paper.recipients[-1] == "Lưu Chi bộ."
    month.resolution.adopted_at = None
    month.resolution.save()
    assert "DỰ THẢO" in told(registry.draw_of("meetings.resolution", month))


def test_the_score_sheet_shows_what_was_given_from_what_and_what_was_decided(month, people):
    paper = registry.draw_of("meetings.score_sheet", month)
    assert paper.table.rows == (("1", "Thời gian sinh hoạt", "5", "5", "4,5", "Họp 105 phút"),)
    assert paper.table.totals[-2:] == ("92,5", "Tốt")
    assert "chưa quyết định" in told(paper)
    sheet = month.score
    sheet.decided_total, sheet.decided_band, sheet.decided_at = (
        88,
        "fair",
        held.evening(DAY + timedelta(days=9)),
    )
    sheet.decided_by = people.secretary
    sheet.save()
    decided = registry.draw_of("meetings.score_sheet", month)
    assert "12/11/2018: 88/100 điểm, xếp loại Khá." in told(decided)
    assert decided.signatures[0].name == "Phùng Minh Thông"


def test_the_minutes_say_of_a_draft_that_it_was_not_adopted(month):
    MonthlyResolution.objects.update(number="", adopted_at=None)
    assert "Dự thảo nghị quyết tháng: chưa thông qua." in told(registry.draw_of("meetings.minutes", month))
    MonthlyResolution.objects.update(number="05-NQ/CB", adopted_at=held.evening(DAY + timedelta(days=3)))
    locked = told(registry.draw_of("meetings.minutes", lock(month)))
    assert "chưa thông qua" in locked, "what came after the lock does not change the minutes"
    MonthlyResolution.objects.all().delete()
    assert "Nghị quyết" not in told(registry.draw_of("meetings.minutes", month))


def test_the_weekly_minutes_begin_with_last_weeks_remedies_and_hold_the_review(place, people):
    made = held.meeting(place.commune, DAY, "closed", "weekly_review", title="Hội ý, nhận xét tuần 44")
    one = held.task(place.commune, people.deputy, "Nộp báo cáo")
    held.verdict(made, one, "doing", "Còn phụ lục")
    held.remedy(made, people.deputy, one)
    paper = registry.draw_of("meetings.minutes", made)
    assert paper.issuer == "Đảng ủy xã Tam Hồng"
    assert paper.abstract == "hội ý, nhận xét tuần 44"
    assert paper.sections[1].table.rows == (("Nộp báo cáo", "Đang làm", "Còn phụ lục"),)
    assert paper.sections[2].table.rows[0][0] == "Tạ Thị Hiền\nPhó Bí thư"
    assert "Biên bản chưa duyệt" in told(paper)


@pytest.mark.parametrize("key", ["meetings.resolution", "meetings.score_sheet"])
def test_a_paper_of_what_was_not_written_is_missing(place, key):
    with pytest.raises(Missing):
        registry.draw_of(key, held.meeting(place.village, DAY, "closed"))


# --- the same every time ----------------------------------------------------------------------------------------------
def test_papers_of_a_locked_meeting_stay_the_same_whatever_happens_later(month, people):
    lock(month)
    weekly = "meetings.review_sheet"
    keys = [one.key for one in registry.documents() if one.key.startswith("meetings.") and one.key != weekly]
    assert len(keys) == 6
    before = {
        key: [form.render(registry.draw_of(key, month)) for form in (formats.PDF, formats.DOCX)]
        for key in keys
    }
    task = month.items.get().tasks.get().task
    task.due, task.owner, task.state, task.done_on = date(2018, 12, 31), people.deputy, "done", TODAY
    task.save()
    with clock.fixed(date(2019, 5, 5)):
        again = Meeting.objects.get(pk=month.pk)
        for key in keys:
            made = registry.draw_of(key, again)
            assert [form.render(made) for form in (formats.PDF, formats.DOCX)] == before[key], key


def test_an_addendum_stands_below_what_was_locked(month):
    lock(month)
    Addendum.objects.create(
        meeting=month, text="Có mặt 3 đồng chí.", by_name="Đỗ Văn Hải", at=held.evening(TODAY)
    )
    assert "Đính chính (Đỗ Văn Hải ghi lúc 19 giờ 30, ngày 20 tháng 11 năm 2018): Có mặt 3 đồng chí." in told(
        registry.draw_of("meetings.minutes", month)
    )


# --- the page ---------------------------------------------------------------------------------------------------------
def test_a_paper_is_handed_over_in_both_forms_and_it_is_recorded(cast, month):
    pdf = cast.village_secretary.get(f"/hop/{month.pk}/van-ban/bien-ban/")
    assert (pdf.headers["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert 'filename="bien-ban-thon-chua-2018-11-03.pdf"' in pdf.headers["Content-Disposition"]
    word = cast.village_secretary.get(f"/hop/{month.pk}/van-ban/bien-ban/?dang=docx")
    assert "Kết luận: Nhất trí làm." in of_docx(word.content)
    taken = Entry.objects.filter(action="meetings:papers:take").values_list("details__form", flat=True)
    assert sorted(taken) == ["docx", "pdf"]


SLUGS = ("giay-moi", "ky-ten", "diem-danh", "bien-ban", "nghi-quyet", "cham-diem")


@pytest.mark.parametrize(
    ("role", "state", "allowed"),
    [
        ("village_secretary", "closed", SLUGS),
        ("secretary", "closed", SLUGS),
        ("inspector", "closed", ("giay-moi", "ky-ten", "diem-danh", "nghi-quyet", "cham-diem")),
        ("inspector", "approved", SLUGS),
        ("member", "approved", ("giay-moi", "bien-ban", "nghi-quyet")),
        ("member", "invited", ("giay-moi", "nghi-quyet")),
        ("school_secretary", "approved", ()),
        ("outsider", "approved", ()),
    ],
)
def test_each_paper_is_for_those_whom_it_concerns(cast, month, role, state, allowed):
    Meeting.objects.filter(pk=month.pk).update(state=state, recorder=None)
    found = [
        slug
        for slug in SLUGS
        if getattr(cast, role).get(f"/hop/{month.pk}/van-ban/{slug}/").status_code == 200
    ]
    assert found == list(allowed)
    if allowed:
        page = getattr(cast, role).get(f"/hop/{month.pk}/").content.decode()
        assert f"/hop/{month.pk}/van-ban/giay-moi/?dang=docx" in page


def test_the_weekly_sheet_is_printed_empty_with_its_people_and_posts(cast, place, people):
    week = held.meeting(place.commune, DAY, "invited", "weekly_review")
    address = f"/hop/{week.pk}/van-ban/phieu-nhan-xet/"
    words = of_docx(cast.secretary.get(f"{address}?dang=docx").content)
    assert str(people.secretary) in words
    assert "Cách khắc phục, ai làm, hạn" in words
    assert address in cast.secretary.get(f"/hop/{week.pk}/nhan-xet/").content.decode()
    assert cast.member.get(address).status_code == 404
    month = held.meeting(place.village, DAY, "invited")
    assert cast.secretary.get(f"/hop/{month.pk}/van-ban/phieu-nhan-xet/").status_code == 404


def test_a_word_that_names_no_paper_is_missing_and_so_are_all_of_a_cancelled_meeting(cast, month):
    assert cast.secretary.get(f"/hop/{month.pk}/van-ban/khac/").status_code == 404
    gone = held.meeting(month.unit, DAY, "cancelled", due_on=None)
    assert cast.secretary.get(f"/hop/{gone.pk}/van-ban/giay-moi/").status_code == 404


def test_drawing_the_minutes_takes_as_many_queries_for_many_as_for_few(
    month, people, django_assert_max_num_queries
):
    for place in range(12):
        held.item(month, f"Việc {place}", place + 2, speeches=[(people.member, "Ý kiến.")] * 3)
    held.invite(month, dict.fromkeys(make.members(month.unit, 20), "present"))
    again = Meeting.objects.select_related("unit", "chair", "recorder").get(pk=month.pk)
    with django_assert_max_num_queries(18):
        registry.draw_of("meetings.minutes", again)
