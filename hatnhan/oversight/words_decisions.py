"""What the record calls the details of deeds on decisions, complaints, what is made good, and denunciations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from hatnhan.organization.models import Body
from hatnhan.oversight.models import Complaint, DenouncedPoint, Denunciation, Restoration, UnnamedLetters
from hatnhan.oversight.permissions import Action
from hatnhan.rulebook import history
from hatnhan.rulebook.topics.oversight import Complaints, Discipline

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django_stubs_ext import StrOrPromise

_DUE = _("trước hết ngày")
_ON = _("ngày")
_REASON = _("lý do")
_RESULT = _("kết quả")
_OF: dict[str, dict[str, StrOrPromise]] = {
    Action.ANNOUNCE: {"announced_on": _("ngày công bố"), "effective_on": _("có hiệu lực từ ngày")},
    Action.HAND_OVER: {
        "handed_on": _("ngày trao"),
        "complain_by": _("khiếu nại trước hết ngày"),
        "rule": _("bản quy định"),
    },
    Action.END: {"on": _("từ ngày")},
    Action.COMPLAIN: {
        "received_on": _("ngày nhận"),
        "unit": _("nơi giải quyết"),
        "body": _("cấp giải quyết"),
        "typed": _("ghi từ đơn giấy"),
    },
    Action.COMPLAINT: {
        "accepted_on": _("thụ lý ngày"),
        "refused_on": _("không thụ lý ngày"),
        "withdrawn_on": _("rút ngày"),
        "unit": _("nơi giải quyết"),
        "body": _("cấp giải quyết"),
        "handler": _("người giải quyết"),
        "due": _DUE,
        "ground": _("căn cứ"),
        "reason": _REASON,
    },
    Action.SETTLE: {
        "result": _RESULT,
        "reply_no": _("số văn bản trả lời"),
        "settled_on": _ON,
        "form": _("hình thức"),
    },
    Action.RESTORE: {"kind": _("việc"), "done_on": _ON, "where": _("ở đâu, trước ai")},
    Action.DENUNCIATION: {
        "received_on": _("ngày nhận"),
        "points": _("số nội dung"),
        "handlers": _("người giải quyết"),
    },
    Action.DENUNCIATION_HANDLERS: {"added": _("thêm"), "removed": _("thôi")},
    Action.DENUNCIATION_STATE: {
        "accepted_on": _("thụ lý ngày"),
        "check": _("cuộc kiểm tra"),
        "state": _("trạng thái"),
        "on": _ON,
        "reason": _REASON,
        "combined_into": _("nhập vào"),
        "told_on": _("báo người viết ngày"),
        "concluded_on": _("kết luận ngày"),
        "good_name": _("phải phục hồi danh dự"),
    },
    Action.POINT: {"point": _("nội dung"), "result": _RESULT},
    Action.UNNAMED: {"month": _("tháng"), "kind": _("loại"), "count": _("số đơn")},
}
DETAILS: dict[str, StrOrPromise] = {
    f"{action}:{key}": words for action, named in _OF.items() for key, words in named.items()
}


def _ground(key: str) -> str:
    titles = {one.key: one.title for rule in history(Complaints) for one in rule.value.refusals}
    return titles.get(key, key)


def _form(key: str) -> str:
    titles = {one.key: one.title for rule in history(Discipline) for one in rule.value.forms}
    return titles.get(key, key)


_BODIES: dict[str, StrOrPromise] = dict(Body.choices)
VALUES: dict[str, Mapping[str, StrOrPromise] | Callable[[str], str]] = {
    f"{Action.COMPLAIN}:body": _BODIES,
    f"{Action.COMPLAINT}:body": _BODIES,
    f"{Action.COMPLAINT}:ground": _ground,
    f"{Action.SETTLE}:result": dict(Complaint.Result.choices),
    f"{Action.SETTLE}:form": _form,
    f"{Action.RESTORE}:kind": dict(Restoration.Kind.choices),
    f"{Action.DENUNCIATION_STATE}:state": dict(Denunciation.State.choices),
    f"{Action.POINT}:result": dict(DenouncedPoint.Result.choices),
    f"{Action.UNNAMED}:kind": dict(UnnamedLetters.Kind.choices),
}
