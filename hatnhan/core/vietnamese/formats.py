"""Days and numbers as Vietnamese offices write and read them."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d+)")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00(?:\.0+)?)?)?")
_IN_WORDS = re.compile(r"(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d+)", re.IGNORECASE)
_YEAR = re.compile(r"(?:năm\s+)?(\d{4})", re.IGNORECASE)
_YEAR_WITH_ZEROS = re.compile(r"0{1,2}[/.\-]0{1,2}[/.\-](\d{4})")
_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{4})")
_YEAR_DIGITS = 4
_LAST_MONTH = 12


class DayError(ValueError):
    """A text that is no day; ``code`` is stable English, ``message_vi`` the precise reason in Vietnamese."""

    def __init__(self, code: str, message_vi: str) -> None:
        super().__init__(message_vi)
        self.code = code
        self.message_vi = message_vi


@dataclass(frozen=True, slots=True)
class PartialDay:
    """A day of which perhaps only the year is known (``day`` is then None)."""

    year: int
    day: date | None = None


def day(d: date) -> str:
    """Return the day as on screen: 5/11/2018."""
    return f"{d.day}/{d.month}/{d.year:04}"


def paper_day(d: date) -> str:
    """Return the day as on official papers, with a zero before days under 10 and months 1 and 2.

    As Decree 30/2020/NĐ-CP (5/3/2020), appendix I, prescribes: "ngày 05 tháng 02 năm 2026".
    """
    month = f"{d.month:02}" if d.month <= 2 else str(d.month)  # noqa: PLR2004 - the decree pads January and February
    return f"ngày {d.day:02} tháng {month} năm {d.year:04}"


def number(n: int) -> str:
    """Return a whole number with dots between thousands: 1.234.567."""
    return f"{n:,}".replace(",", ".")


def decimal(x: float | Decimal | Fraction, places: int) -> str:
    """Return a number rounded half up to ``places`` decimals, with comma: 2,67."""
    rounded = _exact(x).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{abs(rounded) if rounded == 0 else rounded:,f}".translate({ord(","): ".", ord("."): ","})


def percent(x: float | Decimal | Fraction, places: int | None = None) -> str:
    """Return a percentage (``x`` is 0-100) as 2,67%; without ``places``, up to two decimals and no idle zeros."""
    if places is not None:
        return decimal(x, places) + "%"
    return decimal(x, 2).rstrip("0").rstrip(",") + "%"


def parse_day(text: str) -> date:
    """Return the day written as d/m/yyyy, d.m.yyyy, d-m-yyyy, yyyy-mm-dd or "ngày d tháng m năm yyyy".

    Raises DayError, which says in Vietnamese what is wrong: no such day, year not of four digits, not a day at all.
    """
    text = text.strip()
    if found := _YEAR_FIRST.fullmatch(text):
        return _make(found[3], found[2], found[1])
    if found := _DAY_FIRST.fullmatch(text) or _IN_WORDS.fullmatch(text):
        return _make(found[1], found[2], found[3])
    if _MONTH_YEAR.fullmatch(text) or _YEAR.fullmatch(text):
        raise DayError("incomplete", "Thiếu ngày hoặc tháng")
    raise DayError("unreadable", f"“{text}” không phải là ngày")


def parse_day_or_year(text: str) -> PartialDay:
    """Return the day, or the year alone where only that is written ("1965", "00/00/1965").

    Month and year without a day ("5/1965") raise DayError: neither a day is invented nor a month thrown away.
    """
    text = text.strip()
    if found := _YEAR.fullmatch(text) or _YEAR_WITH_ZEROS.fullmatch(text):
        if int(found[1]) == 0:
            raise DayError("year", "Không có năm 0")
        return PartialDay(int(found[1]))
    whole = parse_day(text)
    return PartialDay(whole.year, whole)


def _make(d: str, m: str, y: str) -> date:
    if len(y) != _YEAR_DIGITS:
        raise DayError("year_digits", "Năm phải có bốn chữ số")
    in_month, month, year = int(d), int(m), int(y)
    if year == 0:
        raise DayError("year", "Không có năm 0")
    if not 1 <= month <= _LAST_MONTH:
        raise DayError("month", f"Không có tháng {month}")
    if 1 <= in_month <= monthrange(year, month)[1]:
        return date(year, month, in_month)
    # A leap year knows 29 February: the reason then lies in the year, and is named.
    in_year = f" năm {year}" if (month, in_month) == (2, 29) else ""
    raise DayError("day", f"Tháng {month}{in_year} không có ngày {in_month}")


def _exact(x: float | Decimal | Fraction) -> Decimal:
    """Return the number as people read it: 2.675 is 2,675, not the nearest binary fraction."""
    if isinstance(x, Fraction):
        return Decimal(x.numerator) / Decimal(x.denominator)
    return x if isinstance(x, Decimal) else Decimal(str(x))
