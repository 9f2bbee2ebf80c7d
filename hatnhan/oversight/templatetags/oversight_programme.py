"""Words of the programme's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

if TYPE_CHECKING:
    from collections.abc import Mapping

register = template.Library()


@register.simple_tag
def topic_title(topics: Mapping[str, str], key: str) -> str:
    """Return the title of a topic; its key where no list ever named it."""
    return topics.get(key, key)
