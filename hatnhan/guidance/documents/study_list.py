"""Who has studied a document and who still has to, by cell: to sign, to type in from, to send up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.documents.registry import document_of
from hatnhan.documents.types import Column, Section, Table
from hatnhan.guidance.documents.common import called, sheet
from hatnhan.guidance.selectors import papers, study
from hatnhan.organization.models import Member, UnitVersion
from hatnhan.organization.selectors.units import reading_order

if TYPE_CHECKING:
    from hatnhan.documents.types import Paper
    from hatnhan.guidance.selectors.papers import StudyOf

_COLUMNS = (
    Column("TT", 0.5, "center"),
    Column("Họ và tên", 2.6),
    Column("Kết quả", 1.2),
    Column("Ký tên", 1.4),
    Column("Ghi chú", 1.4),
)


@document_of(papers.STUDY, title=gettext_lazy("Danh sách học tập"))
def study_list(about: StudyOf) -> Paper:
    """Draw up the list of those who owe studying a document in a unit, by cell, each with whether it was done."""
    on = sheet(about.unit, about.on)
    rows = study.owing([about.document], [about.unit], about.on)
    cells = dict(
        UnitVersion.objects.on(about.on)
        .filter(unit_id__in={one.cell_id for one in rows})
        .values_list("unit_id", "name")
    )
    people = Member.objects.in_bulk({one.member_id for one in rows})
    order = sorted(cells, key=lambda pk: reading_order(cells[pk]))
    done = sum(one.studied for one in rows)
    words = _("Đã học %(done)d trên %(of)d đồng chí phải học.")
    sections = []
    for cell in order:
        there = sorted(
            (one for one in rows if one.cell_id == cell),
            key=lambda one: (people[one.member_id].sort_key, one.member_id),
        )
        lines = tuple(
            (str(at), people[one.member_id].full_name, _("Đã học") if one.studied else "", "", "")
            for at, one in enumerate(there, 1)
        )
        sections.append(Section(cells[cell], (), Table(_COLUMNS, lines, roomy=True)))
    return on.paper(
        title=_("Danh sách"),
        abstract=_("đảng viên học tập %(document)s") % {"document": called(about.document)},
        sections=tuple(sections),
        closing=(words % {"done": done, "of": len(rows)},),
        recipients=on.sent_to(),
    )
