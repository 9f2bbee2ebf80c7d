"""Files of every kind are read; files made to harm, damaged or mistaken end in a message that says what to do."""

from __future__ import annotations

import os
import struct
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from hatnhan.organization.roster.errors import SheetError
from hatnhan.organization.roster.sheets import Limits, open_book
from hatnhan.organization.roster.tests.books import (
    ods_row,
    save_csv,
    save_ods,
    save_raw_ods,
    save_raw_xlsx,
    save_xls,
    save_xlsx,
)

ROWS = [["Họ tên", None, "Số"], [None, None, None], ["Đỗ Ý", date(1965, 11, 5), 7]]


def rows_of(path, name=None):
    with open_book(path, name or path.name) as book:
        return list(book.rows(0))


def refused(path, name=None, limits=Limits()):  # noqa: B008 - frozen
    with pytest.raises(SheetError) as caught, open_book(path, name or path.name, limits) as book:
        list(book.rows(0))
    message = caught.value.message_vi
    assert message == str(caught.value)
    assert "{" not in message
    assert "lại" in message or "khác" in message  # it says what to do: lưu rồi chọn lại, chọn tệp khác
    return caught.value.code


@pytest.mark.parametrize("save", [save_xlsx, save_xls, save_ods])
def test_types_and_places_are_kept(tmp_path, save):
    path = save(tmp_path / f"ds.{save.__name__[5:]}", [[None, None, None], *ROWS])
    rows = rows_of(path)
    assert rows == [[], ["Họ tên", None, "Số"], [], ["Đỗ Ý", date(1965, 11, 5), 7]]
    assert type(rows[3][1]) is date
    assert type(rows[3][2]) is int


def test_empty_columns_before_the_table_keep_their_places(tmp_path):
    assert rows_of(save_xlsx(tmp_path / "a.xlsx", [[None, None, "x"]])) == [[None, None, "x"]]


def test_other_types(tmp_path):
    path = save_xlsx(tmp_path / "a.xlsx", [[True, 1.5, datetime(2018, 1, 2, 7, 30), 10**14]])  # noqa: DTZ001
    assert rows_of(path) == [[True, 1.5, datetime(2018, 1, 2, 7, 30), 10**14]]  # noqa: DTZ001


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_its_usual_writings(tmp_path, encoding, delimiter):
    rows = [["Họ, tên", "Ngày; sinh"], ["Đỗ\nÝ", "5/11/1965"], [], ["", "x"]]
    path = save_csv(tmp_path / "a.csv", rows, encoding=encoding, delimiter=delimiter)
    assert rows_of(path) == [["Họ, tên", "Ngày; sinh"], ["Đỗ\nÝ", "5/11/1965"], [], [None, "x"]]


def test_csv_that_declares_its_separator(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("sep=;\na,b;c\n", encoding="utf-8")
    assert rows_of(path) == [[], ["a,b", "c"]]


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "XFD1"])
@pytest.mark.parametrize("first", ['<row r="1"><c r="A1"><v>1</v></c></row>', ""])
def test_a_cell_at_the_end_of_the_world(tmp_path, cell, first):
    row = cell.lstrip("AXFD")
    if row == "1" and first:
        first, row_xml = "", f'<row r="1"><c r="A1"><v>1</v></c><c r="{cell}"><v>1</v></c></row>'
    else:
        row_xml = f'<row r="{row}"><c r="{cell}"><v>1</v></c></row>'
    path = save_raw_xlsx(tmp_path / "far.xlsx", first + row_xml)
    assert path.stat().st_size < 3000
    assert refused(path) == "too_big"


def test_repeated_empty_cells_of_ods_cost_nothing(tmp_path):
    path = save_raw_ods(tmp_path / "a.ods", ods_row(times=3), ods_row("x", "y"), ods_row(times=1_048_000))
    assert rows_of(path) == [[], [], [], ["x", "y"]]


def test_repeated_full_cells_of_ods_are_refused(tmp_path):
    full = ods_row(times=1_048_000, filler='office:value-type="float" office:value="1"')
    assert refused(save_raw_ods(tmp_path / "a.ods", ods_row("x"), full)) in {"too_big", "corrupt"}


def test_entities_that_multiply_are_not_followed(tmp_path):
    path = save_raw_xlsx(
        tmp_path / "a.xlsx", '<row r="1"><c r="A1" t="inlineStr"><is><t>&c;</t></is></c></row>'
    )
    assert refused(path) == "corrupt"


def test_a_zip_bomb_in_the_sheet(tmp_path):
    assert refused(save_raw_xlsx(tmp_path / "bomb.xlsx", " " * (50 << 20))) == "bomb"


def test_a_zip_bomb_beside_the_sheet(tmp_path):
    path = save_raw_xlsx(tmp_path / "bomb.xlsx", "", **{"xl/media/image1.png": b"\0" * (50 << 20)})
    assert path.stat().st_size < 100_000
    assert refused(path) == "bomb"


def test_a_zip_bomb_that_lies_about_its_size(tmp_path):
    path = save_raw_xlsx(tmp_path / "bomb.xlsx", " " * (50 << 20))
    content = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        true_size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    path.write_bytes(content.replace(struct.pack("<I", true_size), struct.pack("<I", 1000)))
    assert refused(path) == "bomb"


