"""The room's first page: what waits for the person, what concerns the person, the year's programmes, what runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from hatnhan.core.errors import Missing
from hatnhan.oversight.selectors import waiting

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request

SECTION = "oversight:home"


def home(request: Request) -> HttpResponse:
    """Show what waits first, then what concerns the person, the programmes of the year and the checks under way.

    Asks more than twelve queries (some forty): one or two for each kind of thing that may wait. They grow neither with
    checks nor with cells.
    """
    unit, on = request.unit, request.as_of
    if unit is None:
        raise Missing
    context = {
        "section": SECTION,
        "unit": unit,
        "on": on,
        "waiting": waiting.waiting(request.user, unit, on),
        "concerns": waiting.concerns(request.user, on),
        "year": waiting.year(request.user, unit, on),
        "running": waiting.running(request.user, unit, on),
    }
    return render(request, "oversight/home.html", context)
