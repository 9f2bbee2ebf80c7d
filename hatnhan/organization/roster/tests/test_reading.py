from __future__ import annotations

from datetime import date
from unicodedata import normalize

import pytest

from hatnhan.core.tests.legacy_fonts import to_tcvn3, to_vni
from hatnhan.organization.roster import SheetError, open_roster, read_roster
from hatnhan.organization.roster.tests.books import (
    AN,
    BE,
    HEADING,
    ON,
    save_csv,
    save_ods,
    save_xls,
    save_xlsx,
)

TITLES = [["ĐẢNG BỘ XÃ TAM HỒNG"], [], [None, "DANH SÁCH ĐẢNG VIÊN"], ["Tính đến ngày 29/10/2018"]]


def read(path, rows=None, *, merges=(), sheets=None):
    if rows is not None or sheets is not None:
        save_xlsx(path, rows, merges=merges, sheets=sheets)
    return read_roster(path, path.name, on=ON)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "ds.xlsx"


def names(sheet):
    return [row.parsed.full_name for row in sheet.rows]


def problems(sheet):
    return [(p.cell, p.field, p.shown, p.message, p.remedy) for row in sheet.rows for p in row.problems]


def test_a_plain_list(file):
    sheet = read(file, [*TITLES, HEADING, AN, BE])
    told = sheet.understanding
    assert (told.sheet_name, told.heading_rows, told.coding, told.total_rows) == (
        "Sheet1",
        (5, 5),
        "unicode",
        2,
    )
    assert [(column.letter, column.heading, column.role) for column in told.columns][:2] == [
        ("B", "Số thẻ", "card_number"),
        ("C", "Họ và tên", "full_name"),
    ]
    assert told.present == {"card_number", "full_name", "birth", "sex", "admitted", "official", "cell"}
    an, be = (row.parsed for row in sheet.rows)
    assert (an.card_number, an.full_name, an.born_on, an.sex) == (
        "00000001",
        "Nguyễn Văn An",
        date(1965, 11, 5),
        "M",
    )
    assert (an.admitted_on, an.official_on, an.cell) == (date(1990, 2, 3), date(1991, 2, 3), "Thôn Chùa")
    assert (be.born_year, be.born_on, be.sex) == (1970, None, "F")
    assert told.year_only == 1
    assert [row.number for row in sheet.rows] == [6, 7]
    assert sheet.rows[0].values["birth"] == "5/11/1965"
    assert problems(sheet) == []


@pytest.mark.parametrize("save", [save_xlsx, save_xls, save_ods, save_csv])
def test_every_kind_gives_the_same(tmp_path, save):
    path = save(tmp_path / f"ds.{save.__name__[5:]}", [*TITLES, HEADING, AN, BE])
    sheet = read_roster(path, path.name, on=ON)
    expected = read(tmp_path / "other.xlsx", [*TITLES, HEADING, AN, BE])
    assert [row.parsed for row in sheet.rows] == [row.parsed for row in expected.rows]
    assert sheet.understanding.heading_rows == (5, 5)


def test_typed_dates_and_numbers(file):
    row = [1, 318, "Nguyễn Văn An", date(1965, 11, 5), "Nam", date(1990, 2, 3), None, "Thôn Chùa"]
    record = read(file, [HEADING, row]).rows[0].parsed
    assert (record.card_number, record.born_on, record.admitted_on) == (
        "00000318",
        date(1965, 11, 5),
        date(1990, 2, 3),
    )


def test_what_the_file_does_not_hold_is_absent(file):
    sheet = read(file, [["Họ tên", "Ngày sinh", "Điện thoại"], ["Lê Bé", 1970, None]])
    assert sheet.understanding.present == {"full_name", "birth", "phone"}


def test_columns_refused_and_unused(file):
    told = read(
        file, [["Họ tên", "Ngày sinh", "Tôn giáo", "Quê quán", "Tài sản"], ["Lê Bé", 1970, "Không"]]
    ).understanding
    assert [column.heading for column in told.refused] == ["Tôn giáo", "Tài sản"]
    assert [column.heading for column in told.unused] == ["Quê quán"]


