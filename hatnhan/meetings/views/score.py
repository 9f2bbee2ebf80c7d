"""The quality score of a cell's meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from hatnhan.meetings.views.frame import frame

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request


def score(request: Request, pk: int) -> HttpResponse:
    """Show the score of one meeting."""
    return render(request, "meetings/monthly/score.html", frame(request, pk, "score"))
