"""The parts of the room as tabs, and what its rows call a grade."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hatnhan.organization.powers import powers_of
from hatnhan.reviews import permissions
from hatnhan.reviews.selectors import cycles

if TYPE_CHECKING:
    from django.template.context import RequestContext
    from django_stubs_ext import StrPromise

    from hatnhan.accounts.models import User
    from hatnhan.reviews.models import Cycle

register = template.Library()

#: Name of the page, its words, whether it is of one year's cycle.
_PARTS: tuple[tuple[str, StrPromise, bool], ...] = (
    ("home", _("Tổng quan"), False),
    ("mine", _("Của tôi"), False),
    ("entries", _("Danh sách"), True),
    ("appraisal", _("Thẩm định"), True),
    ("caps", _("Tỷ lệ"), True),
    ("decisions", _("Quyết định"), True),
    ("results", pgettext_lazy("reviews", "Kết quả"), True),
)
_OF_DECIDERS = frozenset({"appraisal", "caps", "decisions"})


@dataclass(frozen=True, slots=True)
class Tab:
    """One part of the room, as a link."""

    name: str
    label: StrPromise
    url: str


@register.simple_tag(takes_context=True)
def reviews_tabs(context: RequestContext) -> list[Tab]:
    """Return the parts of the room, each for the same unit, day and year as this page (``cycle`` of its context).

    Pages of a year stand there when its cycle is open to the person; appraisal, caps and decisions for who decides.
    """
    place, request = context.get("place"), context.get("request")
    asked = {"don_vi": place.code} if place else {}
    if context.get("in_past"):
        asked["ngay"] = context["as_of"].isoformat()
    query = f"?{urlencode(asked)}" if asked else ""
    cycle = context.get("cycle")
    if request is None:
        return []
    if cycle is None and place is not None:
        cycle = cycles.latest(request.user, place, context.get("as_of"))
    hidden = _hidden(request.user, cycle)
    year = [cycle.year] if cycle is not None else []
    return [
        Tab(name, label, reverse(f"reviews:{name}", args=year if of_year else []) + query)
        for name, label, of_year in _PARTS
        if name not in hidden
    ]


def _hidden(user: User, cycle: Cycle | None) -> frozenset[str]:
    if cycle is None:
        return frozenset(name for name, _label, of_year in _PARTS if of_year)
    powers = powers_of(user)
    hidden: set[str] = set()
    if not (cycle.unit_id in permissions.decides_in(powers) or permissions.runs_cycle(user, cycle.unit_id)):
        hidden |= _OF_DECIDERS
        if not (permissions.seated_in(powers) or cycle.unit_id in powers.units_led):
            hidden.add("entries")
    return frozenset(hidden)
