"""The list of a cycle, and one entry: how it stands, its course, what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse

from hatnhan.core import clock
from hatnhan.core.filters import filter_context
from hatnhan.reviews import permissions
from hatnhan.reviews.actions import readings
from hatnhan.reviews.links import page as address
from hatnhan.reviews.selectors import courses, cycles
from hatnhan.reviews.selectors import entries as selector
from hatnhan.reviews.selectors.law import law_of
from hatnhan.reviews.views.cycles import SECTION, cycle_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request
    from hatnhan.reviews.models import Entry


def entries(request: Request, year: int) -> HttpResponse:
    """List the entries of a cycle that the person may know of, by cell and name. Up to 12 queries."""
    cycle = cycle_of(request, year)
    known = selector.choices(request.user, cycle)
    filters = selector.read(request.GET, known)
    rows = selector.entries(request.user, cycle, filters)
    page = Paginator(rows, selector.PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        "section": SECTION,
        "cycle": cycle,
        "page": page,
        "rows": selector.rows(cycle, page.object_list),
        "filters": filters,
        "narrowed": filters != selector.Filters(),
        "known": known,
        "one_cell": bool(filters.chi_bo) or len(known.chi_bo) == 1,
        **filter_context(request.GET, filters, selector.chips(filters, known)),
        "action": reverse("reviews:entries", args=[cycle.year]),
    }
    return render(request, "reviews/entries.html", context)


def entry(request: Request, pk: int) -> HttpResponse:
    """Show one entry to who may know its course; to who may know its published grade, that alone.

    Up to 18 queries: session and person, powers, who may know, the reading, the course, what comes next, tabs.
    """
    whole = selector.known_entry(request.user, pk)
    found = whole or selector.entry_for(request.user, pk)
    context = {
        "section": SECTION,
        "entry": found,
        "cycle": found.cycle,
        "name": selector.name_of(found),
        "law": law_of(found.cycle),
        "grade": selector.grade_words(found, found.grade),
    }
    if whole is not None:
        readings.record_read(by=request.user, at=clock.now(), entry=whole)
        context |= _whole(request, whole)
    return render(request, "reviews/entry.html", context)


def _whole(request: Request, found: Entry) -> dict[str, Any]:
    user, law = request.user, law_of(found.cycle)
    own = permissions.is_own(user, found)
    form = law.forms.value.of(found.subject)
    group = next((one.title for one in law.caps.value.groups if one.key == found.group), "")
    begun = courses.review_of(found) is not None
    reads = begun and (own or permissions.reads_texts(user, found))
    runs = permissions.runs_cycle(user, found.cycle.unit_id)
    papers = [
        (address("review", found.pk) if reads else "", "file-text", "review"),
        (address("remarks", found.pk), "message", "remarks"),
        (address("why", found.pk), "help", "why"),
    ]
    return {
        "whole": True,
        "own": own,
        "stages": courses.course(user, found),
        "next": courses.next_step(user, found),
        "form": form,
        "group": group,
        "papers": {name: url for url, _icon, name in papers if url},
        "open": cycles.is_open(found.cycle),
        "changes": runs and cycles.is_open(found.cycle),
    }
