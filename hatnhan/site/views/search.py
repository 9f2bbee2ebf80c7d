"""Search over people, units and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from hatnhan.organization.powers import powers_of
from hatnhan.site.selectors import finding

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request

LONGEST = 100


def search(request: Request) -> HttpResponse:
    """Show what the text finds, by kind."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    powers = powers_of(request.user)
    found = finding.find(request.user, powers, text, request.as_of)
    context = {"text": text, "found": found, "home": powers.home_unit}
    return render(request, "site/search.html", context)
