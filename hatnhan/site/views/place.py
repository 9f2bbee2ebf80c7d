"""Choosing the unit and the day that all pages speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from hatnhan.core import clock, vietnamese
from hatnhan.organization.powers import powers_of
from hatnhan.site import days
from hatnhan.site.forms import DayForm
from hatnhan.site.selectors import units

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request

UNIT, DAY, BACK = "don_vi", "ngay", "tiep"


@require_http_methods(["GET", "HEAD", "POST"])
def place(request: Request) -> HttpResponse:
    """Show what can be chosen, and keep the choice for this sign-in. An empty day in the address leads to today."""
    if request.method == "POST":
        return _choose(request)
    if request.GET.get(DAY) == "":
        request.session.pop(DAY, None)
        return _back(request)
    return _page(request, DayForm(initial={DAY: vietnamese.day(request.as_of)}))


def _choose(request: Request) -> HttpResponse:
    code = request.POST.get(UNIT, "").replace("\0", "")  # which PostgreSQL takes in no question
    if code and units.may_choose(powers_of(request.user), code):
        request.session[UNIT] = code
    if DAY in request.POST:
        form = DayForm(request.POST)
        if not form.is_valid():
            return _page(request, form)
        day = form.cleaned_data[DAY]
        if day == clock.today():  # tomorrow it shall be tomorrow
            request.session.pop(DAY, None)
        else:
            request.session[DAY] = day.isoformat()
    return _back(request)


def _page(request: Request, form: DayForm) -> HttpResponse:
    text = request.GET.get("tim", "").strip()
    nodes = units.seen(powers_of(request.user), request.as_of, text)
    context = {
        "choosable": units.choosable(powers_of(request.user)),
        "form": form,
        "text": text,
        "roots": units.tree(nodes[: units.SHOWN]),
        "left_out": max(0, len(nodes) - units.SHOWN),
        "choices": [(label, day, vietnamese.day(day)) for label, day in days.often_asked(clock.today())],
        "tiep": _safe(request) or "",
    }
    return render(request, "site/place.html", context)


def _back(request: Request) -> HttpResponseRedirect:
    return HttpResponseRedirect(_safe(request) or reverse("site:home"))


def _safe(request: Request) -> str | None:
    """Return the page to go back to, if it is one of ours, without a unit and a day of its own."""
    address = request.POST.get(BACK) or request.GET.get(BACK) or ""
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure()):
        return None
    parts = urlsplit(address)
    query = [(name, value) for name, value in parse_qsl(parts.query) if name not in {UNIT, DAY}]
    # What is left of "http://here//elsewhere" without its host leads elsewhere: one slash, whatever was written.
    path = "/" + parts.path.lstrip("/\\")
    return urlunsplit(("", "", path, urlencode(query), ""))
