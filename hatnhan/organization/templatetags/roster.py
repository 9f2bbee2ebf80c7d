"""Words of the roster as its papers print them."""

from __future__ import annotations

from django import template

from hatnhan.organization.held import part_words
from hatnhan.organization.rules import printed_card

register = template.Library()


@register.filter
def card(number: str | None) -> str:
    """Print a card number as on the card, 00 000 412; a dash for none."""
    return printed_card(number) or "—"


register.filter("part_words", part_words)
