"""What every page's frame needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.conf import settings

from hatnhan.core import clock
from hatnhan.site.navigation import menu
from hatnhan.site.selectors.people import post_in_words

if TYPE_CHECKING:
    from django.http import HttpRequest

    from hatnhan.core.http import Request

THEME_COOKIE = "giao_dien"
#: The phone's bottom bar holds so many rooms beside "Thêm".
TABS = 4


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the menu, the place, the day and the person, for pages of signed-in people."""
    base = {
        "demo": settings.DEMO,
        "today": clock.today(),
        "theme": "dark" if request.COOKIES.get(THEME_COOKIE) == "dark" else "light",
        "here": request.resolver_match.view_name if request.resolver_match else "",
    }
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not hasattr(request, "as_of"):
        return base
    request = cast("Request", request)
    groups = menu(request.user)
    lines = [line for _title, lines in groups for line in lines]
    return base | {
        "menu": groups,
        "tabs": [line for line in lines if line.room.short][:TABS],
        "place": request.unit,
        "as_of": request.as_of,
        "in_past": request.as_of != clock.today(),
        "my_post": post_in_words(request.user),
    }
