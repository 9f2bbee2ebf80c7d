"""Periods as people type them, and the periods beside a period."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core import vietnamese
from hatnhan.core.errors import RuleBroken
from hatnhan.core.periods import Period, add_years

if TYPE_CHECKING:
    from collections.abc import Callable

#: Day on which the Party was founded: nothing is counted before it.
EARLIEST = date(1930, 2, 3)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_QUARTER = re.compile(r"(?:quý|quy|q)\s*(iv|i{1,3}|[1-4])\s*(?:/|-|năm)?\s*(\d{4})", re.IGNORECASE)
_MONTH = re.compile(r"(?:tháng\s*)?(\d{1,2})\s*(?:/|năm)\s*(\d{4})", re.IGNORECASE)
_DAY = re.compile(r"(?:ngày\s*)?(\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4})", re.IGNORECASE)
_YEAR = re.compile(r"(?:năm\s*)?(\d{4})", re.IGNORECASE)


def read(text: str) -> Period:
    """Return the period that a person means: "2017", "quý III/2017", "tháng 5/2017", "31/5/2017", or as programs write.

    Raises RuleBroken with code ``period`` when the text is none of these.
    """
    text = " ".join(text.split())
    found = next(((key, match) for shape, key in _SHAPES if (match := shape.fullmatch(text))), None)
    try:
        return Period.parse(found[0](found[1]) if found else text)
    except RuleBroken as error:
        advice = _("Viết năm (2017), quý (quý III/2017), tháng (5/2017) hoặc ngày (31/5/2017).")
        raise RuleBroken("period", _("Không hiểu kỳ “%(text)s”.") % {"text": text} + f" {advice}") from error


def read_for_reports(text: str, today: date) -> Period:
    """Return the period, which must have begun; raises RuleBroken with code ``period`` for others."""
    period = read(text)
    if period.start > today:
        message = _("Chưa có số liệu của %(period)s: kỳ này chưa bắt đầu.") % {"period": period.label}
        raise RuleBroken("period", message)
    if period.end <= EARLIEST:
        raise RuleBroken("period", _("Không có số liệu trước ngày thành lập Đảng, 3/2/1930."))
    return period


def before(period: Period) -> Period:
    """Return the period that this one is compared with: the one before it; for a day, that day a year earlier."""
    if _is_day(period.key):
        return Period.parse(add_years(period.start, -1).isoformat())
    return _containing(period.start - timedelta(days=1), period.key)


def after(period: Period) -> Period:
    """Return the period that is compared with this one."""
    if _is_day(period.key):
        return Period.parse(add_years(period.start, 1).isoformat())
    return _containing(period.end, period.key)


def latest(period: Period, count: int) -> list[Period]:
    """Return the last ``count`` periods of the same length, this one last."""
    found = [period]
    while len(found) < count and found[0].start > EARLIEST:
        found.insert(0, before(found[0]))
    return found


def before_in_words(period: Period) -> str:
    """Return what the period before is called beside this one: "năm trước", "quý trước"."""
    if "Q" in period.key:
        return str(_("quý trước"))
    return str(_("tháng trước")) if len(period.key) == len("2017-05") else str(_("năm trước"))


def _containing(day: date, like: str) -> Period:
    if _is_year(like):
        return Period.parse(f"{day.year:04}")
    if "Q" in like:
        return Period.parse(f"{day.year:04}-Q{(day.month + 2) // 3}")
    return Period.parse(day.isoformat()[: len("2017-05")])


def _is_year(key: str) -> bool:
    return len(key) == len("2017")


def _is_day(key: str) -> bool:
    return len(key) == len("2017-05-31")


def _quarter(found: re.Match[str]) -> str:
    name = found[1].lower()
    return f"{found[2]}-Q{_ROMAN.get(name, name)}"


def _day(found: re.Match[str]) -> str:
    try:
        return vietnamese.parse_day(found[1]).isoformat()
    except vietnamese.DayError:
        return found[0]  # which Period refuses


_SHAPES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_QUARTER, _quarter),
    (_DAY, _day),
    (_MONTH, lambda found: f"{found[2]}-{int(found[1]):02}"),
    (_YEAR, lambda found: found[1]),
)
