"""Sets of forms as one file: ask, watch, take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from hatnhan.core import clock
from hatnhan.core.errors import Missing, RuleBroken
from hatnhan.reviews import tasks
from hatnhan.reviews.actions import sets as actions
from hatnhan.reviews.forms.sets import AskSet
from hatnhan.reviews.selectors import cycles
from hatnhan.reviews.selectors import sets as selectors
from hatnhan.reviews.words_papers import TITLES

if TYPE_CHECKING:
    from hatnhan.core.http import Request

_SECTION = {"section": "reviews:home"}


@require_http_methods(["GET", "POST"])
def sets(request: Request, year: int) -> HttpResponse:
    """Ask for the forms of a cell or of the whole committee as one file; show those asked for before."""
    cycle = cycles.cycle_for(request.user, request.unit, year)
    units = selectors.units_for(request.user, cycle)
    if not units:
        raise Missing
    mine = request.unit.code if request.unit in units else units[0].code
    form = AskSet(request.POST or None, units=units, initial={"unit": mine})
    if request.method == "POST" and form.is_valid():
        unit = next(one for one in units if one.code == form.cleaned_data["unit"])
        paper = selectors.KINDS[form.cleaned_data["paper"]]
        try:
            made = actions.ask_set(by=request.user, at=clock.now(), cycle=cycle, unit=unit, paper=paper)
        except RuleBroken as broken:
            form.add_error(None, broken.message)
        else:
            tasks.draw_form_set.enqueue(made.pk)
            return redirect("reviews:set", made.pk)
    found = [(one, TITLES[one.paper]) for one in selectors.sets_of(request.user, cycle)]
    context = {"form": form, "cycle": cycle, "sets": found} | _SECTION
    return render(request, "reviews/papers/sets.html", context, status=422 if form.errors else 200)


@require_GET
def one(request: Request, pk: int) -> HttpResponse:
    """Show how far a set is, and the file once it is drawn up."""
    found = selectors.set_for(request.user, pk)
    context = {"set": found, "cycle": found.cycle, "title": TITLES[found.paper]} | _SECTION
    return render(request, "reviews/papers/set.html", context)


@require_GET
def file(request: Request, pk: int) -> FileResponse:
    """Hand over the file of a set. That it holds whose words was recorded when it was drawn up."""
    found = selectors.set_for(request.user, pk)
    if found.state != found.State.DONE:
        raise Missing
    name = f"bo-kiem-diem-{found.cycle.year}-{found.unit.code}.pdf"
    return FileResponse(found.file.open("rb"), as_attachment=True, filename=name)
