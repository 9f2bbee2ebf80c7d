"""The room's first page: what comes next, what was held, what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from hatnhan.meetings.views.frame import SECTION

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request


def home(request: Request) -> HttpResponse:
    """Show the meetings of the unit."""
    return render(request, "meetings/home.html", {"section": SECTION})
