"""Laying a roster beside the books: for every row, new, changed, unchanged, problem, or a question to a person."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from hatnhan.core.vietnamese import day, fold
from hatnhan.organization.roster.book import FIELDS, Known, find_foreign, open_book
from hatnhan.organization.roster.plan import Answers, Change, Plan, PlannedRow, Question, Same, Status
from hatnhan.organization.roster.records import CellProblem
from hatnhan.organization.roster.words import say as _

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hatnhan.organization.models import Unit
    from hatnhan.organization.roster.book import Book
    from hatnhan.organization.roster.records import RosterRecord, RosterRow, RosterSheet, Understanding

#: Column roles of the file → fields of the member they give.
_GIVES = {"birth": ("born_year", "born_on"), "admitted": ("admitted_on",), "official": ("official_on",)}
_CARD, _YEAR, _BORN = FIELDS.index("card_number"), FIELDS.index("born_year"), FIELDS.index("born_on")


def compare(sheet: RosterSheet, unit: Unit, on: date, answers: Answers | None = None) -> Plan:
    """Return what importing a sheet into a unit would do on a day. Reads the books, writes nothing."""
    rows = list(sheet.rows)
    book = open_book(unit, on)
    find_foreign(book, (row.parsed.card_number for row in rows))
    comparison = _Comparison(book, sheet.understanding, unit, on, answers or Answers())
    planned = [comparison.row(row) for row in rows]
    present = sum(known.cell_id is not None for names in book.by_name.values() for known in names)
    here = sum(row.known is not None and row.known.cell_id is not None for row in planned)
    return Plan(sheet.understanding, planned, _digest(planned), present - here)


class _Comparison:
    def __init__(
        self, book: Book, understanding: Understanding, unit: Unit, on: date, answers: Answers
    ) -> None:
        self.book, self.unit, self.on, self.answers = book, unit, on, answers
        present = understanding.present
        self.fields = [
            (index, name)
            for index, name in enumerate(FIELDS)
            if name in _given(present) and name != "card_number"
        ]
        self.letters = {column.role: column.letter for column in understanding.columns}
        self.present = present
        self.used: dict[int, int] = {}

    def row(self, row: RosterRow) -> PlannedRow:
        """Plan one row."""
        planned = PlannedRow(row.number, Status.PROBLEM, row.parsed, problems=list(row.problems))
        planned.cell_id = self._cell(planned)
        if row.problems:
            return planned
        planned.known = self._match(planned)
        if planned.problems or planned.question:
            planned.status = Status.QUESTION if planned.question and not planned.problems else Status.PROBLEM
            return planned
        if planned.known is None:
            self._check_new(planned)
            planned.status = Status.PROBLEM if planned.problems else Status.NEW
        else:
            planned.changes = self._changes(planned, planned.known)
            self._check_changed(planned, planned.known)
            planned.status = (
                Status.PROBLEM
                if planned.problems
                else Status.CHANGED
                if planned.changes
                else Status.UNCHANGED
            )
        return planned

    # --- who it is -------------------------------------------------------------------------------------------------
    def _match(self, planned: PlannedRow) -> Known | None:
        record = planned.record
        known = self.book.by_card.get(record.card_number) if record.card_number else None
        if known is None and record.card_number in self.book.foreign_cards:
            message = _("Số thẻ này thuộc một đảng viên của tổ chức đảng khác")
            remedy = _("Xem lại thẻ, hoặc làm thủ tục chuyển đến")
            self._problem(planned, "card_number", record.card_number, message, remedy)
            return None
        if known is None:
            known = self._namesake(planned)
        if known and self.used.setdefault(known.pk, planned.number) != planned.number:
            message = _("Trùng người với dòng {row}", row=self.used[known.pk])
            self._problem(planned, "full_name", record.full_name, message, _("Xóa một trong hai dòng"))
        if known:
            self._check_departed(planned, known)
        return known

    def _check_departed(self, planned: PlannedRow, known: Known) -> None:
        """Refuse to bring back, or to correct, by a file whom the unit no longer answers for."""
        name = planned.record.full_name
        if known.pk in self.book.elsewhere:
            message = _("Người này nay thuộc tổ chức đảng khác")
            self._problem(planned, "full_name", name, message, _("Xóa dòng này, hoặc làm thủ tục chuyển đến"))
        if gone := self.book.gone.get(known.pk):
            message = _("Trong sổ: {reason} từ ngày {day}", reason=gone[0], day=day(gone[1]))
            self._problem(
                planned, "full_name", name, message, _("Xóa dòng này; nếu là người khác, ghi đủ số thẻ")
            )

    def _namesake(self, planned: PlannedRow) -> Known | None:
        """Find the member of the same name and birth; ask when the card numbers differ, never guess."""
        record = planned.record
        for known in self.book.by_name.get(fold(record.full_name), ()):
            if not _same_birth(known, record):
                continue
            if not record.card_number or not known.values[_CARD]:
                return known
            answer = self.answers.same.get(planned.number)
            if answer is None:
                planned.question = Question(known, self.book.cell_names.get(known.cell_id or 0, ""))
                return None
            if answer is not Same.DIFFERENT:
                return known
        return None

    # --- what would change -----------------------------------------------------------------------------------------
    def _changes(self, planned: PlannedRow, known: Known) -> list[Change]:
        record = planned.record
        changes = [
            Change(name, known.values[index], new)
            for index, name in self.fields
            if (new := getattr(record, name))
            and new != known.values[index]
            and not _vaguer(name, known, record)
        ]
        card = known.values[_CARD]
        if record.card_number and record.card_number != card and self._takes_card(planned, card):
            changes.append(Change("card_number", card, record.card_number))
        if planned.cell_id and planned.cell_id != known.cell_id:
            old = self.book.cell_names.get(known.cell_id or 0, "")
            changes.append(Change("cell", old, self.book.cell_names[planned.cell_id]))
        if record.exempt and known.pk not in self.book.exempt:
            changes.append(Change("exempt", False, True))  # noqa: FBT003 - old and new value
        return changes

    def _takes_card(self, planned: PlannedRow, card: object) -> bool:
        return not card or self.answers.same.get(planned.number) is Same.TAKE

    # --- what stands in the way ------------------------------------------------------------------------------------
    def _cell(self, planned: PlannedRow) -> int | None:
        text = planned.record.cell
        if not text:
            return self.unit.pk if self.unit.is_cell else None
        found = self.book.cell_of(text) or self.answers.cells.get(text)
        if found:
            return found
        planned.near = near = self.book.like(text)
        remedy = (
            _("Có phải “{name}”?", name=near[1])
            if near
            else _("Sửa tên chi bộ trong tệp, hoặc lập chi bộ trước")
        )
        self._problem(planned, "cell", text, _("Không có chi bộ này"), remedy)
        return None

    def _check_new(self, planned: PlannedRow) -> None:
        record = planned.record
        needed = {
            "sex": (record.sex, _("Thiếu giới tính")),
            "birth": (record.born_year, _("Thiếu ngày sinh hoặc năm sinh")),
            "admitted": (record.admitted_on, _("Thiếu ngày vào Đảng")),
            "cell": (planned.cell_id, _("Thiếu chi bộ")),
        }
        for role, (value, message) in needed.items():
            if not value and not (role == "cell" and record.cell):
                self._problem(
                    planned, role, "", message, _("Điền ô này: người chưa có trong sổ cần đủ mục ấy")
                )
        self._check_since(planned)

    def _check_changed(self, planned: PlannedRow, known: Known) -> None:
        moved = any(change.field == "cell" for change in planned.changes)
        if moved and known.since and known.since >= self.on:
            message = _("Đảng viên mới về chi bộ hiện nay ngày {day}", day=day(known.since))
            self._problem(
                planned, "cell", planned.record.cell, message, _("Nhập vào ngày sau, hoặc sửa ở hồ sơ")
            )

    def _check_since(self, planned: PlannedRow) -> None:
        since, admitted = planned.record.joined_cell_on, planned.record.admitted_on
        if since and admitted and since < admitted:
            message = _("Trước ngày vào Đảng ({day})", day=day(admitted))
            self._problem(planned, "joined_cell", day(since), message, _("Xem lại hai ngày"))

    def _problem(self, planned: PlannedRow, role: str, shown: str, message: str, remedy: str) -> None:
        letter = self.letters.get(role, "")
        planned.problems.append(
            CellProblem(planned.number, letter, role, shown or _("(trống)"), message, remedy, f"book_{role}")
        )


def _given(present: Iterable[str]) -> set[str]:
    return {name for role in present for name in _GIVES.get(role, (role,))}


def _same_birth(known: Known, record: RosterRecord) -> bool:
    if known.values[_BORN] and record.born_on:
        return known.values[_BORN] == record.born_on
    return known.values[_YEAR] == record.born_year


def _vaguer(name: str, known: Known, record: RosterRecord) -> bool:
    """Tell a year alone in the file, which does not unmake a whole birth date in the books."""
    return name == "born_on" and record.born_on is None and known.values[_YEAR] == record.born_year


def _digest(rows: list[PlannedRow]) -> str:
    """Name the plan: what is to be done with whom, so that it is written only as it was seen; the file itself stays."""
    digest = hashlib.sha256()
    for row in rows:
        what = f"{row.number} {row.status} {row.known.pk if row.known else 0} {row.cell_id} {row.changes}"
        digest.update(what.encode())
    return digest.hexdigest()
