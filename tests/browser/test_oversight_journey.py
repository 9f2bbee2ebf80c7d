"""Inspection and supervision: from the year's programme to a verified remedy, a note answered, a case before its vote.

Beside the one who inspects sits the one who is inspected, at a phone: what is theirs by right is done there.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from hatnhan.core import clock
from hatnhan.core.vietnamese import day
from tests.browser import visitor
from tests.browser.hands import (
    choose,
    follow,
    forgive_refusal,
    glance,
    part_of,
    press,
    read_over_and,
    refused,
    soon,
    today,
    told,
    whole,
)
from tests.browser.test_secret_ballot import PHRASES, fill_passphrases, open_it

CELL, ITS_SECRETARY, CHAIR = "Chi bộ thôn Đồng Sen", "Đỗ Văn Hải", "Lê Đình Hợi"
SUPERVISED = "Việc thu, nộp đảng phí và ghi sổ ở chi bộ"
REASON = "Đưa cuộc này lên sớm để kịp sửa trước kỳ thu đảng phí."
OWN_REPORT = "Chi bộ thu đủ, nộp đúng kỳ; sổ có hai tháng ghi gộp."
SHORTCOMING = "Sổ đảng phí hai tháng ghi gộp, chưa có chữ ký của người nộp."
SAID = "Chi bộ nhận thiếu sót, sẽ ghi lại sổ trong tháng."
DISSENT = "Tháng có mưa bão thu gộp là theo thông báo của xã, đề nghị ghi rõ."
AGAIN = "Đề nghị ghi rõ hai tháng ấy là tháng nào."
REMEDIED = "Đã ghi lại sổ từng tháng, đủ chữ ký."
NOTE = "Chi bộ gửi báo cáo tháng chậm hai ngày."
ANSWER = "Tháng sau chi bộ gửi đúng ngày 25."
MATTER, SUBJECT = "Vắng sinh hoạt chi bộ nhiều kỳ không có lý do", "Lê Xuân Đức"
REVIEW = "Tôi đi làm xa, không báo cáo chi bộ, nhận khuyết điểm."
HEARD = "Tôi đã về địa phương và sinh hoạt đều từ tháng trước."
CELL_MATTER, HER = "Không làm việc chi bộ giao", "Nguyễn Thị Hòa"
HER_REVIEW = "Tôi không báo chi bộ khi không làm được việc, tôi nhận khuyết điểm."
COMPLAINT = "Tôi đã báo với tổ trưởng, có tin nhắn kèm theo. Đề nghị xem lại."
NEXT_YEAR = clock.today().year + 1


@pytest.fixture
def chair(page_wide, sign_in):
    """Give the screen of the chair of the inspection committee."""
    sign_in(page_wide, "inspection_chair")
    return page_wide


@pytest.fixture
def phone(page_phone, sign_in):
    """Give the telephone of the secretary of the cell looked at."""
    sign_in(page_phone, "village_secretary")
    return page_phone


def room(page, tab):
    part_of(page, "Kiểm tra, giám sát", tab)


# --- the programme ---------------------------------------------------------------------------------------------------
def draft(page):
    """Draft next year's programme of the inspection committee, from nothing."""
    room(page, "Chương trình")
    follow(page, "Soạn chương trình")
    page.locator("[name=body][value=inspection]").check()
    page.get_by_label("Năm", exact=True).select_option(str(NEXT_YEAR))
    page.get_by_label("Dựa trên chương trình năm trước").uncheck()
    whole(page)
    press(page, "Soạn chương trình")
    told(page, "Đã soạn")
    whole(page)


