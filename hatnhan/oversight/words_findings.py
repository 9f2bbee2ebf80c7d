"""What the record calls the details of deeds on findings, remedies and regular supervision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from hatnhan.oversight.permissions import Action
from hatnhan.rulebook import history
from hatnhan.rulebook.topics.oversight import OversightTopics

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django_stubs_ext import StrOrPromise

DETAILS: dict[str, StrOrPromise] = {
    f"{Action.FINDING}:topic": _("lĩnh vực"),
    f"{Action.FINDING}:changed": _("đã sửa"),
    f"{Action.FINDING}:removed": _("đã bỏ"),
    f"{Action.REMEDY}:result": _("sửa nội dung báo cáo"),
    f"{Action.REMEDY}:reported_on": _("ngày báo cáo"),
    f"{Action.REMEDY}:typed_by": _("người ghi hộ"),
    f"{Action.VERIFY}:good": _("đã khắc phục xong"),
    f"{Action.VERIFY}:verified_on": _("ngày xác nhận"),
    f"{Action.WATCH}:start": _("từ ngày"),
    f"{Action.WATCH}:end": _("đến trước ngày"),
    f"{Action.WATCH}:topics": _("về việc"),
    f"{Action.WATCH}:removed": _("đã bỏ"),
    f"{Action.CONCLUDE_WATCH}:concluded_on": _("ngày kết thúc"),
    f"{Action.NOTE}:note": _("ghi nhận số"),
    f"{Action.NOTE}:on": _("ngày"),
    f"{Action.NOTE}:expires_on": _("hết hiệu lực từ ngày"),
    f"{Action.NOTE_ANSWER}:note": _("ghi nhận số"),
    f"{Action.NOTE_ANSWER}:answered_on": _("trả lời ngày"),
    f"{Action.NOTE_ANSWER}:typed_by": _("người ghi hộ"),
    f"{Action.NOTE_ANSWER}:again": _("sửa lại"),
    f"{Action.NOTE_CONFIRM}:note": _("ghi nhận số"),
    f"{Action.NOTE_CONFIRM}:confirmed_on": _("xác nhận ngày"),
}
_FIELDS: dict[str, StrOrPromise] = {
    "kind": _("loại"),
    "topic": _("lĩnh vực"),
    "text": _("nội dung"),
    "remedy_due": _("hạn khắc phục"),
    "verifier": _("người xác nhận"),
}


def _topics(keys: str) -> str:
    titles = {one.key: one.title for rule in history(OversightTopics) for one in rule.value.topics}
    return "; ".join(titles.get(key, key) for key in keys.split(", "))


def _fields(names: str) -> str:
    return ", ".join(str(_FIELDS.get(name, name)) for name in names.split(", "))


VALUES: dict[str, Mapping[str, StrOrPromise] | Callable[[str], str]] = {
    f"{Action.FINDING}:topic": _topics,
    f"{Action.FINDING}:changed": _fields,
    f"{Action.WATCH}:topics": _topics,
}
