"""The weekly review: last week's remedies, then a row for each person and each post."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.shortcuts import render

from hatnhan.meetings.views.frame import frame

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hatnhan.core.http import Request


def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the review sheet of a meeting."""
    return render(request, "meetings/reviews/sheet.html", frame(cast("Request", request), pk, "review"))
