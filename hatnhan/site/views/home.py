"""The rhythm of the work: what must be done, by when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render

if TYPE_CHECKING:
    from django.http import HttpRequest

    from hatnhan.core.http import Request


def health(_request: HttpRequest) -> HttpResponse:
    """Answer "ok" without touching the database, for whoever watches over the process."""
    return HttpResponse("ok", content_type="text/plain")


def home(request: Request) -> HttpResponse:
    """Show what is late, then what can be done now."""
    return render(request, "site/home.html", {})
