"""Dates, numbers and words as Vietnamese officials write them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django import template

from hatnhan.core import vietnamese

if TYPE_CHECKING:
    from datetime import date
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
def number(value: int | Decimal | None) -> str:
    """Write a number as 1.234.567 or 2,67; a dash for none."""
    if value is None:
        return "—"
    if isinstance(value, int):
        return vietnamese.number(value)
    text = vietnamese.decimal(value, 2)
    return text.rstrip("0").rstrip(",") if "," in text else text
