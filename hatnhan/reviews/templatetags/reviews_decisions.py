"""What follows a decision on one entry, for its page: notice, requests to look again, grades given anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from hatnhan.reviews.selectors import after

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.template.context import RequestContext

    from hatnhan.reviews.models import Entry

register = template.Library()


@register.filter
def named_by(counts: Sequence[int], grades: Sequence[Any]) -> Iterable[tuple[Any, int]]:
    """Return each grade of a regime with its count, so that a card on a phone says what it counts."""
    return zip(grades, counts, strict=True)


@register.inclusion_tag("reviews/decision/after.html", takes_context=True)
def after_decision(context: RequestContext, entry: Entry) -> dict[str, Any]:
    """Draw what follows the decision on an entry, as far as the person may know; nothing before it is decided."""
    request = context.get("request")
    return {"after": after.after_of(request.user, entry) if request is not None else None, "entry": entry}
