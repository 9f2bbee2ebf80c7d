"""Tasks as lists show them, in this room and in others: what, who, by when, and how it stands in the usual words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan.assignments.models import Task
from hatnhan.core import clock, vietnamese
from hatnhan.deadlines.types import SOON_DAYS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

_State = Task.State


@dataclass(frozen=True, slots=True)
class Standing:
    """How a task stands: the ending of the class "hn-st-…", the icon, the words."""

    style: str
    icon: str
    words: str


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task in a list."""

    task: Task
    url: str
    owner: str
    standing: Standing

    @property
    def late(self) -> bool:
        """Whether it is past its last day."""
        return self.standing.style == "late"


def standing_of(task: Task, on: date) -> Standing:
    """Return how a task stands on a day."""
    state = task.state_on(on)
    if state == _State.OPEN:
        return _open(task, on)
    if state == _State.DONE:
        return Standing("doing", "progress", _("Chờ kiểm tra"))
    if state == _State.VERIFIED:
        return Standing("done", "check", _("Xong"))
    return Standing("wait", "circle-x", _("Thôi"))


def _open(task: Task, on: date) -> Standing:
    left = (task.due - on).days
    if left < 0:
        words = _("Trễ %(days)s ngày") % {"days": vietnamese.number(-left)}
        return Standing("late", "alert-triangle", words)
    if left == 0:
        words = _("Hôm nay") if on == clock.today() else _("Đến hạn")
        return Standing("soon", "clock-exclamation", words)
    words = _("Còn %(days)s ngày") % {"days": vietnamese.number(left)}
    near = left <= SOON_DAYS
    return Standing("soon" if near else "wait", "clock-exclamation" if near else "circle-dashed", words)


def lines(tasks: Iterable[Task], on: date) -> list[TaskLine]:
    """Return tasks as lines, as they stood on a day; fetch them with ``select_related("owner", "owner_unit")``.

    Draw them with the template ``assignments/components/task_lines.html``, given as ``task_lines``.
    """
    return [
        TaskLine(task, reverse("assignments:task", args=[task.pk]), task.owner_name, standing_of(task, on))
        for task in tasks
    ]
