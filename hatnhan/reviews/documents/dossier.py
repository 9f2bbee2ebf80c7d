"""The list of what is in the file of an entry's review, each paper with its number and day."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.documents.registry import document_of
from hatnhan.documents.types import Column, Table
from hatnhan.meetings.documents.common import short_day
from hatnhan.organization.actions.checks import day_of
from hatnhan.reviews.documents.common import body_of, head_of, unsure
from hatnhan.reviews.models import Remark, SelfReview
from hatnhan.reviews.selectors import papers
from hatnhan.reviews.selectors.entries import name_of
from hatnhan.reviews.selectors.law import law_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hatnhan.documents.types import Paper
    from hatnhan.reviews.models import Entry

    #: What it is, its number, its day, a note.
    Row = tuple[str, str, date | None, str]

_COLUMNS = (
    Column("TT", 0.5, "center"),
    Column("Tài liệu", 3.4),
    Column("Số", 1.4),
    Column("Ngày", 1.2, "center"),
    Column("Ghi chú", 2),
)


@document_of(papers.DOSSIER, title=gettext_lazy("Danh mục hồ sơ kiểm điểm"))
def dossier(entry: Entry) -> Paper:
    """Draw up the list in the order in which the papers came about."""
    law = law_of(entry.cycle)
    head = head_of(entry.unit, body_of(entry.unit), clock.today())
    rows = sorted(_rows(entry), key=lambda row: (row[2] is None, row[2] or clock.today()))
    made = head.paper(
        title=_("Danh mục hồ sơ"),
        abstract=_("kiểm điểm, xếp loại chất lượng năm %(year)d: %(who)s")
        % {"year": entry.cycle.year, "who": name_of(entry)},
        table=Table(
            _COLUMNS,
            tuple(
                (str(at), what, number, short_day(on), note)
                for at, (what, number, on, note) in enumerate(rows, start=1)
            ),
        ),
        recipients=(head.head.kept,),
    )
    form = law.forms.value.dossier
    return replace(made, number=f"{_('Mẫu')} {form} {unsure(law.forms)}".strip() if form else "")


def _rows(entry: Entry) -> Iterator[Row]:
    yield from _written(entry)
    yield from _met(entry)
    yield from _decided(entry)
    yield from _after(entry)


def _written(entry: Entry) -> Iterator[Row]:
    review = SelfReview.objects.filter(entry=entry).first()
    if review is None or review.submitted_at is None:
        yield _("Bản kiểm điểm"), "", None, _("Chưa nộp")
    else:
        note = _("Ghi hộ từ bản giấy") if review.typed_by else ""
        yield _("Bản kiểm điểm"), _("Mẫu %(n)s") % {"n": review.form}, day_of(review.submitted_at), note
    kinds = (Remark.Kind.RESIDENCE, Remark.Kind.TEMPORARY, Remark.Kind.PROMPT)
    for one in entry.remarks.filter(kind__in=kinds):
        answered = _("Đã giải trình") if one.answered_at else ""
        yield str(one.get_kind_display()), one.number, one.on, answered or one.source


def _met(entry: Entry) -> Iterator[Row]:
    for place in entry.places.filter(reviewed_on__isnull=False).select_related("sitting__unit"):
        sitting = place.sitting
        yield _("Biên bản hội nghị kiểm điểm"), "", place.reviewed_on, sitting.unit.name
        if sitting.proposed_on and place.proposes:
            yield _("Báo cáo đề nghị xếp loại"), sitting.proposal_no, sitting.proposed_on, sitting.unit.name


def _decided(entry: Entry) -> Iterator[Row]:
    if entry.appraised_on:
        yield _("Tổng hợp thẩm định"), "", entry.appraised_on, ""
    lines = entry.decision_lines.filter(decision__state="signed").select_related("decision__unit")
    for line in lines:
        decision = line.decision
        who = decision.outside or (decision.unit.name if decision.unit else "")
        yield _("Quyết định xếp loại"), decision.number, decision.signed_on, who
    if entry.notified_on:
        yield _("Thông báo kết quả xếp loại"), "", entry.notified_on, entry.notified_to


def _after(entry: Entry) -> Iterator[Row]:
    for again in entry.look_agains.all():
        note = str(again.get_state_display())
        yield _("Đề nghị xem lại"), "", again.asked_on, note
        if again.answered_on:
            yield _("Trả lời đề nghị xem lại"), again.answer_no, again.answered_on, note
    for one in entry.regradings.all():
        yield _("Quyết định xếp loại lại"), one.number, one.signed_on, str(one.get_ground_display())
