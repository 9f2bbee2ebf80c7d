"""On a phone: a village cell's secretary runs a monthly meeting from invitation to locked minutes."""

from __future__ import annotations

import re
from pathlib import Path
from shutil import copyfile

import pytest

from tests.browser import visitor
from tests.browser.hands import (
    TONIGHT,
    began,
    fits,
    follow,
    forgive_refusal,
    glance,
    press,
    read_over_and,
    soon,
    tap,
    today,
    told,
    whole,
)

#: Any real picture does: a browser that draws on a busy machine cannot always take one of itself.
PHOTOGRAPH = Path(__file__).parents[2] / "docs" / "pictures" / "roll-390.png"
SAVED = re.compile(r"Đã lưu \d")
CHAIR, RECORDER = "Đỗ Văn Hải, Bí thư chi bộ", "Nguyễn Thị Hòa"
PATH, LIGHTS = "Đường trục thôn đã đổ bê tông xong 300 mét.", "Tổ tự quản xin lắp thêm 6 bóng đèn đường."
CONCLUSION = "Chi bộ thống nhất lắp đèn trước Tết, chi từ quỹ thôn."
TASK = "Lắp 6 bóng đèn đường trục thôn"


@pytest.fixture
def phone(new_page, sign_in):
    """Give a function that opens the telephone of someone who is signed in by role."""

    def open_phone(role):
        page = new_page(**visitor.PHONE)
        sign_in(page, role)
        return page

    return open_phone


# --- before --------------------------------------------------------------------------------------------------------
def bring_forward(page):
    """Hold the next meeting tonight; return its title."""
    tap(page, "Sinh hoạt")
    page.locator(".hn-big h2 a").first.click()
    follow(page, "Đổi ngày họp")
    page.get_by_label("Ngày họp").fill(today())
    page.get_by_label("Giờ họp").fill(TONIGHT)
    page.get_by_label("Lý do").fill("Tuần tới cả thôn vào vụ gặt")
    assert fits(page)
    press(page, "Đổi ngày họp")
    told(page, "Đã đổi: họp")
    return page.get_by_role("heading", level=1).inner_text()


def prepare(page, tmp_path):
    """Lay the agenda by the template, put pressing matters first, hand in a paper."""
    follow(page, "Lập theo mẫu")
    press(page, "Đưa vào chương trình")
    follow(page, "Chọn việc nổi cộm")
    matter = page.get_by_role("checkbox").first
    matter.check()
    press(page, "Đưa vào chương trình")
    paper = tmp_path / "anh-duong-thon.png"
    copyfile(PHOTOGRAPH, paper)
    page.get_by_role("link", name=re.compile("^Gửi tài liệu")).first.click()
    whole(page)
    page.set_input_files("input[type=file]", paper)
    press(page, "Gửi tài liệu")
    told(page, "Đã gửi “anh-duong-thon")
    glance(page, "Bỏ anh-duong-thon")


def invite(page):
    follow(page, "Mời họp")
    assert page.locator("select[name=chair] option:checked").inner_text() == CHAIR
    page.get_by_label("Thư ký").select_option(label=RECORDER)
    read_over_and(page, "Mời họp")
    told(page, "Đã mời")
    assert fits(page)


# --- while it goes on ----------------------------------------------------------------------------------------------
def open_it(page):
    follow(page, "Khai mạc")
    whole(page)
    page.get_by_label("Khai mạc lúc").fill(began())
    press(page, "Khai mạc")
    told(page, "Đã khai mạc")


def people(page):
    """Return who of the cell is expected, in the order of the roll; whoever is exempt is marked already."""
    rows = page.locator(".hn-roll > li:not(:has(input:checked))")
    return [text.split("\n")[0] for text in rows.locator("legend").all_inner_texts()]


def check_in(page, member):
    """A member with a telephone says by the code that she is there."""
    follow(page, "Mở mã QR cho người có điện thoại")
    member.goto(page.locator(".live-address").inner_text())
    whole(member)
    press(member, "Tôi có mặt")
    member.get_by_text(f"Đã ghi đ/c {RECORDER} có mặt.").wait_for()
    follow(page, "Về danh sách")
    page.get_by_role("heading", name="1/").wait_for()