def add_supervision(page, troubles):
    """Add a thematic supervision of a cell; with its days in the wrong order nothing is written, and nothing lost."""
    follow(page, "Thêm cuộc")
    page.locator("[name=kind][value=thematic]").check()
    page.get_by_label("Lĩnh vực").select_option(label="Thu, nộp, sử dụng đảng phí")
    page.get_by_label("Nội dung", exact=True).fill(SUPERVISED)
    page.get_by_role("checkbox", name=CELL, exact=True).check()
    choose(page, "Trưởng đoàn, tổ trưởng", CHAIR)
    mates = page.locator("[name=team]")
    mates.nth(1).check()
    page.get_by_label("Bắt đầu").fill(f"1/3/{NEXT_YEAR}")
    page.get_by_label("Kết luận trước hết ngày").fill(f"1/2/{NEXT_YEAR}")
    press(page, "Thêm vào chương trình")
    refused(page, troubles, "Ngày kết luận trước ngày bắt đầu")
    assert page.get_by_label("Nội dung", exact=True).input_value() == SUPERVISED
    assert page.get_by_role("checkbox", name=CELL, exact=True).is_checked()
    assert mates.nth(1).is_checked()
    page.get_by_label("Kết luận trước hết ngày").fill(f"31/3/{NEXT_YEAR}")
    whole(page)
    press(page, "Thêm vào chương trình")
    told(page, "Đã thêm vào chương trình")
    page.get_by_role("row").filter(has_text=SUPERVISED).get_by_text(CHAIR).wait_for()


def issue(page):
    for name in ("Ghi mục đích, yêu cầu", "Bỏ bản soạn", f"Sửa : {SUPERVISED}", f"Bỏ : {SUPERVISED}"):
        glance(page, name)
    follow(page, "Ban hành")
    page.get_by_label("Số chương trình").fill("01-CTr/UBKT")
    whole(page)
    read_over_and(page, "Ban hành")
    told(page, "Đã ban hành chương trình")
    whole(page)


def amend(page, troubles):
    """Change the one work by an amendment: without a reason it is refused; with one it stands beside the figure."""
    for name in ("Điều chỉnh: thêm", "Điều chỉnh: rút"):
        glance(page, name)
    follow(page, f"Điều chỉnh : {SUPERVISED}")
    page.get_by_label("Số văn bản điều chỉnh").fill("05-QĐ/UBKT")
    page.get_by_label("Bắt đầu").fill(f"1/2/{NEXT_YEAR}")
    page.get_by_label("Kết luận trước hết ngày").fill(f"28/2/{NEXT_YEAR}")
    press(page, "Ghi điều chỉnh")
    refused(page, troubles, "Lý do")
    assert page.get_by_label("Kết luận trước hết ngày").input_value() == f"28/2/{NEXT_YEAR}"
    page.get_by_label("Lý do").fill(REASON)
    whole(page)
    read_over_and(page, "Ghi điều chỉnh")
    told(page, "Đã ghi điều chỉnh")
    page.get_by_text(f"Lý do: {REASON}").wait_for()
    whole(page)


# --- the check -------------------------------------------------------------------------------------------------------
def open_check(page, troubles):
    """Open the check that is planned; whoever is of the cell looked at is refused in the team. Return its address."""
    room(page, "Kiểm tra, giám sát")
    page.get_by_role("link", name=f"Mở cuộc {SUPERVISED}").click()
    page.get_by_label("Số quyết định").fill("61-QĐ/UBKT")
    stranger = page.get_by_role("checkbox", name=re.compile(f"^{ITS_SECRETARY}"))
    stranger.check()
    press(page, "Mở cuộc")
    refused(page, troubles, f"Đ/c {ITS_SECRETARY} sinh hoạt ở chi bộ được kiểm tra")
    assert page.get_by_label("Số quyết định").input_value() == "61-QĐ/UBKT"
    stranger.uncheck()
    whole(page)
    press(page, "Mở cuộc")
    told(page, "Đã mở cuộc, lập hồ sơ và các bước")
    whole(page)
    return page.url


def go_on(page, words):
    """Take the one step that the page offers next, and see that it is this one."""
    link = page.locator(".ck-now .btn-primary")
    expect(link).to_have_text(words)
    link.click()
    whole(page)


def finish(page, step):
    go_on(page, "Ghi bước xong")
    press(page, "Ghi bước xong")
    told(page, f"Đã ghi xong bước: {step}.")


