"""Times of the day and days of the week as Vietnamese offices write and read them."""

from __future__ import annotations

import re
from datetime import date, datetime, time

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_TIME = re.compile(r"(\d{1,2})\s*(?:[:.gh]|giờ)\s*(\d{1,2})?\s*(?:phút)?", re.IGNORECASE)
_LAST_HOUR, _LAST_MINUTE = 23, 59


class TimeError(ValueError):
    """A text that is no time of the day; ``message_vi`` says in Vietnamese what is wrong."""

    def __init__(self, message_vi: str) -> None:
        super().__init__(message_vi)
        self.message_vi = message_vi


def weekday(d: date) -> str:
    """Return the day of the week: "thứ Sáu"."""
    return _WEEKDAYS[d.weekday()]


def clock_time(t: time | datetime) -> str:
    """Return a time as papers have it: "14 giờ", "19 giờ 30"."""
    return f"{t.hour} giờ {t.minute:02}" if t.minute else f"{t.hour} giờ"


def moment(t: datetime) -> str:
    """Return a moment as pages have it: "thứ Sáu, 2/11/2018, 14 giờ"; ``t`` is in Vietnamese time."""
    return f"{weekday(t)}, {t.day}/{t.month}/{t.year:04}, {clock_time(t)}"


def parse_time(text: str) -> time:
    """Return the time written as 19:30, 19.30, 19g30, 19h30, "19 giờ 30" or "19 giờ".

    Raises TimeError.
    """
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise TimeError(f"“{text.strip()}” không phải là giờ. Ghi như 19 giờ 30 hoặc 19:30")
    hour, minute = int(found[1]), int(found[2] or 0)
    if hour > _LAST_HOUR:
        raise TimeError("Giờ từ 0 đến 23")
    if minute > _LAST_MINUTE:
        raise TimeError("Phút từ 0 đến 59")
    return time(hour, minute)
