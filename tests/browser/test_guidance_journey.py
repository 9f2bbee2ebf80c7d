"""A resolution's way to the cells: register, core, variants, a cell's own part, a member's study, the follow-up."""

from __future__ import annotations

import re
from datetime import timedelta

import docx

from hatnhan.core import clock
from hatnhan.core.vietnamese import day
from tests.browser import visitor
from tests.browser.hands import (
    fits,
    follow,
    glance,
    part_of,
    press,
    refused,
    soon,
    today,
    told,
    whole,
)

NUMBER, CELL, MEMBER = "968-NQ/TU", "Chi bộ thôn Đồng Sen", "Nguyễn Thị Hòa"
SUBJECT = "Về giữ sạch đường làng, ngõ xóm"
SENTENCE = "Mỗi thôn lập một tổ thu gom, phân loại rác tại từng hộ gia đình."
TALK, SORT = "Quán triệt nghị quyết tới toàn thể đảng viên.", "Phân loại rác từ hộ gia đình."
VILLAGE = "Phân loại rác từ hộ gia đình ở từng xóm."
OWN = "Chi bộ dọn ngõ sáng thứ Bảy hằng tuần."
QUIZ = (
    ("Rác được phân loại ở đâu?", "Tại từng hộ gia đình", "Tại bãi rác"),
    ("Mỗi thôn lập mấy tổ thu gom?", "Một tổ", "Ba tổ"),
)
RESULTS = "Chi bộ đã lập tổ thu gom, 42 hộ phân loại rác."
#: So many times the page is opened again while the background worker reads a file.
LOOKS = 200


def room(page, tab):
    part_of(page, "Triển khai nghị quyết", tab)


# --- the register --------------------------------------------------------------------------------------------------
def enter(page, troubles):
    """Enter the document; without its subject nothing is written, and nothing typed is lost."""
    follow(page, "Vào sổ văn bản")
    page.get_by_label("Loại văn bản").select_option(label="Nghị quyết")
    page.get_by_label("Cơ quan ban hành").fill("Tỉnh ủy")
    page.get_by_label("Số, ký hiệu").fill(NUMBER)
    page.get_by_label("Ngày ban hành").fill(day(clock.today() - timedelta(days=3)))
    page.get_by_label("Ngày nhận").fill(today())
    press(page, "Vào sổ")
    refused(page, troubles, "Trích yếu")
    assert page.get_by_label("Số, ký hiệu").input_value() == NUMBER
    assert page.get_by_label("Ngày nhận").input_value() == today()
    page.get_by_label("Trích yếu").fill(SUBJECT)
    whole(page)
    press(page, "Vào sổ")
    told(page, f"Đã vào sổ {NUMBER}")


def paper(folder, name, *lines):
    """Make a real Word file."""
    file = docx.Document()
    for line in lines:
        file.add_paragraph(line)
    file.save(folder / name)
    return folder / name


def send(page, file):
    page.set_input_files("input[type=file]", file)
    page.get_by_label("Tôi đã xem").check()
    press(page, "Gửi tệp")


def hand_in(page, folder, troubles):
    """A broken file and a classified one are refused; the good one is read at once."""
    broken = folder / "hong.pdf"
    broken.write_bytes(b"%PDF-1.7\n" + b"\x00" * 200)
    follow(page, "Gửi tệp")
    whole(page)
    send(page, broken)
    refused(page, troubles, "Tệp hỏng, không mở được")
    send(page, paper(folder, "ke-hoach.docx", "MẬT", SENTENCE))
    refused(page, troubles, "dấu độ mật")
    send(page, paper(folder, "nghi-quyet.docx", SUBJECT, SENTENCE))
    told(page, "Đã gửi “nghi-quyet”")
    wait_until_read(page)
    page.get_by_text(SENTENCE).wait_for()
    whole(page)
    glance(page, "Bỏ tệp nghi-quyet")


def wait_until_read(page):
    """Open the page again, as it asks, until the worker has read the file; each look takes its time."""
    for _look in range(LOOKS):
        if not page.get_by_text("Đang đọc chữ trong tệp").count():
            return
        page.reload()


def find(page):
    """Find the document by words of its file, typed without marks."""
    room(page, "Văn bản")
    page.get_by_label("Tìm trong số, trích yếu, toàn văn").fill("phan loai rac tai tung ho")
    press(page, "Tìm")
    page.locator("mark", has_text="ân loại").first.wait_for()
    whole(page)
    follow(page, f"Nghị quyết {NUMBER}")


