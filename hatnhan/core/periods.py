"""Periods and days by which work is counted: a year, a quarter, a month, a day."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from hatnhan.core.errors import RuleBroken

_SHAPE = re.compile(r"^(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|(?P<month>\d{2})(?:-(?P<day>\d{2}))?))?$")


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days. ``start`` is its first day, ``end`` the first day after it; ``key`` is how it is written."""

    key: str
    start: date
    end: date

    @property
    def last_day(self) -> date:
        """The last day inside the period: the day on which its standing figures are taken."""
        return self.end - timedelta(days=1)

    @property
    def label(self) -> str:
        """The period in officials' words, such as "quý III/2017"."""
        days = (self.end - self.start).days
        if days == 1:
            return f"ngày {self.start.day}/{self.start.month}/{self.start.year}"
        if "Q" in self.key:
            roman = ("I", "II", "III", "IV")[int(self.key[-1]) - 1]
            return f"quý {roman}/{self.start.year}"
        if len(self.key) == len("2017"):
            return f"năm {self.start.year}"
        return f"tháng {self.start.month}/{self.start.year}"

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read "2017", "2017-Q3", "2017-05" or "2017-05-31".

        Raises RuleBroken with code ``period`` when the text is none of these or names a day that does not exist.
        """
        match = _SHAPE.match(text.strip().upper())
        try:
            return cls._from_match(match) if match else cls._refuse(text)
        except (ValueError, OverflowError):  # no such day, or the day after the last that there is
            return cls._refuse(text)

    @classmethod
    def _from_match(cls, match: re.Match[str]) -> Period:
        year = int(match["year"])
        if match["day"]:
            day = date(year, int(match["month"]), int(match["day"]))
            return cls(day.isoformat(), day, day + timedelta(days=1))
        if match["month"]:
            first = date(year, int(match["month"]), 1)
            return cls(match[0], first, add_months(first, 1))
        if match["quarter"]:
            first = date(year, 3 * int(match["quarter"]) - 2, 1)
            return cls(match[0], first, add_months(first, 3))
        return cls(match[0], date(year, 1, 1), date(year + 1, 1, 1))

    @classmethod
    def _refuse(cls, text: str) -> Period:
        message = (
            f"Không hiểu kỳ “{text}”. Viết năm (2017), quý (2017-Q3), tháng (2017-05) hoặc ngày (2017-05-31)."
        )
        raise RuleBroken("period", message)


def add_months(day: date, months: int) -> date:
    """Return the same day of a later (or earlier) month, or that month's last day when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """Return the same day of another year; 29 February becomes 28 February in a common year."""
    return add_months(day, 12 * years)


def whole_years(start: date, on: date) -> int:
    """Return the completed years from ``start`` up to and including ``on``."""
    return on.year - start.year - ((on.month, on.day) < (start.month, start.day))
