"""The secretary closes last Friday's review and opens this Friday's: what was left undone stands on top."""

from __future__ import annotations

import re

import pytest

from tests.browser import visitor
from tests.browser.hands import (
    TONIGHT,
    began,
    follow,
    forgive_refusal,
    glance,
    press,
    read_over_and,
    today,
    told,
    whole,
)

OPENS = re.compile("^Mở phiếu nhận xét")
SAVED = re.compile(r"Đã lưu \d")
SHORTCOMING = "Hồ sơ họp Đảng ủy gửi muộn hai ngày so với quy chế."
DEPUTY = "Tạ Thị Hiền"
ANSWER = "Nhận. Tuần sau gửi lịch sớm hơn một ngày."
REMEDY = "Gửi hồ sơ họp trước ba ngày, đúng quy chế làm việc"


@pytest.fixture
def page(page_wide, sign_in):
    sign_in(page_wide, "secretary")
    return page_wide


def to_meetings(page):
    page.get_by_role("navigation", name="Các phòng việc").get_by_role(
        "link", name="Sinh hoạt, hội nghị"
    ).click()
    page.get_by_role("heading", name="Sinh hoạt, hội nghị", level=1).wait_for()


def judge(page, place, verdict):
    """Conclude on one of last week's remedies; return the remedy."""
    row = page.locator(".review-remedies tbody tr", has=page.get_by_role("combobox")).nth(place)
    row.get_by_role("combobox", name="Kết luận").select_option(label=verdict)
    row.get_by_text(SAVED).wait_for()
    return row.locator("th").inner_text().split("\n")[0]


def write_of(page, name):
    """Write what was good of a person, whether something stands there already or not."""
    empty = page.locator(".review-rest summary", has_text=name)
    if empty.count():
        empty.click()
    form = page.get_by_role("form", name=name)
    form.get_by_label("Ưu điểm").fill("Chuẩn bị kỹ nội dung hội ý.")
    form.get_by_text(SAVED).wait_for()


def write_row(page):
    """Write the first row that is still empty; return of whom it speaks."""
    row = page.locator(".review-rest > li").first
    name = row.locator("summary b").inner_text()
    row.locator("summary").click()
    row.get_by_label("Hạn chế").fill(SHORTCOMING)
    row.get_by_label("Cách khắc phục").fill(REMEDY)
    row.get_by_text(SAVED).wait_for()
    return name


def approve(page, words):
    follow(page, "Duyệt")
    press(page, "Duyệt biên bản")
    told(page, words)


def approve_and_lock(page, deputy):
    """The secretary, who chaired, and the deputy, who recorded, approve; then it is locked."""
    approve(page, "Đã duyệt với tư cách chủ trì")
    deputy.goto(page.url)
    whole(deputy)
    approve(deputy, "Thư ký và chủ trì đã duyệt")
    page.reload()
    glance(page, "Rút duyệt để sửa")
    follow(page, "Khóa biên bản")
    whole(page)
    read_over_and(page, "Khóa biên bản")
    told(page, "Đã khóa biên bản")


def answer(deputy):
    """The person whom a row concerns reads it, and answers."""
    deputy.goto("/hop/")
    follow(deputy, "Xem, trả lời")
    deputy.get_by_role("link", name=re.compile("^Trả lời")).first.click()
    whole(deputy)
    deputy.get_by_label("Ý kiến của đồng chí").fill(ANSWER)
    press(deputy, "Lưu trả lời")
    deputy.get_by_text(ANSWER).wait_for()


def close(page, troubles):
    """End the review that is open."""
    page.locator(".hn-dock").get_by_role("link", name="Kết thúc cuộc họp").click()
    page.get_by_label("Kết thúc lúc").fill("13 giờ 30")
    press(page, "Kết thúc cuộc họp")
    page.locator(".hn-errors").get_by_text("Ghi giờ kết thúc sau giờ ấy").first.wait_for()
    forgive_refusal(troubles)
    page.get_by_label("Kết thúc lúc").fill("15 giờ 40")
    read_over_and(page, "Kết thúc cuộc họp")
    told(page, "Cuộc họp đã kết thúc")


def open_next(page):
    """Open the review that comes next; before its Friday by moving it to today."""
    to_meetings(page)
    page.locator("#tuan a").click()
    if not page.get_by_text("Đã đến ngày họp").count():
        follow(page, "Đổi ngày họp")
        page.get_by_label("Ngày họp").fill(today())
        page.get_by_label("Giờ họp").fill(TONIGHT)
        page.get_by_label("Lý do").fill("Bí thư đi công tác ngày thứ Sáu")
        press(page, "Đổi ngày họp")
        told(page, "Đã đổi: họp")
    follow(page, "Khai mạc")
    page.get_by_label("Khai mạc lúc").fill(began())
    press(page, "Khai mạc")
    told(page, "Đã khai mạc")
    follow(page, "Nhận xét")


def test_last_friday_is_closed_and_this_friday_begins_with_what_was_left_undone(
    page, new_page, sign_in, troubles
):
    to_meetings(page)
    page.get_by_role("link", name=OPENS).click()
    page.get_by_role("heading", name="Việc khắc phục của tuần trước").wait_for()
    last = page.get_by_role("heading", level=1).inner_text()
    done, left = judge(page, 0, "Xong"), judge(page, 1, "Chuyển tuần sau")
    write_of(page, DEPUTY)
    name = write_row(page)
    page.reload()
    assert page.get_by_role("form", name=name).get_by_label("Hạn chế").input_value() == SHORTCOMING

    close(page, troubles)
    deputy = new_page(**visitor.WIDE)
    sign_in(deputy, "standing_deputy")
    approve_and_lock(page, deputy)
    answer(deputy)
    follow(page, "Nhận xét")
    page.locator("main").get_by_text(SHORTCOMING).wait_for()
    page.locator("main").get_by_role("link", name=REMEDY).wait_for()

    open_next(page)
    assert page.get_by_role("heading", level=1).inner_text() != last
    assert page.locator("main h2").first.inner_text() == "Việc khắc phục của tuần trước"
    on_top = page.locator(".review-remedies tbody tr", has=page.get_by_role("combobox"))
    undone = [text.split("\n")[0] for text in on_top.locator("th").all_inner_texts()]
    assert {left, REMEDY} <= set(undone)
    assert done not in undone
    assert page.get_by_text("Còn trống").first.is_visible()
    whole(page)
