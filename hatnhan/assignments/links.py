"""The deeds that a task's page offers to one person, the one it waits for first; and in words, whom it waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.assignments import origins, permissions
from hatnhan.assignments.actions.steps import UNFINISHED
from hatnhan.assignments.models import Task
from hatnhan.assignments.permissions import Action
from hatnhan.organization.links import Link
from hatnhan.organization.powers import powers_of

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from hatnhan.accounts.models import User

_Deed = tuple[str, Action, "StrPromise", str]

_WHILE_OPEN: tuple[_Deed, ...] = (
    ("task-done", Action.DONE, gettext_lazy("Báo đã làm xong"), "circle-check"),
    ("task-progress", Action.PROGRESS, gettext_lazy("Báo tiến độ"), "progress"),
    ("task-postpone", Action.POSTPONE, gettext_lazy("Lùi hạn"), "calendar-plus"),
    ("task-hand-over", Action.HAND_OVER, gettext_lazy("Đổi người làm"), "arrows-exchange"),
    ("task-withdraw", Action.WITHDRAW, gettext_lazy("Thôi việc này"), "circle-x"),
)
_ONCE_DONE: tuple[_Deed, ...] = (
    ("task-verify", Action.VERIFY, gettext_lazy("Công nhận xong"), "circle-check"),
    ("task-return", Action.RETURN, gettext_lazy("Chưa đạt, làm tiếp"), "arrow-back-up"),
    ("task-withdraw", Action.WITHDRAW, gettext_lazy("Thôi việc này"), "circle-x"),
)
_BY_STATE = {Task.State.OPEN: _WHILE_OPEN, Task.State.DONE: _ONCE_DONE}
_WAITED_FOR = {Action.DONE, Action.VERIFY}


def for_task(user: User, task: Task) -> list[Link]:
    """Return what a person may do about a task today."""
    offered = [
        one for one in _BY_STATE.get(Task.State(task.state), ()) if permissions.allowed(user, one[1], task)
    ]
    if not any(action in _WAITED_FOR for _name, action, _label, _icon in offered):
        # Who gave it decides rather than reports: telling of progress for another comes last.
        offered.sort(key=lambda one: one[1] is Action.PROGRESS)
    for_owner = task.state == Task.State.OPEN and permissions.reports_for_owner(user, task)
    return [
        Link(
            reverse(f"assignments:{name}", args=[task.pk]),
            _("Báo hộ đã làm xong") if for_owner and action is Action.DONE else str(label),
            icon,
            primary=action in _WAITED_FOR,
        )
        for name, action, label, icon in offered
    ]


def waits_for(user: User, task: Task) -> str:
    """Return in a sentence whom a task waits for, as the one who reads is concerned; nothing once it is over."""
    if task.state in UNFINISHED and origins.settled_elsewhere(task):
        return _("Việc này báo cáo và xác nhận ở trang ghi sau chữ “Từ”, không ở đây.")
    if task.state == Task.State.DONE:
        return _verifier(user, task)
    if task.state != Task.State.OPEN:
        return ""
    if permissions.owns(powers_of(user), task):
        return _("Việc này đồng chí làm. Làm xong thì báo kết quả để nơi giao kiểm tra.")
    waits = _("Đang chờ %(owner)s làm.") % {"owner": task.owner_name}
    if permissions.reports_for_owner(user, task):
        return waits + " " + _("Người làm chưa có tài khoản: làm xong thì đồng chí báo hộ.")
    return waits


def _verifier(user: User, task: Task) -> str:
    if permissions.verifies_alone(user, task):
        return _(
            "Đã báo làm xong. Nơi giao không có Bí thư, Phó Bí thư nào khác: đồng chí tự công nhận việc của mình, "
            "phần mềm ghi rõ."
        )
    if permissions.allowed(user, Action.VERIFY, task):
        return _("Đã báo làm xong. Đồng chí kiểm tra: đạt thì công nhận, chưa đạt thì yêu cầu làm tiếp.")
    if permissions.leads(user, task.unit_id):
        return _("Đã báo làm xong. Việc của chính đồng chí nên Bí thư, Phó Bí thư khác kiểm tra.")
    return _("Đã báo làm xong. Đang chờ Bí thư, Phó Bí thư %(unit)s kiểm tra.") % {"unit": task.unit}
