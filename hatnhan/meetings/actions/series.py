"""The rhythm in which a body meets: set up, changed, ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.meetings import permissions
from hatnhan.meetings.actions.planning import horizon, plan_rows, require_body, require_place
from hatnhan.meetings.models import AgendaItem, Meeting, Series
from hatnhan.meetings.permissions import Action
from hatnhan.organization.actions.checks import deed, moved_on, require_standing, require_text

if TYPE_CHECKING:
    from datetime import date, datetime, time

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Unit

_WEEKDAYS, _LAST_MONTHDAY = 7, 28


@deed
def open_series(
    *,
    by: Actor,
    at: datetime,
    unit: Unit,
    body: str,
    kind: str,
    name: str,
    frequency: str,
    weekday: int | None = None,
    monthday: int | None = None,
    at_time: time,
    place: str,
    on_holiday: str = "after",
    start: date,
) -> Series:
    """Let a body meet by a rule from a day on, and set up its meetings of the next twelve months.

    ``weekday`` (0 Monday) is for a weekly series, ``monthday`` (1–28) for a monthly one. Meetings before the day of
    ``at`` are not made up. Raises Denied, and RuleBroken with codes ``body``, ``kind``, ``name_missing``, ``weekday``,
    ``monthday``, ``place_missing``, ``dissolved``, ``before_founding``, ``series_runs``.
    """
    permissions.require_lead(by, unit.pk)
    series = _new(
        unit=unit, body=body, kind=kind, name=name, frequency=frequency, weekday=weekday, monthday=monthday,
        at_time=at_time, place=place, on_holiday=on_holiday, start=start,
    )  # fmt: skip
    series.save(force_insert=True)
    planned = plan_rows(series, at, horizon(at))
    _record(by, at, series, {"planned": planned})
    return series


@deed
def change_series(
    *,
    by: Actor,
    at: datetime,
    series: Series,
    start: date,
    name: str,
    frequency: str,
    weekday: int | None = None,
    monthday: int | None = None,
    at_time: time,
    place: str,
    on_holiday: str = "after",
) -> Series:
    """Let a body meet by another rule from ``start`` on: the old series ends there, its backlog goes over.

    Meetings of the old rule from that day on that nobody has touched go; others stay. Raises as `end_series` and
    `open_series`.
    """
    permissions.require_lead(by, series.unit_id)
    removed = _end(series, start, field="start")
    new = _new(
        unit=series.unit, body=series.body, kind=series.kind, name=name, frequency=frequency, weekday=weekday,
        monthday=monthday, at_time=at_time, place=place, on_holiday=on_holiday, start=start,
    )  # fmt: skip
    new.save(force_insert=True)
    AgendaItem.objects.filter(series=series, meeting=None).update(series=new)
    planned = plan_rows(new, at, horizon(at))
    _record(by, at, new, {"instead_of": str(series), "planned": planned, "removed": removed})
    return new


@deed
def end_series(*, by: Actor, at: datetime, series: Series, end: date) -> None:
    """End a series; ``end`` is the first day on which it no longer holds. Untouched meetings from then on go.

    Raises Denied, and RuleBroken with codes ``end_before_start``, ``already_done``.
    """
    permissions.require_lead(by, series.unit_id)
    removed = _end(series, end, field="end")
    _record(by, at, series, {"end": end, "removed": removed})


def untouched_from(series: Series, day: date) -> Any:  # noqa: ANN401 - a queryset of Meeting, which has its own manager
    """Return the meetings due from a day on that nobody has prepared, moved or called."""
    ahead = Meeting.objects.filter(series=series, due_on__gte=day, state=Meeting.State.DRAFT)
    plain = ahead.filter(moved_reason="", theme="", chair=None, recorder=None)
    return plain.filter(~Q(pk__in=AgendaItem.objects.filter(meeting__series=series).values("meeting")))


def _end(series: Series, end: date, *, field: str) -> int:
    if end <= series.start:
        message = _("Nền nếp này bắt đầu ngày %(day)s. Ghi ngày sau ngày ấy.")
        raise RuleBroken("end_before_start", message % {"day": written(series.start)}, field=field)
    running = Series.objects.filter(Q(end=None) | Q(end__gt=end), pk=series.pk)
    if running.update(end=end) != 1:
        raise moved_on()
    series.end = end
    removed, _by_model = untouched_from(series, end).delete()
    return int(removed)


def _new(*, unit: Unit, body: str, kind: str, **fields: Any) -> Series:
    require_body(unit, body, kind)
    require_standing(unit, fields["start"], field="start")
    fields["name"] = require_text(fields["name"], code="name_missing", field="name")
    fields["place"] = require_place(fields["place"])
    weekly = fields["frequency"] == Series.Frequency.WEEKLY
    _require_day(weekly=weekly, weekday=fields["weekday"], monthday=fields["monthday"])
    fields["monthday" if weekly else "weekday"] = None
    if running := Series.objects.filter(unit=unit, body=body, kind=kind, end=None).first():
        message = _("Đã có nền nếp “%(name)s” từ ngày %(day)s. Sửa nền nếp ấy, không đặt thêm.")
        raise RuleBroken("series_runs", message % {"name": running.name, "day": written(running.start)})
    return Series(unit=unit, body=body, kind=kind, **fields)


def _require_day(*, weekly: bool, weekday: int | None, monthday: int | None) -> None:
    if weekly and (weekday is None or not 0 <= weekday < _WEEKDAYS):
        raise RuleBroken("weekday", _("Chưa chọn thứ mấy trong tuần. Chọn một thứ."), field="weekday")
    if not weekly and (monthday is None or not 1 <= monthday <= _LAST_MONTHDAY):
        message = _("Ghi một ngày từ 1 đến 28, để tháng nào cũng có ngày ấy.")
        raise RuleBroken("monthday", message, field="monthday")


def _record(by: Actor, at: datetime, series: Series, details: dict[str, Any]) -> None:
    rule = {
        "kind": series.kind,
        "body": series.body,
        "weekday": series.weekday,
        "monthday": series.monthday,
        "start": series.start,
    }
    record(by=by, action=Action.SERIES, at=at, target=series, unit_id=series.unit_id, details=rule | details)
