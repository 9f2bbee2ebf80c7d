"""The list of a cell on paper: to be printed from the browser, or as a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hatnhan.core import clock
from hatnhan.core.errors import Missing
from hatnhan.documents import pdf, registry
from hatnhan.organization.actions import readings
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors import units

if TYPE_CHECKING:
    from hatnhan.core.http import Request

SECTION = "organization:tree"
DOCUMENT = "organization.cell_list"


def cell_sheet(request: Request, code: str) -> HttpResponse:
    """Show a cell's list in the shape of an official paper; ``dang=pdf`` hands it over as a PDF."""
    unit = units.unit_for(request.user, code)
    if not unit.is_cell or not powers_of(request.user).may_read_roster(unit.pk):
        raise Missing(_("Không có danh sách nào cho đồng chí ở đây."))
    paper = registry.draw(DOCUMENT, unit, request.as_of)
    if request.GET.get("dang") != "pdf":
        context = {"section": SECTION, "paper": paper, "unit": unit, "dated": pdf.dated(paper)}
        return render(request, "organization/sheet.html", context)
    details = {"paper": DOCUMENT, "on": request.as_of.isoformat()}
    readings.record_export(by=request.user, at=clock.now(), unit=unit, cell_ids=None, details=details)
    answer = HttpResponse(pdf.render(paper), content_type="application/pdf")
    name = f"danh-sach-{unit.code}-{request.as_of.isoformat()}.pdf"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
