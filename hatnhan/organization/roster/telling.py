"""A plan in words and plain values, for the preview's pages and for programs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from hatnhan.core import vietnamese
from hatnhan.organization.models import Member
from hatnhan.organization.roster.words import say as _
from hatnhan.organization.rules import printed_card

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import Field

    from hatnhan.organization.roster.plan import Change, Plan, PlannedRow, Question
    from hatnhan.organization.roster.records import CellProblem, Understanding

_CODINGS = {"tcvn3": "TCVN3", "vni": "VNI", "cp1258": "Windows-1258"}
_IGNORED_SHOWN = 20


def told_row(row: PlannedRow, headings: Mapping[str, str]) -> dict[str, Any]:
    """Return what will happen with a row: its problems with cell, reason and remedy, its changes, its question."""
    told: dict[str, Any] = {
        "card": printed_card(row.record.card_number),
        "birth": _birth(row),
        "cell": row.record.cell,
    }
    if row.problems:
        told["problems"] = [_problem(problem, headings) for problem in row.problems]
    if row.near:
        told["near"] = {"text": row.record.cell, "unit": row.near[0], "name": row.near[1]}
    if row.changes:
        told["changes"] = [_change(change) for change in row.changes]
    if row.question:
        told["question"] = _question(row.question)
    return told


def told_understanding(understanding: Understanding) -> dict[str, Any]:
    """Return how the file was understood."""
    u = understanding
    columns = {"columns": u.columns, "unused": u.unused, "refused": u.refused}
    return {
        "sheet": u.sheet_name,
        "other_sheets": u.other_sheets,
        "heading_rows": list(u.heading_rows),
        "coding": _CODINGS.get(u.coding, ""),
        "sample": list(u.sample) if u.sample else None,
        "total_rows": u.total_rows,
        "year_only": u.year_only,
        "ignored": [{"row": i.row, "reason": i.reason, "shown": i.shown} for i in u.ignored[:_IGNORED_SHOWN]],
        **{
            name: [{"letter": c.letter, "heading": c.heading} for c in found]
            for name, found in columns.items()
        },
    }


def told_plan(plan: Plan) -> dict[str, Any]:
    """Return the whole plan for a program: counts, how it was understood, and every row with what happens to it."""
    headings = {column.role: column.heading for column in plan.understanding.columns}
    rows = [
        {"row": row.number, "status": row.status.value, "name": row.record.full_name}
        | told_row(row, headings)
        for row in plan.rows
    ]
    return {"counts": plan.counts, "understanding": told_understanding(plan.understanding), "rows": rows}


def _problem(problem: CellProblem, headings: Mapping[str, str]) -> dict[str, str]:
    return {
        "cell": problem.cell if problem.column_letter else "",
        "column": headings.get(problem.field, _names().get(problem.field, problem.field)),
        "shown": problem.shown,
        "message": problem.message,
        "remedy": problem.remedy,
        "code": problem.code,
    }


def _change(change: Change) -> dict[str, str]:
    field = change.field
    return {
        "field": field,
        "label": _label(field),
        "old": _value(field, change.old),
        "new": _value(field, change.new),
    }


def _question(question: Question) -> dict[str, str]:
    values = question.known.values
    born = values[3] or values[2]
    return {
        "member": str(question.known.pk),
        "card": printed_card(str(values[0] or "")),
        "name": str(values[1]),
        "birth": vietnamese.day(born) if isinstance(born, date) else str(born),
        "cell": question.known_cell,
    }


def _birth(row: PlannedRow) -> str:
    record = row.record
    return vietnamese.day(record.born_on) if record.born_on else str(record.born_year or "")


def _label(field: str) -> str:
    return _names().get(field) or str(_field(field).verbose_name)


def _field(name: str) -> Field[Any, Any]:
    return next(field for field in Member._meta.concrete_fields if field.name == name)


def _names() -> dict[str, str]:
    return {
        "cell": _("chi bộ"),
        "joined_cell": _("về chi bộ từ"),
        "exempt": _("miễn công tác"),
        "birth": _("ngày sinh"),
        "admitted": _("ngày vào Đảng"),
        "official": _("ngày chính thức"),
        "sex": _("giới tính"),
        "full_name": _("họ và tên"),
        "card_number": _("số thẻ"),
    }


def _value(field: str, value: object) -> str:
    if value in (None, ""):
        return _("trống")
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, date):
        return vietnamese.day(value)
    if field == "card_number":
        return printed_card(str(value))
    if field in ("sex", "schooling", "degree", "theory"):
        return str(dict(_field(field).flatchoices).get(value, value))
    return str(value)
