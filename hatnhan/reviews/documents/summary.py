"""Summary tables of a year: what staff found of each, and how many got which grade in each cell."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock, vietnamese
from hatnhan.core.vietnamese import day as written
from hatnhan.documents.registry import document_of
from hatnhan.documents.types import Column, Section, Table
from hatnhan.reviews.documents.common import body_of, grade_words, head_of, unsure
from hatnhan.reviews.models import ORDER
from hatnhan.reviews.selectors import counted, papers
from hatnhan.reviews.selectors.entries import name_of
from hatnhan.reviews.selectors.law import law_of
from hatnhan.reviews.selectors.titles import run_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hatnhan.documents.types import Paper
    from hatnhan.reviews.models import Cycle
    from hatnhan.reviews.selectors.counted import Tally
    from hatnhan.reviews.selectors.law import Law
    from hatnhan.reviews.selectors.papers import ResultsOf

_APPRAISED = (
    Column("TT", 0.5, "center"),
    Column("Họ và tên; tập thể, tổ chức", 2.6),
    Column("Tự nhận", 1.8),
    Column("Chi bộ, tập thể đề nghị", 1.8),
    Column("Thẩm định", 1.8),
    Column("Ý kiến thẩm định", 2.2),
)


@document_of(papers.APPRAISAL, title=gettext_lazy("Tổng hợp thẩm định"))
def appraisal(cycle: Cycle) -> Paper:
    """Draw up what each gave itself, what was proposed and what staff found, cell by cell, people by name."""
    on = clock.today()
    head = head_of(cycle.unit, body_of(cycle.unit), on)
    rows = list(papers.appraised(cycle, cycle.unit))
    for one in rows:
        one.cycle = cycle
    sections = []
    for unit, found in groupby(rows, key=lambda one: one.unit.name):
        lines = tuple(
            (
                str(at),
                name_of(one),
                grade_words(one, one.self_grade),
                grade_words(one, one.proposed_grade),
                grade_words(one, one.appraised_grade),
                one.appraised_reason,
            )
            for at, one in enumerate(found, start=1)
        )
        sections.append(Section(unit, (), Table(_APPRAISED, lines)))
    return head.paper(
        title=_("Tổng hợp thẩm định"),
        abstract=_("mức xếp loại chất lượng năm %(year)d") % {"year": cycle.year},
        sections=tuple(sections),
        recipients=(head.head.kept,),
        landscape=True,
    )


# --- results ---------------------------------------------------------------------------------------------------------
@document_of(papers.RESULTS, title=gettext_lazy("Tổng hợp kết quả xếp loại"))
def results(about: ResultsOf) -> Paper:
    """Draw up how many got which grade, by cell and by kind, with shares; and the title of the organisation."""
    cycle, unit, on = about.cycle, about.unit, about.on
    head = head_of(unit, body_of(unit), on)
    law = law_of(cycle)
    tables = counted.results(cycle, unit, on)
    sections = [
        Section(_("Đảng viên theo chi bộ"), (), _table(_("Chi bộ"), tables.by_cell, law)),
        Section(_("Theo loại"), (), _table(_("Loại"), tables.by_kind, law)),
    ]
    run = run_of(unit, on, until=cycle.year)
    if run.years:
        words = _("Danh hiệu “%(title)s”: %(years)d năm liền, từ năm %(first)d đến năm %(last)d.")
        told = {"title": run.title, "years": run.years, "first": run.first, "last": run.last}
        sections.append(Section(_("Danh hiệu của tổ chức"), (words % told,)))
    return head.paper(
        title=_("Tổng hợp kết quả"),
        abstract=_("xếp loại chất lượng năm %(year)d") % {"year": cycle.year},
        paragraphs=tuple(_counted(on, law)),
        sections=tuple(sections),
        recipients=head.sent_to(),
        landscape=True,
    )


def _counted(on: date, law: Law) -> Iterator[str]:
    yield _("Tính các quyết định ký đến hết ngày %(day)s.") % {"day": written(on)}
    name = f"{law.regime.value.name} {unsure(law.regime)}".strip()
    yield _("Theo %(name)s.") % {"name": name}


def _table(heading: str, rows: list[Tally], law: Law) -> Table:
    names: dict[str, str] = {one.key: one.member for one in law.regime.value.grades}
    columns = (
        Column("TT", 0.5, "center"),
        Column(heading, 2.6),
        Column("Phải xếp loại", 1, "center"),
        Column("Đã xếp loại", 1, "center"),
        *(Column(names[grade], 1.3, "center") for grade in ORDER),
    )
    lines = tuple((str(at), one.label, *_cells(one)) for at, one in enumerate(rows, start=1))
    whole = counted.summed(rows)
    return Table(columns, lines, ("", _("Cộng"), *_cells(whole)))


def _cells(one: Tally) -> tuple[str, ...]:
    def share(count: int) -> str:
        return (
            f"{count} ({vietnamese.percent(Decimal(100 * count) / one.graded, 1)})"
            if one.graded and count
            else str(count)
        )

    return (str(one.due), str(one.graded), *(share(one.counts.get(grade, 0)) for grade in ORDER))
