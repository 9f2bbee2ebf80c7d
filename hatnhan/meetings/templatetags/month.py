"""Words for the pages of a cell's month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from hatnhan.meetings.score_rules import shown

if TYPE_CHECKING:
    from decimal import Decimal

register = template.Library()


@register.filter
def points(value: Decimal | int) -> str:
    """Write points as one types them: 4 or 4,5."""
    return shown(value)
