"""The room's first page: what waits for the person, then the roll-outs under way, each in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render

from hatnhan.core.errors import Missing
from hatnhan.guidance.selectors import following, waiting
from hatnhan.organization.powers import powers_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request

SECTION = "guidance:home"
_PAGE = 20


def home(request: Request) -> HttpResponse:
    """Show what waits first, then the roll-outs that run in the unit looked at, with their sums for who leads it.

    Asks more than twelve queries (some forty): one to five for each kind of thing that may wait, ten for the sums. They
    grow neither with roll-outs nor with cells.
    """
    unit, on = request.unit, request.as_of
    if unit is None:
        raise Missing
    page = Paginator(following.under_way(request.user, unit.pk, on), _PAGE).get_page(request.GET.get("trang"))
    waits = waiting.waiting(request.user, unit, on)
    told = {one.key for one in waits}
    drafts = following.drafts(request.user, unit.pk, on)
    leads = powers_of(request.user).may_read_roster(unit.pk)
    context = {
        "section": SECTION,
        "unit": unit,
        "on": on,
        "waiting": waits,
        # Those that have to be approved soon wait above already.
        "drafts": [one for one in drafts if f"guidance.plan:{one.pk}" not in told],
        "page": page,
        "rows": following.summed(request.user, list(page), unit.pk, on),
        "leads": leads,
    }
    return render(request, "guidance/home.html", context)
