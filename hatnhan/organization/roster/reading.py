"""Reads a roster: picks the sheet, understands its heading and encoding, and turns each row into a record."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hatnhan.organization.roster.errors import sheet_error
from hatnhan.organization.roster.layout import find_layout, headings_seen
from hatnhan.organization.roster.lines import Lines, title_group
from hatnhan.organization.roster.parsing import RowParser
from hatnhan.organization.roster.records import IgnoredRow, RosterRow, RosterSheet, Understanding
from hatnhan.organization.roster.sheets import Limits, open_book
from hatnhan.organization.roster.texts import Texts, sample_of, samples_of
from hatnhan.organization.roster.words import say as _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from hatnhan.organization.roster.layout import Layout
    from hatnhan.organization.roster.sheets import Book, Cell, SheetHead

_SHOWN_IGNORED = 60


@dataclass(frozen=True, slots=True)
class _Choice:
    sheet: SheetHead
    layout: Layout
    texts: Texts


def read_roster(path: str | Path, filename: str, *, on: date, limits: Limits | None = None) -> RosterSheet:
    """Read a whole roster into a list of rows.

    ``filename`` is the name the file was uploaded under: its extension must agree with the content. ``on`` is the day
    by which ages are judged and after which no date may lie. Raises SheetError when nothing can be read.
    """
    with open_roster(path, filename, on=on, limits=limits) as sheet:
        sheet.rows = list(sheet.rows)
        return sheet


@contextmanager
def open_roster(
    path: str | Path, filename: str, *, on: date, limits: Limits | None = None
) -> Iterator[RosterSheet]:
    """Open a roster for reading row by row, as :func:`read_roster` but with ``rows`` an iterator to go through once."""
    with open_book(path, filename, limits or Limits()) as book:
        choice, others = _choose(book)
        layout, sheet = choice.layout, choice.sheet
        understanding = Understanding(
            sheet_index=sheet.index,
            sheet_name=sheet.name,
            other_sheets=others,
            heading_rows=(layout.first_row, layout.last_row),
            columns=layout.columns,
            unused=layout.unused,
            refused=layout.refused,
            present=layout.present | ({"cell"} if title_group(_above(choice)) else set()),
            coding=choice.texts.name,
            sample=sample_of(choice.texts, sheet.rows) if choice.texts.name != "unicode" else None,
        )
        yield RosterSheet(understanding, _rows(book, choice, understanding, on))


def _choose(book: Book) -> tuple[_Choice, list[str]]:
    """Return the sheet whose heading names most, visible ones first, and the names of the others that have one."""
    choices: list[_Choice] = []
    for sheet in book.sheets:
        texts = Texts(samples_of(sheet.rows), book.coding)
        layout = find_layout(sheet, texts.clean)
        if layout is not None:
            choices.append(_Choice(sheet, layout, texts))
    if not choices:
        texts = Texts(samples_of(row for sheet in book.sheets for row in sheet.rows), book.coding)
        seen = headings_seen(book.sheets, texts.clean)
        found = _("Mới thấy: {headings}.", headings=", ".join(f"“{text}”" for text in seen)) if seen else ""
        raise sheet_error("no_heading", found=found)
    best = max(choices, key=lambda c: (not c.sheet.hidden, len(c.layout.present), len(c.sheet.rows)))
    return best, [choice.sheet.name for choice in choices if choice is not best]


def _above(choice: _Choice) -> list[list[Cell]]:
    return [choice.texts.row(row) for row in choice.sheet.rows[: choice.layout.first_row - 1]]


def _rows(book: Book, choice: _Choice, told: Understanding, on: date) -> Iterator[RosterRow]:
    """Yield the members' rows, counting and noting as they go by."""
    layout, clean = choice.layout, choice.texts.row
    lines, parser = Lines(layout), RowParser(layout, on)
    lines.group = title_group(_above(choice))
    for number, raw in enumerate(book.rows(choice.sheet.index), start=1):
        if number <= layout.last_row:
            continue
        cells = clean(raw)
        reason = lines.why_not(cells)
        if reason is not None:
            _note(told, number, reason, cells)
            if lines.group and not told.present >= {"cell"}:
                told.present |= {"cell"}
            continue
        row = parser.row(number, cells, lines.group)
        told.total_rows += 1
        told.problem_rows += bool(row.problems)
        told.year_only += row.parsed.born_year is not None and row.parsed.born_on is None
        yield row


def _note(told: Understanding, number: int, reason: str, cells: list[Cell]) -> None:
    if reason:
        shown = " | ".join(str(cell) for cell in cells if cell is not None)
        told.ignored.append(IgnoredRow(number, reason, shown[:_SHOWN_IGNORED]))
