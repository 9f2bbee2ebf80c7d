"""The secretary's day with the roster: find, open a cell, import a faulty workbook, mend it, import it, export."""

from __future__ import annotations

from collections import Counter
from datetime import date

import openpyxl
import pytest

from hatnhan.demo.faulty import NEW_MEMBERS, faulty_rows, mended_rows
from hatnhan.demo.workbook import HEADINGS, write_workbook
from hatnhan.organization.roster.tests.books import save_raw_xlsx

#: Where the faulty workbook is wrong, as a person would point at it, and a word of what the page says of each.
WRONG = {
    "M9": "Tháng 2 không có ngày 31",
    "D10": "161 tuổi",
    "B12": "Trùng số thẻ với dòng 11",
    "O13": "Không có chi bộ này",
    "N14": "Trước ngày vào Đảng",
    "C16": "Thiếu họ tên",
}
FIRST_ROW = 8
RED = "FFFFC7CE"
SAME_AS_THE_BOOKS = "Tệp giống hệt sổ, không có gì để ghi"


@pytest.fixture
def page(page_wide, sign_in):
    sign_in(page_wide, "secretary")
    return page_wide


# --- what a hand does ----------------------------------------------------------------------------------------------
def hand_over(page, path):
    page.goto("/dang-vien/nhap/")
    page.set_input_files("input[type=file]", path)
    page.get_by_role("button", name="Đọc tệp và xem trước").click()
    page.wait_for_url("**/dang-vien/nhap/*/")


def choose(page, path):
    """Hand a workbook over and wait until it has been read."""
    hand_over(page, path)
    page.locator("progress").wait_for(state="detached")


def download(page, link, path):
    with page.expect_download() as waiting:
        page.get_by_role("link", name=link).click()
    waiting.value.save_as(path)
    return openpyxl.load_workbook(path)


def go_by_menu(page, name):
    page.get_by_role("navigation", name="Các phòng việc").get_by_role("link", name=name, exact=True).click()


def people(page):
    """Return the names in the list shown."""
    return [text.split("\n")[0] for text in page.locator("main tbody th").all_inner_texts()]


def given_names(names):
    return [name.split()[-1] for name in names]


def figures(page):
    """Return the total at home and on the board, and the members of each cell on the board."""
    page.goto("/")
    tile = page.locator("li.hn-fig", has=page.get_by_text("Đảng viên", exact=True)).locator(".hn-fig-val")
    home = tile.inner_text()
    page.get_by_role("link", name="Xem bảng số liệu").click()
    page.wait_for_url("**/so-lieu/**")
    cells = page.get_by_role("table", name="Theo chi bộ", exact=True).locator("tbody tr").all()
    by_cell = {row.locator("th").inner_text(): int(row.locator("td").last.inner_text()) for row in cells}
    assert tile.inner_text().split()[0] == home.split()[0]
    return int(home.split()[0]), by_cell


def mend(path):
    """Put right every red cell, as a person would who has the files at hand."""
    book = openpyxl.load_workbook(path)
    sheet, right = book.active, mended_rows()
    for cell in [cell for row in sheet.iter_rows() for cell in row if cell.fill.fgColor.rgb == RED]:
        cell.value = right[cell.row - FIRST_ROW][cell.column - 2]
    book.save(path)


# --- finding -------------------------------------------------------------------------------------------------------
def test_finds_by_the_given_name(page):
    page.keyboard.press("/")
    page.keyboard.type("duc")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim/?q=duc")
    answer = page.locator("section", has=page.get_by_role("heading", name="Đảng viên"))
    found = answer.locator(".hn-what > :first-child").all_inner_texts()
    assert set(given_names(found)) == {"Đức", "Dục", "Đực"}

    go_by_menu(page, "Đảng viên")
    page.get_by_label("Tên, số thẻ").fill("duc")
    page.get_by_label("Tên, số thẻ").press("Enter")
    page.wait_for_url("**q=duc**")
    assert sorted(people(page)) == sorted(found)

    page.get_by_label("Tên, số thẻ").fill("đức")
    page.get_by_label("Tên, số thẻ").press("Enter")
    page.get_by_text("Người tên đúng là “đức” đứng trước").wait_for()
    names = given_names(people(page))
    bearers = names.count("Đức")
    assert names[:bearers] == ["Đức"] * bearers
    assert set(names[bearers:]) == {"Dục", "Đực"}


