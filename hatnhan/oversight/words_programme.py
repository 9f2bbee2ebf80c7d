"""What the record calls the details of deeds on programmes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from hatnhan.organization.models import Body
from hatnhan.oversight.permissions import Action

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise

_OF: dict[str, dict[str, StrOrPromise]] = {
    Action.PROGRAMME: {
        "body": _("của"),
        "year": _("năm"),
        "items_drafted": _("số cuộc soạn sẵn"),
        "items_set": _("số cuộc ghi lại"),
        "item": _("cuộc số"),
        "added": _("thêm"),
        "removed": _("bỏ"),
        "moved": _("chuyển (dòng)"),
        "before": _("trước"),
        "after": _("sau"),
        "aim_before": _("mục đích, yêu cầu trước"),
        "aim": _("mục đích, yêu cầu"),
        "dropped": _("bỏ bản soạn"),
    },
    Action.APPROVE: {"decision_no": _("số chương trình"), "on": _("ngày ban hành"), "items": _("số cuộc")},
    Action.AMEND: {
        "decision_no": _("số văn bản"),
        "on": _("ngày"),
        "reason": _("lý do"),
        "added": _("thêm"),
        "removed": _("bỏ"),
        "before": _("trước"),
        "after": _("sau"),
    },
    Action.ASKED: {
        "year": _("năm"),
        "topic": _("lĩnh vực"),
        "asked": _("yêu cầu"),
        "source": _("văn bản"),
        "asked_removed": _("bỏ yêu cầu"),
    },
}
DETAILS: dict[str, StrOrPromise] = {
    f"{action}:{name}": words for action, details in _OF.items() for name, words in details.items()
}
VALUES: dict[str, Mapping[str, StrOrPromise]] = {f"{Action.PROGRAMME}:body": dict(Body.choices)}
