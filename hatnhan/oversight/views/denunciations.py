"""The register of denunciations, one of them, and the only page that says who wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET

from hatnhan.core import clock
from hatnhan.core.errors import Missing
from hatnhan.oversight import permissions
from hatnhan.oversight.actions import decision_readings as readings
from hatnhan.oversight.selectors import denunciations as selector
from hatnhan.oversight.selectors import matter_days

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request
    from hatnhan.oversight.models import Denunciation

SECTION = "oversight:home"
PER_PAGE = 25


def denunciation_page(denunciation: Denunciation) -> str:
    """Return the address of a denunciation's page."""
    return reverse("oversight:denunciation", args=[denunciation.pk])


def denunciations(request: Request) -> HttpResponse:
    """List the register: numbers, days and states, and how many letters without a name came in the year."""
    unit = request.unit
    chairs = unit is not None and unit.pk in permissions.chaired_by(request.user)
    if unit is None or not (chairs or permissions.denunciations_for(request.user).exists()):
        raise Missing
    part, asked = request.GET.get("loc", ""), request.GET.get("nam", "")
    part = part if part in selector.PARTS else ""
    years = selector.years(request.user)
    year = int(asked) if asked.isdecimal() and int(asked) in years else None
    rows = selector.listed(request.user, unit, request.as_of, part, year)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        "section": SECTION,
        "unit": unit,
        "page": page,
        "rows": matter_days.letters_as_stood(page.object_list, request.as_of),
        "part": part,
        "parts": selector.PARTS,
        "years": years if len(years) > 1 else [],
        "year": year,
        "chairs": chairs,
        "counted": selector.unnamed_of(unit, year or request.as_of.year) if chairs else [],
        "counted_year": year or request.as_of.year,
        "on": request.as_of,
    }
    return render(request, "oversight/denunciations/register.html", context)


def denunciation(request: Request, pk: int) -> HttpResponse:
    """Show one denunciation: to its handlers what is in it, to the chair that it is there."""
    one = selector.denunciation_for(request.user, pk)
    readings.record_denunciation_read(by=request.user, at=clock.now(), denunciation=one)
    file = selector.file_of(request.user, one)
    context = {
        "section": SECTION,
        "denunciation": one,
        "file": file,
        "next_step": file.next_step,
        "on": request.as_of,
    }
    return render(request, "oversight/denunciations/denunciation.html", context)


@require_GET
@never_cache
@sensitive_variables()
def denouncer(request: Request, pk: int) -> HttpResponse:
    """Show who wrote a denunciation, to a named handler; recorded each time."""
    one = selector.handled_for(request.user, pk)
    found = selector.denouncer_of(request.user, one)
    context = {"section": SECTION, "denunciation": one, "denouncer": found}
    return render(request, "oversight/denunciations/denouncer.html", context)
