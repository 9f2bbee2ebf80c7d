"""The whole list of what is due, and the same list as a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import FileResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hatnhan.core import clock, vietnamese
from hatnhan.documents.xlsx import MIME
from hatnhan.organization.powers import powers_of
from hatnhan.site import actions, workbook
from hatnhan.site.selectors import listing, work

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request

PAGE_SIZE = 50


def deadlines(request: Request) -> HttpResponse:
    """Show what is due in the unit and below, filtered by the address, fifty at a time."""
    due = work.of(powers_of(request.user), request.unit, request.as_of)
    found, filters = listing.filtered(due, request.GET)
    context = {
        "section": "site:home",
        "work": due,
        "filters": filters,
        "chips": [(one, one.chosen) for one in filters if one.chosen],
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("trang")),
    }
    return render(request, "site/deadlines.html", context)


def export(request: Request) -> FileResponse:
    """Give the list as filtered, all pages of it, as a workbook."""
    due = work.of(powers_of(request.user), request.unit, request.as_of)
    found, _filters = listing.filtered(due, request.GET)
    title = _("Việc đến hạn, tính đến ngày %(day)s") % {"day": vietnamese.day(due.on)}
    unit_id = request.unit.pk if request.unit else None
    actions.record_export(by=request.user, at=clock.now(), unit_id=unit_id, count=len(found))
    content = workbook.deadlines(found, due.on, title=title)
    name = f"viec-den-han-{due.on:%Y-%m-%d}.xlsx"
    return FileResponse(content, as_attachment=True, filename=name, content_type=MIME)
