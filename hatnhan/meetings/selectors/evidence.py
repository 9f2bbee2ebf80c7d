"""What of a meeting's score the software can work out, with the words and the page that show from what.

Seven queries at most, whatever the size of the cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan.core.vietnamese import day as written
from hatnhan.core.vietnamese import percent
from hatnhan.meetings import score_rules
from hatnhan.meetings.models import Invitee, Meeting, MonthlyResolution, Paper, Speech
from hatnhan.meetings.selectors import monthly
from hatnhan.organization.selectors.law import law_for
from hatnhan.rulebook.topics.meetings import CellMeeting

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from hatnhan.rulebook.topics.meetings import Criterion, MeetingScore

_ABSENT = (Invitee.Mark.EXCUSED, Invitee.Mark.UNEXCUSED)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was worked out for one criterion. ``points`` is None where nothing can be said yet; ``words`` say why."""

    words: str
    points: int | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    """A share in percent with its words, before it becomes points; None: nothing to go by yet."""

    words: str
    reached: Fraction | int | None = None
    short: int = 0


class _Case:
    """One meeting, with what several criteria ask of it read once."""

    def __init__(self, meeting: Meeting, score: MeetingScore, law: CellMeeting, on: datetime) -> None:
        self.meeting, self.score, self.law, self.on = meeting, score, law, on
        self.day: date = monthly.day_of(meeting.starts_at)
        rows = Invitee.objects.filter(meeting=meeting, capacity=Invitee.Capacity.BODY)
        self.marks = dict(rows.values_list("member_id", "mark"))

    @property
    def expected(self) -> int:
        """How many of the body had to come: those exempt do not count."""
        return sum(mark != Invitee.Mark.EXEMPT for mark in self.marks.values())

    @property
    def present(self) -> int:
        """How many of the body came."""
        return sum(mark == Invitee.Mark.PRESENT for mark in self.marks.values())

    def absent(self, mark: str) -> int:
        """How many of the body were away in one way."""
        return sum(one == mark for one in self.marks.values())


def evidence(meeting: Meeting, score: MeetingScore, *, at: datetime) -> dict[str, Evidence]:
    """Return what can be said at a moment of each computed criterion, by its key."""
    law = law_for(CellMeeting, monthly.day_of(meeting.starts_at), meeting.unit).value
    case = _Case(meeting, score, law, at)
    computed = [one for one in score.criteria if one.computed]
    return {one.key: _points(case, one) for one in computed}


def _points(case: _Case, criterion: Criterion) -> Evidence:
    found = _MEASURES[criterion.computed](case)
    url = page_of(case.meeting, criterion.computed)
    if found.reached is None:
        return Evidence(found.words, url=url)
    worth = score_rules.points(criterion.steps, Fraction(found.reached), short=found.short)
    return Evidence(found.words, worth, url)


def page_of(meeting: Meeting, computed: str) -> str:
    """Return where one sees what a kind of criterion is worked out from; "" for what nothing is worked out for."""
    return reverse(f"meetings:{_TABS[computed]}", args=[meeting.pk]) if computed in _TABS else ""


def _length(case: _Case) -> _Found:
    least = score_rules.least_minutes(
        case.law.least_minutes, case.law.least_minutes_with_theme, theme=bool(case.meeting.theme)
    )
    if case.meeting.ended_at is None:
        return _Found(_("Cuộc họp chưa kết thúc. Tối thiểu %(least)d phút.") % {"least": least})
    took = case.meeting.minutes_long
    words = _("Họp %(took)d phút; tối thiểu %(least)d phút.") % {"took": took, "least": least}
    return _Found(words, score_rules.share(took, least), max(0, least - took))


def _attendance(case: _Case) -> _Found:
    if not case.present:
        return _Found(_("Chưa điểm danh."))
    share = score_rules.share(case.present, case.expected)
    words = _(
        "Có mặt %(present)d/%(expected)d (%(share)s); vắng có lý do %(excused)d, không lý do %(unexcused)d."
    )
    values = {
        "present": case.present,
        "expected": case.expected,
        "share": percent(share, 1),
        "excused": case.absent(Invitee.Mark.EXCUSED),
        "unexcused": case.absent(Invitee.Mark.UNEXCUSED),
    }
    return _Found(words % values, share)