def file_papers(page, folder, troubles):
    """One paper comes as a file, one lies in a cupboard; neither one nor the other is refused."""
    file = folder / "quyet-dinh.pdf"
    file.write_bytes(b"%PDF-1.7\n" + b"1" * 200)
    follow(page, "Nộp Quyết định, lập đoàn")
    whole(page)
    page.set_input_files("input[type=file]", file)
    page.get_by_label("Số văn bản").fill("61-QĐ/UBKT")
    page.get_by_label("Ngày văn bản").fill(today())
    press(page, "Ghi vào hồ sơ")
    told(page, "Đã ghi vào hồ sơ: Quyết định, lập đoàn.")
    here = page.url
    follow(page, "Sửa Quyết định, lập đoàn")
    glance(page, "Rút khỏi hồ sơ")
    page.goto(here)
    follow(page, "Nộp Kế hoạch, phân công đoàn")
    page.get_by_label("Dùng bản phần mềm soạn").uncheck()
    press(page, "Ghi vào hồ sơ")
    refused(page, troubles, "Chưa có gì")
    page.get_by_label("Hoặc bản giấy lưu ở").fill("Tủ 2, cặp kiểm tra")
    press(page, "Ghi vào hồ sơ")
    told(page, "Đã ghi vào hồ sơ")
    with page.expect_download() as coming:
        follow(page, "Tệp Quyết định, lập đoàn")
    assert coming.value.path().read_bytes() == file.read_bytes()
    finish(page, "Ra quyết định, lập đoàn")


def excuse_a_paper(page):
    follow(page, "Nộp Đề cương gợi ý báo cáo")
    page.get_by_label("Không cần tài liệu này vì").fill("Đề cương ghi trong kế hoạch")
    press(page, "Ghi vào hồ sơ")
    told(page, "Đã ghi lý do không cần tài liệu")
    page.get_by_text("không cần: Đề cương ghi trong kế hoạch").wait_for()
    finish(page, "Gửi đề cương, lịch làm việc cho đối tượng")


def write_minutes(page, words, content):
    go_on(page, words)
    page.get_by_label("Nơi làm việc").fill("Nhà văn hóa thôn")
    page.get_by_label("Nội dung", exact=True).fill(content)
    press(page, "Lưu biên bản")
    told(page, "Đã lưu biên bản")


def launch(page):
    write_minutes(page, "Ghi biên bản công bố", "Công bố quyết định, thống nhất lịch.")
    finish(page, "Công bố quyết định, triển khai")
    expect(page.locator(".ck-now .btn-primary")).to_have_text(f"Ghi báo cáo tự kiểm tra: {CELL}")


def report_on_oneself(phone, title):
    """The cell's secretary finds what concerns him, and writes; he reads no papers of the team there."""
    room(phone, "Tổng quan")
    phone.get_by_role("region", name="Liên quan đến đồng chí").get_by_role("link", name=title).click()
    whole(phone)
    assert not phone.get_by_text("Các bước và hồ sơ").count()
    follow(phone, "Viết báo cáo tự kiểm tra")
    phone.get_by_label("Báo cáo", exact=True).fill(OWN_REPORT)
    whole(phone)
    press(phone, "Nộp báo cáo")
    told(phone, "Đã nộp báo cáo tự kiểm tra")
    whole(phone)
    return phone.url


def examine(page):
    page.get_by_text(OWN_REPORT).wait_for(state="attached")
    finish(page, "Đối tượng tự kiểm tra, báo cáo")
    write_minutes(page, "Ghi: Biên bản làm việc với đối tượng", "Đối chiếu sổ với báo cáo.")
    write_minutes(page, "Ghi: Biên bản thẩm tra, xác minh", "Xem sổ đảng phí mười hai tháng.")
    page.get_by_role("link", name="Thẩm tra, xác minh", exact=True).click()
    whole(page)
    page.go_back()
    finish(page, "Làm việc, thẩm tra, xác minh")


