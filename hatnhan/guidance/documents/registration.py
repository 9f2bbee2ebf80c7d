"""The registration of a member or of a unit for a year under the Directive, with what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.documents.registry import document_of
from hatnhan.documents.types import Column, Section, Signature, Table
from hatnhan.guidance.documents.common import sheet
from hatnhan.guidance.models import Registration, RegistrationDeed
from hatnhan.guidance.selectors import papers
from hatnhan.guidance.selectors.directive import form_of, written
from hatnhan.guidance.selectors.following import day_of
from hatnhan.meetings.documents.common import numbered, short_day

if TYPE_CHECKING:
    from hatnhan.documents.types import Paper

_COLUMNS = (
    Column("TT", 0.5, "center"),
    Column("Việc làm theo", 3.4),
    Column("Xong trước hết ngày", 1.2, "center"),
    Column("Kết quả", 1.3),
)


@document_of(papers.REGISTRATION, title=gettext_lazy("Bản đăng ký học tập, làm theo Bác"))
def registration(one: Registration) -> Paper:
    """Draw up a registration: its fields, its deeds, then the comment, the half year and the assessment, if any."""
    moment = one.registered_at or clock.now()
    on = sheet(one.unit, day_of(moment))
    form = form_of(one).value
    about = {"name": form.name, "number": form.number, "year": one.year}
    fields = [Section(field.title, (field.text,)) for field in written(one, form) if field.text]
    after = (
        (_("Nhận xét của chi bộ") if one.member_id else _("Nhận xét của cấp trên"), one.comment),
        (_("Kết quả giữa năm"), one.progress),
        (_("Tự đánh giá cuối năm"), one.assessment),
    )
    parts = [*fields, _deeds(one), *(Section(title, (text,)) for title, text in after if text)]
    who = (_("Họ và tên: %(name)s.") % {"name": one.member.full_name},) if one.member else ()
    draft = (_("BẢN ĐANG VIẾT"),) if one.state == Registration.State.DRAFT else ()
    member = one.member
    signatures = (
        (on.on_behalf, Signature(_("Người đăng ký"), "", member.full_name)) if member else (on.on_behalf,)
    )
    return on.paper(
        title=_("Bản đăng ký"),
        abstract=_("%(name)s năm %(year)d, theo Chỉ thị %(number)s") % about,
        paragraphs=(*draft, *who),
        sections=numbered(parts),
        signatures=signatures,
        recipients=on.sent_to() if member is None else (on.head.kept,),
    )


def _deeds(one: Registration) -> Section | None:
    rows = tuple(
        (
            str(at),
            row.text,
            short_day(row.due),
            "" if row.outcome == RegistrationDeed.Outcome.OPEN else str(row.get_outcome_display()),
        )
        for at, row in enumerate(one.deeds.all(), 1)
    )
    return Section(_("Việc làm theo"), (), Table(_COLUMNS, rows)) if rows else None