@pytest.mark.parametrize("merged", [True, False])
def test_two_row_heading_with_birth_by_sex(file, merged):
    rows = [
        *TITLES,
        [
            "TT",
            "Họ và tên",
            "Ngày, tháng, năm sinh",
            None,
            "Ngày vào Đảng",
            None,
            "Trình độ",
            None,
            None,
            "Chi bộ",
        ],
        [None, None, "Nam", "Nữ", "Dự bị", "Chính thức", "Học vấn", "Chuyên môn", "LLCT", None],
        [1, "Nguyễn Văn An", "5/11/1965", None, "3/2/1990", "3/2/1991", "10/10", None, "Sơ cấp", "Thôn Chùa"],
        [2, "Lê Thị Bé", None, 1970, "19/5/1995", "19/5/1996", "7/10", "Đại học", None, "Thôn Lầy"],
        [3, "Trần Dần", "1/1/1970", "1/1/1970", "19/5/1995", None, None, None, None, "Thôn Lầy"],
    ]
    merges = ["C5:D5", "E5:F5", "G5:I5", "A5:A6", "B5:B6", "J5:J6", "A3:J3"] if merged else []
    sheet = read(file, rows, merges=merges)
    told = sheet.understanding
    assert told.heading_rows == (5, 6)
    assert told.present >= {"birth", "sex", "admitted", "official", "schooling", "degree", "theory", "cell"}
    assert told.columns[1].heading == "Ngày, tháng, năm sinh – Nam"
    an, be, tran = (row.parsed for row in sheet.rows)
    assert (an.sex, an.born_on, an.official_on, an.schooling) == (
        "M",
        date(1965, 11, 5),
        date(1991, 2, 3),
        "upper_secondary",
    )
    assert (be.sex, be.born_year, be.degree, an.theory) == ("F", 1970, "bachelor", "elementary")
    assert tran.sex is None
    assert [p[:4] for p in problems(sheet)] == [("D9", "sex", "1/1/1970", "Vừa ghi nam vừa ghi nữ")]


def test_sex_in_two_columns_with_crosses(file):
    rows = [["Họ tên", "Ngày sinh", "Nam", "Nữ"], ["Lê An", 1970, "x", None], ["Lê Bé", 1970, None, "X"]]
    sheet = read(file, rows)
    assert [row.parsed.sex for row in sheet.rows] == ["M", "F"]
    assert [row.parsed.born_year for row in sheet.rows] == [1970, 1970]


def test_birth_dates_under_bare_sexes(file):
    sheet = read(
        file,
        [["Họ tên", "Số thẻ", "Nam", "Nữ"], ["Lê An", None, "1/2/1970", None], ["Lê Bé", None, None, 1980]],
    )
    assert [(row.parsed.sex, row.parsed.born_year) for row in sheet.rows] == [("M", 1970), ("F", 1980)]
    assert "birth" in sheet.understanding.present


def test_name_in_two_columns(file):
    sheet = read(file, [["Họ đệm", "Tên", "Ngày sinh"], ["Nguyễn Văn", "An", 1970], [None, "Bé", 1970]])
    assert names(sheet) == ["Nguyễn Văn An", "Bé"]


def test_name_in_two_columns_under_one_merged_heading(file):
    rows = [["TT", "Họ và tên", None, "Ngày sinh"], [1, "Nguyễn Văn", "An", 1970], [2, "Lê Thị", "Bé", 1971]]
    assert names(read(file, rows, merges=["B1:C1"])) == ["Nguyễn Văn An", "Lê Thị Bé"]


