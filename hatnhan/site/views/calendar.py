"""The calendar that phones subscribe to, and how to subscribe."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hatnhan.core import clock
from hatnhan.core.errors import Missing
from hatnhan.organization.powers import powers_of
from hatnhan.site import actions, calendar
from hatnhan.site.selectors import people, work

if TYPE_CHECKING:
    from django.http import HttpRequest

    from hatnhan.core.http import Request


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Give the calendar of the active account whose address it is."""
    owner = people.owner_of_calendar(token)
    if owner is None:
        raise Missing(_("Địa chỉ lịch này không còn dùng."))
    today = clock.today()
    found = work.everything(powers_of(owner), today, today + timedelta(days=calendar.AHEAD_DAYS))
    address = request.build_absolute_uri(reverse("site:deadlines"))
    content = calendar.feed(found, address=address, at=clock.now())
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, max-age=900"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def subscribe(request: Request) -> HttpResponse:
    """Explain how to bring the calendar onto a phone."""
    path = reverse("site:calendar-feed", args=[request.user.calendar_token])
    address = request.build_absolute_uri(path)
    context = {"address": address, "webcal": f"webcal://{request.get_host()}{path}"}
    return render(request, "site/calendar.html", context)


@require_POST
def renew(request: Request) -> HttpResponse:
    """Give the calendar a new address."""
    actions.renew_calendar(by=request.user, at=clock.now())
    messages.success(request, _("Đã đổi địa chỉ lịch. Địa chỉ cũ không dùng được nữa."))
    return redirect("site:calendar")
