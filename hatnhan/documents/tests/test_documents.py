"""The registry of papers, and the engines that give them pages."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest

from hatnhan.core.errors import Missing
from hatnhan.documents import pdf, registry, xlsx
from hatnhan.documents.types import Column, Paper, Signature, Table

TABLE = Table((Column("TT", 0.5, "center"), Column("Họ và tên", 3)), (("1", "Đỗ Văn Ễ"), ("2", "Lê Thị Ặ")))

UNIT: Any = SimpleNamespace(pk=1, code="thon-chua")


def paper(**changes):
    fields: dict[str, Any] = {
        "superior": "Đảng bộ xã Tam Hồng",
        "issuer": "Chi bộ thôn Chùa",
        "place": "Tam Hồng",
        "day": date(2018, 2, 3),
        "title": "Danh sách",
        "signatures": (Signature("T/M CHI BỘ", "BÍ THƯ", "Đỗ Văn Hải"),),
        "recipients": ("Lưu Chi bộ.",),
    }
    return Paper(**(fields | changes))


# --- registry ------------------------------------------------------------------------------------------------------
@pytest.fixture
def empty(monkeypatch):
    monkeypatch.setattr(registry, "_documents", {})


def test_a_room_hands_up_a_paper_and_anyone_draws_it(empty):
    @registry.document("a.b", title="Giấy")
    def draw(scope, on):
        return paper(number=scope.code, day=on)

    assert [(one.key, one.title) for one in registry.documents()] == [("a.b", "Giấy")]
    drawn = registry.draw("a.b", UNIT, date(2018, 1, 1))
    assert (drawn.number, drawn.day) == ("thon-chua", date(2018, 1, 1))


def test_one_key_belongs_to_one_paper(empty):
    def draw(scope, on):
        return paper(number=scope.code, day=on)

    registry.document("a.b", title="Giấy")(draw)
    with pytest.raises(ValueError, match="two papers"):
        registry.document("a.b", title="Giấy khác")(draw)


def test_an_unknown_paper_is_missing(empty):
    with pytest.raises(Missing):
        registry.draw("a.b", UNIT, date(2018, 1, 1))


# --- pdf -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "made",
    [
        paper(),
        paper(table=TABLE, landscape=True),
        paper(
            signatures=(),
            recipients=(),
            number="Số 05-BC/CB",
            abstract="về việc này",
            paragraphs=("Một.", "Hai."),
        ),
    ],
    ids=["plain", "table", "letter"],
)
def test_every_shape_of_paper_gets_its_pages(made):
    assert pdf.render(made).startswith(b"%PDF-")


@pytest.mark.parametrize(
    "text", ['#panic("x")', "$x", "*a", "_", "[#]", "\\", '"', "<a>", "`", "@b", "{", "\u0000"]
)
def test_what_people_typed_is_never_read_as_markup(text):
    made = paper(
        issuer=text, title=text, abstract=text, paragraphs=(text,), table=Table((Column(text),), ((text,),))
    )
    assert pdf.render(made).startswith(b"%PDF-")


def test_days_are_padded_as_papers_have_them():
    assert pdf.dated(paper()) == "Tam Hồng, ngày 03 tháng 02 năm 2018"
    assert pdf.dated(paper(day=date(2018, 10, 29))) == "Tam Hồng, ngày 29 tháng 10 năm 2018"


# --- xlsx ----------------------------------------------------------------------------------------------------------
def sheet_of(rows, **fields):
    headings = [xlsx.Heading("Chữ", 20), xlsx.Heading("Ngày"), xlsx.Heading("Số")]
    with xlsx.write_table(
        **({"sheet": "Bảng", "title": "Thử", "headings": headings, "rows": rows} | fields)
    ) as made:
        return openpyxl.load_workbook(made).active


def test_days_numbers_and_texts_keep_their_kinds():
    sheet = sheet_of([["00 000 412", date(2018, 11, 5), 30], [None, None, None], ["", None, 0]])
    assert [cell.value for cell in sheet[1]] == ["Chữ", "Ngày", "Số"]
    assert sheet["A2"].value == "00 000 412"
    assert (sheet["B2"].value.date(), sheet["B2"].number_format) == (date(2018, 11, 5), "d/m/yyyy")
    assert (sheet["C2"].value, sheet["C4"].value, sheet["A4"].value) == (30, 0, None)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "{=1}", "http://x.vn", "mailto:a@b.vn", "1e5"]
)
def test_text_never_becomes_a_formula_a_link_or_a_number(text):
    cell = sheet_of([[text, None, None]])["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_the_heading_stays_in_sight_and_filters():
    sheet = sheet_of([["a", None, 1], ["b", None, 2]])
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:C3")


@pytest.mark.parametrize("name", ["a" * 50, "a/b:c", "'", ""])
def test_any_name_makes_a_sheet(name):
    assert sheet_of([], sheet=name).max_row == 1
