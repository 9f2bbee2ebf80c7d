"""With scripts off in the browser everything needed still works: sign in, filter, read a person, import."""

from __future__ import annotations

from datetime import date

import pytest

from hatnhan.demo.faulty import faulty_rows
from hatnhan.demo.workbook import write_workbook
from tests.browser import visitor

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