def test_too_many_entries(tmp_path):
    path = save_raw_xlsx(tmp_path / "many.xlsx", "", **{f"x/{n}": b"" for n in range(4000)})
    assert refused(path) == "bomb"


def test_too_much_in_all(tmp_path):
    noise = os.urandom(3 << 20).hex()
    path = save_raw_xlsx(tmp_path / "much.xlsx", "", a=noise, b=noise)
    assert refused(path, limits=Limits(inflated=8 << 20)) == "bomb"
    assert refused(path, limits=Limits(file=1 << 20)) == "too_large"


def test_memory_is_limited(tmp_path):
    """Both cells stand within the limits of rows and columns; the empty field between them would fill a gigabyte."""
    ends = '<row r="1"><c r="A1"><v>1</v></c></row><row r="199999"><c r="GR199999"><v>1</v></c></row>'
    assert refused(save_raw_xlsx(tmp_path / "a.xlsx", ends)) == "too_big"


def test_waiting_is_limited(tmp_path):
    assert refused(save_xlsx(tmp_path / "a.xlsx", ROWS), limits=Limits(wall=0)) == "too_slow"


def test_processor_time_is_limited(tmp_path):
    path = save_csv(tmp_path / "a.csv", [["abc", "d"]] * 199_000)
    assert refused(path, limits=Limits(cpu=0)) == "too_slow"


def test_one_text_named_by_many_cells_is_cut_off(tmp_path):
    cells = "".join(f'<c r="A{n}" t="inlineStr"><is><t>{"x" * 500}</t></is></c>' for n in range(1, 2))
    path = save_raw_xlsx(tmp_path / "a.xlsx", f'<row r="1">{cells}</row>')
    assert refused(path, limits=Limits(output=100)) == "too_big"


@pytest.mark.parametrize("extension", [".xlsx", ".xls", ".ods"])
@pytest.mark.parametrize("keep", [0.3, 0.9])
def test_damaged_files(tmp_path, extension, keep):
    save = {".xlsx": save_xlsx, ".xls": save_xls, ".ods": save_ods}[extension]
    path = save(tmp_path / f"a{extension}", [[f"Họ tên {n}", n] for n in range(2000)])
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * keep)])
    assert refused(path) == "corrupt"


def test_scrambled_insides(tmp_path):
    path = save_xlsx(tmp_path / "a.xlsx", [[f"Họ tên {n}", n] for n in range(2000)])
    content = bytearray(path.read_bytes())
    content[200:2000] = os.urandom(1800)
    path.write_bytes(bytes(content))
    assert refused(path) in {"corrupt", "mismatch", "bomb"}


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.xlsx", "empty"),
        (b"%PDF-1.4 ...", "a.xlsx", "mismatch"),
        (b"<html><table><tr><td>x</td></tr></table></html>", "a.xls", "mismatch"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "a.xls", "mismatch"),
        (b"a,b\n1,2\n", "a.xlsx", "mismatch_known"),
        (b"a\0b,c\n", "a.csv", "mismatch"),
        (b"\x89PNG\r\n\x1a\n", "a.csv", "mismatch"),
        (b"a,b\n", "a.docx", "extension"),
        (b"a,b\n", "a", "extension"),
        (b"\n\n", "a.csv", "empty"),
    ],
)
def test_files_that_are_not_what_they_say(tmp_path, content, name, code):
    path = tmp_path / "upload"
    path.write_bytes(content)
    assert refused(path, name) == code


def test_a_renamed_workbook_is_told_its_true_name(tmp_path):
    path = save_xlsx(tmp_path / "a.xls", ROWS)
    with pytest.raises(SheetError, match=r"đuôi \.xls nhưng nội dung là \.xlsx"), open_book(path, "a.xls"):
        pass


def test_passwords(tmp_path):
    ole = (
        bytes.fromhex("d0cf11e0a1b11ae1")
        + b"\0" * 504
        + "EncryptedPackage".encode("utf-16-le")
        + b"\0" * 1000
    )
    (tmp_path / "a.xlsx").write_bytes(ole)
    assert refused(tmp_path / "a.xlsx") == "password"
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
    assert refused(path) == "password"


def test_an_empty_workbook_and_a_missing_file(tmp_path):
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    assert refused(tmp_path / "a.xlsx") == "empty"
    assert refused(tmp_path / "none.xlsx") == "missing"


def test_the_child_is_gone_afterwards(tmp_path):
    with open_book(save_xlsx(tmp_path / "a.xlsx", ROWS), "a.xlsx") as book:
        process = book._process  # noqa: SLF001
        next(book.rows(0))
    assert process.returncode is not None


def test_several_sheets_one_after_another(tmp_path):
    path = save_xlsx(tmp_path / "a.xlsx", [], sheets={"Một": [["a"]], "Hai": [["b"], ["c"]]})
    with open_book(path, "a.xlsx") as book:
        assert [sheet.name for sheet in book.sheets] == ["Một", "Hai"]
        assert list(book.rows(1)) == [["b"], ["c"]]
        assert list(book.rows(0)) == [["a"]]
