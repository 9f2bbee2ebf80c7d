"""The cell's month: its resolution, pressing matters and self-criticism."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from hatnhan.meetings.views.frame import frame

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request


def resolution(request: Request, pk: int) -> HttpResponse:
    """Show the month's resolution."""
    return render(request, "meetings/monthly/resolution.html", frame(request, pk, "resolution"))
