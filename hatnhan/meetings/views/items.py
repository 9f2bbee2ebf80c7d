"""What is said and concluded, item by item."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.shortcuts import render

from hatnhan.meetings.selectors import items as selector
from hatnhan.meetings.views.frame import frame

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hatnhan.core.http import Request


def items(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the agenda of a meeting as it goes on."""
    return render(request, "meetings/live/items.html", frame(cast("Request", request), pk, "items"))


def item(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one item."""
    of = selector.meeting_of(pk)
    return render(request, "meetings/live/item.html", frame(cast("Request", request), of, "items"))