def report(page):
    """The team writes what it found and its report."""
    follow(page, f"Ghi nội dung {CELL}")
    page.get_by_role("radio", name="Khuyết điểm").check()
    page.get_by_label("Nội dung", exact=True).fill(SHORTCOMING)
    whole(page)
    press(page, "Ghi nội dung")
    told(page, "Đã ghi nội dung phát hiện")
    go_on(page, "Ghi báo cáo của đoàn")
    page.get_by_label("Báo cáo kết quả").fill("Chi bộ thu đủ; sổ hai tháng ghi gộp.")
    press(page, "Lưu báo cáo")
    told(page, "Đã lưu báo cáo của đoàn")
    finish(page, "Đoàn báo cáo kết quả")


def hear(page):
    go_on(page, f"Ghi buổi nghe đối tượng: {CELL}")
    choose(page, "Người nghe", CHAIR)
    page.get_by_label("Đối tượng trình bày").fill(SAID)
    press(page, "Lưu")
    told(page, "Đã ghi buổi nghe trình bày")
    finish(page, "Họp xem xét, nghe đối tượng trình bày")


def conclude(page, troubles):
    go_on(page, "Kết luận")
    page.get_by_label("Số thông báo kết luận").fill("15-TB/UBKT")
    press(page, "Kết luận")
    refused(page, troubles, "Kết luận")
    page.get_by_label("Kết luận", exact=True).fill("Chi bộ làm tốt việc thu; ghi lại sổ hai tháng.")
    page.get_by_label("Chấp hành xong trước hết ngày").fill(soon())
    press(page, "Kết luận")
    page.locator(".hn-consequences").get_by_text(
        f"1 khuyết điểm thành việc khắc phục, hạn {soon()}"
    ).wait_for()
    whole(page)
    press(page, "Kết luận")
    told(page, "Đã kết luận")
    finish(page, "Ban hành thông báo kết luận")


def deliver(page):
    go_on(page, f"Ghi việc giao kết luận: {CELL}")
    page.get_by_label("Người nhận").fill(f"{ITS_SECRETARY}, Bí thư chi bộ")
    press(page, "Ghi đã giao")
    told(page, "Đã ghi việc giao kết luận")
    finish(page, "Giao, công bố kết luận")
    finish(page, "Lập mục lục, nộp lưu hồ sơ")
    page.get_by_text("Đã có 12/12 tài liệu").wait_for()
    whole(page)


def dissent(phone, own):
    """The secretary does not agree with all of it, and says so in his own words."""
    phone.goto(own)
    phone.get_by_text(SHORTCOMING).wait_for()
    phone.get_by_text(SAID).wait_for()
    follow(phone, "Ghi ý kiến không đồng ý")
    phone.get_by_label("Nội dung", exact=True).fill(DISSENT)
    whole(phone)
    press(phone, "Ghi ý kiến")
    told(phone, "Đã ghi ý kiến")
    phone.get_by_text(DISSENT).wait_for()
    whole(phone)


def ask_for_another_look(phone):
    follow(phone, "Đề nghị xem lại")
    phone.get_by_label("Nội dung", exact=True).fill(AGAIN)
    whole(phone)
    press(phone, "Gửi đề nghị")
    told(phone, "Đã gửi đề nghị")
    whole(phone)


def answer_it(page):
    follow(page, f"Trả lời {CELL}")
    page.get_by_text(AGAIN).wait_for()
    page.get_by_label("Nội dung", exact=True).fill("Đã xem lại, giữ kết luận, ghi thêm nguyên nhân.")
    whole(page)
    read_over_and(page, "Trả lời")
    told(page, "Đã trả lời")
    whole(page)


# --- after the conclusion --------------------------------------------------------------------------------------------
def remedy(page):
    """Return the line of the shortcoming, in the list of remedies."""
    room(page, "Khắc phục")
    return page.get_by_role("listitem").filter(has_text=SHORTCOMING)


def put_right(phone):
    remedy(phone).get_by_role("link", name="Báo cáo").click()
    phone.get_by_label("Đã làm gì, kết quả ra sao").fill(REMEDIED)
    whole(phone)
    press(phone, "Báo cáo khắc phục")
    told(phone, "Đã ghi báo cáo khắc phục. Chờ xác nhận.")


