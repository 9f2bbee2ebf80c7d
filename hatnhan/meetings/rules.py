"""On which days a body meets. Pure: told the rhythm and the days, knows no rows.

A day that is a public holiday gives way to a working day of the same window: the week of a weekly meeting, the month of
a monthly one, and for cells the first week of the month, in which they have to meet (50-CT/TW, 23/7/2025).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from dateutil.rrule import MONTHLY, WEEKLY, rrule

from hatnhan.core.periods import add_months
from hatnhan.core.working_days import is_holiday, is_working_day

if TYPE_CHECKING:
    from collections.abc import Iterator

OnHoliday = Literal["before", "after", "keep"]

#: The last day of the first week of a month.
FIRST_WEEK_ENDS = 7
#: For how many months meetings stand ahead.
MONTHS_AHEAD = 12
_ONE_DAY = timedelta(days=1)
_LAST_WEEKDAY = 6


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a body meets: every week on ``weekday`` (0 Monday), or each month on ``monthday``; never both.

    ``first_week`` keeps a monthly one whose day lies in the first week within that week when a holiday moves it.
    """

    weekday: int | None = None
    monthday: int | None = None
    on_holiday: OnHoliday = "after"
    first_week: bool = False

    def window(self, day: date) -> tuple[date, date]:
        """Return the first and the last day between which the meeting of ``day`` may be held."""
        if self.weekday is not None:
            monday = day - timedelta(days=day.weekday())
            return monday, monday + timedelta(days=_LAST_WEEKDAY)
        first = day.replace(day=1)
        if self.first_week and day.day <= FIRST_WEEK_ENDS:
            return first, day.replace(day=FIRST_WEEK_ENDS)
        return first, add_months(first, 1) - _ONE_DAY


def days_between(rhythm: Rhythm, start: date, end: date) -> list[date]:
    """Return the days on which a body meets from ``start`` up to but not including ``end``, holidays heeded.

    Which days these are does not depend on where one begins to ask. A week without any working day has none, unless
    the body meets on holidays too; every month has one.
    """
    found = (_held_on(rhythm, day) for day in _nominal(rhythm, start, end))
    return [day for day in found if day is not None and start <= day < end]


def _nominal(rhythm: Rhythm, start: date, end: date) -> Iterator[date]:
    """Yield the days of the rule itself, wide enough that none is missed which a holiday moves into the span."""
    if end <= start:
        return
    if rhythm.weekday is not None:
        first, last = start - timedelta(days=start.weekday()), end + timedelta(days=_LAST_WEEKDAY)
        rule = rrule(WEEKLY, byweekday=rhythm.weekday, dtstart=_midnight(first), until=_midnight(last))
    else:
        first, last = start.replace(day=1), add_months(end.replace(day=1), 1)
        rule = rrule(MONTHLY, bymonthday=rhythm.monthday, dtstart=_midnight(first), until=_midnight(last))
    for moment in rule:
        yield moment.date()


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - rrule counts days; it needs no zone


def _held_on(rhythm: Rhythm, day: date) -> date | None:
    if rhythm.on_holiday == "keep" or not is_holiday(day):
        return day
    found = _working_day_near(day, *rhythm.window(day), first_after=rhythm.on_holiday == "after")
    if found is None and rhythm.monthday is not None:
        month = Rhythm(monthday=rhythm.monthday, on_holiday=rhythm.on_holiday)
        found = _working_day_near(day, *month.window(day), first_after=rhythm.on_holiday == "after")
    return found


def _working_day_near(day: date, first: date, last: date, *, first_after: bool) -> date | None:
    """Return the nearest working day on one side, else on the other, between ``first`` and ``last``."""
    before = (day - timedelta(days=n) for n in range(1, (day - first).days + 1))
    after = (day + timedelta(days=n) for n in range(1, (last - day).days + 1))
    for side in (after, before) if first_after else (before, after):
        found = next((one for one in side if is_working_day(one)), None)
        if found is not None:
            return found
    return None


def title_of(name: str, rhythm: Rhythm, day: date) -> str:
    """Return what the meeting due on a day is called: "Sinh hoạt chi bộ tháng 11/2018", "Hội ý, nhận xét tuần 44/2018".

    It is kept with the meeting, so it is in Vietnamese whatever language the screen speaks.
    """
    if rhythm.weekday is not None:
        year, week, _weekday = day.isocalendar()
        return f"{name} tuần {week}/{year}"
    return f"{name} tháng {day.month}/{day.year}"