def call_the_roll(page, away):
    """One is away with a reason, the rest is there; return how many are."""
    page.get_by_role("group", name=away).get_by_role("radio", name="Vắng có lý do", exact=True).tap()
    page.get_by_text("Ghi lý do vắng, rồi dấu mới được lưu.").wait_for()
    page.get_by_label(f"Lý do vắng của {away}").fill("Đi viện")
    page.get_by_text(SAVED).wait_for()
    page.get_by_role("button", name="Ghi “Có mặt” cho người còn lại").tap()
    page.get_by_text(re.compile(r"^1 vắng có lý do( · \d+ được miễn)?$")).wait_for()
    present, expected = map(int, re.match(r"(\d+)/(\d+)", page.locator("[data-head]").inner_text()).groups())
    assert present == expected - 1
    assert fits(page)
    return present


def say(page, name, words):
    page.get_by_label("Ai phát biểu").select_option(label=name)
    page.get_by_label("Nói gì").fill(words)


def type_without_network(page, words, troubles):
    """Type a conclusion while the network is gone; that the browser says so is no fault of the page."""
    page.context.set_offline(True)
    page.get_by_label("Kết luận của cuộc họp").fill(words)
    page.get_by_text("Mất mạng. Chữ đã giữ trong máy này").wait_for()
    assert all("net::ERR_INTERNET_DISCONNECTED" in one for one in troubles), troubles
    troubles.clear()


def write_minutes(page, speakers, troubles):
    """Two speak; the network goes while the conclusion is typed, and comes back."""
    page.locator(".live-agenda a").nth(1).click()
    say(page, speakers[0], PATH)
    page.get_by_role("button", name="Thêm người phát biểu").tap()
    say(page, speakers[1], LIGHTS)
    page.get_by_text(SAVED).wait_for()
    type_without_network(page, CONCLUSION[:20], troubles)
    page.context.set_offline(False)
    page.get_by_text(SAVED).wait_for()


def close_the_tab_and_come_back(page, speakers, troubles):
    """Type on without network, close the browser's tab, come back to the page: the words are there. Return it."""
    context, address = page.context, page.url
    type_without_network(page, CONCLUSION, troubles)
    page.close()
    context.set_offline(False)
    page = context.new_page()
    visitor.listen(page, troubles)
    page.goto(address)
    page.get_by_text(SAVED).wait_for()
    page.reload()
    assert page.get_by_label("Kết luận của cuộc họp").input_value() == CONCLUSION
    assert page.get_by_label(f"Lời của {speakers[0]}").input_value() == PATH
    assert fits(page)
    return page


def give_a_task_and_vote(page, owner, present):
    page.get_by_role("radio", name="Đã bàn xong").tap()
    page.get_by_text(SAVED).wait_for()
    follow(page, "Giao việc")
    page.get_by_label("Việc", exact=True).fill(TASK)
    page.get_by_label("Ai làm").select_option(label=owner)
    page.get_by_label("Hạn").fill(soon())
    press(page, "Giao việc")
    told(page, f"Đã giao việc “{TASK}”")
    follow(page, "Biểu quyết giơ tay")
    page.get_by_label("Biểu quyết về").fill("Chi quỹ thôn lắp đèn")
    page.get_by_label("Tán thành", exact=True).fill(str(present - 1))
    page.get_by_label("Ý kiến khác").fill("1")
    press(page, "Ghi biểu quyết")
    told(page, "Đã ghi biểu quyết")
    page.get_by_text(f"Tán thành {present - 1} · không tán thành 0 · ý kiến khác 1").wait_for()
    glance(page, "Ghi sai, bỏ")
    whole(page)


def criticise_oneself(member, title):
    """A member finds the meeting among those she is asked to, and writes her own part."""
    tap(member, "Sinh hoạt")
    follow(member, title)
    follow(member, "Tự phê bình")
    follow(member, "Viết tự phê bình")
    whole(member)
    member.get_by_label("Tự phê bình", exact=True).fill("Chưa dự đủ buổi dọn vệ sinh thôn.")
    member.get_by_label("Cách sửa").fill("Dự đủ các buổi từ tháng sau.")
    press(member, "Lưu")
    told(member, "Đã lưu bản tự phê bình")
    assert fits(member)


