"""What every page's frame needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.utils.translation import gettext as _

from hatnhan.core import clock
from hatnhan.organization.models import Position
from hatnhan.organization.powers import powers_of
from hatnhan.site.navigation import menu

if TYPE_CHECKING:
    from django.http import HttpRequest

    from hatnhan.core.http import Request


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the menu, the place, the day and the person, for pages of signed-in people."""
    base = {"demo": settings.DEMO, "today": clock.today()}
    request = cast("Request", request)
    if not getattr(request, "user", None) or not request.user.is_authenticated or not hasattr(request, "as_of"):
        return base
    groups = menu(request.user)
    lines = [line for _title, lines in groups for line in lines]
    return base | {
        "menu": groups,
        "tabs": [line for line in lines if line.room.short][:4],
        "place": request.unit,
        "as_of": request.as_of,
        "in_past": request.as_of != clock.today(),
        "my_post": _post(request),
        "here": request.resolver_match.view_name if request.resolver_match else "",
    }


def _post(request: Request) -> str:
    if request.user.is_administrator:
        return str(_("Quản trị kỹ thuật"))
    powers = powers_of(request.user)
    if powers.member_id is None:
        return ""
    held = Position.objects.on(clock.today()).filter(member_id=powers.member_id).select_related("unit")
    best = min(held, key=lambda position: position.rank, default=None)
    return best.title if best else str(_("Đảng viên"))
