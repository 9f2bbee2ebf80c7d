"""The rhythm of the work: what must be done, by when. Made of the registries alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render

from hatnhan.core.periods import Period
from hatnhan.figures import registry as figures
from hatnhan.figures.selectors import Shown
from hatnhan.organization.powers import powers_of
from hatnhan.site.selectors import people, work

if TYPE_CHECKING:
    from django.http import HttpRequest

    from hatnhan.core.http import Request

#: So many lines stand in a block, cards on a phone, and rows in the table; the rest stands behind a link.
LINES, CARDS, ROWS = 6, 5, 50


def health(_request: HttpRequest) -> HttpResponse:
    """Answer "ok" without touching the database, for whoever watches over the process."""
    return HttpResponse("ok", content_type="text/plain")


def home(request: Request) -> HttpResponse:
    """Show what is late, then what can be done now: to a committee, to a cell, or to a member.

    Asks more than twelve queries (some thirty): seven for the frame, one or two for each source of deadlines, one to
    four for each family of headline figures. It grows with the rooms, never with members, cells or meetings.
    """
    if request.unit is None:
        return render(request, "site/home/empty.html", {"section": "site:home"})
    due = work.of(powers_of(request.user), request.unit, request.as_of)
    if due.own:
        return _member(request, due)
    return _cell(request, due) if request.unit.is_cell else _committee(request, due)


def _committee(request: Request, due: work.Work) -> HttpResponse:
    table = work.matrix(due)
    everything = "tat_ca" in request.GET
    rows = table.rows if everything else table.rows[:ROWS]
    context = {
        "section": "site:home",
        "work": due,
        "late": due.late,
        "near": due.near,
        "lines": LINES,
        "table": table,
        "rows": rows,
        "calm": len(table.rows) - table.late_rows,
        "everything": everything,
        "tiles": _tiles(request),
    }
    return render(request, "site/home/committee.html", context)


def _cell(request: Request, due: work.Work) -> HttpResponse:
    context = {
        "section": "site:home",
        "work": due,
        "cards": due.items[:CARDS],
        "ahead": due.items[CARDS:],
        "tiles": _tiles(request),
    }
    return render(request, "site/home/cell.html", context)


def _member(request: Request, due: work.Work) -> HttpResponse:
    powers = powers_of(request.user)
    context = {
        "section": "site:home",
        "work": due,
        "member_id": powers.member_id,
        "posts": people.posts_of(request.user),
    }
    return render(request, "site/home/member.html", context)


def _tiles(request: Request) -> list[Shown]:
    """Return the figures that their families put first, as they stood on the day."""
    period = Period.parse(request.as_of.isoformat())
    return [Shown(figure, None) for figure in figures.headlines(request.unit, period)]
