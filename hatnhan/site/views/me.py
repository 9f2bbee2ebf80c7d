"""The person at the screen, the whole menu for phones, and help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors.bodies import bodies_sat_in
from hatnhan.site.context import THEME_COOKIE
from hatnhan.site.selectors import people

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.accounts.models import User
    from hatnhan.core.http import Request

_YEAR_SECONDS = 365 * 24 * 60 * 60


def me(request: Request) -> HttpResponse:
    """Show who is signed in, the posts held today, and what concerns the person alone."""
    context = {"posts": people.posts_of(request.user), "member_id": powers_of(request.user).member_id}
    return render(request, "site/me.html", context)


@require_POST
def theme(request: Request) -> HttpResponse:
    """Keep in a cookie whether pages are light or dark."""
    answer = HttpResponseRedirect(reverse("site:me"))
    chosen = "dark" if request.POST.get("giao_dien") == "dark" else "light"
    answer.set_cookie(
        THEME_COOKIE, chosen, max_age=_YEAR_SECONDS, secure=request.is_secure(), httponly=True, samesite="Lax"
    )
    return answer


def more(request: Request) -> HttpResponse:
    """Show the whole menu, for phones."""
    return render(request, "site/more.html")


def guide(request: Request) -> HttpResponse:
    """Say what the person's offices do most and how, how to read the pages, and whom to ask."""
    return render(request, "site/help.html", {"guides": _guides(request.user)})


def _guides(user: User) -> list[str]:
    """Return the templates that tell of the work of the offices held today."""
    powers = powers_of(user)
    told = (
        ("keeper", powers.keeps),
        ("inspector", bodies_sat_in(powers).get("inspection")),
        ("reader", powers.reads - powers.keeps),
        ("cell", powers.cells_led),
        ("member", powers.member_id),
        ("administrator", user.is_administrator),
    )
    return [f"site/help/{name}.html" for name, held in told if held]