def verify(page):
    remedy(page).get_by_role("link", name="Xác nhận").click()
    page.get_by_text(REMEDIED).wait_for()
    page.get_by_role("radio", name="Đã khắc phục xong").check()
    page.get_by_label("Thấy gì khi kiểm tra lại").fill("Đã xem sổ, đủ chữ ký từng tháng.")
    whole(page)
    press(page, "Ghi kết quả xác nhận")
    told(page, "Đã xác nhận khắc phục xong")


def test_a_supervision_from_the_programme_to_the_verified_remedy(chair, phone, tmp_path, troubles):
    draft(chair)
    add_supervision(chair, troubles)
    issue(chair)
    amend(chair, troubles)
    check = open_check(chair, troubles)
    file_papers(chair, tmp_path, troubles)
    excuse_a_paper(chair)
    launch(chair)
    own = report_on_oneself(phone, re.compile(SUPERVISED))
    chair.reload()
    examine(chair)
    report(chair)
    hear(chair)
    conclude(chair, troubles)
    deliver(chair)
    dissent(phone, own)
    ask_for_another_look(phone)
    chair.goto(check)
    chair.get_by_text(DISSENT).wait_for()
    answer_it(chair)
    put_right(phone)
    verify(chair)


# --- regular supervision ---------------------------------------------------------------------------------------------
def assign(page):
    """The chair himself follows a cell's work, on one topic."""
    room(page, "Giám sát thường xuyên")
    follow(page, "Phân công giám sát")
    choose(page, "Giám sát ai", CELL)
    choose(page, "Người giám sát", CHAIR)
    page.get_by_role("checkbox", name="Sinh hoạt chi bộ, nguyên tắc tập trung dân chủ").check()
    page.get_by_label("Đến hết ngày").fill(day(clock.today() + timedelta(days=200)))
    whole(page)
    press(page, "Phân công giám sát")
    told(page, "Đã phân công giám sát")


def note(page, troubles):
    glance(page, "Bỏ phân công")
    follow(page, "Ghi nhận")
    page.get_by_text("Không ghi đời tư, gia đình").wait_for()
    page.get_by_role("radio", name="Nhắc nhở").check()
    press(page, "Ghi nhận")
    refused(page, troubles, "Việc gì, kết quả ra sao")
    page.get_by_label("Việc gì, kết quả ra sao").fill(NOTE)
    whole(page)
    press(page, "Ghi nhận")
    told(page, "Đã ghi nhận")
    page.get_by_text("Chưa trả lời; hết hiệu lực từ").wait_for()
    whole(page)


def answer(phone):
    room(phone, "Giám sát thường xuyên")
    phone.get_by_role("link", name=re.compile("^Ghi nhận về tôi")).click()
    whole(phone)
    phone.get_by_role("listitem").filter(has_text=NOTE).get_by_role("link", name="Trả lời").click()
    phone.get_by_label("Trả lời", exact=True).fill(ANSWER)
    whole(phone)
    press(phone, "Trả lời")
    told(phone, "Đã trả lời")
    phone.get_by_text(ANSWER).wait_for()
    whole(phone)


def test_a_note_is_answered_on_the_phone(chair, phone, troubles):
    assign(chair)
    note(chair, troubles)
    answer(phone)
    chair.reload()
    chair.get_by_text(ANSWER).wait_for()
    glance(chair, "Kết thúc")


# --- discipline ------------------------------------------------------------------------------------------------------
def open_case(page, troubles):
    room(page, "Kỷ luật")
    follow(page, "Mở vụ việc")
    page.get_by_label("Vụ việc", exact=True).fill(MATTER)
    choose(page, "Đảng viên", SUBJECT)
    page.locator("[name=body][value=standing]").check()
    page.locator("[name=act0]").fill("Vắng năm kỳ sinh hoạt liền, không báo cáo.")
    page.get_by_role("checkbox", name=re.compile(f"^{CHAIR}")).check()
    press(page, "Mở vụ việc")
    refused(page, troubles, "Ngày xảy ra")
    assert page.get_by_label("Vụ việc", exact=True).input_value() == MATTER
    page.locator("[name=day0]").fill(day(clock.today() - timedelta(days=90)))
    whole(page)
    press(page, "Mở vụ việc")
    told(page, "Đã mở vụ việc, lập hồ sơ")
    whole(page)


