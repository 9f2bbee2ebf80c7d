"""Gives the problems back as the same workbook with the faulty cells marked, to be mended and chosen again."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import IO, TYPE_CHECKING

import xlsxwriter

from hatnhan.organization.roster.headings import REMARKS_HEADING
from hatnhan.organization.roster.layout import find_layout
from hatnhan.organization.roster.sheets import open_book
from hatnhan.organization.roster.texts import Texts, samples_of
from hatnhan.organization.roster.words import say as _

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from hatnhan.organization.roster.records import CellProblem, Understanding
    from hatnhan.organization.roster.sheets import Book, Cell, SheetHead

_LATE = "=+-@\t\r"  # what makes a spreadsheet take a text for a formula once the cell is edited
_WIDEST = 40


def write_marked(
    source: str | Path,
    filename: str,
    told: Understanding,
    problems: Iterable[CellProblem],
    out: str | Path | IO[bytes],
) -> None:
    """Write an xlsx with all sheets of ``source``, row for row, the faulty cells of the roster red and commented.

    A last column "Vấn đề" repeats the problems of each row; reading the file again passes over it. Text comes out in
    Unicode and as text, never as a formula. ``out`` is a path or a binary file.
    """
    by_row: dict[int, list[CellProblem]] = defaultdict(list)
    for problem in problems:
        by_row[problem.row].append(problem)
    options = {"constant_memory": True, "default_date_format": "dd/mm/yyyy"}
    options |= {"strings_to_formulas": False, "strings_to_urls": False}
    with open_book(source, filename) as book, xlsxwriter.Workbook(out, options) as workbook:
        pen = _Pen(workbook)
        used: set[str] = set()
        for head in book.sheets:
            sheet = workbook.add_worksheet(_sheet_name(head, used))
            if head.hidden:
                sheet.hide()
            mine = head.index == told.sheet_index
            _write_sheet(pen, sheet, book, head, by_row if mine else {}, told.heading_rows if mine else None)
        workbook.worksheets()[told.sheet_index].activate()


class _Pen:
    """The formats of the workbook, and how a value of any type is written."""

    def __init__(self, workbook: Workbook) -> None:
        wrong = {"bg_color": "#FFC7CE", "font_color": "#9C0006", "border": 1, "border_color": "#9C0006"}
        self.heading: Format = workbook.add_format({"bold": True, "text_wrap": True, "valign": "vcenter"})
        self.remark: Format = workbook.add_format({"font_color": "#9C0006"})
        self._plain: Format = workbook.add_format()
        self._quoted: Format = workbook.add_format({"quote_prefix": True})
        self._day: Format = workbook.add_format({"num_format": "dd/mm/yyyy"})
        self._wrong: Format = workbook.add_format(wrong)
        self._wrong_day: Format = workbook.add_format({**wrong, "num_format": "dd/mm/yyyy"})

    def write(
        self, sheet: Worksheet, at: tuple[int, int], value: Cell, *, wrong: bool, style: Format | None
    ) -> None:
        """Write one cell as the type it was read as."""
        row, column = at
        form = self._wrong if wrong else style
        if value is None:
            if wrong:
                sheet.write_blank(row, column, None, form)
        elif isinstance(value, bool):
            sheet.write_boolean(row, column, value, form)
        elif isinstance(value, (date, datetime)) and value.year >= 1900:  # noqa: PLR2004 - where spreadsheets begin
            sheet.write_datetime(row, column, value, self._wrong_day if wrong else self._day)
        elif isinstance(value, (int, float)):
            sheet.write_number(row, column, value, form)
        else:
            text = str(value)
            sheet.write_string(row, column, text, form or (self._quoted if text[0] in _LATE else self._plain))


def _write_sheet(
    pen: _Pen,
    sheet: Worksheet,
    book: Book,
    head: SheetHead,
    by_row: dict[int, list[CellProblem]],
    heading_rows: tuple[int, int] | None,
) -> None:
    texts = Texts(samples_of(head.rows), book.coding)
    remarks = _remarks_column(head, texts)
    _set_widths(sheet, head, remarks)
    merges = {
        top: (left, right) for top, left, bottom, right in head.merged if top == bottom and right > left
    }
    for number, raw in enumerate(book.rows(head.index), start=1):
        cells = texts.row(raw)
        problems = by_row.get(number, [])
        is_heading = heading_rows is not None and heading_rows[0] <= number <= heading_rows[1]
        wrong = {_column(problem.column_letter) for problem in problems}
        style = pen.heading if is_heading else None
        for column in range(max([len(cells), *(at + 1 for at in wrong)])):
            if column != remarks:
                value = cells[column] if column < len(cells) else None
                pen.write(sheet, (number - 1, column), value, wrong=column in wrong, style=style)
        _merge(sheet, number - 1, merges.get(number - 1), cells, pen.heading)
        if heading_rows is not None and number == heading_rows[1]:
            sheet.write_string(number - 1, remarks, REMARKS_HEADING, pen.heading)
            sheet.freeze_panes(number, 0)
        _remark(pen, sheet, number - 1, remarks, problems)


def _remark(pen: _Pen, sheet: Worksheet, row: int, remarks: int, problems: list[CellProblem]) -> None:
    """Comment each faulty cell, and repeat it all in the last column."""
    said: dict[int, list[str]] = defaultdict(list)
    for problem in problems:
        said[_column(problem.column_letter)].append(
            " ".join(map(_sentence, (problem.message, problem.remedy)))
        )
    for column, sentences in said.items():
        sheet.write_comment(row, column, "\n".join(sentences), {"author": "Hạt Nhân", "x_scale": 2})
    if problems:
        text = "; ".join(_("ô {cell}: {why}", cell=p.cell, why=f"{p.message} – {p.remedy}") for p in problems)
        sheet.write_string(row, remarks, text, pen.remark)


def _merge(
    sheet: Worksheet, row: int, span: tuple[int, int] | None, cells: list[Cell], style: Format
) -> None:
    """Merge a title or heading across, as in the source; merging downward would need the whole sheet in memory."""
    if span is not None and span[0] < len(cells) and cells[span[0]] is not None:
        sheet.merge_range(row, span[0], row, span[1], str(cells[span[0]]), style)


def _remarks_column(head: SheetHead, texts: Texts) -> int:
    """Return the column for the problems: the one of an earlier marking, or the first beyond the sheet."""
    layout = find_layout(head, texts.clean)
    if layout is not None:
        for row in head.rows[layout.first_row - 1 : layout.last_row]:
            for column, cell in enumerate(row):
                if cell == REMARKS_HEADING:
                    return column
    return max((len(row) for row in head.rows), default=0)


def _set_widths(sheet: Worksheet, head: SheetHead, remarks: int) -> None:
    for column in range(remarks):
        longest = max(
            (len(str(row[column])) for row in head.rows[5:60] if column < len(row) and row[column]), default=8
        )
        sheet.set_column(column, column, min(max(longest + 2, 6), _WIDEST))
    sheet.set_column(remarks, remarks, 2 * _WIDEST)


def _sheet_name(head: SheetHead, used: set[str]) -> str:
    """Return a name that Excel accepts: at most 31 signs, no brackets, colons, stars or slashes, unlike the others."""
    name = (
        "".join("-" if sign in "[]:*?/\\" else sign for sign in head.name).strip("'")[:31]
        or f"Sheet{head.index + 1}"
    )
    if name.lower() in used:
        name = f"{name[:26]} {head.index + 1}"
    used.add(name.lower())
    return name


def _column(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def _sentence(text: str) -> str:
    return text if text.endswith("?") else f"{text}."