def adopt_the_resolution(page):
    page.get_by_role("link", name="Nội dung", exact=True).first.click()
    follow(page, "Nghị quyết tháng")
    follow(page, "Viết dự thảo")
    page.get_by_label("I. Kết quả tháng trước").fill("Hoàn thành đường trục thôn.")
    page.get_by_label("II. Phương hướng, nhiệm vụ tháng này").fill("Lắp đèn đường, thu gom rác đúng ngày.")
    press(page, "Lưu dự thảo")
    follow(page, "Thông qua")
    whole(page)
    page.get_by_label("Số nghị quyết").fill("99-NQ/CB")
    read_over_and(page, "Ghi đã thông qua")
    told(page, "Đã ghi nghị quyết 99-NQ/CB được thông qua")
    page.get_by_role("table").get_by_text(TASK).wait_for()
    assert fits(page)


# --- afterwards ----------------------------------------------------------------------------------------------------
def end(page):
    page.get_by_role("navigation", name="Các phần của cuộc họp").get_by_role("link", name="Nội dung").click()
    page.get_by_role("navigation", name="Các phần khi đang họp").get_by_role("link", name="Kết thúc").click()
    read_over_and(page, "Kết thúc cuộc họp")
    told(page, "Cuộc họp đã kết thúc")


def approve(page, words):
    follow(page, "Duyệt")
    press(page, "Duyệt biên bản")
    told(page, words)


def lock_and_correct(page):
    follow(page, "Khóa biên bản")
    read_over_and(page, "Khóa biên bản")
    told(page, "Đã khóa biên bản")
    follow(page, "Thêm đính chính")
    page.get_by_label("Đính chính").fill("Số bóng đèn là 7, không phải 6.")
    read_over_and(page, "Thêm đính chính")
    told(page, "Đã thêm đính chính")
    page.get_by_text("Số bóng đèn là 7, không phải 6.").wait_for()
    assert fits(page)


def score(page, troubles):
    """Give the points that nothing is worked out for; more than the most is refused, and nothing is lost."""
    page.get_by_role("navigation", name="Các phần của cuộc họp").get_by_role("link", name="Chấm điểm").click()
    follow(page, "Tự chấm điểm")
    whole(page)
    boxes = page.locator("main input.hn-points")
    missing = [box for box in boxes.all() if not box.input_value()]
    assert 0 < len(missing) < boxes.count()
    for box in missing:
        box.fill("3")
    missing[-1].fill("99")
    press(page, "Ghi điểm tự chấm")
    page.locator(".hn-errors").wait_for()
    forgive_refusal(troubles)
    assert [box.input_value() for box in missing] == ["3"] * (len(missing) - 1) + ["99"]
    missing[-1].fill("3")
    press(page, "Ghi điểm tự chấm")
    page.get_by_text(re.compile(r"Chi bộ tự chấm \d+ điểm")).first.wait_for()
    assert fits(page)


def test_a_month_from_invitation_to_locked_minutes(phone, tmp_path, troubles):
    page = phone("village_secretary")
    title = bring_forward(page)
    prepare(page, tmp_path)
    invite(page)
    open_it(page)
    _secretary, *speakers, away = people(page)[:4]
    member = phone("member")
    check_in(page, member)
    present = call_the_roll(page, away)
    follow(page, "Vào nội dung")
    write_minutes(page, speakers, troubles)
    page = close_the_tab_and_come_back(page, speakers, troubles)
    give_a_task_and_vote(page, speakers[1], present)
    criticise_oneself(member, title)
    adopt_the_resolution(page)
    end(page)
    approve(page, "Đã duyệt với tư cách chủ trì")
    member.goto(page.url)
    approve(member, "Thư ký và chủ trì đã duyệt")
    page.reload()
    lock_and_correct(page)
    whole(page)
    score(page, troubles)
