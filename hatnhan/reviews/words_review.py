"""What the record calls the details of deeds on self-reviews; the texts themselves never stand there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from hatnhan.reviews.models import Grade
from hatnhan.reviews.permissions import Action

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise

_YEAR = _("năm")
_WRITING: dict[str, StrOrPromise] = {
    "year": _YEAR,
    "begun": _("bắt đầu viết"),
    "whole": _("ghi cả bản một lần"),
    "form": _("mẫu số"),
    "tasks": _("việc đưa vào sẵn"),
    "faults": _("khuyết điểm đưa vào sẵn"),
    "note": _("bản giấy"),
    "fields": _("mục đã ghi"),
    "part": _("phần đã ghi"),
    "count": _("số dòng"),
    "self_grade": _("tự nhận"),
    "was": _("trước đó tự nhận"),
    "version": _("lần lưu"),
    "submitted_at": _("nộp lúc"),
}
_OF: dict[str, dict[str, StrOrPromise]] = {
    Action.WRITE: _WRITING,
    Action.TYPE: _WRITING,
    Action.CONFIRM: {"year": _YEAR, "typed_by": _("người ghi hộ")},
    Action.SUBMIT: {"year": _YEAR, "self_grade": _("tự nhận"), "typed_by": _("người ghi hộ")},
    Action.RETURN: {
        "year": _YEAR,
        "because": _("lý do"),
        "was_submitted_at": _("đã nộp lúc"),
        "by_self": _("người viết tự trả lại"),
    },
    Action.READ_REVIEW: {"year": _YEAR},
}
_PARTS: dict[str, StrOrPromise] = {
    "viec": _("từng việc trong năm"),
    "khuyet-diem": _("từng khuyết điểm đã chỉ ra"),
    "tu-phe-binh": _("tự phê bình"),
    "diem": _("điểm, mức từng tiêu chí"),
    "muc": _("mức tự nhận"),
}
_GRADES: dict[str, StrOrPromise] = {str(key): label for key, label in Grade.choices}
DETAILS: dict[str, StrOrPromise] = {
    f"{action}:{name}": words for action, names in _OF.items() for name, words in names.items()
}
VALUES: Mapping[str, Mapping[str, StrOrPromise]] = {
    f"{action}:{name}": values
    for action in (Action.WRITE, Action.TYPE, Action.SUBMIT)
    for name, values in {"part": _PARTS, "self_grade": _GRADES, "was": _GRADES}.items()
}
