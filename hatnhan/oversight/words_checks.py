"""What the record calls the details of deeds on checks, their files and teams."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from hatnhan.oversight.models import Kind, StepPaper
from hatnhan.oversight.permissions import Action

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise

_STEP: dict[str, StrOrPromise] = {
    "step": _("bước"),
    "done_on": _("xong ngày"),
    "skipped": _("không làm bước"),
    "reopened": _("mở lại bước"),
    "was_done_on": _("đã ghi xong ngày"),
    "was_skipped": _("đã ghi không làm vì"),
    "reason": _("vì"),
}
_PAPER: dict[str, StrOrPromise] = {
    "paper": _("tài liệu"),
    "step": _("của bước"),
    "number": _("số"),
    "dated": _("ngày văn bản"),
    "kept_at": _("bản giấy lưu ở"),
    "file": _("tệp"),
    "size": _("số byte"),
    "excused": _("không cần tài liệu"),
    "taken_out": _("rút tài liệu"),
    "was": _("trước đó"),
    "reason": _("vì"),
}
_OF: dict[str, dict[str, StrOrPromise]] = {
    Action.OPEN_CHECK: {
        "kind": _("loại"),
        "decision_no": _("số quyết định"),
        "on": _("ngày quyết định"),
        "ends_by": _("kết luận trước hết ngày"),
        "rule": _("bản quy trình"),
        "subjects": _("đối tượng"),
        "team": _("đoàn"),
    },
    Action.EDIT_CHECK: {
        "title": _("tên cuộc"),
        "topic": _("lĩnh vực"),
        "content": _("nội dung"),
        "examined_from": _("mốc từ ngày"),
        "examined_to": _("mốc đến trước ngày"),
        "decision_no": _("số quyết định"),
        "ground": _("căn cứ mở"),
        "ends_by": _("gia hạn kết luận"),
        "reason": _("vì"),
    },
    Action.TEAM: {"added": _("thêm"), "removed": _("thôi")},
    Action.STAGE: {"stage": _("giai đoạn")},
    Action.STEP: _STEP,
    Action.STEP_CASE: _STEP,
    Action.FILE: _PAPER,
    Action.FILE_CASE: _PAPER,
    Action.SELF_REPORT: {
        "subject": _("đối tượng"),
        "again": _("viết lại"),
        "on_paper": _("ghi theo bản giấy"),
    },
    Action.MINUTES: {
        "minutes": _("biên bản"),
        "kind": _("loại"),
        "on": _("ngày"),
        "place": _("nơi"),
        "present": _("sửa thành phần"),
        "content": _("sửa nội dung"),
        "agreed": _("các bên thống nhất"),
    },
    Action.REPORT: {"on": _("ngày báo cáo"), "text": _("sửa lời báo cáo")},
    Action.HEAR: {
        "subject": _("đối tượng"),
        "heard_on": _("nghe ngày"),
        "not_heard_because": _("không đến vì"),
    },
    Action.CONCLUDE: {
        "conclusion_no": _("số thông báo"),
        "on": _("ngày"),
        "comply_by": _("chấp hành trước hết ngày"),
        "follower": _("người theo dõi"),
        "signs_because": _("không mở kiểm tra dấu hiệu vì"),
    },
    Action.DELIVER: {"subject": _("đối tượng"), "on": _("giao ngày"), "to": _("người nhận")},
    Action.DISSENT: {"subject": _("đối tượng"), "again": _("viết lại")},
    Action.AGAIN: {"subject": _("đối tượng"), "on": _("ngày")},
    Action.ANSWER: {"subject": _("đối tượng"), "on": _("ngày")},
    Action.STOP: {"stopped": _("dừng vì"), "on": _("ngày")},
    Action.KIN: {"declared": _("khai người thân"), "withdrawn": _("bỏ lời khai")},
}
DETAILS: dict[str, StrOrPromise] = {
    f"{action}:{name}": words for action, names in _OF.items() for name, words in names.items()
}
VALUES: Mapping[str, Mapping[str, StrOrPromise]] = {
    f"{Action.OPEN_CHECK}:kind": {str(key): label for key, label in Kind.choices},
    **{
        f"{action}:was": {str(key): label for key, label in StepPaper.State.choices}
        for action in (Action.FILE, Action.FILE_CASE)
    },
}