def _streak(case: _Case) -> _Found:
    limit = case.score.absences_in_a_row
    if not case.present:
        return _Found(_("Chưa điểm danh."))
    line = list(monthly.held_until(case.meeting).values_list("pk", flat=True)[: limit + 1])
    away = 0
    if len(line) > limit:
        rows = Invitee.objects.filter(meeting__in=line, capacity=Invitee.Capacity.BODY, mark__in=_ABSENT)
        people = rows.values("member_id").annotate(times=Count("pk")).filter(times=len(line))
        away = people.count()
    if away:
        words = _("%(away)d đồng chí vắng liền quá %(limit)d buổi.") % {"away": away, "limit": limit}
        return _Found(words, 0)
    return _Found(_("Không ai vắng liền quá %(limit)d buổi.") % {"limit": limit}, 100)


def _papers(case: _Case) -> _Found:
    times = Paper.objects.filter(item__meeting=case.meeting).values_list("uploaded_at", flat=True)
    last = case.day - timedelta(days=case.law.papers_days_before)
    in_time = sum(monthly.day_of(one) <= last for one in times)
    if not times:
        return _Found(_("Không có tài liệu nào gửi trước; hạn gửi %(last)s.") % {"last": written(last)}, 0)
    words = _("%(in_time)d/%(all)d tài liệu gửi đúng hạn, chậm nhất %(last)s.")
    values = {"in_time": in_time, "all": len(times), "last": written(last)}
    return _Found(words % values, score_rules.share(in_time, len(times)))


def _speakers(case: _Case) -> _Found:
    if not case.present:
        return _Found(_("Chưa điểm danh."))
    rows = Speech.objects.filter(item__meeting=case.meeting)
    spoke = set(rows.values_list("member_id", flat=True).distinct())
    count = sum(case.marks.get(one) == Invitee.Mark.PRESENT for one in spoke)
    share = score_rules.share(count, case.present)
    words = _("%(count)d/%(present)d đồng chí có mặt phát biểu (%(share)s).")
    values = {"count": count, "present": case.present, "share": percent(share, 1)}
    return _Found(words % values, share)


def _resolution(case: _Case) -> _Found:
    last = monthly.last_month(case.meeting)
    if last is None or not last.due:
        return _Found(_("Chưa có việc của nghị quyết tháng trước đến hạn."))
    share = score_rules.share(last.done, last.due)
    words = _("%(done)d/%(due)d việc giao tại cuộc họp ngày %(day)s đã xong (%(share)s).")
    values = {
        "done": last.done,
        "due": last.due,
        "day": written(monthly.day_of(last.meeting.starts_at)),
        "share": percent(share, 1),
    }
    return _Found(words % values, share)


def _minutes(case: _Case) -> _Found:
    last = case.day + timedelta(days=case.law.minutes_days_after)
    adopted = MonthlyResolution.objects.filter(meeting=case.meeting).values_list("adopted_at", flat=True)
    signed = (case.meeting.recorder_approved_at, case.meeting.chair_approved_at)
    approved = max(one for one in signed if one) if all(signed) else None
    finished = [approved, adopted[0] if adopted else None]
    if not all(finished) and monthly.day_of(case.on) <= last:
        words = _("Biên bản, nghị quyết chưa xong; hạn đến hết %(last)s.") % {"last": written(last)}
        return _Found(words)
    in_time = [one is not None and monthly.day_of(one) <= last for one in finished]
    words = _("Biên bản %(minutes)s, nghị quyết %(resolution)s; hạn %(last)s.") % {
        "minutes": _how(approved, in_time=in_time[0]),
        "resolution": _how(finished[1], in_time=in_time[1]),
        "last": written(last),
    }
    return _Found(words, score_rules.share(sum(in_time), len(in_time)))


def _how(at: datetime | None, *, in_time: bool) -> str:
    if at is None:
        return _("chưa xong")
    words = _("xong đúng hạn ngày %(day)s") if in_time else _("xong chậm ngày %(day)s")
    return words % {"day": written(monthly.day_of(at))}


_MEASURES: dict[str, Callable[[_Case], _Found]] = {
    "length": _length,
    "attendance": _attendance,
    "streak": _streak,
    "papers": _papers,
    "speakers": _speakers,
    "resolution": _resolution,
    "minutes": _minutes,
}

_TABS = {
    "length": "minutes",
    "attendance": "roll",
    "streak": "roll",
    "papers": "meeting",
    "speakers": "items",
    "resolution": "resolution",
    "minutes": "minutes",
}
