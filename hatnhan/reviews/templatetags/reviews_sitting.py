"""What pages of review meetings draw: points, levels, names, what stands beside a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from hatnhan.reviews.forms.sitting import plain
from hatnhan.reviews.models import Rating
from hatnhan.reviews.selectors.entries import name_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from django.forms import BoundField

    from hatnhan.reviews.models import Place

register = template.Library()
_NONE = "—"


@register.filter
def points(value: Decimal | None) -> str:
    """Draw points as people write them: 12,5; a stroke where there are none."""
    return _NONE if value is None else plain(value)


@register.filter
def level(value: Decimal | None) -> str:
    """Draw one of the four levels; a stroke where there is none."""
    return _NONE if value is None else str(Rating(int(value)).label)


@register.filter
def spot_name(place: Place) -> str:
    """Draw who or what a place is of."""
    return name_of(place.entry)


@register.filter
def of_key(found: Mapping[int, Any], key: int) -> Any:  # noqa: ANN401 - whatever stands there
    """Return what a mapping has for a key; None where it has nothing."""
    return found.get(key)


@register.filter
def chosen_words(bound: BoundField) -> str:
    """Return what is chosen in a field, in the words of its choice; a stroke where nothing is."""
    value = bound.value()
    return next((str(label) for key, label in getattr(bound.field, "choices", ()) if key == value), _NONE)
