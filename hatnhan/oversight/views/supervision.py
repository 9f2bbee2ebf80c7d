"""Regular supervision: assignments, one with its notes, the notes on oneself, trends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hatnhan.core import clock
from hatnhan.core.errors import Missing
from hatnhan.oversight import permissions
from hatnhan.oversight.actions import notes, watches
from hatnhan.oversight.selectors import choosing, supervision, trends

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request

SECTION = "oversight:home"
PER_PAGE = 25


@require_GET
def watch_list(request: Request) -> HttpResponse:
    """List who follows whose work, by how far it is."""
    if request.unit is None:
        raise Missing
    part = request.GET.get("loc", "")
    part = part if part in supervision.PARTS else ""
    rows = supervision.listed(request.user, request.unit, request.as_of, part)
    context = {
        "section": SECTION,
        "unit": request.unit,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("trang")),
        "part": part,
        "parts": supervision.PARTS,
        "runs": permissions.runs(request.user, request.unit.pk),
        "about_me": supervision.about_me(request.user).count(),
    }
    return render(request, "oversight/supervision/list.html", context)


@require_GET
def watch(request: Request, pk: int) -> HttpResponse:
    """Show an assignment and its notes; opening others' is recorded.

    Up to 15 queries and the record, however many notes: session and person, powers, kin, the assignment, its notes,
    the law of topics, the tabs.
    """
    found = supervision.watch_for(request.user, pk)
    user, on = request.user, request.as_of
    confirms = notes.confirms(user, found)
    observes = permissions.observes(user, found)
    open_now = found.concluded_on is None
    types = confirms and not notes.signs_in(found)
    rows = supervision.notes_of(user, found, on, confirms=confirms, types=types)
    notes.record_read(by=user, at=clock.now(), watches=[found])
    running = open_now and found.start <= clock.today() < found.end
    topics = choosing.topic_words(found.unit, on)
    context = {
        "section": SECTION,
        "watch": found,
        "topics": [topics.get(key, key) for key in found.topics],
        "rows": rows,
        "writes": observes and open_now and found.start <= clock.today(),
        "writes_next": observes and running,
        "concludes": open_now and watches.may_conclude(user, found),
        "drops": open_now and permissions.runs(user, found.unit_id) and not found.notes.exists(),
        "observed": permissions.is_observed(user, found),
    }
    return render(request, "oversight/supervision/watch.html", context)


@require_GET
def my_notes(request: Request) -> HttpResponse:
    """Show a person all notes on them and on the units they head; expired ones stand marked so."""
    if request.unit is None:
        raise Missing
    on = clock.today()
    page = Paginator(supervision.about_me(request.user), PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        "section": SECTION,
        "page": page,
        "rows": supervision.my_rows(page.object_list, request.unit, on),
        "readers": supervision.readers_of(request.user),
    }
    return render(request, "oversight/supervision/my_notes.html", context)


@require_GET
def trend_table(request: Request) -> HttpResponse:
    """Show how many notes there were by topic, kind and quarter; for who runs the oversight of the unit."""
    if request.unit is None or not permissions.runs(request.user, request.unit.pk):
        raise Missing
    year = _year(request.GET.get("nam", ""), request.as_of.year)
    context = {
        "section": SECTION,
        "unit": request.unit,
        "year": year,
        "years": _years(request.as_of.year),
        "tables": trends.tables(request.unit, year, request.as_of),
        "least": trends.LEAST,
    }
    return render(request, "oversight/supervision/trends.html", context)


def _year(text: str, this_year: int) -> int:
    return next((one for one in _years(this_year) if str(one) == text), this_year)


def _years(this_year: int) -> range:
    return range(this_year, this_year - 5, -1)
