"""The index of a file: each paper with its number, its day and where it lies, or why it was not needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.documents.registry import document_of
from hatnhan.documents.types import Column, Table
from hatnhan.meetings.documents.common import short_day
from hatnhan.organization.sheets import sheet
from hatnhan.oversight.models import Case, StepPaper
from hatnhan.oversight.selectors import papers, steps

if TYPE_CHECKING:
    from hatnhan.documents.types import Paper
    from hatnhan.oversight.models import Dossier

_COLUMNS = (
    Column("TT", 0.5, "center"),
    Column("Tài liệu", 3.6),
    Column("Số", 1.3),
    Column("Ngày", 1.2, "center"),
    Column("Lưu ở", 1.8),
)


@document_of(papers.INDEX, title=gettext_lazy("Mục lục hồ sơ"))
def index(dossier: Dossier) -> Paper:
    """Draw up the index of a file in the order of its steps."""
    matter = steps.matter_of(dossier)
    on = dossier.closed_on or clock.today()
    if isinstance(matter, Case):
        head, called = sheet(matter.deciding_unit, matter.deciding_body, on), matter.matter
    else:
        head, called = sheet(matter.unit, matter.body, on), matter.title
    rows = list(StepPaper.objects.filter(step__dossier=dossier).select_related("step"))
    missing = sum(one.state == StepPaper.State.MISSING for one in rows)
    lines = tuple(
        (
            str(at),
            one.title,
            one.number,
            short_day(one.dated) if one.dated else "",
            _lies(one),
        )
        for at, one in enumerate(rows, start=1)
    )
    closing = _("Cộng %(count)d tài liệu; còn thiếu %(missing)d.") % {"count": len(rows), "missing": missing}
    return head.paper(
        title=_("Mục lục hồ sơ"),
        abstract=called,
        table=Table(_COLUMNS, lines),
        closing=(closing,),
        recipients=(head.head.kept,),
    )


def _lies(one: StepPaper) -> str:
    if one.state == StepPaper.State.EXCUSED:
        return _("Không cần: %(why)s") % {"why": one.because}
    if one.state == StepPaper.State.MISSING:
        return _("Chưa có")
    return one.kept_at or (_("Tệp trong phần mềm") if one.file else _("Phần mềm soạn"))
