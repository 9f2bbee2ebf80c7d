"""One year's cycle: what comes next, how far each cell is, the days of its steps, its law; who has not handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from hatnhan.core.errors import Missing
from hatnhan.reviews import permissions
from hatnhan.reviews.selectors import cycles, waiting
from hatnhan.reviews.selectors import progress as progress_of
from hatnhan.reviews.selectors.law import law_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request
    from hatnhan.reviews.models import Cycle

SECTION = "reviews:home"


def cycle_of(request: Request, year: int) -> Cycle:
    """Return the cycle of a year that the page speaks of. Raises Missing."""
    if request.unit is None:
        raise Missing
    return cycles.cycle_for(request.user, request.unit, year)


def cycle(request: Request, year: int) -> HttpResponse:
    """Show a cycle. Up to 22 queries, however many cells: some eight for what waits, the law kept, progress, steps."""
    found = cycle_of(request, year)
    user, on, law = request.user, request.as_of, law_of(found)
    only = progress_of.units_followed(user, found)
    follows = only is None or bool(only)
    runs = permissions.runs_cycle(user, found.unit_id)
    context = {
        "section": SECTION,
        "cycle": found,
        "on": on,
        "open": cycles.is_open(found),
        "next": waiting.what_next(user, found, on),
        "rows": progress_of.progress(found, on, only) if follows else [],
        "counts": cycles.counts(found) if only is None else None,
        "steps": list(found.steps.all()),
        "runs": runs,
        "untouched": runs and cycles.is_untouched(found),
        "follows": follows,
        "laws": (law.regime, law.rubric, law.conditions, law.caps, law.forms, law.steps),
        "law": law,
    }
    return render(request, "reviews/cycle.html", context)


def call_list(request: Request, year: int) -> HttpResponse:
    """Show who has not handed in, with telephones, cell by cell; to be printed. Up to 12 queries."""
    found = cycle_of(request, year)
    only = progress_of.units_followed(request.user, found)
    if only is not None and not only:
        raise Missing
    groups = progress_of.call_list(request.user, found, request.as_of)
    context = {
        "section": SECTION,
        "cycle": found,
        "on": request.as_of,
        "groups": groups,
        "total": sum(len(one.calls) for one in groups),
    }
    return render(request, "reviews/call_list.html", context)
