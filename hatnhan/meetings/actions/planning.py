"""Meetings ahead: set up by a series, called once, moved, cancelled, given a theme."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from django.db.models import Q
from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core import clock
from hatnhan.core.errors import RuleBroken
from hatnhan.core.periods import add_months
from hatnhan.core.vietnamese import day as written
from hatnhan.core.vietnamese import moment
from hatnhan.meetings import permissions, rules
from hatnhan.meetings.models import AgendaItem, Meeting, Series
from hatnhan.meetings.permissions import Action
from hatnhan.meetings.selectors.planning import kinds_of
from hatnhan.organization.actions.checks import day_of, deed, moved_on, require_standing, require_text
from hatnhan.organization.models import Unit
from hatnhan.organization.selectors.bodies import bodies_of

if TYPE_CHECKING:
    from hatnhan.accounts.actors import Actor

_State = Meeting.State
#: While a meeting is in one of these, its day and place may still change.
AHEAD = (_State.DRAFT, _State.INVITED)


def horizon(at: datetime) -> date:
    """Return the first day for which no meetings stand ahead yet: twelve months from now."""
    return add_months(day_of(at), rules.MONTHS_AHEAD)


def rhythm_of(series: Series) -> rules.Rhythm:
    """Return the rule of a series."""
    return rules.Rhythm(
        weekday=series.weekday,
        monthday=series.monthday,
        on_holiday=cast("rules.OnHoliday", series.on_holiday),
        first_week=series.kind == Series.Kind.CELL_MONTHLY,
    )


@deed
def plan_ahead(*, by: Actor, at: datetime, series: Series, until: date | None = None) -> int:
    """Set up the meetings of a series up to but not including a day (else for twelve months); return how many.

    Vouched: asks no permission. Goes on from the last one set up, so that none is left out after a pause; asked
    twice it does nothing the second time, and records nothing.
    """
    count = plan_rows(series, at, until or horizon(at))
    if count:
        details = {"planned": count}
        record(by=by, action=Action.SERIES, at=at, target=series, unit_id=series.unit_id, details=details)
    return count


def top_up(*, by: Actor, at: datetime) -> int:
    """Plan all running series ahead, of units that exist; return how many meetings were set up.

    One transaction a series: what was set up before a failure stays, and the next time goes on from there.
    """
    on = day_of(at)
    units = Unit.objects.existing(on)
    later = Q(end=None) | Q(end__gt=on)
    running = Series.objects.filter(later, unit__in=units.values("pk")).select_related("unit")
    return sum(plan_ahead(by=by, at=at, series=series) for series in running)


def plan_rows(series: Series, at: datetime, until: date) -> int:
    """Write the meetings that `plan_ahead` sets up, within the caller's transaction; return how many."""
    last = Meeting.objects.filter(series=series).order_by("-due_on").values_list("due_on", flat=True).first()
    start = last + timedelta(days=1) if last else max(series.start, day_of(at))
    end = min(until, series.end) if series.end else until
    rhythm = rhythm_of(series)
    rows = [
        Meeting(
            series=series,
            unit_id=series.unit_id,
            body=series.body,
            kind=series.kind,
            title=rules.title_of(series.name, rhythm, day),
            due_on=day,
            starts_at=datetime.combine(day, series.at_time, clock.HERE),
            place=series.place,
        )
        for day in rules.days_between(rhythm, start, end)
    ]
    # Two at once would set up the same days: the second one's rows are then left out.
    Meeting.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


@deed
def call_meeting(
    *,
    by: Actor,
    at: datetime,
    unit: Unit,
    body: str,
    kind: str,
    title: str,
    starts_at: datetime,
    place: str,
) -> Meeting:
    """Call a meeting outside any series.

    Raises Denied, and RuleBroken with codes ``body``, ``kind``, ``title_missing``, ``place_missing``, ``past``,
    ``same_time``, ``dissolved``, ``before_founding``.
    """
    permissions.require_lead(by, unit.pk)
    require_body(unit, body, kind)
    require_standing(unit, day_of(starts_at), field="unit")
    meeting = Meeting(
        unit=unit,
        body=body,
        kind=kind,
        title=require_text(title, code="title_missing", field="title"),
        starts_at=starts_at,
        place=require_place(place),
    )
    _require_free(meeting, starts_at, at)
    meeting.save(force_insert=True)
    details = {"kind": kind, "body": body, "starts_at": _told(starts_at), "place": meeting.place}
    _record(by, Action.CALL, at, meeting, details)
    return meeting


