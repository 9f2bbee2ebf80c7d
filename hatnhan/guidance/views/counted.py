"""The rows behind the figures of the room: what exactly a number counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _

from hatnhan.core import clock
from hatnhan.core.errors import Missing, RuleBroken
from hatnhan.core.periods import Period
from hatnhan.figures import periods, permissions
from hatnhan.guidance.selectors import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse
    from django_stubs_ext import StrOrPromise

    from hatnhan.core.http import Request

SECTION = "guidance:home"
_PAGE = 50


def study(request: Request) -> HttpResponse:
    """List who studied of those who owe it, by document and cell."""
    context = _context(request)
    rows = counted.studied(context["window"], context["period"])
    return render(request, "guidance/counted/study.html", context | _paged(request, rows))


def held(request: Request) -> HttpResponse:
    """List the roll-outs that cells had to hold by a day of the period."""
    context = _context(request, counted.PARTS)
    rows = counted.to_hold_part(context["window"], context["part"])
    return render(request, "guidance/counted/held.html", context | _paged(request, rows))


def tasks(request: Request) -> HttpResponse:
    """List the tasks of roll-outs whose last day passed in the period."""
    context = _context(request, counted.PARTS)
    rows = counted.tasks_part(context["window"], context["part"])
    return render(request, "guidance/counted/tasks.html", context | _paged(request, rows))


def reports(request: Request) -> HttpResponse:
    """List the reports that cells owed by a day of the period."""
    context = _context(request, counted.PARTS)
    rows = counted.reports_part(context["window"], context["part"])
    return render(request, "guidance/counted/reports.html", context | _paged(request, rows))


def directive(request: Request) -> HttpResponse:
    """List by cell how many registered and assessed themselves."""
    context = _context(request)
    rows = counted.registrations(context["window"])
    return render(request, "guidance/counted/directive.html", context | _paged(request, rows))


def documents(request: Request) -> HttpResponse:
    """List the documents entered in the registers in the period."""
    context = _context(request)
    rows = counted.registered(context["window"])
    return render(request, "guidance/counted/documents.html", context | _paged(request, rows))


def _paged(request: Request, rows: Any) -> dict[str, Any]:  # noqa: ANN401 - a list or a queryset
    return {"page": Paginator(rows, _PAGE).get_page(request.GET.get("trang"))}


def _context(request: Request, parts: Mapping[str, StrOrPromise] | None = None) -> dict[str, Any]:
    """Read the period and the part from the address; a period that is none gives way to the year that runs."""
    if not request.user.has_perm(permissions.READ, request.unit):
        raise Missing(_("Số liệu này không dành cho đồng chí."))
    parts = parts or {}
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
    }