def cannot(page, troubles, *parts):
    """See that what is not yet to be done is not offered, and that its address leads nowhere."""
    here = page.url
    assert not page.get_by_role("link", name="Ra quyết định kỷ luật").count()
    for part in parts:
        assert not page.locator(f"main a[href$='/{part}/']").count()
        page.goto(f"{here}{part}/")
        page.get_by_role("heading", level=1).wait_for()
        forgive_refusal(troubles, 404)
    page.goto(here)


def set_aside(page, troubles):
    """While the subject lies in hospital nothing is done in the case; then it goes on."""
    follow(page, "Tạm chưa xem xét")
    page.get_by_role("radio", name="Bệnh nặng, đang nằm viện").check()
    whole(page)
    press(page, "Tạm chưa xem xét")
    told(page, "Đã ghi tạm chưa xem xét")
    whole(page)
    cannot(page, troubles, "quyet-dinh", "bo-phieu")
    follow(page, "Xem xét trở lại")
    whole(page)
    press(page, "Xem xét trở lại")
    told(page, "Đã ghi xem xét trở lại")


def review(page):
    """Type the subject's review of self from paper."""
    follow(page, "Ghi hộ bản giấy : Tự kiểm điểm")
    page.get_by_label("Tự kiểm điểm", exact=True).fill(REVIEW)
    page.get_by_role("radio", name="Khiển trách").check()
    whole(page)
    press(page, "Nộp bản tự kiểm điểm")
    told(page, "Đã ghi bản tự kiểm điểm")
    page.get_by_text("Tự nhận: khiển trách").wait_for()


def hear_the_subject(page):
    follow(page, "Ghi buổi nghe trình bày")
    page.get_by_label("Người nghe, thay mặt cấp quyết định").select_option(index=1)
    page.get_by_label("Đồng chí ấy trình bày").fill(HEARD)
    whole(page)
    press(page, "Ghi buổi nghe")
    told(page, "Đã ghi. Việc tiếp theo: bỏ phiếu.")
    page.get_by_text(HEARD).wait_for(state="attached")


def open_first_round(page):
    follow(page, "Lập phiếu vòng 1")
    page.get_by_label("Người kiểm phiếu thứ nhất").select_option(index=1)
    page.get_by_label("Người kiểm phiếu thứ hai").select_option(index=2)
    whole(page)
    press(page, "Lập phiếu")
    told(page, "Đã lập phiếu")
    page.get_by_text("đã lập phiếu, chờ kiểm phiếu").wait_for()
    whole(page)


def ask_again(page, troubles):
    """One who asks the same body a second time, from a page that was left open, is refused."""
    here = page.url
    page.goto(f"{here}bo-phieu/")
    page.get_by_label("Người kiểm phiếu thứ nhất").select_option(index=1)
    page.get_by_label("Người kiểm phiếu thứ hai").select_option(index=2)
    press(page, "Lập phiếu")
    refused(page, troubles, "Vòng bỏ phiếu này đã có")
    page.goto(here)


def test_no_decision_before_the_subject_was_heard(chair, troubles):
    open_case(chair, troubles)
    for name in (
        "Sửa nội dung", "Kết thúc, không kỷ luật", "Đổi người thụ lý", "Ghi vì sao không có bản tự kiểm điểm",
    ):  # fmt: skip
        glance(chair, name)
    set_aside(chair, troubles)
    cannot(chair, troubles, "bo-phieu", "quyet-dinh", "nghe")
    review(chair)
    cannot(chair, troubles, "bo-phieu", "quyet-dinh")
    hear_the_subject(chair)
    cannot(chair, troubles, "quyet-dinh")
    open_first_round(chair)
    ask_again(chair, troubles)
    cannot(chair, troubles, "quyet-dinh")


