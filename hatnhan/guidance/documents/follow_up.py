"""The follow-up report of a roll-out after six and twelve months: what came of it in the cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core.vietnamese import day as written
from hatnhan.core.vietnamese import percent
from hatnhan.documents.registry import document_of
from hatnhan.documents.types import Column, Section, Table
from hatnhan.guidance.documents.common import called, sheet
from hatnhan.guidance.models import CellReport
from hatnhan.guidance.selectors import following, papers
from hatnhan.meetings.documents.common import numbered, short_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from hatnhan.documents.types import Paper
    from hatnhan.guidance.selectors.following import Line, Totals
    from hatnhan.guidance.selectors.papers import FollowUp

_COLUMNS = (
    Column("TT", 0.5, "center"),
    Column("Chi bộ", 2.2),
    Column("Sinh hoạt ngày", 1.2, "center"),
    Column("Đã học / phải học", 1.1, "center"),
    Column("Việc xong / việc giao", 1.1, "center"),
    Column("Việc trễ", 0.7, "center"),
    Column("Báo cáo ngày", 1.2, "center"),
)


@document_of(papers.FOLLOW_UP, title=gettext_lazy("Báo cáo kết quả triển khai"))
def follow_up(about: FollowUp) -> Paper:
    """Draw up the report of a roll-out as it stood on the last day of its term, or so far as that has come."""
    roll_out, on = about.roll_out, about.on
    rows = following.lines([roll_out], on)
    sums = following.totals(rows)
    head = sheet(roll_out.unit, on)
    words = {"document": called(roll_out.document), "months": about.months}
    told = list(
        CellReport.objects.filter(given__roll_out=roll_out, reported_on__lte=on)
        .filter(months__in=(0, about.months))
        .order_by("reported_on", "pk")
    )
    parts = (
        Section(_("Kết quả chung"), tuple(_summary(sums, on))),
        Section(_("Kết quả ở từng chi bộ"), (), _table(rows, sums, about.months)),
        _texts(_("Kết quả chi bộ báo cáo"), rows, told, "results"),
        _texts(_("Hạn chế, vướng mắc"), rows, told, "shortcomings"),
        _open(rows),
    )
    intro = () if on >= about.due else (_("Số liệu tính đến hết ngày %(day)s.") % {"day": written(on)},)
    return head.paper(
        title=_("Báo cáo"),
        abstract=_("kết quả %(months)d tháng triển khai thực hiện %(document)s") % words,
        kind="BC",
        paragraphs=intro,
        sections=numbered(parts),
        recipients=head.sent_to(),
    )


def _share(part: int, whole: int) -> str:
    return f" ({percent(100 * part / whole, 1)})" if whole else ""


def _summary(sums: Totals, on: date) -> list[str]:
    numbers = {name: getattr(sums, name) for name in ("cells", "on_agenda", "held", "studied", "due", "late")}
    numbers |= {"tasks": sums.tasks, "done": sums.done, "owed": sums.owed, "day": written(on)}
    return [
        _("Đến hết ngày %(day)s, %(held)d/%(cells)d chi bộ đã sinh hoạt, quán triệt; %(on_agenda)d chi bộ đã có"
          " trong chương trình họp.") % numbers,
        _("Đảng viên đã học tập: %(studied)d/%(due)d") % numbers + _share(sums.studied, sums.due) + ".",
        _("Việc đã giao: %(tasks)d; đã xong %(done)d") % numbers + _share(sums.done, sums.tasks)
        + _("; trễ hạn %(late)d.") % numbers,
        _("Báo cáo đến hạn mà chi bộ chưa gửi: %(owed)d.") % numbers,
    ]  # fmt: skip


def _table(rows: Sequence[Line], sums: Totals, months: int) -> Table:
    lines = tuple(
        (
            str(at),
            row.name,
            short_day(row.held_on) or _("Chưa"),
            f"{row.studied}/{row.due}",
            f"{row.done}/{row.tasks}",
            str(row.late or ""),
            short_day(_reported(row, months)),
        )
        for at, row in enumerate(rows, 1)
    )
    reported = sum(_reported(row, months) is not None for row in rows)
    last = (
        "",
        _("Cộng"),
        f"{sums.held}/{sums.cells}",
        f"{sums.studied}/{sums.due}",
        f"{sums.done}/{sums.tasks}",
        str(sums.late),
        f"{reported}/{sums.cells}",
    )
    return Table(_COLUMNS, lines, last)


def _reported(row: Line, months: int) -> date | None:
    return next((one.reported_on for one in row.terms if one.months == months), None)


def _texts(heading: str, rows: Sequence[Line], told: Sequence[CellReport], name: str) -> Section | None:
    """Return what the cells wrote, each under its name, in the order of the table; None where nobody wrote anything."""
    by_cell: dict[int, list[str]] = {}
    for one in told:
        if text := getattr(one, name):
            by_cell.setdefault(one.given_id, []).append(text)
    texts = tuple(f"{row.name}: {' '.join(by_cell[row.pk])}" for row in rows if row.pk in by_cell)
    return Section(heading, texts) if texts else None


def _open(rows: Sequence[Line]) -> Section | None:
    left = [row.name for row in rows if row.has_work]
    words = _("Chi bộ còn việc: %(cells)s.") % {"cells": ", ".join(left)}
    return Section(_("Việc còn lại"), (words,)) if left else None
