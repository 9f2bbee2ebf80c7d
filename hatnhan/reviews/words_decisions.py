"""What the record calls the details of deeds on appraisal, decisions, notice, requests and re-grading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from hatnhan.reviews.models import Regrading
from hatnhan.reviews.permissions import Action

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django_stubs_ext import StrOrPromise

_GRADE_NAMES: dict[str, StrOrPromise] = {
    "xs": _("mức 1 (xuất sắc)"),
    "t": _("mức 2 (tốt)"),
    "ht": _("mức 3 (hoàn thành)"),
    "kht": _("mức 4 (không hoàn thành)"),
}

DETAILS: dict[str, StrOrPromise] = {
    f"{Action.APPRAISE}:grade": _("thẩm định"),
    f"{Action.APPRAISE}:proposed": _("đề nghị"),
    f"{Action.APPRAISE}:before": _("thẩm định trước đó"),
    f"{Action.APPRAISE}:reason": _("ý kiến"),
    f"{Action.APPRAISE}:points": _("điểm"),
    f"{Action.APPRAISE}:on": _("ngày"),
    f"{Action.RAISE}:cap": _("tỷ lệ"),
    f"{Action.RAISE}:group": _("nhóm"),
    f"{Action.RAISE}:percent": _("được đến (%)"),
    f"{Action.RAISE}:before": _("trước đó (%)"),
    f"{Action.RAISE}:paper_no": _("số văn bản"),
    f"{Action.RAISE}:on": _("ngày văn bản"),
    f"{Action.RAISE}:reason": _("vì sao"),
    f"{Action.DRAFT}:title": _("về việc"),
    f"{Action.DRAFT}:lines": _("số mức"),
    f"{Action.DRAFT}:grades": _("theo mức"),
    f"{Action.DRAFT}:added": _("đưa vào"),
    f"{Action.DRAFT}:removed": _("bỏ ra"),
    f"{Action.DRAFT}:changed": _("đổi mức"),
    f"{Action.DRAFT}:dropped": _("bỏ bản soạn"),
    f"{Action.DECIDE}:number": _("số quyết định"),
    f"{Action.DECIDE}:signed_on": _("ngày ký"),
    f"{Action.DECIDE}:signed_by": _("người ký"),
    f"{Action.DECIDE}:lines": _("số mức"),
    f"{Action.DECIDE}:grades": _("theo mức"),
    f"{Action.DECIDE}:grade": _("xếp loại"),
    f"{Action.DECIDE}:proposed": _("đề nghị"),
    f"{Action.DECIDE}:reason": _("lý do quyết định khác"),
    f"{Action.DECIDE}:paper_no": _("số văn bản cho phép"),
    f"{Action.PUBLISH}:number": _("số quyết định"),
    f"{Action.PUBLISH}:published_on": _("ngày công khai"),
    f"{Action.NOTIFY}:notified_on": _("ngày thông báo"),
    f"{Action.NOTIFY}:to": _("người nhận"),
    f"{Action.NOTIFY}:corrected_to": _("sửa ngày thành"),
    f"{Action.NOTIFY}:because": _("vì sao sửa"),
    f"{Action.NOTIFY}:before": _("ngày ghi trước"),
    f"{Action.NOTIFY}:before_to": _("người nhận ghi trước"),
    f"{Action.ASK}:asked_on": _("ngày đề nghị"),
    f"{Action.ASK}:typed": _("ghi hộ từ đơn giấy"),
    f"{Action.WITHDRAW}:withdrawn_on": _("ngày rút"),
    f"{Action.REPLY}:kept": _("giữ nguyên"),
    f"{Action.REPLY}:answered_on": _("ngày trả lời"),
    f"{Action.REPLY}:answer_no": _("số văn bản"),
    f"{Action.REGRADE}:before": _("mức cũ"),
    f"{Action.REGRADE}:grade": _("mức mới"),
    f"{Action.REGRADE}:ground": _("căn cứ"),
    f"{Action.REGRADE}:number": _("số quyết định"),
    f"{Action.REGRADE}:signed_on": _("ngày ký"),
    f"{Action.REGRADE}:decided_before": _("ngày quyết định cũ"),
    f"{Action.REGRADE}:notified_before": _("mức cũ đã thông báo ngày"),
    f"{Action.REGRADE}:reason": _("lý do quyết định khác"),
    f"{Action.REGRADE}:paper_no": _("số văn bản cho phép"),
    f"{Action.FOLLOW}:until": _("đến hết ngày"),
    f"{Action.FOLLOW}:called_off": _("thôi giúp đỡ vì"),
}

VALUES: dict[str, Mapping[str, StrOrPromise] | Callable[[str], str]] = {
    f"{Action.APPRAISE}:grade": _GRADE_NAMES,
    f"{Action.APPRAISE}:proposed": _GRADE_NAMES,
    f"{Action.APPRAISE}:before": _GRADE_NAMES,
    f"{Action.DECIDE}:grade": _GRADE_NAMES,
    f"{Action.DECIDE}:proposed": _GRADE_NAMES,
    f"{Action.REPLY}:kept": _GRADE_NAMES,
    f"{Action.REGRADE}:before": _GRADE_NAMES,
    f"{Action.REGRADE}:grade": _GRADE_NAMES,
    f"{Action.REGRADE}:ground": dict(Regrading.Ground.choices),
}