# --- from the case to the decision, to the complaint, to what is made good -------------------------------------------
@pytest.fixture
def desk(new_page, sign_in):
    """Give the screen of the cell's secretary, who has the case in hand."""
    page = new_page(**visitor.WIDE)
    sign_in(page, "village_secretary")
    return page


@pytest.fixture
def hers(new_page, sign_in):
    """Give the telephone of the member whom it is about."""
    page = new_page(**visitor.PHONE)
    sign_in(page, "member")
    return page


def open_in_the_cell(page):
    room(page, "Kỷ luật")
    follow(page, "Mở vụ việc")
    page.get_by_label("Vụ việc", exact=True).fill(CELL_MATTER)
    choose(page, "Đảng viên", HER)
    page.locator("[name=act0]").fill("Ba tháng không báo việc được giao.")
    page.locator("[name=day0]").fill(day(clock.today() - timedelta(days=40)))
    page.get_by_role("checkbox", name=re.compile(f"^{ITS_SECRETARY}")).check()
    press(page, "Mở vụ việc")
    told(page, "Đã mở vụ việc, lập hồ sơ")
    return page.url


def review_oneself(phone):
    """She finds the case among what concerns her, with every guarantee, and writes herself."""
    room(phone, "Tổng quan")
    phone.get_by_role("link", name="Vụ việc kỷ luật: phần của đồng chí").click()
    phone.get_by_role("heading", name="Bảo đảm").wait_for()
    whole(phone)
    mine = phone.url
    follow(phone, "Viết bản tự kiểm điểm")
    phone.get_by_label("Tự kiểm điểm", exact=True).fill(HER_REVIEW)
    phone.get_by_role("radio", name="Khiển trách").check()
    whole(phone)
    press(phone, "Nộp bản tự kiểm điểm")
    told(phone, "Đã nộp bản tự kiểm điểm")
    whole(phone)
    return mine


def hear_her(page):
    page.reload()
    page.get_by_text(HER_REVIEW).wait_for(state="attached")
    follow(page, "Ghi buổi nghe trình bày")
    choose(page, "Người nghe, thay mặt cấp quyết định", ITS_SECRETARY)
    page.get_by_label("Đồng chí ấy trình bày").fill("Tôi bận chăm mẹ ốm, không báo chi bộ.")
    press(page, "Ghi buổi nghe")
    told(page, "Đã ghi. Việc tiếp theo: bỏ phiếu.")


def vote(page, case, number, choose_all):
    """Hold one of the two votes, all on paper: two are against, or for nothing."""
    follow(page, f"Lập phiếu vòng {number}")
    whole(page)
    page.get_by_label("Người kiểm phiếu thứ nhất").select_option(index=3)
    page.get_by_label("Người kiểm phiếu thứ hai").select_option(index=4)
    press(page, "Lập phiếu")
    told(page, "Đã lập phiếu")
    follow(page, "Đến cuộc bỏ phiếu")
    slips = open_it(page)
    follow(page, "Kiểm phiếu")
    for box in page.locator("main input[type=text], main input[type=number]").all():
        box.fill("0")
    for label, count in {
        "Phiếu giấy phát ra": slips,
        "Phiếu giấy thu về": slips,
        choose_all: slips - 2,
        {1: "Không đồng ý", 2: "Không kỷ luật"}[number]: 2,
    }.items():
        page.get_by_label(label, exact=True).fill(str(count))
    press(page, "Kiểm phiếu")
    fill_passphrases(page, *PHRASES)
    press(page, "Kiểm phiếu")
    told(page, "Đã kiểm phiếu xong")
    page.goto(case)
    follow(page, "Ghi kết quả bỏ phiếu")
    whole(page)
    press(page, "Ghi kết quả vào vụ việc")
    told(page, "Đã ghi kết quả bỏ phiếu")
    whole(page)


