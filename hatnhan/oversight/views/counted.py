"""The rows behind the figures of the room: what exactly a number counts, naming no member."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils.translation import gettext as _

from hatnhan.figures.rows import rows_context, rows_page
from hatnhan.oversight.selectors import behind, counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse
    from django_stubs_ext import StrOrPromise

    from hatnhan.core.http import Request

SECTION = "oversight:home"


def items(request: Request) -> HttpResponse:
    """List the works of the programmes whose last day lies in the period."""
    context = _context(request, counted.ITEM_PARTS)
    rows = counted.items(context["window"], context["period"], context["part"])
    page = rows_page(request, rows)
    words = behind.topic_words(request.unit, context["window"])
    return render(request, "oversight/counted/items.html", context | {"page": page, "topics": words})


def checks(request: Request) -> HttpResponse:
    """List the checks of the planned kinds that were concluded in the period."""
    context = _context(request, counted.LISTED)
    page = rows_page(request, counted.checks_part(context["window"], context["part"]))
    opened = behind.readable(request.user, page)
    return render(request, "oversight/counted/checks.html", context | {"page": page, "opened": opened})


def remedies(request: Request) -> HttpResponse:
    """List the remedies whose last day passed in the period."""
    context = _context(request, counted.REMEDY_PARTS, whole_days=True)
    page = rows_page(request, counted.remedies(context["window"], context["part"]))
    words = behind.topic_words(request.unit, context["window"])
    opened = behind.readable(request.user, [one.finding.of_check for one in page])
    context |= {"page": page, "topics": words, "opened": opened}
    return render(request, "oversight/counted/remedies.html", context)


def _context(
    request: Request, parts: Mapping[str, StrOrPromise], *, whole_days: bool = False
) -> dict[str, Any]:
    return rows_context(
        request,
        counted.window,
        section=SECTION,
        room=_("Kiểm tra, giám sát"),
        parts=parts,
        whole_days=whole_days,
    )
