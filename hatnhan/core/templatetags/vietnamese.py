"""Dates, numbers and words as Vietnamese officials write them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django import template

from hatnhan.core import clock, vietnamese

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

register = template.Library()


@register.filter
def day(value: date | None) -> str:
    """Write a day as 5/11/2018; nothing for no day."""
    return vietnamese.day(value) if value else ""


@register.filter
def last_day(value: date | None) -> str:
    """Write the last day in force for an ``end``, which is the first day no longer in force."""
    return vietnamese.day(value - timedelta(days=1)) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """Write a moment as thứ Sáu, 2/11/2018, 14 giờ; nothing for none."""
    return vietnamese.moment(value.astimezone(clock.HERE)) if value else ""


@register.filter
def hour(value: datetime | None) -> str:
    """Write the time of a moment as 14 giờ 30; nothing for none."""
    return vietnamese.clock_time(value.astimezone(clock.HERE)) if value else ""


@register.filter
def number(value: int | Decimal | None) -> str:
    """Write a number as 1.234.567 or 2,67; a dash for none."""
    if value is None:
        return "—"
    if isinstance(value, int):
        return vietnamese.number(value)
    text = vietnamese.decimal(value, 2)
    return text.rstrip("0").rstrip(",") if "," in text else text