def decide(page):
    follow(page, "Ra quyết định kỷ luật")
    page.get_by_label("Số quyết định").fill("02-QĐ/CB")
    page.get_by_label("Vì sao, căn cứ").fill("Không làm, không báo việc chi bộ giao.")
    whole(page)
    read_over_and(page, "Ra quyết định kỷ luật")
    told(page, "Đã ra quyết định")
    whole(page)


def hand_over(page):
    follow(page, "Ghi ngày trao")
    page.get_by_label("Trao cho ai, thế nào").fill("Trao tại nhà văn hóa thôn, ký nhận")
    whole(page)
    press(page, "Ghi ngày trao")
    told(page, "Khiếu nại được đến hết ngày")
    whole(page)


def complain(phone, mine):
    phone.goto(mine)
    whole(phone)
    follow(phone, "Mở quyết định")
    whole(phone)
    follow(phone, "Khiếu nại")
    phone.get_by_label("Nội dung khiếu nại").fill(COMPLAINT)
    whole(phone)
    press(phone, "Gửi khiếu nại")
    told(phone, "Đã nhận khiếu nại")
    whole(phone)
    glance(phone, "Rút khiếu nại")


def settle(page, troubles):
    """The inspection committee above takes the complaint up, and annuls the decision."""
    room(page, "Kỷ luật")
    page.get_by_role("main").get_by_role("link", name="Khiếu nại", exact=True).click()
    whole(page)
    page.get_by_role("row").filter(has_text="02-QĐ/CB").get_by_role("link").first.click()
    page.get_by_text(COMPLAINT).wait_for()
    glance(page, "Không thụ lý")
    follow(page, "Thụ lý")
    whole(page)
    press(page, "Thụ lý")
    refused(page, troubles, "Chưa chọn người giải quyết")
    choose(page, "Người giải quyết", CHAIR)
    press(page, "Thụ lý")
    told(page, "Đã thụ lý")
    follow(page, "Ghi kết quả giải quyết")
    page.locator("[name=result][value=annulled]").check()
    page.get_by_label("Số văn bản trả lời").fill("09-QĐ/UBKT")
    page.get_by_label("Trả lời", exact=True).fill("Việc đã báo cho tổ trưởng; quyết định không có căn cứ.")
    whole(page)
    read_over_and(page, "Ghi kết quả giải quyết")
    told(page, "Đã ghi kết quả giải quyết")
    whole(page)


def make_good(page, decision):
    """Apology, good name and rights: each is due, and written down as done."""
    page.goto(decision)
    whole(page)
    due = page.get_by_role("link", name=re.compile("^Ghi đã làm"))
    for left in range(due.count(), 0, -1):
        expect(due).to_have_count(left)
        due.first.click()
        page.get_by_label("Ở đâu, trước ai").fill("Họp chi bộ thôn, trước toàn thể")
        whole(page)
        press(page, "Ghi đã làm")
        told(page, "Đã ghi.")
    expect(due).to_have_count(0)
    whole(page)


def test_a_case_of_a_cell_to_what_is_made_good(desk, hers, chair, troubles):
    case = open_in_the_cell(desk)
    mine = review_oneself(hers)
    hear_her(desk)
    vote(desk, case, 1, "Đồng ý")
    vote(desk, case, 2, "Khiển trách")
    decide(desk)
    decision = desk.url
    hand_over(desk)
    complain(hers, mine)
    settle(chair, troubles)
    make_good(desk, decision)
    hers.goto(mine)
    whole(hers)


# --- kin -------------------------------------------------------------------------------------------------------------
def test_kin_is_declared_and_taken_back_on_the_phone(hers):
    room(hers, "Kiểm tra, giám sát")
    follow(hers, "Khai người thân")
    choose(hers, "Người thân là đảng viên", "Lê Thị Bích")
    press(hers, "Khai người thân")
    told(hers, "Đã khai")
    whole(hers)
    hers.get_by_role("link", name=re.compile("^Bỏ")).click()
    whole(hers)
    press(hers, "Bỏ lời khai")
    told(hers, "Đã bỏ lời khai")
