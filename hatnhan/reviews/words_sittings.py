"""What the record calls the details of deeds at review meetings and on remarks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from hatnhan.reviews.models import Remark
from hatnhan.reviews.permissions import Action

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django_stubs_ext import StrOrPromise

_REASON = _("lý do")
_REMARK: dict[str, StrOrPromise] = {
    "remark": _("mục số"),
    "kind": _("loại"),
    "on": _("ngày"),
    "source": _("của"),
    "changed": _("đã sửa"),
    "removed": _("đã bỏ mục số"),
    "reason": _REASON,
}
_OF: dict[str, dict[str, StrOrPromise]] = {
    Action.REMARK: _REMARK,
    Action.PROMPT: _REMARK,
    Action.ANSWER: {"remark": _("mục số"), "answered_on": _("ngày giải trình"), "again": _("sửa lại")},
    Action.SITTING: {
        "planned_on": _("dự kiến ngày"),
        "planned_before": _("trước dự kiến ngày"),
        "chaired_by": _("chủ trì khi kiểm điểm người đứng đầu"),
        "meeting": _("gắn với cuộc họp số"),
        "meeting_untied": _("thôi gắn với cuộc họp số"),
    },
    Action.HELD: {
        "held_on": _("họp ngày"),
        "entitled": _("được triệu tập"),
        "present": _("có mặt"),
        "reviewed": _("số đã kiểm điểm"),
        "absent": _("số vắng"),
        "absent_on": _("vắng ngày"),
        "later_on": _("kiểm điểm sau ngày"),
        "sooner_because": _("họp sớm vì"),
        "held_taken_back": _("rút hội nghị đã ghi ngày"),
        "reason": _REASON,
    },
    Action.AGREE: {
        "work": _("số nhiệm vụ đổi"),
        "faults": _("số khuyết điểm đổi"),
        "criteria": _("số tiêu chí"),
        "total": _("tổng điểm"),
        "as_said": _("như tự đánh giá"),
    },
    Action.VOTE: {"asked": _("số mục trên phiếu"), "tellers": _("kiểm phiếu")},
    Action.COUNTED: {
        "ballot": _("cuộc bỏ phiếu số"),
        "lines": _("số mục có kết quả"),
        "changed": _("số mục sửa lại"),
    },
    Action.PROPOSE: {
        "number": _("số báo cáo"),
        "on": _("ngày"),
        "proposed": _("số mục đề nghị"),
        "grade": _("mức đề nghị"),
        "reason": _REASON,
        "taken_back": _("số mục rút lại"),
        "grade_taken_back": _("rút mức đề nghị"),
    },
}
DETAILS: dict[str, StrOrPromise] = {
    f"{action}:{key}": words for action, named in _OF.items() for key, words in named.items()
}
_FIELDS: dict[str, StrOrPromise] = {
    "source": _("của"),
    "text": _("nội dung"),
    "number": _("số văn bản"),
    "on": _("ngày"),
}
#: The grades as the record names them; what each regime calls them stands on the papers.
_GRADES: dict[str, StrOrPromise] = {
    "xs": _("mức 1 (xuất sắc)"),
    "t": _("mức 2 (tốt)"),
    "ht": _("mức 3 (hoàn thành)"),
    "kht": _("mức 4 (không hoàn thành)"),
}


def _fields(names: str) -> str:
    return ", ".join(str(_FIELDS.get(name, name)) for name in names.split(", "))


_KINDS: dict[str, StrOrPromise] = dict(Remark.Kind.choices)
VALUES: dict[str, Mapping[str, StrOrPromise] | Callable[[str], str]] = {
    f"{Action.REMARK}:kind": _KINDS,
    f"{Action.PROMPT}:kind": _KINDS,
    f"{Action.REMARK}:changed": _fields,
    f"{Action.PROMPT}:changed": _fields,
    f"{Action.PROPOSE}:grade": _GRADES,
    f"{Action.PROPOSE}:grade_taken_back": _GRADES,
}
