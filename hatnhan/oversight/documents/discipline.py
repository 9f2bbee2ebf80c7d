"""The papers of discipline: the subject's own review, the decision with how to complain, the reply to a complaint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core.vietnamese import day as written
from hatnhan.documents.registry import document_of
from hatnhan.documents.types import Section
from hatnhan.meetings.documents.common import numbered
from hatnhan.organization.selectors.law import law_for
from hatnhan.organization.sheets import sheet
from hatnhan.oversight.documents.common import as_paragraphs, signed_by
from hatnhan.oversight.selectors import papers
from hatnhan.oversight.words_terms import span
from hatnhan.rulebook import resolver
from hatnhan.rulebook.topics.oversight import Complaints, Discipline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hatnhan.documents.types import Paper
    from hatnhan.oversight.models import Case, Complaint, Decision


def _form(key: str, version: str) -> str:
    """Return a form of discipline in words, by the rule that it was found by."""
    forms = resolver.of_version(Discipline, version).value.forms
    return next((one.title for one in forms if one.key == key), key)


def _against(case: Case) -> str:
    if case.member:
        return f"đ/c {case.member.full_name}"
    return str(case.organisation)


@document_of(papers.SELF_REVIEW, title=gettext_lazy("Bản tự kiểm điểm"))
def self_review(case: Case) -> Paper:
    """Draw up how the subject reviewed themselves and what form they held to be right, or why they did not."""
    head = sheet(case.unit, _body_of(case), case.self_reviewed_on or case.opened_on)
    proposed = (
        (_("Tự nhận hình thức: %(form)s.") % {"form": _form(case.self_proposed, case.rule_version)},)
        if case.self_proposed
        else ()
    )
    refused = (
        (_("Không tự kiểm điểm: %(why)s") % {"why": case.self_review_refused},)
        if case.self_review_refused
        else ()
    )
    member = case.member
    return head.paper(
        title=_("Bản tự kiểm điểm"),
        paragraphs=(
            _("Vụ việc: %(matter)s.") % {"matter": case.matter.rstrip(".")},
            *as_paragraphs(case.self_review),
            *proposed,
            *refused,
        ),
        signatures=(signed_by(member.full_name if member else "", on_behalf=_("Người tự kiểm điểm")),),
        recipients=(head.head.kept,),
    )


def _body_of(case: Case) -> str:
    return "members" if case.unit.is_cell else "committee"


@document_of(papers.DISCIPLINE, title=gettext_lazy("Quyết định kỷ luật"))
def discipline(decision: Decision) -> Paper:
    """Draw up a decision to discipline: why, which form, since when, and how to complain, to whom, by when."""
    case = decision.case
    head = sheet(decision.unit, decision.body, decision.signed_on)
    articles = Section(_("QUYẾT ĐỊNH"), tuple(_articles(decision)))
    votes = _("Kết quả bỏ phiếu kín: %(votes)d phiếu, cần %(needed)d phiếu.") % {
        "votes": case.votes_for,
        "needed": case.votes_needed,
    }
    return head.paper(
        title=_("Quyết định"),
        abstract=_("thi hành kỷ luật"),
        kind="QĐ",
        number=decision.number,
        paragraphs=(
            _("- Căn cứ Điều lệ Đảng và quy định về kỷ luật của Đảng;"),
            *as_paragraphs(decision.reason),
            *(() if decision.instead_of_id else (votes,)),
        ),
        sections=(articles, Section(_("Quyền khiếu nại"), tuple(_complain(decision)), level=2)),
        recipients=head.sent_to(_("%(who)s (để thi hành);") % {"who": _against(case)}),
    )


def _articles(decision: Decision) -> Iterator[str]:
    form = _form(decision.form, decision.rule_version)
    about = {"form": form.lower(), "who": _against(decision.case), "from": written(decision.effective_on)}
    yield _("Điều 1. Thi hành kỷ luật bằng hình thức %(form)s đối với %(who)s.") % about
    ends = (
        _(" và hết hiệu lực từ ngày %(day)s, nếu không tái phạm hoặc vi phạm mới đến mức phải kỷ luật")
        % {"day": written(decision.ends_on)}
        if decision.ends_on
        else ""
    )
    yield _("Điều 2. Quyết định có hiệu lực từ ngày %(from)s") % about + ends + "."
    yield _("Điều 3. Tổ chức đảng và đảng viên có liên quan thi hành quyết định này.")


def _complain(decision: Decision) -> Iterator[str]:
    rule = (
        resolver.of_version(Complaints, decision.complaint_version)
        if decision.complaint_version
        else law_for(Complaints, decision.signed_on, decision.unit)
    )
    words = _(
        "Không đồng ý với quyết định này thì khiếu nại bằng văn bản với cấp ủy hoặc ủy ban kiểm tra cấp trên"
        " trong %(span)s kể từ ngày nhận quyết định. Trong khi chờ giải quyết, quyết định vẫn thi hành."
    )
    yield words % {"span": span(rule.value.amount, rule.value.unit)}
    if decision.complain_by and decision.handed_on:
        dated = _("Trao quyết định ngày %(handed)s: khiếu nại trước hết ngày %(last)s.")
        yield dated % {"handed": written(decision.handed_on), "last": written(decision.complain_by)}
    else:
        yield _("Ngày cuối được ghi khi trao quyết định.")


@document_of(papers.REPLY, title=gettext_lazy("Trả lời khiếu nại"))
def reply(complaint: Complaint) -> Paper:
    """Draw up the reply to a complaint that was settled."""
    decision = complaint.decision
    head = sheet(complaint.unit, complaint.body, complaint.settled_on or complaint.received_on)
    about = {
        "who": _against(decision.case),
        "received": written(complaint.received_on),
        "number": decision.number,
        "signed": written(decision.signed_on),
        "result": complaint.get_result_display(),
    }
    parts = (
        Section(
            _("Khiếu nại"),
            (
                _(
                    "Ngày %(received)s nhận khiếu nại của %(who)s đối với Quyết định số %(number)s, ngày %(signed)s."
                )
                % about,
            ),
        ),
        Section(_("Kết quả giải quyết"), (_("%(result)s.") % about, *as_paragraphs(complaint.reply))),
    )
    return head.paper(
        title=_("Thông báo"),
        abstract=_("kết quả giải quyết khiếu nại kỷ luật"),
        kind="TB",
        number=complaint.reply_no,
        sections=numbered(parts),
        recipients=head.sent_to(_("%(who)s (để biết);") % about),
    )
