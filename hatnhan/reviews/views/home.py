"""The room's first page: what waits for the person, how far this year's review is, the years before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from hatnhan.core.errors import Missing
from hatnhan.reviews import permissions
from hatnhan.reviews.permissions.units import keeps_unit
from hatnhan.reviews.selectors import cycles, titles
from hatnhan.reviews.selectors import progress as progress_of
from hatnhan.reviews.selectors import waiting as waits

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request

SECTION = "reviews:home"


def home(request: Request) -> HttpResponse:
    """Show what waits first, then the newest cycle cell by cell, then the grades of the years before.

    Up to 26 queries: a few for each kind of thing that may wait. They grow neither with cells nor with years.
    """
    user, unit, on = request.user, request.unit, request.as_of
    if unit is None:
        raise Missing
    known = [one for one in cycles.cycles(user, unit) if one.opened_on <= on]
    cycle = known[0] if known else None
    runs = not unit.is_cell and permissions.runs_cycle(user, unit.pk)
    seen = cycles.sees_results(user, unit)
    context = {
        "section": SECTION,
        "unit": unit,
        "on": on,
        "cycle": cycle,
        "waiting": [one.deadline for one in waits.waiting(user, on)],
        "rows": [],
        "earlier": known[1:],
        "opens": runs and not any(one.year == on.year for one in known),
        "keeps": keeps_unit(user, unit.pk),
        "years": titles.years_of([unit.pk], on)[unit.pk] if seen else [],
        "run": titles.run_of(unit, on) if seen else None,
        "past": cycles.past_grades(user, unit) if seen else [],
    }
    if cycle is not None:
        only = progress_of.units_followed(user, cycle)
        rows = [] if only is not None and not only else progress_of.progress(cycle, on, only)
        context["rows"] = [one for one in rows if unit.pk in {cycle.unit_id, one.unit_id}]
    return render(request, "reviews/home.html", context)