@deed
def move_meeting(
    *, by: Actor, at: datetime, meeting: Meeting, starts_at: datetime, place: str, reason: str
) -> None:
    """Hold a meeting at another time or place than it was called for. The day its rule gave stays known.

    Raises Denied, and RuleBroken with codes ``reason_missing``, ``place_missing``, ``past``, ``same_day``,
    ``same_time``, ``unchanged``, ``already_done``.
    """
    permissions.require(by, Action.MOVE, meeting)
    reason = require_text(reason, code="reason_missing", field="reason", message=_("Chưa ghi lý do."))
    place = require_place(place)
    if (starts_at, place) == (meeting.starts_at, meeting.place):
        raise RuleBroken("unchanged", _("Ngày, giờ và nơi họp vẫn như cũ. Ghi điều thay đổi."), field="day")
    _require_free(meeting, starts_at, at)
    before = _told(meeting.starts_at)
    changes = {"starts_at": starts_at, "place": place, "moved_reason": reason}
    _change(meeting, AHEAD, changes)
    details = {"starts_at": [before, _told(starts_at)], "place": place, "reason": reason}
    _record(by, Action.MOVE, at, meeting, details)


@deed
def cancel_meeting(*, by: Actor, at: datetime, meeting: Meeting, reason: str) -> None:
    """Give a meeting up. What had been taken onto its agenda from the backlog goes back there.

    Raises Denied, and RuleBroken with codes ``reason_missing``, ``already_done``.
    """
    permissions.require(by, Action.CANCEL, meeting)
    reason = require_text(reason, code="reason_missing", field="reason", message=_("Chưa ghi lý do."))
    _change(meeting, AHEAD, {"state": _State.CANCELLED, "cancel_reason": reason})
    AgendaItem.objects.filter(meeting=meeting, series__isnull=False).update(meeting=None)
    _record(by, Action.CANCEL, at, meeting, {"reason": reason})


@deed
def set_theme(*, by: Actor, at: datetime, meeting: Meeting, theme: str) -> None:
    """Say what theme a meeting treats besides; "" for none.

    Raises Denied, and RuleBroken with code ``already_done``.
    """
    permissions.require(by, Action.AGENDA, meeting)
    before = meeting.theme
    _change(meeting, (*AHEAD, _State.OPEN), {"theme": theme.strip()})
    _record(by, Action.AGENDA, at, meeting, {"theme": [before, meeting.theme]})


def require_body(unit: Unit, body: str, kind: str) -> None:
    """Raise RuleBroken ``body`` or ``kind`` unless the unit has the body and meetings of the kind are held by it."""
    if body not in bodies_of(unit):
        raise RuleBroken("body", _("%(unit)s không có tập thể này. Chọn lại.") % {"unit": unit}, field="body")
    if kind not in kinds_of(body):
        message = _("Tập thể này không họp loại ấy. Chọn lại loại cuộc họp.")
        raise RuleBroken("kind", message, field="kind")


def require_place(place: str) -> str:
    """Return where they meet. Raises RuleBroken ``place_missing``."""
    message = _("Chưa ghi nơi họp. Ghi như nhà văn hóa thôn, phòng họp tầng 2.")
    return require_text(place, code="place_missing", field="place", message=message)


def _require_free(meeting: Meeting, starts_at: datetime, at: datetime) -> None:
    if starts_at < at:
        message = _("Thời điểm này đã qua. Ghi ngày, giờ từ bây giờ trở đi.")
        raise RuleBroken("past", message, field="day")
    same_body = Meeting.objects.filter(unit_id=meeting.unit_id, body=meeting.body).exclude(pk=meeting.pk)
    others = same_body.exclude(state=_State.CANCELLED)
    if found := others.filter(starts_at=starts_at).first():
        message = _("Giờ ấy tập thể này đã có “%(title)s”. Chọn giờ khác.")
        raise RuleBroken("same_time", message % {"title": found}, field="time")
    if meeting.series_id is None:
        return
    first = clock.at(day_of(starts_at), 0)
    that_day = others.filter(series_id=meeting.series_id, starts_at__gte=first)
    if found := that_day.filter(starts_at__lt=first + timedelta(days=1)).first():
        message = _("Ngày %(day)s đã có “%(title)s” của cùng nền nếp. Chọn ngày khác.")
        words = {"day": written(day_of(starts_at)), "title": found}
        raise RuleBroken("same_day", message % words, field="day")


def _change(meeting: Meeting, states: tuple[str, ...], changes: dict[str, Any]) -> None:
    """Write fields while the meeting is still in one of ``states``. Raises RuleBroken ``already_done``."""
    if Meeting.objects.filter(pk=meeting.pk, state__in=states).update(**changes) != 1:
        raise moved_on()
    for name, value in changes.items():
        setattr(meeting, name, value)


def _told(starts_at: datetime) -> str:
    return moment(starts_at.astimezone(clock.HERE))


def _record(by: Actor, action: Action, at: datetime, meeting: Meeting, details: dict[str, Any]) -> None:
    record(by=by, action=action, at=at, target=meeting, unit_id=meeting.unit_id, details=details)
