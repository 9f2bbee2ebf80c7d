"""The rows behind the figures of meetings: which meetings, cells and remedies a number counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _

from hatnhan.core import clock
from hatnhan.core.errors import Missing, RuleBroken
from hatnhan.core.periods import Period
from hatnhan.figures import periods, permissions
from hatnhan.meetings.selectors import behind, counted
from hatnhan.meetings.views.frame import SECTION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse
    from django_stubs_ext import StrOrPromise

    from hatnhan.core.http import Request

_PAGE = 50


def meetings(request: Request) -> HttpResponse:
    """List the meetings that a figure counts: of a period, a kind, held or not, in a band."""
    context = _context(request, behind.MEETING_PARTS)
    kind = request.GET.get("loai", "")
    kind = kind if kind in behind.KINDS else ""
    rows = behind.meetings(context["window"], kind, context["part"])
    page = Paginator(rows, _PAGE).get_page(request.GET.get("trang"))
    chosen = behind.KINDS.get(kind, "")
    return render(
        request,
        "meetings/counted/meetings.html",
        context | {"page": page, "kind": chosen, "kinds": behind.KINDS},
    )


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
    page = Paginator(rows, _PAGE).get_page(request.GET.get("trang"))
    return render(request, "meetings/counted/remedies.html", context | {"page": page})


def _context(request: Request, parts: Mapping[str, StrOrPromise]) -> dict[str, Any]:
    """Read the period and the part from the address; a period that is none gives way to the year that runs."""
    if not request.user.has_perm(permissions.READ, request.unit):
        raise Missing(_("Số liệu này không dành cho đồng chí."))
    part = request.GET.get("loc", "")
    part = part if part in parts else ""
    today = clock.today()
    try:
        period = periods.read_for_reports(request.GET.get("ky", ""), today)
    except RuleBroken:
        period = Period.parse(str(today.year))
    return {
        "section": SECTION,
        "period": period,
        "window": counted.window(request.unit.pk, period),
        "part": part,
        "parts": parts,
        "part_label": parts.get(part, ""),
    }