# --- the plan ------------------------------------------------------------------------------------------------------
def plan(page, troubles):
    """Plan the roll-out; a second plan of the same document is refused."""
    follow(page, "Lập kế hoạch triển khai")
    again = page.url
    page.get_by_label("Văn bản yêu cầu gì").fill("Thôn nào cũng có tổ thu gom rác.")
    whole(page)
    press(page, "Lập kế hoạch")
    told(page, "Đã lập kế hoạch")
    here = page.url
    page.goto(again)
    page.get_by_label("Văn bản yêu cầu gì").fill("Lập thêm một kế hoạch nữa.")
    press(page, "Lập kế hoạch")
    refused(page, troubles, "đã có kế hoạch triển khai")
    follow(page, "Mở kế hoạch ấy")
    page.wait_for_url(here)


def write_core(page, troubles):
    """Write two points, one of them a task, which needs its day."""
    follow(page, "Soạn nội dung cốt lõi")
    page.locator("[name=text-1]").fill(TALK)
    press(page, "Thêm ô nội dung")
    assert page.locator("[name=text-1]").input_value() == TALK
    page.locator("[name=text-2]").fill(SORT)
    page.locator("[name=task-2]").check()
    press(page, "Lưu nội dung cốt lõi")
    refused(page, troubles, "cần có hạn")
    assert page.locator("[name=text-1]").input_value() == TALK
    page.locator("[name=due-2]").fill(soon())
    whole(page)
    press(page, "Lưu nội dung cốt lõi")
    told(page, "Đã lưu nội dung cốt lõi")


def write_variants(page):
    """Write a text for every kind of cell; they stand side by side with what differs marked. Return the kinds."""
    lacking = page.locator(".hn-note-gold a")
    kinds = lacking.all_inner_texts()
    for kind in kinds:
        lacking.first.click()
        page.get_by_label("Lời dẫn").fill(f"Gửi {kind}.")
        if "thôn" in kind.lower():
            page.locator("[name^=said-]").nth(1).fill(VILLAGE)
            whole(page)
        press(page, "Lưu bản cụ thể hóa")
        told(page, f"Đã lưu bản cụ thể hóa: {kind}")
    table = page.get_by_role("table", name="Mỗi dòng một nội dung cốt lõi")
    assert table.get_by_role("columnheader").count() == len(kinds) + 1
    table.locator("ins", has_text="ở từng xóm").wait_for()
    whole(page)
    return kinds


def approve(page, kinds):
    """Read what will follow for every kind of cell, then approve."""
    for name in ("Bỏ kế hoạch", f"Bỏ {kinds[0]}", "Bỏ nội dung 1", "Sửa nội dung 1", "Sửa kế hoạch"):
        glance(page, name)
    follow(page, "Duyệt, giao cho chi bộ")
    page.get_by_label("Số kế hoạch").fill("77-KH/ĐU")
    press(page, "Duyệt, giao cho chi bộ")
    page.locator("button[name=confirm]").wait_for()
    for kind in kinds:
        page.locator(".hn-consequences").get_by_text(
            re.compile(rf"^{kind}: \d+ chi bộ, mỗi chi bộ 1 việc\.$")
        ).wait_for()
    whole(page)
    press(page, "Duyệt, giao cho chi bộ")
    told(page, "Đã duyệt và giao cho các chi bộ")
    page.get_by_role("link", name=CELL, exact=True).wait_for()


def ask(page):
    """Make a quiz of two questions."""
    follow(page, "Câu hỏi trắc nghiệm")
    for text, right, wrong in QUIZ:
        follow(page, "Thêm câu hỏi")
        page.get_by_label("Câu hỏi").fill(text)
        page.get_by_label("Phương án 1").fill(right)
        page.get_by_label("Phương án 2").fill(wrong)
        page.get_by_label("Phương án đúng").select_option(label="1")
        press(page, "Thêm câu hỏi")
        told(page, "Đã thêm câu hỏi")
    whole(page)
    glance(page, "Thôi dùng")


# --- in the cell ---------------------------------------------------------------------------------------------------
def open_given(page):
    """The cell's secretary opens what the cell was given: its own text, and the next meeting has it."""
    room(page, "Kế hoạch triển khai")
    page.get_by_role("link", name=NUMBER).first.click()
    follow(page, CELL)
    page.get_by_text(VILLAGE).first.wait_for()
    whole(page)


def add_own(page, troubles):
    follow(page, "Thêm nội dung của chi bộ")
    press(page, "Thêm nội dung")
    refused(page, troubles, "Chưa ghi nội dung nào")
    page.locator("[name=text-1]").fill(OWN)
    whole(page)
    press(page, "Thêm nội dung")
    told(page, "Đã thêm nội dung của chi bộ")
    page.locator(".ro-text", has_text=OWN).wait_for()
    glance(page, f"Bỏ {OWN}")


