"""Writing a table as a workbook: row by row, in constant memory, and never a formula out of what people typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

from xlsxwriter import Workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cell = date | int | str | None

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHEET_NAME_LENGTH = 31
_OPTIONS = {
    "constant_memory": True,
    # Text stays text: "=1+1" or a link typed into a name must not come alive in the reader's program.
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a column and its width in characters."""

    text: str
    width: int = 14


def write_table(
    *, sheet: str, title: str, headings: Sequence[Heading], rows: Iterable[Sequence[Cell]]
) -> IO[bytes]:
    """Write one sheet with a frozen, filterable heading row, and return it as an open temporary file at its start.

    ``sheet`` names the sheet, ``title`` goes into the properties of the workbook. Days become true dates shown as
    5/11/2018, whole numbers become numbers, all else is text.
    """
    target = TemporaryFile()  # noqa: SIM115 - the caller sends it and closes it
    with Workbook(target, _OPTIONS) as book:
        book.set_properties({"title": title})
        page = book.add_worksheet(_sheet_name(sheet))
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 2})
        day = book.add_format({"num_format": "d/m/yyyy", "align": "left"})
        page.freeze_panes(1, 1)
        page.repeat_rows(0)
        page.set_paper(9)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        for place, heading in enumerate(headings):
            page.set_column(place, place, heading.width)
            page.write_string(0, place, heading.text, head)
        last = 0
        for last, row in enumerate(rows, start=1):
            _write_row(page, last, row, day)
        page.autofilter(0, 0, last, len(headings) - 1)
    target.seek(0)
    return target


def _write_row(page: Worksheet, place: int, row: Sequence[Cell], day: Format) -> None:
    for column, value in enumerate(row):
        if value is None or value == "":
            continue
        if isinstance(value, date):
            page.write_datetime(place, column, value, day)
        elif isinstance(value, int):
            page.write_number(place, column, value)
        else:
            page.write_string(place, column, value)


def _sheet_name(text: str) -> str:
    return (
        "".join(" " if sign in "[]:*?/\\" else sign for sign in text)[:_SHEET_NAME_LENGTH].strip("' ") or "1"
    )
