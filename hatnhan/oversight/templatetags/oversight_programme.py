"""Words of the programme's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from hatnhan.core.vietnamese import percent

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

register = template.Library()


@register.simple_tag
def topic_title(topics: Mapping[str, str], key: str) -> str:
    """Return the title of a topic; its key where no list ever named it."""
    return topics.get(key, key)


@register.filter
def as_percent(share: Decimal) -> str:
    """Return a share of 0–100 in words, rounded to two decimals: "57,63%"."""
    return percent(share)
