"""How a meeting stands on a day, in the words and colours that all pages share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core import vietnamese
from hatnhan.meetings.models import Meeting
from hatnhan.organization.actions.checks import day_of

if TYPE_CHECKING:
    from datetime import date

_State = Meeting.State
#: From how many days before its day a meeting is called near.
SOON_DAYS = 7


@dataclass(frozen=True, slots=True)
class Standing:
    """How a meeting stands: ``key`` for programs, ``style`` and ``icon`` for the eye, ``words`` for people.

    ``moved`` tells that it was held, or is to be held, at another time than its rule gave.
    """

    key: str
    style: str
    icon: str
    words: str
    moved: bool = False

    @property
    def is_late(self) -> bool:
        """Whether something that was due has not been done."""
        return self.style == "late"

    @property
    def is_quiet(self) -> bool:
        """Whether nothing has to be done about it now."""
        return self.key in {"done", "ahead", "off"}


def standing_of(meeting: Meeting, on: date, minutes_days: int) -> Standing:
    """Return how a meeting stands on a day; ``minutes_days`` is within how many days minutes have to be approved."""
    key, style, icon, words = _told(meeting, on, minutes_days)
    return Standing(key, style, icon, words, moved=bool(meeting.moved_reason))


def _told(meeting: Meeting, on: date, minutes_days: int) -> tuple[str, str, str, str]:
    if meeting.state == _State.CANCELLED:
        return "off", "wait", "circle-x", _("Không họp")
    if meeting.state == _State.OPEN:
        return _open(day_of(meeting.starts_at), on)
    if meeting.state == _State.CLOSED:
        return _minutes(meeting, on, minutes_days)
    if meeting.state in (_State.APPROVED, _State.LOCKED):
        return "done", "done", "circle-check", _("Đã họp")
    return _ahead((day_of(meeting.starts_at) - on).days)


def _open(day: date, on: date) -> tuple[str, str, str, str]:
    if day < on:
        words = _("Chưa kết thúc, trễ %(days)s ngày") % {"days": vietnamese.number((on - day).days)}
        return "not_closed", "late", "alert-triangle", words
    return "open", "doing", "progress", _("Đang họp")


def _minutes(meeting: Meeting, on: date, minutes_days: int) -> tuple[str, str, str, str]:
    ended = day_of(meeting.ended_at or meeting.starts_at)
    left = (ended + timedelta(days=minutes_days) - on).days
    if left < 0:
        words = _("Biên bản trễ %(days)s ngày") % {"days": vietnamese.number(-left)}
        return "minutes_late", "late", "alert-triangle", words
    return "minutes", "doing", "progress", _("Đang ghi biên bản")


def _ahead(left: int) -> tuple[str, str, str, str]:
    if left < 0:
        words = _("Chưa họp, trễ %(days)s ngày") % {"days": vietnamese.number(-left)}
        return "not_met", "late", "alert-triangle", words
    if left == 0:
        return "today", "soon", "clock-exclamation", _("Hôm nay")
    if left <= SOON_DAYS:
        return "soon", "soon", "clock-exclamation", _("Còn %(days)s ngày") % {"days": left}
    return "ahead", "wait", "circle-dashed", _("Chưa đến kỳ")
