"""Giving an official paper its form as a DOCX, for those who go on with it in a word processor.

Texts go in through python-docx as text nodes, never as markup. The same paper with the same moment gives the same
bytes: the archive is packed anew with that moment on each of its parts.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from hatnhan.core import clock
from hatnhan.documents import text
from hatnhan.documents.pdf import dated

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from docx.document import Document
    from docx.table import Table as WordTable
    from docx.table import _Cell, _Row
    from docx.text.paragraph import Paragraph

    from hatnhan.documents.types import Align, Paper, Section, Signature, Table

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FONT = "Times New Roman"
_BODY, _SMALL, _TITLE = Pt(14), Pt(12), Pt(16)
_LINE, _SMALL_LINE, _TITLE_LINE = Pt(18), Pt(16), Pt(22)
_LONG, _SHORT = Mm(297), Mm(210)
_TOP, _BOTTOM, _LEFT, _RIGHT = Mm(20), Mm(20), Mm(30), Mm(15)
#: Room for a signature by hand, and the least height of a row to be signed in.
_TO_SIGN, _ROOMY = Pt(64), Mm(9)
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
_MOTTO = "ĐẢNG CỘNG SẢN VIỆT NAM"


def render(paper: Paper) -> bytes:
    """Return the paper as a DOCX file."""
    paper = text.tidy(paper)
    moment = (paper.drawn_at or clock.now()).astimezone(clock.HERE)
    book = docx.Document()
    _properties(book, paper, moment)
    _page(book, paper)
    _head(book, paper)
    _title(book, paper)
    _body(book, paper)
    _foot(book, paper)
    made = BytesIO()
    book.save(made)
    return _packed(made, moment)


# --- the page --------------------------------------------------------------------------------------------------------
def _properties(book: Document, paper: Paper, moment: datetime) -> None:
    known = book.core_properties
    known.title = f"{paper.title} {paper.abstract}".strip()
    known.author = known.last_modified_by = paper.issuer
    known.comments, known.language, known.revision = "", "vi-VN", 1
    known.created = known.modified = moment.replace(tzinfo=None)


def _page(book: Document, paper: Paper) -> None:
    normal = book.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, _BODY
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), _FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    normal.element.get_or_add_rPr().append(language)
    page = book.sections[0]
    turned = paper.landscape
    page.orientation = WD_ORIENT.LANDSCAPE if turned else WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = (_LONG, _SHORT) if turned else (_SHORT, _LONG)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = _TOP, _BOTTOM, _LEFT, _RIGHT
    page.header_distance = page.footer_distance = Mm(10)
    page.different_first_page_header_footer = True
    number = _set(page.header.paragraphs[0], align="center", size=_SMALL)
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        number._p.append(_field_part(kind, words))  # noqa: SLF001 - python-docx has no word for fields


def _field_part(kind: str, words: str) -> OxmlElement:  # type: ignore[valid-type] # it is a function there
    run = OxmlElement("w:r")
    part = OxmlElement("w:fldChar" if kind else "w:instrText")
    if kind:
        part.set(qn("w:fldCharType"), kind)
    else:
        part.text = words
    run.append(part)
    return run


def _width(paper: Paper) -> int:
    """Return the width of the body in EMU."""
    return int((_LONG if paper.landscape else _SHORT) - _LEFT - _RIGHT)


# --- parts of a paper ------------------------------------------------------------------------------------------------
def _head(book: Document, paper: Paper) -> None:
    left, right = _blocks(book, _width(paper), (1, 1.15))
    _set(left.paragraphs[0], paper.superior.upper(), align="center")
    _set(left.add_paragraph(), paper.issuer.upper(), align="center", bold=True)
    _set(left.add_paragraph(), "*", align="center")
    if paper.number:
        _set(left.add_paragraph(), paper.number, align="center")
    motto = _set(right.paragraphs[0], _MOTTO, align="center", bold=True)
    motto.runs[0].underline = True
    _set(right.add_paragraph(), dated(paper), align="center", italic=True, before=Pt(6))


def _title(book: Document, paper: Paper) -> None:
    title = _set(book.add_paragraph(), paper.title.upper(), align="center", bold=True, size=_TITLE)
    title.paragraph_format.line_spacing = _TITLE_LINE
    title.paragraph_format.space_before = Pt(18)
    if paper.abstract:
        _set(book.add_paragraph(), paper.abstract, align="center", bold=True)
    _set(book.add_paragraph(), "-----", align="center", after=Pt(6))
    if paper.addressed:
        _set(book.add_paragraph(), paper.addressed, align="center", after=Pt(6))


def _body(book: Document, paper: Paper) -> None:
    _paragraphs(book, paper.paragraphs)
    _drawn(book, paper.table, _width(paper))
    for section in paper.sections:
        _section(book, section, _width(paper))
    _paragraphs(book, paper.closing, kept=bool(paper.signatures))


def _section(book: Document, section: Section, width: int) -> None:
    if section.heading:
        heading = _set(book.add_paragraph(), section.heading, bold=True, after=Pt(6), indent=True)
        heading.paragraph_format.keep_with_next = True
    _paragraphs(book, section.paragraphs)
    _drawn(book, section.table, width)


def _paragraphs(book: Document, lines: Iterable[str], *, kept: bool = False) -> None:
    """Write paragraphs; ``kept`` holds the last one on to what follows: signatures never stand alone on a page."""
    made = None
    for words in lines:
        made = _set(book.add_paragraph(), words, after=Pt(6), indent=True)
        made.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    if kept and made is not None:
        made.paragraph_format.keep_with_next = True


def _foot(book: Document, paper: Paper) -> None:
    """Draw the signatures: one beside the recipients, two side by side with the recipients below."""
    if not paper.signatures:
        return
    several = len(paper.signatures) > 1
    gap = _set(book.add_paragraph())
    gap.paragraph_format.keep_with_next = True
    blocks = _blocks(book, _width(paper), (1,) * max(2, len(paper.signatures)))
    if not several:
        _recipients(blocks[0], paper.recipients)
    some_post = any(one.post for one in paper.signatures)
    for block, one in zip(blocks if several else blocks[1:], paper.signatures, strict=True):
        _signature(block, one, some_post=some_post)
    if several and paper.recipients:
        _set(book.add_paragraph(), size=_SMALL)
        _recipients(_blocks(book, _width(paper), (1,))[0], paper.recipients)


def _recipients(cell: _Cell, lines: Sequence[str]) -> None:
    if not lines:
        return
    first = _set(cell.paragraphs[0], "Nơi nhận", size=_SMALL)
    first.runs[0].underline = True
    first.add_run(":").font.size = _SMALL
    for words in lines:
        _set(cell.add_paragraph(), f"- {words}", size=_SMALL)


def _signature(cell: _Cell, one: Signature, *, some_post: bool) -> None:
    """Write who signs; a line stays free where another signs under a post, so that names stand at one height."""
    last = _set(cell.paragraphs[0], one.on_behalf.upper(), align="center", bold=True)
    last.paragraph_format.keep_with_next = True
    if some_post:
        last = _set(cell.add_paragraph(), one.post.upper(), align="center")
        last.paragraph_format.keep_with_next = True
    _set(cell.add_paragraph(), one.name, align="center", bold=True, before=_TO_SIGN)


# --- tables ----------------------------------------------------------------------------------------------------------
def _blocks(book: Document, width: int, shares: Sequence[float]) -> tuple[_Cell, ...]:
    """Return the cells of one row without lines, kept on one page."""
    table = book.add_table(rows=1, cols=len(shares))
    _measure(table, width, shares)
    _mark(table.rows[0], "w:cantSplit")
    return tuple(table.rows[0].cells)


def _drawn(book: Document, it: Table | None, width: int) -> None:
    if it is None:
        return
    table = book.add_table(rows=0, cols=len(it.columns))
    table.style = book.styles["Table Grid"]
    _row(table, [column.heading for column in it.columns], ["center"] * len(it.columns), bold=True)
    _mark(table.rows[0], "w:tblHeader")
    aligns = [column.align for column in it.columns]
    for row in it.rows:
        made = _row(table, row, aligns, bold=False)
        if it.roomy:
            made.height, made.height_rule = _ROOMY, WD_ROW_HEIGHT_RULE.AT_LEAST
    if it.totals:
        _row(table, it.totals, aligns, bold=True)
    _measure(table, width, [column.share for column in it.columns])
    _set(book.add_paragraph(), size=_SMALL, after=Pt(2))


def _row(table: WordTable, words: Sequence[str], aligns: Sequence[Align], *, bold: bool) -> _Row:
    made: _Row = table.add_row()  # type: ignore[no-untyped-call] # it alone carries no types there
    _mark(made, "w:cantSplit")
    for cell, one, align in zip(made.cells, words, aligns, strict=True):
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        around = Pt(2)
        _set(cell.paragraphs[0], one, align=align, bold=bold, size=_SMALL, before=around, after=around)
    return made


def _measure(table: WordTable, width: int, shares: Sequence[float]) -> None:
    """Give the columns their shares of the width, where every program looks for them."""
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    widths = [int(width * share / sum(shares)) for share in shares]
    for column, size in zip(table.columns, widths, strict=True):
        column.width = size
    for row in table.rows:
        for cell, size in zip(row.cells, widths, strict=True):
            cell.width = size


def _mark(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 - python-docx has no word for it


# --- paragraphs ------------------------------------------------------------------------------------------------------
def _set(  # noqa: PLR0913 - what a paragraph can be, said in one place
    made: Paragraph,
    words: str = "",
    *,
    align: Align = "left",
    bold: bool = False,
    italic: bool = False,
    size: Pt | None = None,
    before: Pt | None = None,
    after: Pt | None = None,
    indent: bool = False,
) -> Paragraph:
    """Fill a paragraph and give it the prescribed form; line ends inside become line breaks."""
    made.alignment = _ALIGN[align]
    form = made.paragraph_format
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    form.line_spacing = _SMALL_LINE if size == _SMALL else _LINE
    form.space_before, form.space_after = before or Pt(0), after or Pt(0)
    form.first_line_indent = Mm(10) if indent else Mm(0)
    run = made.add_run(words)
    run.bold, run.italic = bold or None, italic or None
    run.font.size = size or _BODY
    return made


def _packed(made: BytesIO, moment: datetime) -> bytes:
    """Return the archive with one moment on all of its parts."""
    stamp = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
    target = BytesIO()
    with ZipFile(made) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = ZipInfo(name, date_time=stamp)
            info.compress_type = ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return target.getvalue()
