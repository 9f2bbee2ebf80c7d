"""With scripts off in the browser everything needed still works: sign in, filter, read a person, import, meet."""

from __future__ import annotations

import re
from datetime import date

import pytest

from hatnhan.demo.faulty import faulty_rows
from hatnhan.demo.workbook import write_workbook
from tests.browser import visitor
from tests.browser.hands import TONIGHT, began, follow, press, today, told

OFTEN = 300


@pytest.fixture
def page(new_page, sign_in):
    page = new_page(**visitor.WIDE, java_script_enabled=False)
    sign_in(page, "secretary")
    return page


def wait_as_one_does_without_scripts(page):
    """Ask again by the link until the file has been read."""
    page.wait_for_url("**/dang-vien/nhap/*/")
    for _ in range(OFTEN):
        if not page.locator("progress").count():
            return
        with page.expect_navigation():
            page.get_by_role("link", name="Xem đã xong chưa").click()
    pytest.fail("Tệp vẫn chưa đọc xong.")


def test_filters_the_list_and_opens_a_person(page):
    page.goto("/dang-vien/")
    page.get_by_role("combobox", name="Trạng thái").select_option("du_bi")
    page.get_by_role("button", name="Lọc", exact=True).first.click()
    page.wait_for_url("**trang_thai=du_bi**")
    rows = page.locator("main tbody tr")
    assert rows.count() > 0
    assert all("Dự bị" in text for text in rows.all_inner_texts())
    name = rows.first.locator("th a").inner_text()
    rows.first.locator("th a").click()
    page.get_by_role("heading", name=f"Đồng chí {name}").wait_for()
    page.get_by_text("Việc khác").click()
    page.get_by_role("link", name="Sửa nơi ở, điện thoại").wait_for()


def test_sees_a_workbook_before_it_is_written_and_answers(page, tmp_path):
    path = tmp_path / "danh-sach.xlsx"
    write_workbook(path, faulty_rows(), date(2026, 6, 30))
    page.goto("/dang-vien/nhap/")
    page.set_input_files("input[type=file]", path)
    page.get_by_role("button", name="Đọc tệp và xem trước").click()
    wait_as_one_does_without_scripts(page)
    page.get_by_role("heading", name="Chưa ghi được: còn 6 dòng có vấn đề").wait_for()
    page.get_by_role("button", name="Phải, dùng cho 1 dòng").click()
    wait_as_one_does_without_scripts(page)
    page.get_by_role("heading", name="Chưa ghi được: còn 5 dòng có vấn đề").wait_for()


def call_and_open(page):
    """Call the committee for tonight with one matter, and open the meeting."""
    page.goto("/hop/trieu-tap/")
    page.get_by_role("radio", name=re.compile("^Ban Chấp hành")).check()
    page.get_by_label("Tên cuộc họp").fill("Hội nghị bàn công tác thủy lợi")
    page.get_by_label("Ngày họp").fill(today())
    page.get_by_label("Giờ họp").fill(TONIGHT)
    page.get_by_label("Nơi họp").fill("Phòng họp Đảng ủy")
    press(page, "Triệu tập")
    follow(page, "Thêm nội dung")
    page.get_by_label("Nội dung", exact=True).fill("Nạo vét kênh tiêu")
    page.get_by_label("Số phút dự kiến").fill("20")
    press(page, "Thêm vào chương trình")
    follow(page, "Khai mạc")
    page.get_by_label("Thư ký").select_option(index=3)
    page.get_by_label("Khai mạc lúc").fill(began())
    press(page, "Khai mạc")
    told(page, "Đã khai mạc")


def test_calls_the_roll_and_writes_minutes_by_buttons(page):
    call_and_open(page)
    away = page.locator(".hn-roll > li").nth(3)
    away.locator("input[value=excused]").check()
    away.locator("summary").click()
    away.get_by_label("Lý do vắng").fill("Dự hội nghị tỉnh")
    page.get_by_role("button", name="Ghi điểm danh").click()
    told(page, "Đã lưu")
    page.get_by_role("button", name="Ghi “Có mặt” cho người còn lại").click()
    page.get_by_text("1 vắng có lý do").wait_for()
    assert (
        page.locator(".hn-roll input[value=present]:checked").count()
        == page.locator(".hn-roll > li").count() - 1
    )

    follow(page, "Vào nội dung")
    follow(page, "Nạo vét kênh tiêu")
    page.get_by_label("Ai phát biểu").select_option(index=2)
    page.get_by_label("Nói gì").fill("Kênh bồi lắng 40 cm.")
    press(page, "Thêm người phát biểu")
    page.get_by_label("Kết luận của cuộc họp").fill("Nạo vét trước mùa mưa.")
    page.get_by_role("button", name="Lưu", exact=True).click()
    told(page, "Đã lưu")
    page.reload()
    assert page.get_by_label("Kết luận của cuộc họp").input_value() == "Nạo vét trước mùa mưa."
    page.get_by_text("Kênh bồi lắng 40 cm.").wait_for()
