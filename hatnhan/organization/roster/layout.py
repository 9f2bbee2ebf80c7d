"""Finds the heading of a sheet, under title rows and merged cells, of one row or two, and what each column holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from hatnhan.organization.roster import headings as h
from hatnhan.organization.roster.headings import REMARKS_HEADING, fields_of, role_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hatnhan.organization.roster.sheets import Cell, SheetHead

_SEARCHED_ROWS = 60
_SAMPLE_ROWS = 30
_ENOUGH_FIELDS = 2
_KNOWN_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file: its number from 0, its heading as read, the role it plays ("" when none)."""

    index: int
    heading: str
    role: str = ""

    @property
    def letter(self) -> str:
        """Return the column as spreadsheets name it: A, B… Z, AA."""
        return column_letter(self.index)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the heading stands (rows from 1, first and last) and what the columns hold."""

    first_row: int
    last_row: int
    columns: list[Column]
    unused: list[Column] = field(default_factory=list)
    refused: list[Column] = field(default_factory=list)

    @property
    def present(self) -> frozenset[str]:
        """Return the fields that the file holds a column for."""
        return fields_of({column.role for column in self.columns})

    def index_of(self, role: str) -> int | None:
        """Return the number of the column in a role, or None."""
        return next((column.index for column in self.columns if column.role == role), None)


def column_letter(index: int) -> str:
    """Return the letters of a column numbered from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def find_layout(sheet: SheetHead, convert: Callable[[str], str]) -> Layout | None:
    """Return the layout under the best heading of a sheet, or None where no row names enough of a roster.

    The best is the one that names most fields; among equals the one of a single row, then the upper one. A heading must
    name the full name and one field more. ``convert`` brings text to Unicode.
    """
    texts = [_texts(row, convert) for row in sheet.rows[: _SEARCHED_ROWS + 1]]
    best: tuple[tuple[int, int], Layout] | None = None
    for at in range(min(len(texts), _SEARCHED_ROWS)):
        for layout in _candidates(sheet, texts, at):
            present = layout.present
            score = (len(present), layout.first_row - layout.last_row)
            if (
                "full_name" in present
                and len(present) >= _ENOUGH_FIELDS
                and (best is None or score > best[0])
            ):
                best = (score, layout)
    if best is None:
        return None
    return _with_split_name(_with_birth_by_sex(best[1], sheet.rows), sheet)


def headings_seen(sheets: Iterable[SheetHead], convert: Callable[[str], str]) -> list[str]:
    """Return the headings that were recognised although there were too few of them, for the error message."""
    seen: dict[str, None] = {}
    for sheet in sheets:
        for row in sheet.rows[:_SEARCHED_ROWS]:
            found = [text for text in _texts(row, convert) if text and role_of(text) in h.FIELDS]
            seen.update(dict.fromkeys(found))
    return list(seen)[:8]


def _texts(row: list[Cell], convert: Callable[[str], str]) -> list[str | None]:
    """Return the row's texts on one line each; None stands for a number or a date, "" for an empty cell."""
    return [
        " ".join(convert(cell).split()) if isinstance(cell, str) else ("" if cell is None else None)
        for cell in row
    ]


def _candidates(sheet: SheetHead, texts: list[list[str | None]], at: int) -> Iterable[Layout]:
    upper = [text or "" for text in texts[at]]
    if not any(upper):
        return
    yield _layout(at, at, [(text, "") for text in upper])
    if at + 1 < len(texts):
        pairs = _pairs(sheet, texts, at)
        if pairs is not None:
            yield _layout(at, at + 1, pairs)


def _pairs(sheet: SheetHead, texts: list[list[str | None]], at: int) -> list[tuple[str, str]] | None:
    """Return (heading, heading over it) for two rows, or None where the lower row is not a heading."""
    lower, upper = texts[at + 1], [text or "" for text in texts[at]]
    filled = [text for text in lower if text != ""]
    if not filled or None in filled:
        return None
    width = max(len(lower), len(upper))
    upper = _spread(sheet, upper + [""] * (width - len(upper)), at, lower)
    pairs = [((lower[i] if i < len(lower) else "") or "", upper[i]) for i in range(width)]
    known = [role_of(heading, above) is not None for heading, above in pairs if heading]
    return pairs if sum(known) >= _KNOWN_SHARE * len(known) else None


