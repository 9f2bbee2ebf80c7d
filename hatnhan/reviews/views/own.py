"""What is one's own: each year's review, what comes next, who read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from hatnhan.core import clock
from hatnhan.reviews.selectors.own import own_entries

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request


@require_safe
def mine(request: Request) -> HttpResponse:
    """Show one's own reviews by year, newest first; the years that are over stand folded below."""
    found = own_entries(request.user)
    context = {
        "section": "reviews:home",
        "open": [one for one in found if one.entry.cycle.state == "open"],
        "over": [one for one in found if one.entry.cycle.state != "open"],
        "today": clock.today(),
    }
    return render(request, "reviews/review/mine.html", context)
