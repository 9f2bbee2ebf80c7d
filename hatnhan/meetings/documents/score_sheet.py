"""The score sheet of a cell's meeting: what it gave itself, from what, and what the committee above decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import vietnamese
from hatnhan.core.errors import Missing
from hatnhan.documents.registry import document_of
from hatnhan.documents.types import Column, Signature, Table
from hatnhan.meetings.documents.common import day_of, name_of, points, sheet
from hatnhan.meetings.documents.minutes import self_scored
from hatnhan.meetings.models import Meeting, ScoreLine, ScoreSheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hatnhan.documents.types import Paper

_COLUMNS = (
    Column("TT", 0.5, "center"),
    Column("Nội dung", 2.5),
    Column("Tối đa", 0.7, "center"),
    Column("Máy tính", 0.75, "center"),
    Column("Tự chấm", 0.75, "center"),
    Column("Căn cứ", 2.8),
)


@document_of("meetings.score_sheet", title=gettext_lazy("Phiếu chấm điểm"))
def score_sheet(meeting: Meeting) -> Paper:
    """Draw up the score sheet of a meeting. Raises Missing before the cell scored it."""
    found = ScoreSheet.objects.filter(meeting=meeting).select_related("decided_by").first()
    if found is None:
        raise Missing(_("Cuộc họp này chưa chấm điểm."))
    on = sheet(meeting)
    rows = list(ScoreLine.objects.filter(sheet=found))
    lines = tuple(
        (str(at), row.title, points(row.most), points(row.computed), points(row.given), row.evidence)
        for at, row in enumerate(rows, start=1)
    )
    most = sum(row.most for row in rows)
    totals = ("", _("Cộng"), points(most), "", points(found.self_total), str(found.get_self_band_display()))
    above = Signature(_("Cấp ủy cấp trên"), "", name_of(found.decided_by))
    return on.paper(
        title=_("Phiếu chấm điểm"),
        abstract=_("chất lượng %(meeting)s") % {"meeting": on.called},
        day=day_of(found.self_at),
        table=Table(_COLUMNS, lines, totals),
        closing=tuple(_closing(found)),
        signatures=(above, on.on_behalf),
        recipients=on.reported_to,
        drawn_at=max(filter(None, (meeting.locked_at, found.self_at, found.decided_at)))
        if meeting.locked_at
        else None,
    )


def _closing(found: ScoreSheet) -> Iterator[str]:
    yield self_scored(found)
    if found.decided_at is None:
        yield _("Cấp ủy cấp trên chưa quyết định.")
        return
    words = _("Cấp ủy cấp trên quyết định ngày %(day)s: %(points)s/100 điểm, xếp loại %(band)s.")
    yield words % {
        "day": vietnamese.day(day_of(found.decided_at)),
        "points": points(found.decided_total),
        "band": found.get_decided_band_display(),
    }
    if found.decided_note:
        yield _("Lý do: %(note)s") % {"note": found.decided_note}
