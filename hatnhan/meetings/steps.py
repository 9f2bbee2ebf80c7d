"""What comes next about a meeting: one step for one person, by how far the meeting is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from hatnhan.meetings import permissions
from hatnhan.meetings.models import Meeting, Series
from hatnhan.meetings.permissions import Action
from hatnhan.organization.actions.checks import day_of

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.accounts.models import User

_State = Meeting.State


@dataclass(frozen=True, slots=True)
class Step:
    """A step as a link: its name among the addresses, where it is done, the verb, what the state asks in a sentence."""

    name: str
    url: str
    label: str
    words: str = ""


def next_step(user: User, meeting: Meeting, on: date, *, items: int, scored: bool) -> Step | None:
    """Return what the person should do next about a meeting on a day; None where it waits for others or for its day.

    ``items`` counts those on its agenda; ``scored`` tells whether it has its score.
    """
    if meeting.state in (_State.DRAFT, _State.INVITED):
        return _before(user, meeting, on, items)
    if meeting.state == _State.OPEN:
        return _during(user, meeting)
    return _after(user, meeting, scored=scored)


def _after(user: User, meeting: Meeting, *, scored: bool) -> Step | None:
    if meeting.state == _State.CLOSED and permissions.allowed(user, Action.APPROVE, meeting):
        return _step(meeting, "minutes", _("Hoàn thành và duyệt biên bản"))
    if not permissions.leads(user, meeting.unit_id):
        return None
    if meeting.state == _State.APPROVED:
        return _step(meeting, "minutes", _("Khóa biên bản"))
    if meeting.state == _State.LOCKED and meeting.kind == Series.Kind.CELL_MONTHLY and not scored:
        return _step(meeting, "score", _("Chấm điểm buổi sinh hoạt"))
    return None


def _before(user: User, meeting: Meeting, on: date, items: int) -> Step | None:
    if not permissions.leads(user, meeting.unit_id):
        return None
    left = (day_of(meeting.starts_at) - on).days
    if left <= 0:
        words = (
            _("Đã đến ngày họp.")
            if left == 0
            else _("Ngày họp đã qua. Đã họp thì ghi lại; chưa họp thì đổi ngày, hoặc ghi không họp.")
        )
        return _step(meeting, "open", _("Khai mạc") if left == 0 else _("Ghi buổi họp đã diễn ra"), words)
    if not items and meeting.kind == Series.Kind.CELL_MONTHLY:
        return _step(meeting, "agenda-template", _("Lập chương trình"), _("Chưa có chương trình."))
    if not items and meeting.kind == Series.Kind.COMMITTEE:
        return _step(meeting, "item-add", _("Thêm nội dung"), _("Chưa có chương trình."))
    if meeting.state == _State.DRAFT:
        return _step(meeting, "invite", _("Mời họp"), _("Chưa mời họp."))
    return None


def _during(user: User, meeting: Meeting) -> Step | None:
    if meeting.kind == Series.Kind.WEEKLY_REVIEW and permissions.allowed(user, Action.REVIEW, meeting):
        return _step(meeting, "review", _("Mở phiếu nhận xét"), _("Đang họp."))
    if permissions.allowed(user, Action.ATTENDANCE, meeting):
        return _step(meeting, "roll", _("Điểm danh"), _("Đang họp."))
    return None


def _step(meeting: Meeting, name: str, label: str, words: str = "") -> Step:
    return Step(name, reverse(f"meetings:{name}", args=[meeting.pk]), label, words)


def ballot_url(pk: int) -> str:
    """Return the address of a ballot's page; "" where that room has none."""
    try:
        return reverse("ballots:ballot", args=[pk])
    except NoReverseMatch:
        return ""
