"""The list of what is due as a workbook, for those who go through it on paper."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import xlsxwriter
from django.utils.translation import gettext as _

from hatnhan.deadlines import registry

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from hatnhan.deadlines.types import Deadline

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTHS = (12, 12, 30, 26, 44, 50)


def deadlines(found: Sequence[Deadline], on: date, *, title: str) -> bytes:
    """Return a workbook with a line for each deadline; ``days`` left on the day ``on`` are negative when late.

    Texts are written as texts, whatever sign they begin with: none becomes a formula.
    """
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet(_("Việc đến hạn"))
    bold = book.add_format({"bold": True, "bottom": 1})
    day = book.add_format({"num_format": "d/m/yyyy", "align": "left"})
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    heads = (_("Hạn"), _("Còn (ngày)"), _("Tổ chức đảng"), _("Loại việc"), _("Việc"), _("Chi tiết"))
    for column, (head, width) in enumerate(zip(heads, _WIDTHS, strict=True)):
        sheet.write_string(2, column, head, bold)
        sheet.set_column(column, column, width)
    for row, one in enumerate(found, start=3):
        sheet.write_datetime(row, 0, one.due, day)
        sheet.write_number(row, 1, one.days(on))
        for column, text in enumerate(
            (one.unit_name, registry.title(one.source), one.title, one.detail), start=2
        ):
            sheet.write_string(row, column, str(text))
    sheet.freeze_panes(3, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    book.close()
    return stream.getvalue()
