"""The day that a page speaks of: how it is read, and the days that people ask for most."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core import vietnamese

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The Party was founded on this day; nothing here is older.
EARLIEST = date(1930, 2, 3)


def read(text: str, today: date) -> date:
    """Return the day that a person typed: d/m/yyyy, or a year alone, which means its last day.

    Raises DayError, whose ``message_vi`` says what is wrong, for texts that are no day, for days to come and for days
    before the founding of the Party.
    """
    partial = vietnamese.parse_day_or_year(text)
    day = partial.day or min(date(partial.year, 12, 31), max(today, date(partial.year, 1, 1)))
    if day > today:
        raise vietnamese.DayError("future", _("Ngày này chưa đến. Chọn hôm nay hoặc một ngày đã qua"))
    if day < EARLIEST:
        raise vietnamese.DayError("past", _("Chưa có Đảng vào ngày này. Chọn ngày từ 3/2/1930"))
    return day


def often_asked(today: date) -> Iterator[tuple[str, date]]:
    """Yield the days that reports are made for, with what they are called."""
    first_of_month = today.replace(day=1)
    quarter = today.replace(month=today.month - (today.month - 1) % 3, day=1)
    one = timedelta(days=1)
    yield str(_("Hôm nay")), today
    yield str(_("Cuối tháng trước")), first_of_month - one
    yield str(_("Cuối quý trước")), quarter - one
    yield str(_("Cuối năm trước")), date(today.year - 1, 12, 31)
    yield str(_("Cuối năm kia")), date(today.year - 2, 12, 31)
