"""Who came: the list one fills with the thumb."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.shortcuts import render

from hatnhan.meetings.views.frame import frame

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hatnhan.core.http import Request


def roll(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the roll of a meeting."""
    return render(request, "meetings/live/roll.html", frame(cast("Request", request), pk, "roll"))
