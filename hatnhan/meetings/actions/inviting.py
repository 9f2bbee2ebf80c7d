"""Who is asked to a meeting, and its opening."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan.assignments.selectors.charges import in_charge_of
from hatnhan.audit.actions import record
from hatnhan.core import clock
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.core.vietnamese import moment
from hatnhan.meetings import permissions
from hatnhan.meetings.actions.reviews import lay_sheet
from hatnhan.meetings.models import Invitee, Meeting, Series, WorkPostHolder
from hatnhan.meetings.permissions import Action
from hatnhan.organization.actions.checks import day_of, deed, moved_on
from hatnhan.organization.models import Body, Exemption, Position
from hatnhan.organization.selectors.bodies import seats

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Member

_State = Meeting.State
#: A meeting entered later was held at most so far from the day it was called for.
_MONTH_DAYS = 31
_Capacity = Invitee.Capacity


@dataclass(frozen=True, slots=True)
class Guest:
    """One to be invited: in what capacity, under which title."""

    member: Member
    capacity: str
    title: str = ""

    @property
    def capacity_words(self) -> str:
        """The capacity as pages have it."""
        return str(_Capacity(self.capacity).label)


def whom_to_invite(meeting: Meeting, guests: Iterable[Member] = ()) -> list[Guest]:
    """Return who is asked to a meeting on its day, each once, in the order of the list.

    The seats of the body; for the weekly review the leaders of the People's Committee; for a cell the committee members
    in charge of it; then the guests.
    """
    on = day_of(meeting.starts_at)
    found = [Guest(seat.member, _Capacity.BODY, seat.title) for seat in seats(meeting.unit, meeting.body, on)]
    if meeting.kind == Series.Kind.WEEKLY_REVIEW:
        found += _government(meeting.unit_id, on)
    if meeting.kind == Series.Kind.CELL_MONTHLY:
        found += _titled(in_charge_of(meeting.unit, on), _Capacity.IN_CHARGE, on)
    found += _titled(list(guests), _Capacity.GUEST, on)
    once: dict[int, Guest] = {}
    for one in found:
        once.setdefault(one.member.pk, one)
    return list(once.values())


@deed
def invite(
    *,
    by: Actor,
    at: datetime,
    meeting: Meeting,
    chair: Member | None = None,
    recorder: Member | None = None,
    guests: Sequence[Member] = (),
) -> None:
    """Ask people to a meeting: the body, those whom its kind brings along, and guests (draft → invited).

    Raises Denied, and RuleBroken with codes ``nobody`` (the body has no one that day), ``not_invited`` (chair or
    recorder are not among them), ``same_person``, ``past``, ``already_done``.
    """
    permissions.require(by, Action.INVITE, meeting)
    if meeting.starts_at < at:
        message = _("Giờ họp đã qua. Đổi ngày họp trước, rồi mời.")
        raise RuleBroken("past", message)
    people = whom_to_invite(meeting, guests)
    _require_seats(people, meeting)
    _require_table(people, chair, recorder)
    _advance(
        meeting,
        (_State.DRAFT,),
        {"state": _State.INVITED, "invited_at": at, "chair": chair, "recorder": recorder},
    )
    _write(meeting, people)
    _record(by, Action.INVITE, at, meeting, {"invited": len(people)})


@deed
def open_meeting(
    *,
    by: Actor,
    at: datetime,
    meeting: Meeting,
    chair: Member,
    recorder: Member,
    opened_at: datetime | None = None,
) -> None:
    """Open a meeting (draft or invited → open): the list made whole, the exempt noted, a code to check in with.

    ``opened_at`` is when it began (else now), for one that is entered later: on its own day, or on another past one
    when it was held on that, which then is its day. The weekly review gets its empty sheet.

    Raises Denied, and RuleBroken with codes ``nobody``, ``not_invited``, ``same_person``, ``not_yet`` (before the
    meeting's day, or in the future), ``other_day``, ``day_taken``, ``already_done``.
    """
    permissions.require(by, Action.OPEN, meeting)
    began = opened_at or at
    held_otherwise = opened_at is not None and day_of(meeting.starts_at) < day_of(at)
    _require_its_day(meeting, began, at, held_otherwise=held_otherwise)
    kept = Invitee.objects.filter(meeting=meeting, capacity=_Capacity.GUEST).select_related("member")
    people = whom_to_invite(meeting, [one.member for one in kept])
    _require_seats(people, meeting)
    _require_table(people, chair, recorder)
    changes: dict[str, Any] = {
        "state": _State.OPEN,
        "opened_at": began,
        "chair": chair,
        "recorder": recorder,
        "check_in_code": secrets.token_urlsafe(24),
    }
    if day_of(began) != day_of(meeting.starts_at):
        words = _("Họp ngày %(day)s, ghi lại sau.") % {"day": written(day_of(began))}
        changes |= {"starts_at": began, "moved_reason": words}
    _advance(meeting, (_State.DRAFT, _State.INVITED), changes)
    _write(meeting, people)
    if meeting.kind == Series.Kind.WEEKLY_REVIEW:
        lay_sheet(by=by, at=at, meeting=meeting)
    _record(by, Action.OPEN, at, meeting, {"chair": str(chair), "recorder": str(recorder)})


def _government(unit_id: int, on: date) -> list[Guest]:
    holders = WorkPostHolder.objects.on(on).filter(
        work_post__unit_id=unit_id, work_post__leads_government=True
    )
    rows = holders.select_related("member", "work_post").order_by("work_post__position", "work_post_id")
    return [Guest(row.member, _Capacity.GOVERNMENT, row.work_post.name) for row in rows]


def _titled(members: Sequence[Member], capacity: str, on: date) -> list[Guest]:
    """Return people with the highest post that each holds on a day, "" for none."""
    if not members:
        return []
    held = Position.objects.on(on).filter(member__in=members).select_related("unit")
    title: dict[int, str] = {}
    for position in sorted(held, key=lambda one: one.rank):
        title.setdefault(position.member_id, position.title)
    return [Guest(one, capacity, title.get(one.pk, "")) for one in members]


def _write(meeting: Meeting, people: Sequence[Guest]) -> None:
    """Make the list of invitees what it has to be; a mark already made stays. Few queries, whatever the number."""
    rows = [
        Invitee(meeting=meeting, member=one.member, capacity=one.capacity, title=one.title[:120], place=place)
        for place, one in enumerate(people)
    ]
    listed = Invitee.objects.filter(meeting=meeting)
    wanted = [one.member.pk for one in people]
    # Who no longer sits in the body that day is off the list.
    listed.filter(mark__in=("", Invitee.Mark.EXEMPT)).exclude(member__in=wanted).delete()
    Invitee.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["meeting", "member"],
        update_fields=["capacity", "title", "place"],
    )
    if meeting.body == Body.MEMBERS:
        excused = Exemption.objects.on(day_of(meeting.starts_at)).filter(member__in=wanted)
        members = listed.filter(capacity=_Capacity.BODY, mark="", member__in=excused.values("member"))
        members.update(mark=Invitee.Mark.EXEMPT)


def _require_seats(people: Sequence[Guest], meeting: Meeting) -> None:
    if not any(one.capacity == _Capacity.BODY for one in people):
        message = _("Ngày ấy %(body)s chưa có ai. Ghi đảng viên, chức vụ ở phần Tổ chức trước.")
        raise RuleBroken("nobody", message % {"body": meeting.get_body_display()})


def _require_table(people: Sequence[Guest], chair: Member | None, recorder: Member | None) -> None:
    invited = {one.member.pk for one in people}
    for field, person in (("chair", chair), ("recorder", recorder)):
        if person is not None and person.pk not in invited:
            message = _("Đ/c %(name)s không có trong danh sách dự họp. Chọn người được mời.")
            raise RuleBroken("not_invited", message % {"name": person}, field=field)
    if chair is not None and chair == recorder:
        message = _("Chủ trì và thư ký là hai người. Chọn người khác làm thư ký.")
        raise RuleBroken("same_person", message, field="recorder")


def _require_its_day(meeting: Meeting, began: datetime, at: datetime, *, held_otherwise: bool) -> None:
    day = day_of(meeting.starts_at)
    if began > at:
        message = _("%(moment)s chưa đến. Họp sớm hơn thì đổi ngày họp trước, rồi khai mạc.")
        words = moment(began.astimezone(clock.HERE))
        raise RuleBroken("not_yet", message % {"moment": words[:1].upper() + words[1:]}, field="began")
    if held_otherwise:
        _require_near(meeting, began)
        return
    if day_of(began) < day:
        message = _("Cuộc họp ghi ngày %(day)s. Họp sớm hơn thì đổi ngày họp trước.")
        raise RuleBroken("not_yet", message % {"day": written(day)}, field="began")
    if day_of(began) > day:
        message = _("Cuộc họp ghi ngày %(day)s. Ghi giờ khai mạc của ngày ấy, hoặc đổi ngày họp.")
        raise RuleBroken("other_day", message % {"day": written(day)}, field="began")


def _require_near(meeting: Meeting, began: datetime) -> None:
    """Raise RuleBroken unless a meeting entered later was held near its day, on which no other of its series was."""
    day, held = day_of(meeting.starts_at), day_of(began)
    if abs((held - day).days) > _MONTH_DAYS:
        message = _(
            "Cuộc họp ghi ngày %(day)s. Ghi ngày họp không xa ngày ấy quá %(most)d ngày, hoặc triệu tập riêng."
        )
        raise RuleBroken("other_day", message % {"day": written(day), "most": _MONTH_DAYS}, field="held_on")
    if meeting.series is None:
        return
    others = Meeting.objects.filter(series=meeting.series).exclude(pk=meeting.pk)
    midnight = clock.at(held, 0)
    same = others.filter(starts_at__gte=midnight, starts_at__lt=midnight + timedelta(days=1))
    if same.exclude(state=_State.CANCELLED).exists():
        message = _("Ngày %(day)s đã có một buổi khác của nền nếp này. Xem lại ngày.")
        raise RuleBroken("day_taken", message % {"day": written(held)}, field="held_on")


def _advance(meeting: Meeting, states: tuple[str, ...], changes: dict[str, Any]) -> None:
    if Meeting.objects.filter(pk=meeting.pk, state__in=states).update(**changes) != 1:
        raise moved_on()
    for name, value in changes.items():
        setattr(meeting, name, value)


def _record(by: Actor, action: Action, at: datetime, meeting: Meeting, details: dict[str, Any]) -> None:
    record(by=by, action=action, at=at, target=meeting, unit_id=meeting.unit_id, details=details)
