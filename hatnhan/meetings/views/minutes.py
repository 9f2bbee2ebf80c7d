"""The minutes of a meeting, whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.shortcuts import render

from hatnhan.meetings.views.frame import frame

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hatnhan.core.http import Request


def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the minutes of a meeting."""
    return render(request, "meetings/live/minutes.html", frame(cast("Request", request), pk, "minutes"))