# --- importing and exporting ---------------------------------------------------------------------------------------
def test_imports_a_faulty_workbook_once_it_is_mended_and_exports(page, axe, tmp_path):
    go_by_menu(page, "Tổ chức đảng")
    page.get_by_role("link", name="Chi bộ thôn Cầu Gạo").click()
    page.get_by_role("heading", name="Chi bộ thôn Cầu Gạo", level=1).wait_for()
    total, by_cell = figures(page)

    faulty, marked = tmp_path / "danh-sach.xlsx", tmp_path / "danh-dau.xlsx"
    write_workbook(faulty, faulty_rows(), date(2026, 6, 30))
    choose(page, faulty)
    check_the_problems(page)
    assert axe(page) == []
    check_the_marks(download(page, "Tải tệp đã đánh dấu", marked))

    mend(marked)
    choose(page, marked)
    page.get_by_role("heading", name=f"Sẽ thêm {NEW_MEMBERS} đảng viên, thay đổi 1 người").wait_for()
    assert axe(page) == []
    page.get_by_role("button", name="Ghi vào sổ").click()
    page.get_by_role("heading", name="Đã ghi vào sổ").wait_for()
    page.get_by_text(f"Thêm mới {NEW_MEMBERS} đảng viên, thay đổi 1").wait_for()

    new = Counter(f"Chi bộ {row[13][0].lower()}{row[13][1:]}" for row in mended_rows() if row[0])
    new["Chi bộ Trường Tiểu học"] = new.pop("Chi bộ trường Tiểu học")
    assert figures(page) == (total + NEW_MEMBERS, {cell: now + new[cell] for cell, now in by_cell.items()})

    check_the_list_shown(page, tmp_path / "chi-bo.xlsx")
    page.goto("/dang-vien/nhap/")
    download(page, "Tải danh sách hiện có làm mẫu", tmp_path / "ca-dang-bo.xlsx")
    choose(page, tmp_path / "ca-dang-bo.xlsx")
    page.get_by_role("heading", name=SAME_AS_THE_BOOKS).wait_for()
    page.get_by_role("button", name="Xong").click()
    page.wait_for_url("**/dang-vien/nhap/")


def check_the_problems(page):
    """Each problem is told with its cell, the reason and the remedy."""
    page.get_by_role("heading", name="Chưa ghi được: còn 6 dòng có vấn đề").wait_for()
    rows = page.get_by_role("table", name="Dòng có vấn đề").locator("tbody tr").all()
    told = [(row.locator("th").inner_text(), *row.locator("td").all_inner_texts()) for row in rows]
    for (where, says), (number, column, shown, reason, remedy) in zip(WRONG.items(), told, strict=True):
        assert where.endswith(number)
        assert f"(ô {where})" in column
        assert says in reason
        assert shown
        assert remedy


def check_the_marks(book):
    """Just the wrong cells are red, each with a note; all others are as they were."""
    sheet = book.active
    red = {cell.coordinate: cell for row in sheet.iter_rows() for cell in row if cell.fill.fgColor.rgb == RED}
    assert red.keys() == WRONG.keys()
    for where, says in WRONG.items():
        assert says in red[where].comment.text
    names = [sheet.cell(FIRST_ROW + number, 3).value for number in range(len(faulty_rows()))]
    assert names == [row[1] for row in faulty_rows()]
    headings = [cell.value for cell in sheet[FIRST_ROW - 1]][:-1]
    assert headings == [title for title, _width in HEADINGS]


def check_the_list_shown(page, path):
    """The workbook holds just the rows and the columns on the screen."""
    go_by_menu(page, "Đảng viên")
    page.get_by_role("combobox", name="Chi bộ", exact=True).select_option("cau-gao")
    page.get_by_role("combobox", name="Trạng thái").select_option("chinh_thuc")
    page.get_by_role("button", name="Lọc", exact=True).first.click()
    page.wait_for_url("**chi_bo=cau-gao**")
    page.get_by_text("Chọn cột").click()
    columns = page.get_by_role("group", name="Cột hiện trong danh sách")
    for box in columns.get_by_role("checkbox").all():
        box.uncheck()
    columns.get_by_label("Số thẻ", exact=True).check()
    columns.get_by_label("Nghề nghiệp", exact=True).check()
    page.get_by_role("button", name="Hiện các cột này").click()
    page.wait_for_url("**cot=**")
    headings = [text.strip() for text in page.locator("main thead th").all_inner_texts()]
    names, cards = people(page), page.locator("main tbody td:nth-child(2)").all_inner_texts()
    assert headings == ["Họ và tên", "Số thẻ", "Nghề nghiệp"]
    assert "Phùng Thị Mẫn" in names

    rows = list(download(page, "Tải đúng danh sách này", path).active.iter_rows(values_only=True))
    start = next(number for number, row in enumerate(rows) if row[0] == "Họ và tên")
    assert rows[start] == ("Họ và tên", "Chức vụ", "Số thẻ", "Nghề nghiệp")
    assert [row[0] for row in rows[start + 1 :]] == names
    assert [row[2] or "" for row in rows[start + 1 :]] == cards


# --- files that mean harm ------------------------------------------------------------------------------------------
FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


@pytest.mark.parametrize(
    ("content", "size", "says"),
    [(FAR, 3_000, "một ô ở rất xa bảng"), (" " * (50 << 20), 100_000, "nén")],
    ids=["a cell at the end of the sheet", "a zip bomb"],
)
def test_a_file_that_means_harm_ends_in_words(page, axe, tmp_path, content, size, says):
    path = save_raw_xlsx(tmp_path / "danh-sach.xlsx", content)
    assert path.stat().st_size < size
    hand_over(page, path)
    assert page.request.get("/dang-vien/").ok
    page.get_by_role("heading", name="Không đọc được tệp").wait_for()
    assert says in page.locator("main .hn-lead").inner_text()
    page.get_by_text("Sổ giữ nguyên như cũ.").wait_for()
    assert axe(page) == []
    page.goto("/")
    page.get_by_role("heading", name="Nhịp công tác", level=1).wait_for()
