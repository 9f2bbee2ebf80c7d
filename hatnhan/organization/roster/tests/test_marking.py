from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from hatnhan.core.tests.legacy_fonts import to_tcvn3
from hatnhan.organization.roster import read_roster, write_marked
from hatnhan.organization.roster.tests.books import AN, BE, HEADING, ON, save_xlsx

ROWS = [
    ["DANH SÁCH ĐẢNG VIÊN"],
    HEADING,
    AN,
    [2, "00 000 002", None, "31/2/1986", "Nữ", date(1995, 5, 19), None, "=HYPERLINK(1)"],
    [*BE[:1], "00 000 003", *BE[2:]],
    ["Tổng cộng", 3],
]


@pytest.fixture
def marked(tmp_path):
    source = save_xlsx(tmp_path / "a.xlsx", [], sheets={"Bìa": [["Trang bìa"]], "Danh sách": ROWS})
    book = openpyxl.load_workbook(source)
    book["Danh sách"]["H4"].value = "=HYPERLINK(1)"
    book["Danh sách"]["H4"].data_type = "s"
    book.save(source)
    sheet = read_roster(source, "a.xlsx", on=ON)
    out = tmp_path / "marked.xlsx"
    problems = [problem for row in sheet.rows for problem in row.problems]
    write_marked(source, "a.xlsx", sheet.understanding, problems, out)
    return out, problems


def test_faulty_cells_are_red_and_commented(marked):
    out, problems = marked
    assert [problem.cell for problem in problems] == ["C4", "D4"]
    sheet = openpyxl.load_workbook(out)["Danh sách"]
    assert sheet["D4"].value == "31/2/1986"
    assert "Tháng 2 không có ngày 31" in sheet["D4"].comment.text
    for cell in ("C4", "D4"):
        assert sheet[cell].fill.start_color.rgb == "FFFFC7CE"
    assert sheet["D3"].fill.fill_type is None
    assert sheet["D3"].comment is None


def test_rows_stand_where_they_stood_and_the_last_column_lists_the_problems(marked):
    sheet = openpyxl.load_workbook(marked[0])["Danh sách"]
    assert [cell.value for cell in sheet[2]] == [*HEADING, "Vấn đề"]
    assert [cell.value for cell in sheet[3]][:8] == AN
    assert sheet["F4"].value.date() == date(1995, 5, 19)
    assert sheet["I4"].value == (
        "ô C4: Thiếu họ tên – Điền, hoặc xóa dòng; ô D4: Tháng 2 không có ngày 31 – Xem lại hồ sơ, sửa trong tệp"
    )
    assert sheet["I3"].value is None
    assert sheet["A6"].value == "Tổng cộng"


def test_formulas_stay_text(marked):
    cell = openpyxl.load_workbook(marked[0])["Danh sách"]["H4"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")
    assert cell.quotePrefix


def test_other_sheets_come_along(marked):
    book = openpyxl.load_workbook(marked[0])
    assert book.sheetnames == ["Bìa", "Danh sách"]
    assert book["Bìa"]["A1"].value == "Trang bìa"
    assert book.active.title == "Danh sách"


def test_the_mended_file_is_read_like_the_first(marked, tmp_path):
    book = openpyxl.load_workbook(marked[0])
    sheet = book["Danh sách"]
    sheet["C4"], sheet["D4"] = "Lê Thị Bưởi", "28/2/1970"
    book.save(tmp_path / "mended.xlsx")
    again = read_roster(tmp_path / "mended.xlsx", "mended.xlsx", on=ON)
    assert [row.parsed.full_name for row in again.rows] == ["Nguyễn Văn An", "Lê Thị Bưởi", "Lê Thị Bé"]
    assert [problem for row in again.rows for problem in row.problems] == []
    assert again.understanding.unused == []
    out = tmp_path / "again.xlsx"
    write_marked(tmp_path / "mended.xlsx", "mended.xlsx", again.understanding, [], out)
    assert [cell.value for cell in openpyxl.load_workbook(out)["Danh sách"][2]] == [*HEADING, "Vấn đề"]


def test_legacy_text_comes_back_in_unicode_and_a_stream_will_do(tmp_path):
    rows = [[to_tcvn3(v) if isinstance(v, str) else v for v in row] for row in [HEADING, AN, BE]]
    source = save_xlsx(tmp_path / "a.xlsx", rows)
    out = io.BytesIO()
    write_marked(source, "a.xlsx", read_roster(source, "a.xlsx", on=ON).understanding, [], out)
    assert [cell.value for cell in openpyxl.load_workbook(out).active[2]][:8] == AN
