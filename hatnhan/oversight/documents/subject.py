"""What of a check is a subject's own: the report, what was said when heard, the conclusion, its delivery."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core.vietnamese import day as written
from hatnhan.documents.registry import document_of
from hatnhan.documents.types import Column, Section, Table
from hatnhan.meetings.documents.common import day_of, numbered, short_day
from hatnhan.organization.sheets import sheet
from hatnhan.oversight.documents.check import found_on, of_minutes
from hatnhan.oversight.documents.common import as_paragraphs, examined, one_called, sheet_of, signed_by
from hatnhan.oversight.models import Case
from hatnhan.oversight.selectors import papers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hatnhan.documents.types import Paper
    from hatnhan.oversight.models import Subject
    from hatnhan.oversight.selectors.papers import ShareOf

_DELIVERED = (
    Column("TT", 0.5, "center"),
    Column("Đối tượng", 2.6),
    Column("Ngày giao", 1.2, "center"),
    Column("Người nhận", 2),
    Column("Ký nhận", 1.4),
)


@document_of(papers.SELF_REPORT, title=gettext_lazy("Báo cáo tự kiểm tra"))
def self_report(about: ShareOf) -> Paper:
    """Draw up what subjects reported on themselves, each in their own words."""
    reported = [one for one in about.subjects if one.report]
    days = [one.reported_at for one in reported if one.reported_at]
    head = sheet_of(about.check, day_of(max(days)) if days else None)
    only = reported[0] if len(reported) == 1 else None
    return head.paper(
        title=_("Báo cáo"),
        abstract=_("tự kiểm tra"),
        paragraphs=(
            _("Mốc thời gian báo cáo: %(period)s.")
            % {"period": examined(about.check.examined_from, about.check.examined_to)},
        ),
        sections=numbered(Section(one_called(one), as_paragraphs(one.report)) for one in reported),
        signatures=(signed_by(_signer(only), on_behalf=_("Người báo cáo")),),
        recipients=(head.head.kept,),
    )


def _signer(one: Subject | None) -> str:
    return one.member.full_name if one and one.member else ""


@document_of(papers.HEARING, title=gettext_lazy("Biên bản nghe đối tượng trình bày"))
def hearing(about: ShareOf | Case) -> Paper:
    """Draw up what subjects said when they were heard, or why they were not."""
    if isinstance(about, Case):
        return _case_hearing(about)
    days = [one.heard_on for one in about.subjects if one.heard_on]
    head = sheet_of(about.check, max(days, default=about.check.opened_on))
    sections = [
        *(section for one in about.minutes for section in of_minutes(one)),
        *(Section(one_called(one), tuple(_said(one))) for one in about.subjects),
    ]
    return head.paper(
        title=_("Biên bản"),
        abstract=_("nghe đối tượng trình bày ý kiến"),
        kind="BB",
        sections=tuple(sections),
        recipients=(head.head.kept,),
    )


def _said(one: Subject) -> Iterator[str]:
    if one.heard_on:
        words = _("Ngày %(day)s, %(who)s nghe trình bày.")
        who = f"đ/c {one.heard_by.full_name}" if one.heard_by else _("cấp kết luận")
        yield words % {"day": written(one.heard_on), "who": who}
    yield from as_paragraphs(one.said)
    if one.not_heard_because:
        yield _("Không đến trình bày vì: %(why)s") % {"why": one.not_heard_because}


def _case_hearing(case: Case) -> Paper:
    rows = list(case.hearings.select_related("unit", "heard_by"))
    on = rows[-1].on if rows else case.opened_on
    head = sheet(case.deciding_unit, case.deciding_body, on)
    sections = []
    for one in rows:
        words = {
            "day": written(one.on),
            "who": one.heard_by.full_name,
            "body": one.get_body_display(),
            "unit": one.unit,
        }
        opening = _("Ngày %(day)s, đ/c %(who)s thay mặt %(body)s, %(unit)s, nghe trình bày.") % words
        absent = (
            (_("Không đến trình bày vì: %(why)s") % {"why": one.absent_because},)
            if one.absent_because
            else ()
        )
        sections.append(Section("", (opening, *as_paragraphs(one.said), *absent)))
    return head.paper(
        title=_("Biên bản"),
        abstract=_("nghe đối tượng trình bày trước khi xem xét kỷ luật"),
        kind="BB",
        sections=tuple(sections),
        recipients=(head.head.kept,),
    )


@document_of(papers.NOTICE, title=gettext_lazy("Thông báo kết luận"))
def notice(about: ShareOf) -> Paper:
    """Draw up the notice of a conclusion: what was found on whom it goes to, by when it is to be complied with."""
    check = about.check
    head = sheet_of(check, check.concluded_on)
    found = [found_on(one, list(one.findings.select_related("remedy"))) for one in about.subjects]
    comply = (
        (
            _("Chấp hành kết luận và báo cáo kết quả trước hết ngày %(day)s.")
            % {"day": written(check.comply_by)},
        )
        if check.comply_by
        else ()
    )
    again = _("Đối tượng có quyền ghi ý kiến không đồng ý và đề nghị xem lại kết luận này.")
    parts = (
        Section(_("Kết luận"), as_paragraphs(check.conclusion)),
        *found,
        Section(_("Tổ chức thực hiện"), (*comply, again)),
    )
    return head.paper(
        title=_("Thông báo"),
        abstract=_("kết luận %(kind)s") % {"kind": str(check.get_kind_display()).lower()},
        kind="TB",
        number=check.conclusion_no,
        sections=numbered(parts),
        recipients=head.sent_to(*(f"{one_called(one)};" for one in about.subjects)),
    )


@document_of(papers.DELIVERY, title=gettext_lazy("Biên bản giao kết luận"))
def delivery(about: ShareOf) -> Paper:
    """Draw up to whom the conclusion was handed over and when, to be signed; with whatever dissent there is."""
    days = [one.delivered_on for one in about.subjects if one.delivered_on]
    head = sheet_of(about.check, max(days, default=about.check.opened_on))
    rows = tuple(
        (
            str(at),
            one_called(one),
            short_day(one.delivered_on) if one.delivered_on else "",
            one.delivered_to,
            "",
        )
        for at, one in enumerate(about.subjects, start=1)
    )
    dissent = tuple(
        Section(
            _("Ý kiến không đồng ý của %(who)s") % {"who": one_called(one)},
            as_paragraphs(one.dissent),
            level=2,
        )
        for one in about.subjects
        if one.dissent
    )
    words = _("Giao Thông báo kết luận số %(number)s cho đối tượng như sau:")
    return head.paper(
        title=_("Biên bản"),
        abstract=_("giao, công bố kết luận"),
        kind="BB",
        paragraphs=(words % {"number": about.check.conclusion_no},),
        table=Table(_DELIVERED, rows, roomy=True),
        sections=dissent,
        recipients=(head.head.kept,),
    )