def test_totals_signatures_and_blank_rows_are_left_out(file):
    rows = [
        HEADING, ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"], AN, [], HEADING, BE,
        [None, None, "Nguyễn Thị Cộng", "1/2/1970", "Nữ", "3/2/1990", None, "Thôn Chùa"],
        [3], ["Tổng cộng", None, None, 587, 230], [], [None, "NGƯỜI LẬP BIỂU", None, None, None, "T/M ĐẢNG ỦY"],
        [None, None, None, None, None, "BÍ THƯ"], [], [None, "Lê Văn Dậu", None, None, None, "Phùng Minh Thông"],
        [None, None, "Phùng Minh Thông"],
    ]  # fmt: skip
    sheet = read(file, rows)
    assert names(sheet) == ["Nguyễn Văn An", "Lê Thị Bé", "Nguyễn Thị Cộng"]
    assert [(row.row, row.reason) for row in sheet.understanding.ignored] == [
        (2, "Dòng tiêu đề"), (5, "Dòng tiêu đề"), (8, "Chỉ có số thứ tự"), (9, "Dòng tổng cộng"), (11, "Dòng ký tên"),
        (12, "Dòng ký tên"), (14, "Dòng dưới bảng"), (15, "Dòng dưới bảng"),
    ]  # fmt: skip
    assert problems(sheet) == []


@pytest.mark.parametrize(
    "total", ["Tổng cộng", "Cộng", "Tổng số: 587", "CỘNG: 587 đảng viên", "Tổng cộng: 587 đồng chí"]
)
def test_total_rows_in_any_writing(file, total):
    for row in ([total], [None, None, total], [None, None, total, None, 230]):
        assert names(read(file, [HEADING, AN, row])) == ["Nguyễn Văn An"]


def test_rows_under_the_name_of_their_cell(file):
    heading = HEADING[:-1]
    rows = [
        heading,
        ["I", "Chi bộ thôn Chùa (45 đảng viên)"],
        AN[:-1],
        ["Cộng", 1],
        ["II. Chi bộ Trường Tiểu học"],
        BE[:-1],
    ]
    sheet = read(file, rows, merges=["B2:G2"])
    assert [row.parsed.cell for row in sheet.rows] == ["Chi bộ thôn Chùa", "Chi bộ Trường Tiểu học"]
    assert "cell" in sheet.understanding.present


def test_the_cell_named_in_the_title(file):
    sheet = read(file, [["ĐẢNG BỘ XÃ TAM HỒNG"], ["CHI BỘ THÔN CHÙA"], [], HEADING[:-1], AN[:-1]])
    assert sheet.rows[0].parsed.cell == "CHI BỘ THÔN CHÙA"
    assert "cell" in sheet.understanding.present


@pytest.mark.parametrize(("encode", "coding"), [(to_tcvn3, "tcvn3"), (to_vni, "vni")])
def test_legacy_fonts(tmp_path, encode, coding):
    rows = [[encode(v) if isinstance(v, str) else v for v in row] for row in [*TITLES, HEADING, AN, BE]]
    for path in (save_xlsx(tmp_path / "a.xlsx", rows), save_xls(tmp_path / "a.xls", rows)):
        sheet = read_roster(path, path.name, on=ON)
        assert names(sheet) == ["Nguyễn Văn An", "Lê Thị Bé"]
        assert [row.parsed.sex for row in sheet.rows] == ["M", "F"]
        assert sheet.understanding.coding == coding
        before, after = sheet.understanding.sample
        assert before == encode(after)


def test_decomposed_text(file):
    rows = [[normalize("NFD", v) if isinstance(v, str) else v for v in row] for row in [HEADING, AN, BE]]
    sheet = read(file, rows)
    assert names(sheet) == ["Nguyễn Văn An", "Lê Thị Bé"]
    assert sheet.understanding.coding == "unicode"