def see_it_on_the_agenda(page):
    here = page.url
    page.get_by_role("region", name="Mốc và chương trình họp").get_by_role("link").first.click()
    page.get_by_role("main").get_by_text(NUMBER).first.wait_for()
    assert fits(page)
    page.goto(here)


def enter_readers(page):
    """Two who have no telephone signed a list on paper."""
    here = page.url
    room(page, "Văn bản")
    page.get_by_role("link", name=f"Nghị quyết {NUMBER}").click()
    follow(page, "Ai đã học")
    whole(page)
    follow(page, "Ghi hộ người đã đọc")
    whole(page)
    page.locator(".hn-fold > summary").click()
    for box in page.locator(f"label:not(:has-text('{MEMBER}')) input[type=checkbox]").all()[:2]:
        box.check()
    press(page, "Ghi đã đọc")
    told(page, "Đã ghi 2 đồng chí đã đọc")
    page.goto(here)


def report(page, troubles):
    follow(page, "Báo cáo kết quả")
    press(page, "Gửi báo cáo")
    refused(page, troubles, "Kết quả")
    page.get_by_label("Kết quả", exact=True).fill(RESULTS)
    whole(page)
    press(page, "Gửi báo cáo")
    told(page, "Đã gửi báo cáo")
    page.get_by_text(RESULTS).wait_for()
    whole(page)


# --- a member ------------------------------------------------------------------------------------------------------
def study(member):
    """A member finds what she has to read, reads it, says so, and answers the quiz."""
    room(member, "Học tập")
    follow(member, f"Đọc {NUMBER}")
    member.get_by_text(SENTENCE).wait_for()
    whole(member)
    press(member, "Tôi đã đọc bản này")
    told(member, "Đã ghi: đồng chí đã đọc văn bản này")
    member.get_by_role("row").filter(has_text=NUMBER).get_by_role("link", name="Làm trắc nghiệm").click()
    for _text, right, _wrong in QUIZ:
        member.get_by_role("radio", name=right, exact=True).check()
    whole(member)
    press(member, "Nộp bài")
    told(member, "Đúng 2/2 câu: đạt.")
    whole(member)


def register(member, troubles):
    """She registers for the coming year; a deed without its day is refused, and nothing typed is lost."""
    room(member, "Học tập và làm theo Bác")
    year = clock.today().year + 1
    member.get_by_label("Năm", exact=True).select_option(str(year))
    press(member, "Xem")
    follow(member, "Viết bản đăng ký")
    whole(member)
    learn = member.get_by_label("Nội dung học tập trong năm")
    learn.fill("Tiết kiệm.")
    member.get_by_label("Điều sẽ làm theo trong công việc").fill("Giữ ngõ sạch.")
    member.get_by_label("Việc 1", exact=True).fill("Quét ngõ sáng thứ Bảy")
    press(member, "Đăng ký")
    refused(member, troubles, "Chưa ghi hạn của việc này")
    assert learn.input_value() == "Tiết kiệm."
    member.get_by_label("Việc 1: xong trước hết ngày").fill(f"30/11/{year}")
    press(member, "Đăng ký")
    told(member, "Đã đăng ký")
    whole(member)


# --- above ---------------------------------------------------------------------------------------------------------
def follow_up(page, address):
    """The commune's secretary sees all of it in the cell's row, and goes down to the report."""
    page.goto(address)
    follow(page, "Theo dõi")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=re.compile("Đồng Sen")))
    row.get_by_role("link", name="Đã có").wait_for()
    row.get_by_role("link", name=re.compile(r"^3\D\d+")).wait_for()
    row.get_by_role("link", name=re.compile(r"^0\D1\b")).wait_for()
    whole(page)
    row.get_by_role("link", name=re.compile("^1 báo cáo")).click()
    page.get_by_text(RESULTS).wait_for()
    whole(page)


def test_from_the_register_to_the_cells_and_back(opened, tmp_path, troubles):
    page = opened("secretary", visitor.WIDE)
    room(page, "Văn bản")
    enter(page, troubles)
    hand_in(page, tmp_path, troubles)
    find(page)
    document = page.url
    plan(page, troubles)
    roll_out = page.url
    write_core(page, troubles)
    approve(page, write_variants(page))
    page.goto(document)
    ask(page)
    cell = opened("village_secretary", visitor.PHONE)
    open_given(cell)
    add_own(cell, troubles)
    see_it_on_the_agenda(cell)
    enter_readers(cell)
    report(cell, troubles)
    member = opened("member", visitor.PHONE)
    study(member)
    register(member, troubles)
    follow_up(page, roll_out)
