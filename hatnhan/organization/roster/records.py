"""What reading a roster gives: rows with their record and their problems, and how the file was understood."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hatnhan.organization.roster.layout import Column
    from hatnhan.organization.roster.sheets import Cell


@dataclass(slots=True)
class RosterRecord:
    """One member as the file has them. A field without a column in the file is empty here: ask ``present``.

    ``sex`` is "M" or "F"; ``schooling``, ``degree`` and ``theory`` hold the codes of the member's choices ("primary",
    "bachelor"…); ``card_number`` is eight digits ("00000318"); ``phone`` is digits only.
    """

    card_number: str = ""
    full_name: str = ""
    born_year: int | None = None
    born_on: date | None = None
    sex: str | None = None
    ethnicity: str = ""
    hamlet: str = ""
    occupation: str = ""
    schooling: str = ""
    degree: str = ""
    theory: str = ""
    phone: str = ""
    email: str = ""
    admitted_on: date | None = None
    official_on: date | None = None
    cell: str = ""
    joined_cell_on: date | None = None
    position: str = ""
    exempt: bool | None = None


@dataclass(frozen=True, slots=True)
class CellProblem:
    """One cell that cannot be taken: where, what it shows, why, and how to mend it; ``code`` is stable English."""

    row: int
    column_letter: str
    field: str
    shown: str
    message: str
    remedy: str
    code: str = ""

    @property
    def cell(self) -> str:
        """Return the address of the cell as spreadsheets write it: E47."""
        return f"{self.column_letter}{self.row}"


@dataclass(slots=True)
class RosterRow:
    """One row of the file (numbered from 1), its record and its problems; a faulty field is empty in the record."""

    number: int
    parsed: RosterRecord
    problems: list[CellProblem]
    cells: list[Cell]
    roles: tuple[tuple[str, int], ...]

    @property
    def values(self) -> dict[str, Cell]:
        """Return what stands in each matched column, in Unicode, before it was parsed."""
        return {role: self.cells[index] if index < len(self.cells) else None for role, index in self.roles}


@dataclass(frozen=True, slots=True)
class IgnoredRow:
    """A row that is no member: total, signature, repeated heading, name of a cell over its members."""

    row: int
    reason: str
    shown: str


@dataclass(slots=True)
class Understanding:
    """How the file was understood, for the preview. The counts are complete once the rows have been read through.

    ``coding`` is "unicode", "tcvn3", "vni" or "cp1258", ``sample`` a text before and after conversion.
    """

    sheet_index: int
    sheet_name: str
    other_sheets: list[str]
    heading_rows: tuple[int, int]
    columns: list[Column]
    unused: list[Column]
    refused: list[Column]
    present: frozenset[str]
    coding: str
    sample: tuple[str, str] | None = None
    total_rows: int = 0
    problem_rows: int = 0
    year_only: int = 0
    ignored: list[IgnoredRow] = field(default_factory=list)


@dataclass(slots=True)
class RosterSheet:
    """A roster read: how it was understood, and its rows (a list, or an iterator when opened for streaming)."""

    understanding: Understanding
    rows: list[RosterRow] | Iterator[RosterRow]
