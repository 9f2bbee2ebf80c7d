"""The list of what is due as a workbook, for those who go through it on paper."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.deadlines import registry
from hatnhan.documents.xlsx import Heading, write_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from hatnhan.deadlines.types import Deadline


def deadlines(found: Sequence[Deadline], on: date, *, title: str) -> IO[bytes]:
    """Return a workbook with a line for each deadline; days left, on the day ``on``, are negative when late."""
    headings = [
        Heading(_("Việc"), 44),
        Heading(_("Loại việc"), 26),
        Heading(_("Tổ chức đảng"), 30),
        Heading(_("Hạn"), 12),
        Heading(_("Còn (ngày)"), 12),
        Heading(_("Chi tiết"), 50),
    ]
    rows = (
        (str(one.title), registry.title(one.source), one.unit_name, one.due, one.days(on), str(one.detail))
        for one in found
    )
    return write_table(sheet=_("Việc đến hạn"), title=title, headings=headings, rows=rows)
