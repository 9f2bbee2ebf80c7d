"""The record of what happened: who said what, what was concluded, how hands were raised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import nfc
from hatnhan.meetings import permissions
from hatnhan.meetings.actions.outcomes import give_item_tasks, put_to_ballot
from hatnhan.meetings.actions.pen import (
    drop_approvals,
    hold,
    meeting_of,
    require_of_meeting,
    strangers_named,
    take_pen,
)
from hatnhan.meetings.models import AgendaItem, Invitee, ItemVote, Meeting, Speech
from hatnhan.meetings.permissions import Action
from hatnhan.organization.actions.checks import day_of, deed, moved_on, require_text
from hatnhan.organization.models import Member

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from hatnhan.accounts.actors import Actor

__all__ = [
    "ItemRecord",
    "changed_meanwhile",
    "give_item_tasks",
    "put_to_ballot",
    "record_items",
    "record_vote",
    "remove_vote",
    "save_item",
    "save_remarks",
    "voters_present",
]

Speeches = Sequence[tuple[Member, str]]
_State = AgendaItem.State
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """What was said of one item and concluded; speeches in order. ``state`` is one of `AgendaItem.State`."""

    item: AgendaItem
    conclusion: str = ""
    speeches: Speeches = ()
    state: str = _State.DONE


@deed
def record_items(*, by: Actor, at: datetime, meeting: Meeting, records: Sequence[ItemRecord]) -> None:
    """Write the record of several items at once, in place of what stood there. Six queries, whatever the number.

    Raises Denied, and RuleBroken with codes ``other_meeting``, ``not_invited`` (a speaker), ``unknown_state``,
    ``too_long`` and those of `take_pen`.
    """
    permissions.require(by, Action.MINUTES, meeting)
    take_pen(meeting)
    items = [one.item for one in records]
    require_of_meeting(meeting, items)
    tidied = {one.item.pk: _tidy(one.speeches) for one in records}
    _require_speakers(by, meeting, [member for rows in tidied.values() for member, _text in rows])
    for one in records:
        _require_fits(one.state, one.conclusion)
        one.item.conclusion, one.item.state = _text_of(one.conclusion), one.state
        one.item.version += 1
    AgendaItem.objects.bulk_update(items, ["conclusion", "state", "version"], batch_size=200)
    _write_speeches(tidied)
    titles = "; ".join(item.title for item in items)
    record(
        by=by,
        action=Action.MINUTES,
        at=at,
        target=meeting,
        unit_id=meeting.unit_id,
        details={"items": titles},
    )


@deed
def save_item(
    *,
    by: Actor,
    at: datetime,
    item: AgendaItem,
    version: int,
    conclusion: str,
    speeches: Speeches,
    state: str,
) -> AgendaItem:
    """Write the record of one item as one types; return the item with its new version.

    ``version`` is that of the text one began from. When another was saved meanwhile, nothing is written and RuleBroken
    ``changed_meanwhile`` is raised, so that both texts can be shown; saving what stands there already is no quarrel.
    Raises Denied, and RuleBroken with codes ``not_invited``, ``unknown_state``, ``too_long`` and those of `take_pen`.
    """
    meeting = meeting_of(item)
    permissions.require(by, Action.MINUTES, meeting)
    hold(meeting)
    _require_fits(state, conclusion)
    said = _tidy(speeches)
    _require_speakers(by, meeting, [member for member, _text in said])
    now = AgendaItem.objects.get(pk=item.pk)
    if _stands(now, _text_of(conclusion), said, state):
        return now
    drop_approvals(meeting)
    changes = {"conclusion": _text_of(conclusion), "state": state, "version": version + 1}
    if AgendaItem.objects.filter(pk=item.pk, version=version).update(**changes) != 1:
        raise changed_meanwhile()
    _write_speeches({item.pk: said})
    details = {"item": item.title, "version": version + 1}
    record(by=by, action=Action.MINUTES, at=at, target=meeting, unit_id=meeting.unit_id, details=details)
    return AgendaItem.objects.get(pk=item.pk)


@deed
def save_remarks(*, by: Actor, at: datetime, meeting: Meeting, version: int, remarks: str) -> Meeting:
    """Write what belongs to no item: dues, praise, words at the end; as `save_item` does."""
    permissions.require(by, Action.MINUTES, meeting)
    hold(meeting)
    _require_fits(_State.DONE, remarks)
    now: Meeting = Meeting.objects.get(pk=meeting.pk)
    if now.remarks == _text_of(remarks):
        return now
    drop_approvals(meeting)
    held = Meeting.objects.filter(pk=meeting.pk, remarks_version=version)
    if held.update(remarks=_text_of(remarks), remarks_version=version + 1) != 1:
        raise changed_meanwhile()
    details = {"remarks": version + 1}
    record(by=by, action=Action.MINUTES, at=at, target=meeting, unit_id=meeting.unit_id, details=details)
    return Meeting.objects.get(pk=meeting.pk)


@deed
def record_vote(
    *, by: Actor, at: datetime, item: AgendaItem, question: str, in_favour: int, against: int, other: int
) -> ItemVote:
    """Note a vote by raised hand: hands for, against, and for something else.

    Raises Denied, and RuleBroken with codes ``question_missing``, ``no_hands``, ``too_many_hands`` (more than there are
    official members of the body present: mark attendance first) and those of `take_pen`.
    """
    meeting = meeting_of(item)
    permissions.require(by, Action.MINUTES, meeting)
    take_pen(meeting)
    question = require_text(question, code="question_missing", field="question")
    hands = in_favour + against + other
    if hands <= 0 or min(in_favour, against, other) < 0:
        raise RuleBroken("no_hands", _("Chưa ghi số người giơ tay. Đếm rồi ghi."), field="in_favour")
    voters = voters_present(meeting)
    if hands > voters:
        message = _(
            "Cộng lại %(hands)d người biểu quyết, mà điểm danh ghi %(voters)d đảng viên chính thức có mặt. Đếm lại, "
            "hoặc ghi điểm danh trước."
        )
        raise RuleBroken(
            "too_many_hands",
            message % {"hands": hands, "voters": voters},
            field="in_favour",
        )
    made: ItemVote = ItemVote.objects.create(
        item=item, question=question, in_favour=in_favour, against=against, other=other
    )
    _record_vote(by, at, meeting, made, [in_favour, against, other])
    return made


@deed
def remove_vote(*, by: Actor, at: datetime, vote: ItemVote) -> None:
    """Take back a vote that was noted wrongly; the audit record keeps it. Raises Denied and what `take_pen` raises."""
    meeting = meeting_of(vote.item)
    permissions.require(by, Action.MINUTES, meeting)
    take_pen(meeting)
    _record_vote(by, at, meeting, vote, None)
    if ItemVote.objects.filter(pk=vote.pk).delete()[0] != 1:
        raise moved_on()


def voters_present(meeting: Meeting) -> int:
    """Return how many of those present may raise a hand: official members of the body that meets."""
    rows = Invitee.objects.filter(meeting=meeting, capacity=Invitee.Capacity.BODY, mark=Invitee.Mark.PRESENT)
    return rows.filter(member__official_on__lte=day_of(meeting.starts_at)).count()


def changed_meanwhile() -> RuleBroken:
    """Return the error for a text that somebody else saved since it was opened."""
    message = _(
        "Nội dung này vừa được lưu ở nơi khác. Chữ của đồng chí còn nguyên dưới đây, chưa ghi đè lên."
    )
    return RuleBroken("changed_meanwhile", message)


def _text_of(text: str) -> str:
    """Return a text as it is kept: NFC, one kind of line end, no space around it."""
    return nfc(text).replace("\r\n", "\n").strip()


def _tidy(speeches: Speeches) -> list[tuple[Member, str]]:
    found = [(member, _text_of(text)) for member, text in speeches]
    return [(member, text) for member, text in found if text]


def _require_fits(state: str, *texts: str) -> None:
    if state not in _State.values:
        raise RuleBroken("unknown_state", _("Chọn lại tình trạng của nội dung."), field="state")
    if any(len(text) > _LONGEST for text in texts):
        message = _("Phần này dài quá 20.000 chữ. Tách bớt sang tài liệu kèm theo.")
        raise RuleBroken("too_long", message, field="conclusion")


def _require_speakers(by: Actor, meeting: Meeting, speakers: Iterable[Member]) -> None:
    wanted = {one.pk for one in speakers}
    if not wanted:
        return
    invited = Invitee.objects.filter(meeting=meeting, member__in=wanted)
    strangers = wanted - set(invited.values_list("member_id", flat=True))
    if strangers:
        names = strangers_named(by, strangers)
        if not names:
            message = _("Người này không có trong danh sách dự họp. Mở lại trang.")
            raise RuleBroken("not_invited", message, field="speaker")
        message = _("Đ/c %(names)s không có trong danh sách dự họp. Chọn người trong danh sách.")
        raise RuleBroken("not_invited", message % {"names": names}, field="speaker")


def _stands(now: AgendaItem, conclusion: str, said: list[tuple[Member, str]], state: str) -> bool:
    if (now.conclusion, now.state) != (conclusion, state):
        return False
    kept = list(now.speeches.values_list("member_id", "text"))
    return kept == [(member.pk, text) for member, text in said]


def _write_speeches(tidied: dict[int, list[tuple[Member, str]]]) -> None:
    Speech.objects.filter(item__in=tidied).delete()
    Speech.objects.bulk_create(
        [
            Speech(item_id=key, place=place, member=member, text=text)
            for key, rows in tidied.items()
            for place, (member, text) in enumerate(rows)
        ]
    )


def _record_vote(by: Actor, at: datetime, meeting: Meeting, vote: ItemVote, hands: list[int] | None) -> None:
    details: dict[str, Any] = {
        "vote": vote.question,
        "hands": "/".join(map(str, hands or ())),
        "item": vote.item.title,
    }
    record(by=by, action=Action.MINUTES, at=at, target=meeting, unit_id=meeting.unit_id, details=details)
