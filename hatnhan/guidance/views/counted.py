"""The rows behind the figures of the room: what exactly a number counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils.translation import gettext as _

from hatnhan.figures.rows import rows_context, rows_page
from hatnhan.guidance.selectors import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse
    from django_stubs_ext import StrOrPromise

    from hatnhan.core.http import Request

SECTION = "guidance:home"


def study(request: Request) -> HttpResponse:
    """List who studied of those who owe it, by document and cell."""
    context = _context(request)
    rows = counted.studied(context["window"], context["period"])
    return render(request, "guidance/counted/study.html", context | {"page": rows_page(request, rows)})


def held(request: Request) -> HttpResponse:
    """List the roll-outs that cells had to hold by a day of the period."""
    context = _context(request, counted.PARTS)
    rows = counted.to_hold_part(context["window"], context["part"])
    return render(request, "guidance/counted/held.html", context | {"page": rows_page(request, rows)})


def tasks(request: Request) -> HttpResponse:
    """List the tasks of roll-outs whose last day passed in the period."""
    context = _context(request, counted.PARTS)
    rows = counted.tasks_part(context["window"], context["part"])
    return render(request, "guidance/counted/tasks.html", context | {"page": rows_page(request, rows)})


def reports(request: Request) -> HttpResponse:
    """List the reports that cells owed by a day of the period."""
    context = _context(request, counted.PARTS)
    rows = counted.reports_part(context["window"], context["part"])
    return render(request, "guidance/counted/reports.html", context | {"page": rows_page(request, rows)})


def directive(request: Request) -> HttpResponse:
    """List by cell how many registered and assessed themselves."""
    context = _context(request)
    rows = counted.registrations(context["window"])
    return render(request, "guidance/counted/directive.html", context | {"page": rows_page(request, rows)})


def documents(request: Request) -> HttpResponse:
    """List the documents entered in the registers in the period."""
    context = _context(request)
    rows = counted.registered(context["window"])
    return render(request, "guidance/counted/documents.html", context | {"page": rows_page(request, rows)})


def _context(request: Request, parts: Mapping[str, StrOrPromise] | None = None) -> dict[str, Any]:
    """Return what stands around the rows; the lists with parts are those of what was due by a day that has passed."""
    return rows_context(
        request,
        counted.window,
        section=SECTION,
        room=_("Triển khai nghị quyết"),
        parts=parts,
        whole_days=parts is not None,
    )
