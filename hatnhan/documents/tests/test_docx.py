"""Papers as DOCX: the prescribed form, the same words as the PDF, and nothing typed that breaks the file."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import docx as word
import pytest
from docx.enum.text import WD_LINE_SPACING
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from hatnhan.core import clock
from hatnhan.core.errors import Missing
from hatnhan.documents import docx, formats, pdf, registry, text
from hatnhan.documents.tests.test_documents import TABLE, paper
from hatnhan.documents.types import Section, Signature, Table

HOSTILE = [
    '#panic("x")',
    "</w:t><w:br/>",
    "&amp;<b>",
    "{{ x }}",
    "\x00\x0b\x1f",
    "\ud800",
    "\ufffe",
    "a\u202eb",
    "=1+1",
]
TWO = (Signature("Người ghi biên bản", "", "Nguyễn Thị Hòa"), Signature("Chủ trì", "Bí thư", "Đỗ Văn Hải"))


def opened(made):
    return word.Document(BytesIO(docx.render(made)))


def parts_of(made, name):
    """The inner parts of the file whose name begins so, as text."""
    with ZipFile(BytesIO(docx.render(made))) as archive:
        return [archive.read(one).decode() for one in archive.namelist() if one.startswith(f"word/{name}")]


def lines(book):
    return [one.text for one in book.paragraphs]


def cells(book):
    return [cell.text for table in book.tables for row in table.rows for cell in row.cells]


# --- the form --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("landscape", "size"), [(False, (210, 297)), (True, (297, 210))])
def test_the_page_has_the_prescribed_size_and_margins(landscape, size):
    page = opened(paper(landscape=landscape)).sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == size
    margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [round(one.mm) for one in margins] == [20, 20, 30, 15]
    assert page.different_first_page_header_footer
    assert any("PAGE" in part for part in parts_of(paper(), "header"))


def test_the_body_is_fourteen_points_on_lines_of_exactly_eighteen_with_a_first_line_in():
    book = opened(paper(paragraphs=("Một câu.",)))
    (body,) = (one for one in book.paragraphs if one.text == "Một câu.")
    form = body.paragraph_format
    assert (form.line_spacing_rule, form.line_spacing) == (WD_LINE_SPACING.EXACTLY, Pt(18))
    assert (form.first_line_indent.mm, form.space_after) == (pytest.approx(10, abs=0.1), Pt(6))
    assert body.runs[0].font.size == Pt(14)
    assert book.styles["Normal"].font.name == "Times New Roman"


def test_the_head_the_title_and_the_end_are_where_papers_have_them():
    made = paper(number="Số 05-NQ/CB", abstract="về việc này", recipients=("Đảng ủy;", "Lưu Chi bộ."))
    book = opened(made)
    left, right = (cell.text.split("\n") for cell in book.tables[0].rows[0].cells)
    assert left == ["ĐẢNG BỘ XÃ TAM HỒNG", "CHI BỘ THÔN CHÙA", "*", "Số 05-NQ/CB"]
    assert right == ["ĐẢNG CỘNG SẢN VIỆT NAM", "Tam Hồng, ngày 03 tháng 02 năm 2018"]
    assert [one for one in lines(book) if one][:3] == ["DANH SÁCH", "về việc này", "-----"]
    recipients, signature = (cell.text.split("\n") for cell in book.tables[-1].rows[0].cells)
    assert recipients == ["Nơi nhận:", "- Đảng ủy;", "- Lưu Chi bộ."]
    assert book.tables[-1].rows[0].cells[0].paragraphs[0].runs[0].underline
    assert [one for one in signature if one] == ["T/M CHI BỘ", "BÍ THƯ", "Đỗ Văn Hải"]


def test_two_sign_side_by_side_the_recorder_left_and_recipients_stand_below():
    book = opened(paper(signatures=TWO, closing=("Hết.",)))
    left, right = (cell.text.split("\n") for cell in book.tables[-2].rows[0].cells)
    assert (left[0], left[-1]) == ("NGƯỜI GHI BIÊN BẢN", "Nguyễn Thị Hòa")
    assert (right[0], right[-1], len(left)) == ("CHỦ TRÌ", "Đỗ Văn Hải", len(right))
    assert book.tables[-1].rows[0].cells[0].text == "Nơi nhận:\n- Lưu Chi bộ."
    (last,) = (one for one in book.paragraphs if one.text == "Hết.")
    assert last.paragraph_format.keep_with_next


def test_parts_come_in_order_with_their_tables_whose_heads_repeat():
    table = Table(TABLE.columns, TABLE.rows, totals=("", "Cộng 2"), roomy=True)
    made = paper(
        paragraphs=("Đầu.",),
        sections=(Section("I. Một", ("Ý một.",), table), Section("II. Hai", ("Ý hai.",))),
        closing=("Cuối.",),
    )
    book = opened(made)
    assert [one for one in lines(book) if one][-6:] == [
        "Đầu.",
        "I. Một",
        "Ý một.",
        "II. Hai",
        "Ý hai.",
        "Cuối.",
    ]
    rows = book.tables[1].rows
    assert [cell.text for cell in rows[1].cells] == ["1", "Đỗ Văn Ễ"]
    assert rows[-1].cells[1].paragraphs[0].runs[0].bold
    assert rows[1].height.mm == pytest.approx(9, abs=0.1)
    assert "<w:tblHeader/>" in parts_of(made, "document")[0]


# --- what people typed -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("typed", HOSTILE)
def test_what_people_typed_is_text_in_both_forms(typed):
    made = paper(
        issuer=f"A {typed}",
        title=f"B {typed}",
        paragraphs=(f"C {typed}",),
        table=Table(TABLE.columns, ((typed, "x"),)),
        signatures=(Signature("T/M", "", typed),),
    )
    book = opened(made)
    assert f"C {text.clean(typed)}".strip() in lines(book)
    assert text.clean(typed).strip() in cells(book)
    assert pdf.render(made).startswith(b"%PDF-")


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
def test_no_text_breaks_a_file(typed):
    made = paper(
        title=typed,
        paragraphs=(typed,),
        sections=(Section(typed, (typed,), Table(TABLE.columns, ((typed, typed),))),),
    )
    told = lines(opened(made))
    assert all(one in told for one in text.paragraphs([typed]))
    assert pdf.render(made).startswith(b"%PDF-")


def test_lines_broken_by_people_become_paragraphs_and_lines_in_cells():
    made = paper(
        paragraphs=("Một.\r\n\r\nHai.\u2028Ba.",), table=Table(TABLE.columns, (("1", "Dòng một\nDòng hai"),))
    )
    book = opened(made)
    assert [one for one in lines(book) if one in {"Một.", "Hai.", "Ba."}] == ["Một.", "Hai.", "Ba."]
    assert "Dòng một\nDòng hai" in cells(book)


# --- the same every time ---------------------------------------------------------------------------------------------
def test_the_same_paper_of_the_same_moment_is_the_same_file():
    made = paper(sections=(Section("I. Một", ("Ý.",), TABLE),), drawn_at=clock.at(date(2018, 2, 4)))
    files = []
    for day in (date(2018, 3, 1), date(2019, 5, 5)):
        with clock.fixed(day):
            files.append([form.render(made) for form in (formats.PDF, formats.DOCX)])
    assert files[0] == files[1]
    with ZipFile(BytesIO(files[0][1])) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2018, 2, 4, 8, 0, 0)}
    known = word.Document(BytesIO(files[0][1])).core_properties
    assert (known.author, known.comments, known.created.isoformat()[:16]) == (
        "Chi bộ thôn Chùa",
        "",
        "2018-02-04T08:00",
    )


# --- the registry ----------------------------------------------------------------------------------------------------
def test_a_room_hands_up_papers_about_a_thing_beside_those_of_a_unit(monkeypatch):
    monkeypatch.setattr(registry, "_documents", {})

    @registry.document_of("a.b", title="Giấy")
    def draw(thing):
        return paper(number=thing)

    assert registry.draw_of("a.b", "Số 1").number == "Số 1"
    with pytest.raises(ValueError, match="two papers"):
        registry.document("a.b", title="Giấy khác")(draw)
    for ask in (lambda: registry.draw("a.b", None, date(2018, 1, 1)), lambda: registry.draw_of("a.c", None)):
        with pytest.raises(Missing):
            ask()


def test_an_address_names_the_form_and_pdf_is_what_it_is_without():
    assert [formats.of(name).ending for name in ("docx", "pdf", "", "exe")] == ["docx", "pdf", "pdf", "pdf"]
