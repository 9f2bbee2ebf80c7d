"""Working days in Việt Nam: Monday to Friday without public holidays, moved and substitute ones included."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import holidays


@lru_cache(maxsize=64)
def _off(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("VN", years=year))


_SATURDAY = 5


def is_holiday(day: date) -> bool:
    """Tell whether a day is a public holiday, moved and substitute ones included; a plain Sunday is none."""
    return day in _off(day.year)


def is_working_day(day: date) -> bool:
    """Tell whether offices are open on a day."""
    return day.weekday() < _SATURDAY and day not in _off(day.year)


def add_working_days(day: date, count: int) -> date:
    """Return the day that is ``count`` working days after ``day``; ``day`` itself is not counted."""
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day
