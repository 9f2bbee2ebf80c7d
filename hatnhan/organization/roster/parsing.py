"""Turns the cells of one row into a record, and checks the record against itself and the rows before it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from hatnhan.core.vietnamese import PartialDay, day
from hatnhan.organization.roster import cells as c
from hatnhan.organization.roster import headings as h
from hatnhan.organization.roster import levels
from hatnhan.organization.roster.cells import Fault
from hatnhan.organization.roster.layout import column_letter
from hatnhan.organization.roster.records import CellProblem, RosterRecord, RosterRow
from hatnhan.organization.roster.words import say as _

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from hatnhan.organization.roster.layout import Layout
    from hatnhan.organization.roster.sheets import Cell

_YOUNGEST_JOINING = 16
_MANY = 50_000
_SAME = {"admitted": "admitted_on", "official": "official_on", "joined_cell": "joined_cell_on"}
_LENGTHS = {"ethnicity": 40, "hamlet": 80, "occupation": 80, "cell": 120, "position": 120}
_BY_SEX = ((h.MALE, "M"), (h.FEMALE, "F"), (h.BIRTH_MALE, "M"), (h.BIRTH_FEMALE, "F"))


def _readers(on: date) -> dict[str, Callable[[Cell], Any]]:
    """Return, for each field of one column that is read by itself, what reads it."""
    return {
        "card_number": c.read_card_number,
        "sex": c.read_sex,
        "schooling": levels.read_schooling,
        "degree": levels.read_degree,
        "theory": levels.read_theory,
        "phone": c.read_phone,
        "email": c.read_email,
        "admitted": partial(c.read_day, on=on),
        "official": partial(_read_official, on=on),
        "joined_cell": partial(c.read_day, on=on),
        "exempt": c.read_exempt,
        **{name: partial(c.read_text, longest=longest) for name, longest in _LENGTHS.items()},
    }


def _read_official(value: Cell, on: date) -> date | None:
    """Return the day of becoming an official member; "Dự bị" says that it has not come yet."""
    if isinstance(value, str) and value.lower() in {"dự bị", "db", "chưa"}:
        return None
    return c.read_day(value, on)


class RowParser:
    """Reads rows under one layout, as on one day; remembers card numbers so as to tell of a number seen twice."""

    def __init__(self, layout: Layout, on: date) -> None:
        self._on = on
        roles = {column.role: column.index for column in layout.columns}
        self._columns = roles
        self._roles = tuple(roles.items())
        readers = _readers(on)
        self._fields = [
            (name, _SAME.get(name, name), roles[name], reader)
            for name, reader in readers.items()
            if name in roles
        ]
        self._by_sex = [(roles[role], sex) for role, sex in _BY_SEX if role in roles]
        self._name_columns = [
            roles[role] for role in ("full_name", h.FAMILY_PART, h.GIVEN_PART) if role in roles
        ]
        if "full_name" in roles:
            self._name_columns = self._name_columns[:1]
        self._width = max(roles.values()) + 1
        self._known: dict[tuple[str, type, Cell], Any] = {}
        self._cards: dict[str, int] = {}

    def row(self, number: int, cells: list[Cell], group: str) -> RosterRow:
        """Return the row with its record; ``group`` is the cell named above it, taken when no column names one."""
        row = RosterRow(number, RosterRecord(), [], cells, self._roles)
        if len(cells) < self._width:
            cells.extend([None] * (self._width - len(cells)))
        record = row.parsed
        self._name(row)
        for name, attribute, index, reader in self._fields:
            value = cells[index]
            if value is not None:
                setattr(record, attribute, self._read(row, name, index, reader))
        if "exempt" in self._columns and record.exempt is None and cells[self._columns["exempt"]] is None:
            record.exempt = False
        if group and "cell" not in self._columns:
            record.cell = group
        self._birth(row)
        self._check(row)
        return row

    def _read(self, row: RosterRow, name: str, index: int, reader: Callable[[Cell], Any]) -> Any:  # noqa: ANN401
        """Return what a cell says, from memory where the same was read before; of a faulty one, a problem."""
        value = row.cells[index]
        key = (name, type(value), value)
        answer = self._known.get(key)
        if answer is None:
            try:
                answer = (reader(value), None)
            except Fault as fault:
                answer = (getattr(RosterRecord(), _SAME.get(name, name), None), fault)
            if len(self._known) > _MANY:
                self._known.clear()
            self._known[key] = answer
        if answer[1] is not None:
            self._problem(row, name, index, answer[1])
        return answer[0]

    def _name(self, row: RosterRow) -> None:
        parts = [c.as_text(row.cells[index]) for index in self._name_columns]
        try:
            row.parsed.full_name = c.read_name(" ".join(part for part in parts if part))
        except Fault as fault:
            self._problem(row, "full_name", self._name_columns[0], fault)

    def _birth(self, row: RosterRow) -> None:
        """Read the birth date, and the sex from the column in which something is written."""
        index = self._columns.get("birth")
        born: PartialDay | None = None
        if index is not None and row.cells[index] is not None:
            born = self._read(row, "birth", index, partial(c.read_birth, on=self._on))
        marked = [(at, sex) for at, sex in self._by_sex if row.cells[at] not in (None, False, 0, "-")]
        for at, sex in marked:
            if at in (self._columns.get(h.BIRTH_MALE), self._columns.get(h.BIRTH_FEMALE)) and not _is_cross(
                row.cells[at]
            ):
                born = self._read(row, "birth", at, partial(c.read_birth, on=self._on))
            self._sex(row, at, sex)
        if len(marked) > 1:
            row.parsed.sex = None
        if born is not None:
            row.parsed.born_year, row.parsed.born_on = born.year, born.day

    def _sex(self, row: RosterRow, index: int, sex: str) -> None:
        if row.parsed.sex not in (None, sex):
            fault = Fault("sex", _("Vừa ghi nam vừa ghi nữ"), _("Giữ một cột, xóa cột kia"))
            self._problem(row, "sex", index, fault)
        else:
            row.parsed.sex = sex

    def _check(self, row: RosterRow) -> None:
        """Check fields against each other and the card number against the rows above."""
        record = row.parsed
        if (
            record.admitted_on is not None
            and record.official_on is not None
            and record.official_on < record.admitted_on
        ):
            message = _("Trước ngày vào Đảng ({day})", day=day(record.admitted_on))
            self._problem(
                row, "official", self._columns["official"], Fault("order", message, _("Xem lại hai ngày"))
            )
            record.official_on = None
        if record.admitted_on is not None and record.born_year is not None:
            age = record.admitted_on.year - record.born_year
            if age < _YOUNGEST_JOINING:
                message = _("Vào Đảng khi mới {age} tuổi", age=max(age, 0))
                fault = Fault("implausible", message, _("Xem lại ngày sinh và ngày vào Đảng"))
                self._problem(row, "admitted", self._columns["admitted"], fault)
                record.admitted_on = None
        if record.card_number:
            first = self._cards.setdefault(record.card_number, row.number)
            if first != row.number:
                message = _("Trùng số thẻ với dòng {row}", row=first)
                fault = Fault("duplicate", message, _("Sửa một trong hai dòng"))
                self._problem(row, "card_number", self._columns["card_number"], fault)

    @staticmethod
    def _problem(row: RosterRow, name: str, index: int, fault: Fault) -> None:
        value = row.cells[index] if index < len(row.cells) else None
        row.problems.append(
            CellProblem(
                row.number,
                column_letter(index),
                name,
                c.shown(value),
                fault.message,
                fault.remedy,
                fault.code,
            )
        )


def _is_cross(value: Cell) -> bool:
    return value is True or (isinstance(value, str) and value.strip().lower() in {"x", "v", "+", "*", "1"})
