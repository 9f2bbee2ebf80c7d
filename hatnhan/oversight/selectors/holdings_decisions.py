"""What discipline holds of a member, for the member's own copy: the own share of cases; nothing of denunciations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hatnhan.core.vietnamese import day as written
from hatnhan.organization.held import Holding
from hatnhan.organization.selectors.bodies import body_words
from hatnhan.oversight.models import Case, Complaint, Decision
from hatnhan.oversight.selectors.law import form_title

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hatnhan.organization.models import Member


def cases(member: Member) -> Iterator[dict[str, object]]:
    """Yield the cases on a member: what the member's own page of each shows, never its file. Three queries."""
    rows = Case.objects.filter(member=member).select_related("unit").prefetch_related("acts", "hearings")
    for one in rows.order_by("opened_on", "pk"):
        yield {
            _now("vụ việc"): one.matter,
            _now("ngày mở"): written(one.opened_on),
            _now("nơi mở"): one.unit.name,
            _now("hành vi"): "; ".join(f"{act.text} ({written(act.done_on)})" for act in one.acts.all()),
            _now("bản tự kiểm điểm"): one.self_review or one.self_review_refused,
            _now("tự kiểm điểm ngày"): _day(one.self_reviewed_on),
            _now("trình bày"): "; ".join(
                f"{written(row.on)}: {row.said or row.absent_because}" for row in one.hearings.all()
            ),
            _now("trạng thái"): one.get_state_display(),
            _now("kết thúc"): _day(one.closed_on),
            _now("không kỷ luật vì"): one.dropped_because,
        }


def decisions(member: Member) -> Iterator[dict[str, object]]:
    """Yield the decisions on a member, with their days and what was made good. Two queries."""
    rows = Decision.objects.filter(case__member=member).select_related("case", "unit")
    for one in rows.prefetch_related("restorations").order_by("signed_on", "pk"):
        yield {
            _now("số"): one.number,
            _now("ngày ký"): written(one.signed_on),
            _now("cấp quyết định"): body_words(one.unit, one.body),
            _now("hình thức"): form_title(one.case, one.form),
            _now("vì sao"): one.reason,
            _now("công bố"): _day(one.announced_on),
            _now("trao"): _day(one.handed_on),
            _now("khiếu nại trước hết ngày"): _day(one.complain_by),
            _now("có hiệu lực từ"): written(one.effective_on),
            _now("hết hiệu lực từ"): _day(one.ends_on),
            _now("trạng thái"): one.get_state_display(),
            _now("phục hồi"): "; ".join(
                f"{row.get_kind_display()}, {_day(row.done_on) or _now('chưa')}"
                for row in one.restorations.all()
            ),
        }


def complaints(member: Member) -> Iterator[dict[str, object]]:
    """Yield what a member complained of, and what came of it. One query."""
    rows = Complaint.objects.filter(decision__case__member=member).select_related("decision", "unit")
    for one in rows.order_by("received_on", "pk"):
        yield {
            _now("ngày nhận"): written(one.received_on),
            _now("quyết định"): one.decision.number,
            _now("nội dung"): one.content,
            _now("người ghi hộ"): one.typed_by,
            _now("nơi giải quyết"): body_words(one.unit, one.body),
            _now("trạng thái"): one.get_state_display(),
            _now("kết quả"): one.get_result_display(),
            _now("trả lời"): one.reply or one.refused_because,
            _now("trả lời ngày"): _day(one.settled_on),
        }


def _day(on: date | None) -> str:
    return written(on) if on else ""


HOLDINGS = (
    Holding(_("Vụ việc kỷ luật"), cases),
    Holding(_("Quyết định kỷ luật"), decisions),
    Holding(_("Khiếu nại kỷ luật"), complaints),
)
