"""Programmes: the list with how much of each was done, one as officials know it, what the superior asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse

from hatnhan.core.errors import Missing
from hatnhan.core.filters import staying
from hatnhan.oversight import permissions
from hatnhan.oversight.selectors import choosing, programmes
from hatnhan.oversight.selectors.gaps import asked_of, gaps

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request
    from hatnhan.oversight.models import Programme

SECTION = "oversight:home"
PER_PAGE = 25


def programme_page(programme: Programme) -> str:
    """Return the address of a programme's page."""
    return reverse("oversight:programme", args=[programme.pk])


def programme_list(request: Request) -> HttpResponse:
    """List the programmes of the unit, of its line and of the units under it, with how much of each was done.

    Up to 13 queries, however many programmes: nine of every page of the room (session, powers, unit, tabs), then the
    years, the count, the programmes and what was done of them.
    """
    if request.unit is None:
        raise Missing
    unit, on = request.unit, request.as_of
    years = programmes.years_of(request.user, unit, on)
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else None
    rows = programmes.programmes_for(request.user, unit, on, year)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("trang"))
    stay = staying(request.GET)
    context = {
        "section": SECTION,
        "unit": unit,
        "page": page,
        "lines": programmes.lines(page.object_list, on),
        "year": year,
        "years": [
            (one, "?" + urlencode([*stay, *([("nam", str(one))] if one else [])])) for one in (None, *years)
        ],
        "runs": permissions.runs(request.user, unit.pk),
    }
    return render(request, "oversight/programmes/list.html", context)


def programme(request: Request, pk: int) -> HttpResponse:
    """Show a programme as officials know it: checks, supervision, month by month; amendments beside what was done.

    Up to 20 queries, however many works, subjects and cells: session and person, powers and posts, programme, works,
    people, checks and watches with what of them is the person's to open, amendments, completion; ten more for the
    gaps while it is a draft.
    """
    found = programmes.programme_for(request.user, pk)
    on = request.as_of
    sheet = programmes.sheet_of(request.user, found, on)
    draft = found.state == found.State.DRAFT
    runs = permissions.runs(request.user, found.unit_id)
    opens = found.unit_id in permissions.run_by(request.user)
    issues = permissions.approves(request.user, found.unit_id, found.body)
    lacking = [row for row in sheet.rows if row.lacks] if draft else []
    context: dict[str, Any] = {
        "section": SECTION,
        "programme": found,
        "title": programmes.title_of(found),
        "owner": programmes.owner_of(found),
        "sheet": sheet,
        "draft": draft,
        "writes": draft and runs,
        "runs": runs,
        "amends": issues and not draft,
        "lacking": lacking,
        "ready": draft and issues and bool(sheet.rows) and not lacking,
        "gaps": gaps(found.unit, found.year, on) if draft and runs else None,
        "topics": choosing.topic_words(found.unit, on) if draft and runs else {},
        # Opened by those of the unit itself; from above one looks on.
        "opens": opens and not draft,
        "next": programmes.next_of(sheet, on) if opens and not draft else None,
    }
    return render(request, "oversight/programmes/programme.html", context)


def asked_list(request: Request) -> HttpResponse:
    """List what the superior asks the unit to look at in a year."""
    unit = request.unit
    if unit is None or not permissions.runs(request.user, unit.pk):
        raise Missing
    given = request.GET.get("nam", "")
    year = int(given) if given.isdecimal() else request.as_of.year
    topics = choosing.topic_words(unit, request.as_of)
    context = {
        "section": SECTION,
        "unit": unit,
        "year": year,
        "rows": [(one, topics.get(one.topic, one.topic)) for one in asked_of(unit, year)],
    }
    return render(request, "oversight/programmes/asked.html", context)
