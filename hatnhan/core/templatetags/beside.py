"""What rooms above say beside what a page shows."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import template

from hatnhan.core import beside as slots
from hatnhan.core import clock

if TYPE_CHECKING:
    from datetime import date

    from django.template.context import RequestContext

register = template.Library()


@register.inclusion_tag("core/beside.html", takes_context=True)
def beside(  # noqa: PLR0913 - all that a page knows of the thing
    context: RequestContext,
    kind: str,
    object_id: int,
    unit_id: int,
    *,
    title: str,
    url: str,
    on: date | datetime,
) -> dict[str, Any]:
    """Draw the slots of a thing; nothing where nobody has anything to say of it. A moment counts as its day."""
    on = on.astimezone(clock.HERE).date() if isinstance(on, datetime) else on
    thing = slots.Thing(kind, object_id, unit_id, title, url, on)
    return {"slots": slots.beside(context["request"].user, thing)}
