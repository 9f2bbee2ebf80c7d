"""What the record calls the details of deeds on a cycle and its list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from hatnhan.reviews.models import Entry, Grade
from hatnhan.reviews.permissions import Action
from hatnhan.rulebook.topics.reviews import STEPS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise

_REASON, _YEAR = _("lý do"), _("năm")
_OF: dict[str, dict[str, StrOrPromise]] = {
    Action.OPEN: {
        "year": _YEAR,
        "opened_on": _("mở ngày"),
        "plan_no": _("số kế hoạch"),
        "graded": _("đảng viên xếp loại"),
        "not_graded": _("đảng viên không xếp loại"),
        "left_out": _("đảng viên không kiểm điểm"),
        "collectives": _("tập thể"),
        "organisations": _("tổ chức đảng"),
        "sittings": _("hội nghị"),
        "rules": _("quy định đã dùng"),
    },
    Action.LIST: {"joined": _("thêm"), "left": _("thôi")},
    Action.STANDING: {
        "standing_before": _("diện trước"),
        "standing": _("diện"),
        "subject_before": _("đối tượng trước"),
        "subject": _("đối tượng"),
        "group_before": _("nhóm trước"),
        "group": _("nhóm"),
        "because": _REASON,
        "source": _("căn cứ"),
        "joined": _("thêm vào danh sách"),
        "left": _("thôi khỏi danh sách"),
    },
    Action.STEP: {
        "step": _("bước"),
        "of": _("ở"),
        "due_before": _("mốc trước"),
        "due": _("mốc"),
        "because": _REASON,
    },
    Action.CLOSE: {
        "year": _YEAR,
        "closed_on": _("chốt ngày"),
        "graded": _("số được xếp loại"),
        "rules": _("quy định đã dùng"),
    },
    Action.DROP: {
        "year": _YEAR,
        "opened_on": _("mở ngày"),
        "opened_by": _("người mở"),
        "because": _REASON,
    },
    Action.PAST: {
        "year": _YEAR,
        "grade": _("mức"),
        "title": _("trên văn bản"),
        "decision_no": _("số quyết định"),
        "decided_on": _("ngày quyết định"),
        "removed": _("đã bỏ"),
        "because": _REASON,
    },
}
DETAILS: dict[str, StrOrPromise] = {
    f"{action}:{key}": words for action, named in _OF.items() for key, words in named.items()
}
_STANDINGS: dict[str, StrOrPromise] = dict(Entry.Standing.choices)
_SUBJECTS: dict[str, StrOrPromise] = dict(Entry.Subject.choices)
VALUES: dict[str, Mapping[str, StrOrPromise]] = {
    f"{Action.STANDING}:standing_before": _STANDINGS,
    f"{Action.STANDING}:standing": _STANDINGS,
    f"{Action.STANDING}:subject_before": _SUBJECTS,
    f"{Action.STANDING}:subject": _SUBJECTS,
    f"{Action.STEP}:step": STEPS,
    f"{Action.STEP}:of": {"cell": _("chi bộ"), "committee": _("đảng ủy")},
    f"{Action.PAST}:grade": dict(Grade.choices),
}
