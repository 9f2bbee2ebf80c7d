"""The empty sheet of a weekly review, to be written on by hand where nobody types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.documents.registry import document_of
from hatnhan.documents.types import Column, Table
from hatnhan.meetings.documents.common import sheet
from hatnhan.meetings.models import Meeting, ReviewRow
from hatnhan.meetings.selectors.reviews import expected_rows

if TYPE_CHECKING:
    from hatnhan.documents.types import Paper

_COLUMNS = (
    Column("TT", 0.5, "center"),
    Column("Người, vị trí", 2),
    Column("Ưu điểm", 2.6),
    Column("Hạn chế", 2.6),
    Column("Cách khắc phục, ai làm, hạn", 2.6),
)


@document_of("meetings.review_sheet", title=gettext_lazy("Phiếu nhận xét để trống"))
def review_sheet(meeting: Meeting) -> Paper:
    """Draw up the sheet with room to write: its rows, or before the opening those it will have."""
    on = sheet(meeting)
    kept = ReviewRow.objects.filter(meeting=meeting).select_related("subject", "work_post")
    rows = list(kept) or expected_rows(meeting)
    lines = tuple((str(at), _named(row), "", "", "") for at, row in enumerate(rows, start=1))
    return on.paper(
        title=_("Phiếu"),
        abstract=_("nhận xét, %(meeting)s") % {"meeting": on.called},
        table=Table(_COLUMNS, lines, roomy=True),
        signatures=on.at_the_table,
        landscape=True,
    )


def _named(row: ReviewRow) -> str:
    """Return the person with what the person was then; for a post its name with its holder."""
    other = str(row.subject or "") if row.of_post else row.title
    return f"{row.name}, {other}" if other and other != row.name else row.name
