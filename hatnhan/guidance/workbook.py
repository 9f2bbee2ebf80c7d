"""The follow-up of a roll-out as a workbook, for those who go through it on paper."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.documents.xlsx import Heading, write_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hatnhan.documents.xlsx import Cell
    from hatnhan.guidance.selectors.following import Line


def following(lines: Iterable[Line], *, title: str) -> IO[bytes]:
    """Return a workbook with a line for each cell."""
    headings = [
        Heading(_("Chi bộ"), 34),
        Heading(_("Ngày giao"), 12),
        Heading(_("Có trong chương trình"), 14),
        Heading(_("Ngày sinh hoạt"), 14),
        Heading(_("Đã học"), 10),
        Heading(_("Phải học"), 10),
        Heading(_("Việc giao"), 10),
        Heading(_("Việc xong"), 10),
        Heading(_("Việc trễ"), 10),
        Heading(_("Báo cáo đã gửi"), 14),
        Heading(_("Báo cáo còn nợ"), 14),
    ]
    return write_table(sheet=_("Theo dõi"), title=title, headings=headings, rows=_rows(lines))


def _rows(lines: Iterable[Line]) -> Iterator[list[Cell]]:
    for line in lines:
        yield [
            line.name,
            line.given_on,
            _("Có") if line.on_agenda else _("Chưa"),
            line.held_on,
            line.studied,
            line.due,
            line.tasks,
            line.done,
            line.late,
            line.reports,
            len(line.owed),
        ]
