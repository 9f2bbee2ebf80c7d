"""What this room tells the rooms below: the words for its deeds, and what hears of posts and units that end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from hatnhan.assignments import matters
from hatnhan.assignments.actions import following
from hatnhan.assignments.permissions import Action
from hatnhan.assignments.selectors import holdings
from hatnhan.core import deed_words
from hatnhan.organization import held, listeners

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    Action.GIVE: _("Giao việc"),
    Action.PROGRESS: _("Báo tiến độ việc"),
    Action.DONE: _("Báo việc đã làm xong"),
    Action.RETURN: _("Yêu cầu làm tiếp"),
    Action.VERIFY: _("Công nhận việc xong"),
    Action.POSTPONE: _("Lùi hạn việc"),
    Action.HAND_OVER: _("Đổi người làm việc"),
    Action.WITHDRAW: _("Thôi việc đã giao"),
    Action.EXPORT: _("Tải danh sách việc"),
    Action.GROUP_CREATE: _("Thêm nhóm nhiệm vụ"),
    Action.GROUP_RENAME: _("Sửa nhóm nhiệm vụ"),
    Action.GROUP_END: _("Thôi nhóm nhiệm vụ"),
    Action.CHARGE_CELL: _("Phân công phụ trách chi bộ"),
    Action.CHARGE_GROUP: _("Phân công phụ trách nhóm nhiệm vụ"),
    Action.CHARGE_END: _("Thôi phụ trách"),
}
DETAILS: dict[str, StrOrPromise] = {
    "owner": _("người làm"),
    "due": _("hạn"),
    "given_on": _("ngày giao"),
    "note": _("nội dung"),
    "done_on": _("ngày làm xong"),
    f"{Action.DONE}:outcome": _("kết quả"),
    "group": _("nhóm nhiệm vụ"),
    "charges": _("số phân công thôi theo"),
}


def register() -> None:
    """Tell them; called once at start."""
    deed_words.register(WORDS, DETAILS)
    matters.register(matters.overdue_tasks)
    listeners.on_posts_ended(following.end_with_posts)
    listeners.on_unit_ended(following.follow_unit)
    held.register(*holdings.HOLDINGS)