@pytest.mark.parametrize(
    ("encode", "coding"), [(to_tcvn3, "tcvn3"), (to_vni, "vni"), (lambda text: text, "cp1258")]
)
def test_csv_in_single_bytes(tmp_path, encode, coding):
    path = tmp_path / "a.csv"
    lines = [",".join("" if v is None else str(v) for v in row) for row in [HEADING, AN, BE]]
    if coding == "cp1258":
        marks = {mark: "\ufffe" + mark for mark in "\u0300\u0301\u0303\u0309\u0323"}
        text = "\n".join(lines)
        for letter in set(text):
            parts = normalize("NFD", letter)
            tone = next((mark for mark in parts if mark in marks), "")
            text = text.replace(letter, normalize("NFC", parts.replace(tone, "")) + tone) if tone else text
        path.write_bytes(text.encode("cp1258"))
    else:
        path.write_bytes(encode("\n".join(lines)).encode("latin-1"))
    sheet = read_roster(path, "a.csv", on=ON)
    assert names(sheet) == ["Nguyễn Văn An", "Lê Thị Bé"]
    assert sheet.understanding.coding == coding


def test_the_problems_of_the_sketch(file):
    rows = [
        HEADING,
        [1, "00 000 318", "Lê Thị Bích", "1/1/1960", "Nữ", "31/2/1986", None, "Thôn Chùa"],
        [2, "00 000 319", "Trần Dũng", 1865, "Nam", "3/2/1990", None, "Thôn Chùa"],
        [3, "00 000 318", "Lê Lan", "1/1/1960", "Nữ", "12/6/2016", "12/5/2016", "Thôn Chùa"],
        [4, "00 000 320", None, "1/1/1960", "Nam", "1/1/1990", "1/1/1991", "Thôn Chùa"],
        [5, "320", "Lê Na", "1/1/1980", "Nam", "1/1/1990", "1/11/2018", "Thôn Chùa"],
    ]
    assert problems(read(file, rows)) == [
        ("F2", "admitted", "31/2/1986", "Tháng 2 không có ngày 31", "Xem lại hồ sơ, sửa trong tệp"),
        ("D3", "birth", "1865", "Người này sẽ 153 tuổi", "Có phải 1965? Sửa trong tệp"),
        ("G4", "official", "12/5/2016", "Trước ngày vào Đảng (12/6/2016)", "Xem lại hai ngày"),
        ("B4", "card_number", "00 000 318", "Trùng số thẻ với dòng 2", "Sửa một trong hai dòng"),
        ("C5", "full_name", "(trống)", "Thiếu họ tên", "Điền, hoặc xóa dòng"),
        ("B6", "card_number", "320", "Số thẻ phải có 8 chữ số", "Xem lại thẻ, sửa trong tệp"),
        ("G6", "official", "1/11/2018", "Ngày này sau ngày 29/10/2018", "Xem lại hồ sơ, sửa trong tệp"),
        ("F6", "admitted", "1/1/1990", "Vào Đảng khi mới 10 tuổi", "Xem lại ngày sinh và ngày vào Đảng"),
    ]


def test_the_sheet_with_the_best_heading_is_taken(file):
    sheets = {
        "Bìa": [["Danh sách"]],
        "Rút gọn": [["Họ tên", "Ngày sinh"], ["Lê An", 1970]],
        "Đầy đủ": [HEADING, AN],
    }
    told = read(file, sheets=sheets).understanding
    assert (told.sheet_name, told.sheet_index, told.other_sheets) == ("Đầy đủ", 2, ["Rút gọn"])


@pytest.mark.parametrize(
    ("rows", "found"),
    [([["a", "b"], [1, 2]], ""), ([["Ngày sinh", "Số thẻ"], [1970, 1]], "Mới thấy: “Ngày sinh”, “Số thẻ”.")],
)
def test_no_heading(file, rows, found):
    with pytest.raises(SheetError) as caught:
        read(file, rows)
    assert caught.value.code == "no_heading"
    assert "“Họ và tên”" in caught.value.message_vi
    assert caught.value.message_vi.endswith(found)


def test_streaming_reads_row_by_row(file):
    save_xlsx(file, [HEADING, AN, BE])
    with open_roster(file, "ds.xlsx", on=ON) as sheet:
        rows = iter(sheet.rows)
        assert next(rows).parsed.full_name == "Nguyễn Văn An"
        assert sheet.understanding.total_rows == 1
        assert len(list(rows)) == 1
