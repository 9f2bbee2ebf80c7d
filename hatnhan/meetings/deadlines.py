"""What is due about meetings: to hold them, to send papers ahead, to finish minutes, to score, to ask after the absent.

Everything is told as it stood on the day asked for; each source takes the same few queries whatever the size.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.periods import add_months
from hatnhan.core.vietnamese import day as written
from hatnhan.core.vietnamese import moment
from hatnhan.deadlines.registry import personal, source
from hatnhan.deadlines.types import Deadline
from hatnhan.meetings.models import Meeting
from hatnhan.meetings.selectors import pending
from hatnhan.meetings.selectors.monthly import day_of
from hatnhan.organization.selectors.law import laws_at
from hatnhan.rulebook.topics.meetings import CellMeeting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from hatnhan.meetings.models import Invitee
    from hatnhan.rulebook.types import Rule

_ONE_DAY = timedelta(days=1)
_NOT_BEGUN = (Meeting.State.DRAFT, Meeting.State.INVITED)
_STEPS = {
    Meeting.State.DRAFT: gettext_lazy("Chuẩn bị, mời họp"),
    Meeting.State.INVITED: gettext_lazy("Mở cuộc họp"),
    Meeting.State.OPEN: gettext_lazy("Vào cuộc họp"),
}


@source("meetings.meeting", title=gettext_lazy("Cuộc họp"))
def meetings(unit_ids: Sequence[int], *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the meetings not held: all whose day has passed, and of each body and kind the next one to come."""
    coming: set[tuple[int, str, str]] = set()
    for meeting in pending.not_held(unit_ids, on, until):
        due = day_of(meeting.starts_at)
        which = (meeting.unit_id, meeting.body, meeting.kind)
        if due >= on:
            if which in coming:
                continue
            coming.add(which)
        here = f"{moment(meeting.starts_at.astimezone(clock.HERE))}, {meeting.place}."
        step = str(_STEPS.get(Meeting.State(meeting.state), _("Mở trang cuộc họp")))
        if due < on and meeting.state in _NOT_BEGUN:
            step = _("Ghi lại hoặc hủy")
        yield _about(meeting, "meeting", due, meeting.title, here[:1].upper() + here[1:], "meeting", step)


