"""The rows behind the figures of the room: what exactly a number counts, by cell and name, never by grade."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hatnhan.figures.rows import rows_context, rows_page
from hatnhan.reviews.selectors import behind, counted

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request

SECTION = "reviews:home"


@require_GET
def members(request: Request) -> HttpResponse:
    """List the members that were to be graded, with their grade; the name of whom one may not know is left out."""
    context = _context(request)
    at = context["window"]
    rows = behind.narrowed(counted.members(at), request.GET, date(at.year, 12, 31))
    return _listed(request, context, rows, "reviews/counted/members.html")


@require_GET
def organisations(request: Request) -> HttpResponse:
    """List the organisations that were to be graded, with their grade."""
    context = _context(request)
    rows = counted.organisations(context["window"])
    return _listed(request, context, rows, "reviews/counted/organisations.html")


def _context(request: Request) -> dict[str, Any]:
    return rows_context(
        request,
        counted.window,
        section=SECTION,
        room=_("Kiểm điểm, xếp loại"),
        parts=counted.PARTS,
    )


def _listed(request: Request, context: dict[str, Any], rows: Any, template: str) -> HttpResponse:  # noqa: ANN401 - a queryset with its notes
    found = behind.in_order(counted.part_of(rows, context["part"]))
    page = rows_page(request, found)
    context |= {"page": page, "lines": behind.lines(request.user, page)}
    return render(request, template, context)
