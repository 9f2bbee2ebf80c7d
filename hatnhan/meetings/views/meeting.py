"""Preparing one meeting: when, where, what about, who comes, with which papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from hatnhan.meetings.views.frame import frame

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request


def meeting(request: Request, pk: int) -> HttpResponse:
    """Show what is prepared for a meeting."""
    return render(request, "meetings/meeting.html", frame(request, pk, "meeting"))