def _spread(sheet: SheetHead, upper: list[str], at: int, lower: list[str | None]) -> list[str]:
    """Let a heading reach over the columns it is merged across; where merging is unknown, over empty neighbours."""
    across = [(left, right) for top, left, bottom, right in sheet.merged if top == at and right > left]
    for left, right in across:
        for i in range(left, min(right + 1, len(upper))):
            upper[i] = upper[left]
    if not sheet.merged:
        for i in range(1, len(upper)):
            if not upper[i] and upper[i - 1] and i < len(lower) and lower[i] and lower[i - 1]:
                upper[i] = upper[i - 1]
    return upper


def _layout(first: int, last: int, pairs: list[tuple[str, str]]) -> Layout:
    layout = Layout(first + 1, last + 1, [])
    taken: set[str] = set()
    for index, (heading, above) in enumerate(pairs):
        shown = " – ".join(part for part in (above, heading) if part)
        role = role_of(heading, above)
        if not shown or role in {h.ORDINAL, h.REMARKS} or shown == REMARKS_HEADING:
            continue
        if role == h.REFUSED:
            layout.refused.append(Column(index, shown, h.REFUSED))
        elif role is None or role in taken:
            layout.unused.append(Column(index, shown))
        else:
            taken.add(role)
            layout.columns.append(Column(index, shown, role))
    return layout


def _with_birth_by_sex(layout: Layout, rows: list[list[Cell]]) -> Layout:
    """Read columns "Nam" and "Nữ" as birth dates where that is what they hold and no other column does."""
    if "birth" in layout.present or not {h.MALE, h.FEMALE} & {column.role for column in layout.columns}:
        return layout
    sample = rows[layout.last_row : layout.last_row + _SAMPLE_ROWS]
    indexes = [column.index for column in layout.columns if column.role in {h.MALE, h.FEMALE}]
    cells = [row[i] for row in sample for i in indexes if i < len(row) and row[i] is not None]
    dated = sum(_looks_dated(cell) for cell in cells)
    if not cells or dated * 2 < len(cells):
        return layout
    new = {h.MALE: h.BIRTH_MALE, h.FEMALE: h.BIRTH_FEMALE}
    columns = [Column(c.index, c.heading, new.get(c.role, c.role)) for c in layout.columns]
    return Layout(layout.first_row, layout.last_row, columns, layout.unused, layout.refused)


def _with_split_name(layout: Layout, sheet: SheetHead) -> Layout:
    """Read "Họ và tên" over two columns, the second without heading, as family with middle name, and given name."""
    name = layout.index_of("full_name")
    if name is None or name + 1 in {c.index for c in (*layout.columns, *layout.unused, *layout.refused)}:
        return layout
    first = layout.first_row - 1
    heading = sheet.rows[first][name + 1] if name + 1 < len(sheet.rows[first]) else None
    sample = [
        row for row in sheet.rows[layout.last_row : layout.last_row + _SAMPLE_ROWS] if len(row) > name + 1
    ]
    given = sum(isinstance(row[name + 1], str) and " " not in str(row[name + 1]).strip() for row in sample)
    if heading is not None or not given or given * 2 < len(sample):
        return layout
    columns: list[Column] = []
    for column in layout.columns:
        if column.role == "full_name":
            columns += [
                Column(name, column.heading, h.FAMILY_PART),
                Column(name + 1, column.heading, h.GIVEN_PART),
            ]
        else:
            columns.append(column)
    return Layout(layout.first_row, layout.last_row, columns, layout.unused, layout.refused)


def _looks_dated(cell: Cell) -> bool:
    if isinstance(cell, str):
        return sum(sign.isdigit() for sign in cell) >= len("1965")
    return isinstance(cell, date) or (type(cell) is int and cell > len("1965") * 100)
