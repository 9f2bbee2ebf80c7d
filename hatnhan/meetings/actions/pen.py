"""What all writing into the record of a meeting asks first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils.translation import gettext as _

from hatnhan.accounts.models import User
from hatnhan.core.errors import RuleBroken
from hatnhan.meetings import live_rules
from hatnhan.meetings.models import Meeting
from hatnhan.organization.models import Member

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from hatnhan.accounts.actors import Actor
    from hatnhan.meetings.models import AgendaItem


def take_pen(meeting: Meeting, states: Collection[str] = live_rules.WRITABLE) -> None:
    """Hold the record of a meeting for writing until the end of the transaction; an approval of what stood goes.

    ``meeting`` may be as it was read a while ago: the state that counts is that of now. Raises RuleBroken with codes
    ``not_begun``, ``cancelled``, ``approved``, ``locked``, or ``already_done`` where only some states allow it.
    """
    _hold(meeting, states, recorder_approved_at=None, chair_approved_at=None)
    meeting.recorder_approved_at = meeting.chair_approved_at = None


def hold(meeting: Meeting, states: Collection[str] = live_rules.WRITABLE) -> None:
    """Do as `take_pen`, but leave approvals: for who must see first whether anything changes at all."""
    _hold(meeting, states, state=F("state"))


def _hold(meeting: Meeting, states: Collection[str], **changes: Any) -> None:
    if Meeting.objects.filter(pk=meeting.pk, state__in=states).update(**changes) != 1:
        raise refusal(Meeting.objects.values_list("state", flat=True).get(pk=meeting.pk))


def drop_approvals(meeting: Meeting) -> None:
    """Take back the approvals of what stood until now, within the transaction that changes it."""
    Meeting.objects.filter(pk=meeting.pk).update(recorder_approved_at=None, chair_approved_at=None)
    meeting.recorder_approved_at = meeting.chair_approved_at = None


def refusal(state: str) -> RuleBroken:
    """Return the error for writing into the record of a meeting in a state, with the next step in words."""
    words = {
        "not_begun": _("Cuộc họp chưa khai mạc. Khai mạc rồi mới ghi."),
        "cancelled": _("Cuộc họp này không họp, không ghi được gì."),
        "approved": _("Biên bản đã duyệt. Muốn sửa thì rút duyệt trước."),
        "locked": _("Biên bản đã khóa. Ghi sai thì thêm đính chính ở cuối biên bản."),
        "open": _("Việc này vừa được người khác ghi. Mở lại trang để xem."),
    }
    standing = live_rules.WRITING[state]
    return RuleBroken("already_done" if standing == "open" else standing, words[standing])


def strangers_named(by: Actor, ids: Collection[int]) -> str:
    """Return the names of people who are not on a list, so far as the person may know them: ids can be tried out."""
    people = Member.objects.filter(pk__in=ids)
    if isinstance(by, User):
        people = people.filter(pk__in=Member.objects.visible_to(by).filter(pk__in=ids).values("pk"))
    return ", ".join(people.order_by("sort_key").values_list("full_name", flat=True))


def require_of_meeting(meeting: Meeting, items: Sequence[AgendaItem]) -> None:
    """Raise RuleBroken ``other_meeting`` unless all items stand on the agenda of a meeting."""
    if any(item.meeting_id != meeting.pk for item in items):
        message = _("Nội dung này không thuộc cuộc họp đang mở. Mở lại trang.")
        raise RuleBroken("other_meeting", message)


def meeting_of(item: AgendaItem) -> Meeting:
    """Return the meeting of an item. Raises RuleBroken ``other_meeting`` for one that waits in a backlog."""
    if item.meeting is None:
        raise RuleBroken("other_meeting", _("Nội dung này chưa vào chương trình cuộc họp nào."))
    return item.meeting
