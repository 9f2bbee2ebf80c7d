"""A list of tasks as a workbook, for those who go through it on paper."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.assignments.selectors.shown import standing_of
from hatnhan.documents.xlsx import Heading, write_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from hatnhan.assignments.models import Task
    from hatnhan.documents.xlsx import Cell


def tasks(found: Iterable[Task], on: date, *, title: str) -> IO[bytes]:
    """Return a workbook with a line for each task, as it stood on a day."""
    headings = [
        Heading(_("Việc"), 50),
        Heading(_("Người làm"), 34),
        Heading(_("Nơi giao"), 30),
        Heading(_("Nhóm nhiệm vụ"), 24),
        Heading(_("Ngày giao"), 12),
        Heading(_("Hạn"), 12),
        Heading(_("Tình trạng"), 16),
        Heading(_("Ngày làm xong"), 14),
        Heading(_("Kết quả"), 50),
    ]
    return write_table(sheet=_("Nhiệm vụ"), title=title, headings=headings, rows=_rows(found, on))


def _rows(found: Iterable[Task], on: date) -> Iterator[list[Cell]]:
    for task in found:
        yield [
            task.title,
            task.owner_name,
            task.unit.name,
            task.group.name if task.group else "",
            task.given_on,
            task.due,
            standing_of(task, on).words,
            task.done_on,
            task.outcome or task.closed_reason,
        ]