@source("meetings.papers", title=gettext_lazy("Tài liệu họp"))
def papers(unit_ids: Sequence[int], *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the meetings of cells and committees to come that have somebody to present and no paper sent yet."""
    words = _("Họp ngày %(day)s; gửi tài liệu trước %(days)d ngày. Chưa có tài liệu nào.")
    for meeting, rule in _with_rules(pending.without_papers(unit_ids, on), on):
        day = day_of(meeting.starts_at)
        days = rule.value.papers_days_before
        due = day - timedelta(days=days)
        if due <= until:
            title = _("Gửi tài liệu: %(meeting)s") % {"meeting": meeting.title}
            detail = words % {"day": written(day), "days": days}
            yield _about(meeting, "papers", due, title, detail, "meeting", _("Gửi tài liệu"), rule)


@source("meetings.minutes", title=gettext_lazy("Biên bản"))
def minutes(unit_ids: Sequence[int], *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the meetings held whose minutes are not locked."""
    for meeting, rule in _with_rules(pending.not_locked(unit_ids, on), on):
        day = day_of(meeting.ended_at or meeting.starts_at)
        due = day + timedelta(days=rule.value.minutes_days_after)
        if due <= until:
            title = _("Hoàn thành biên bản: %(meeting)s") % {"meeting": meeting.title}
            detail = _("Họp ngày %(day)s. %(state)s.") % {
                "day": written(day),
                "state": meeting.get_state_display(),
            }
            approved = meeting.state == Meeting.State.APPROVED
            action = _("Khóa biên bản") if approved else _("Ghi, duyệt biên bản")
            yield _about(meeting, "minutes", due, title, detail, "minutes", action, rule)


@source("meetings.score", title=gettext_lazy("Tự chấm điểm sinh hoạt"))
def scores(unit_ids: Sequence[int], *, on: date, until: date) -> Iterator[Deadline]:
    """Yield of each cell the last monthly meeting whose minutes are locked, where it was not scored."""
    for meeting, rule in _with_rules(pending.not_scored(unit_ids, on), on):
        locked = day_of(meeting.locked_at or meeting.starts_at)
        due = locked + timedelta(days=rule.value.minutes_days_after)
        if due <= until:
            title = _("Tự chấm điểm: %(meeting)s") % {"meeting": meeting.title}
            detail = _("Biên bản khóa ngày %(day)s, chi bộ chưa chấm điểm.") % {"day": written(locked)}
            yield _about(meeting, "score", due, title, detail, "score", _("Chấm điểm"), rule)


@source("meetings.decision", title=gettext_lazy("Duyệt điểm sinh hoạt"))
def decisions(unit_ids: Sequence[int], *, on: date, until: date) -> Iterator[Deadline]:
    """Yield to each committee, month by month, how many of its cells' scores wait for its decision.

    No instrument read so far sets a day: the end of the month in which the cells scored themselves serves as one.
    """
    waiting: dict[tuple[int, str, date], int] = defaultdict(int)
    for unit_id, name, at in pending.not_decided(unit_ids, on):
        waiting[unit_id, name, day_of(at).replace(day=1)] += 1
    for (unit_id, name, month), count in sorted(waiting.items()):
        due = add_months(month, 1) - _ONE_DAY
        if due <= until:
            title = _("Duyệt điểm sinh hoạt chi bộ chấm trong tháng %(month)d/%(year)d")
            yield Deadline(
                key=f"meetings.decision:{unit_id}:{month.isoformat()}",
                due=due,
                title=title % {"month": month.month, "year": month.year},
                detail=_("%(count)d buổi chờ quyết định.") % {"count": count},
                unit_id=unit_id,
                unit_name=name,
                url=reverse("meetings:scores"),
                action=_("Xem và quyết định"),
            )


@source("meetings.absences", title=gettext_lazy("Vắng không lý do nhiều buổi liền"))
def absences(unit_ids: Sequence[int], *, on: date, until: date) -> Iterator[Deadline]:
    """Yield who missed a cell's last monthly meetings in a row without reason: to be talked with within a month.

    The person sees it too. A meeting at which the person was present, excused or exempt ends the row.
    """
    rule_of = laws_at(CellMeeting, on, unit_ids)
    least = min((rule_of(unit_id).value.absences_in_a_row for unit_id in unit_ids), default=0)
    for rows in pending.often_absent(unit_ids, on, least):
        rule = rule_of(rows[0].meeting.unit_id)
        needed = rule.value.absences_in_a_row
        streak = _streak(rows)
        if streak >= needed:
            one = _absence(rows[0], streak, rule)
            if one.due <= until:
                yield one


def _streak(rows: Iterable[Invitee]) -> int:
    """Return how many of the last meetings, the latest first, the person missed without reason."""
    count = 0
    for row in rows:
        if row.mark != row.Mark.UNEXCUSED:
            break
        count += 1
    return count


def _absence(last: Invitee, streak: int, rule: Rule[CellMeeting]) -> Deadline:
    meeting, day = last.meeting, day_of(last.meeting.starts_at)
    words = _("Vắng %(count)d buổi liền không có lý do, gần nhất ngày %(day)s.")
    return Deadline(
        key=f"meetings.absences:{last.member_id}:{meeting.pk}",
        due=add_months(day, 1),
        title=_("Gặp, hỏi thăm đ/c %(name)s vắng sinh hoạt") % {"name": last.member},
        detail=words % {"count": streak, "day": written(day)},
        unit_id=meeting.unit_id,
        unit_name=meeting.unit.name,
        url=reverse("organization:member", args=[last.member_id]),
        action=_("Mở hồ sơ"),
        rule=rule,
        about_id=last.member_id,
    )


@personal("meetings.invited", title=gettext_lazy("Được mời họp"))
def invited(member_id: int, *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the meetings from a day on that a person is invited to: one query."""
    for meeting in pending.inviting(member_id, on, until):
        here = f"{moment(meeting.starts_at.astimezone(clock.HERE))}, {meeting.place}."
        title = _("Mời đồng chí dự: %(meeting)s") % {"meeting": meeting.title}
        detail, step = here[:1].upper() + here[1:], _("Xem chương trình")
        yield _about(meeting, "invited", day_of(meeting.starts_at), title, detail, "meeting", step)


def _with_rules(rows: Iterable[Meeting], on: date) -> Iterator[tuple[Meeting, Rule[CellMeeting]]]:
    """Yield meetings with the rule of their units on a day; the law is asked only where there are any."""
    found = list(rows)
    if found:
        rule_of = laws_at(CellMeeting, on, {one.unit_id for one in found})
        yield from ((one, rule_of(one.unit_id)) for one in found)


def _about(  # noqa: PLR0913, PLR0917 - what a deadline says, in one place
    meeting: Meeting,
    kind: str,
    due: date,
    title: str,
    detail: str,
    tab: str,
    action: str,
    rule: Rule[CellMeeting] | None = None,
) -> Deadline:
    """Return a deadline about a meeting, whose button opens one of its tabs."""
    return Deadline(
        key=f"meetings.{kind}:{meeting.pk}",
        due=due,
        title=title,
        detail=detail,
        unit_id=meeting.unit_id,
        unit_name=meeting.unit.name,
        url=reverse(f"meetings:{tab}", args=[meeting.pk]),
        action=action,
        rule=rule,
    )
