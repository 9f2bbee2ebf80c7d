"""The room's first page: what waits for the person, then the year's programmes and what runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from hatnhan.core.errors import Missing

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request

SECTION = "oversight:home"


def home(request: Request) -> HttpResponse:
    """Show what waits first."""
    unit, on = request.unit, request.as_of
    if unit is None:
        raise Missing
    return render(request, "oversight/home.html", {"section": SECTION, "unit": unit, "on": on})
