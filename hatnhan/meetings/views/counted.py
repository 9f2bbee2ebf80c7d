"""The rows behind the figures of meetings: which meetings, cells and remedies a number counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils.translation import gettext as _

from hatnhan.figures.rows import rows_context, rows_page
from hatnhan.meetings.selectors import behind, counted
from hatnhan.meetings.views.frame import SECTION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse
    from django_stubs_ext import StrOrPromise

    from hatnhan.core.http import Request


def meetings(request: Request) -> HttpResponse:
    """List the meetings that a figure counts: of a period, a kind, held or not, in a band."""
    context = _context(request, behind.MEETING_PARTS)
    kind = request.GET.get("loai", "")
    kind = kind if kind in behind.KINDS else ""
    rows = behind.meetings(context["window"], kind, context["part"])
    page = rows_page(request, rows)
    chosen = behind.KINDS.get(kind, "")
    return render(request, "meetings/counted/meetings.html", context | {"page": page, "kind": chosen})


def cells(request: Request) -> HttpResponse:
    """List the cells with what they held in a period.

    Asks more than twelve queries: some ten for the cells, at most four of them for the quarters, and the frame's.
    They do not grow with the cells.
    """
    context = _context(request, behind.CELL_PARTS)
    rows = behind.cells(context["window"], context["period"], context["part"])
    return render(request, "meetings/counted/cells.html", context | {"rows": rows})


def remedies(request: Request) -> HttpResponse:
    """List the remedies of weekly reviews whose last day passed in a period."""
    context = _context(request, behind.REMEDY_PARTS)
    rows = behind.remedies(context["window"], context["part"])
    page = rows_page(request, rows)
    return render(request, "meetings/counted/remedies.html", context | {"page": page})


def _context(request: Request, parts: Mapping[str, StrOrPromise]) -> dict[str, Any]:
    return rows_context(request, counted.window, section=SECTION, room=_("Sinh hoạt, hội nghị"), parts=parts)
