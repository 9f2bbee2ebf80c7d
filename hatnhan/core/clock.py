"""The only source of the present moment, so that tests and demonstrations can set the day."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Party work in Việt Nam keeps one time zone; days begin and end by it.
HERE = ZoneInfo("Asia/Ho_Chi_Minh")

_fixed: ContextVar[datetime | None] = ContextVar("hatnhan_fixed_clock", default=None)


def now() -> datetime:
    """Return the present moment, aware, in Vietnamese time."""
    moment = _fixed.get() or timezone.now()
    return moment.astimezone(HERE)


def today() -> date:
    """Return the present day in Vietnamese time."""
    return now().date()


def at(day: date, hour: int = 8, minute: int = 0) -> datetime:
    """Return an aware moment on a day, by default eight in the morning, when offices open."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=HERE)


@contextmanager
def fixed(moment: datetime | date) -> Iterator[None]:
    """Hold the clock at a moment (a bare day means eight in the morning) inside a ``with`` block."""
    token = _fixed.set(moment if isinstance(moment, datetime) else at(moment))
    try:
        yield
    finally:
        _fixed.reset(token)
