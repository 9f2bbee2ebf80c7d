"""The parts of the room as tabs, the same on every page of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from hatnhan.oversight import permissions

if TYPE_CHECKING:
    from django.template.context import RequestContext
    from django_stubs_ext import StrPromise

    from hatnhan.accounts.models import User

register = template.Library()

_PARTS = (
    ("home", _("Tổng quan")),
    ("programmes", _("Chương trình")),
    ("checks", _("Kiểm tra, giám sát")),
    ("remedies", _("Khắc phục")),
    ("watches", _("Giám sát thường xuyên")),
    ("cases", _("Kỷ luật")),
    ("denunciations", _("Tố cáo")),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """One part of the room, as a link."""

    name: str
    label: StrPromise
    url: str


@register.simple_tag(takes_context=True)
def oversight_tabs(context: RequestContext) -> list[Tab]:
    """Return the parts of the room, each for the same unit and day as this page.

    Discipline and denunciations stand there only for who may see any.
    """
    place, request = context.get("place"), context.get("request")
    asked = {"don_vi": place.code} if place else {}
    if context.get("in_past"):
        asked["ngay"] = context["as_of"].isoformat()
    query = f"?{urlencode(asked)}" if asked else ""
    hidden = _hidden(request.user) if request is not None else frozenset()
    tabs = []
    for name, label in _PARTS:
        if name not in hidden:
            try:
                tabs.append(Tab(name, label, reverse(f"oversight:{name}") + query))
            except NoReverseMatch:  # until the page is there
                continue
    return tabs


def _hidden(user: User) -> frozenset[str]:
    hidden = set()
    if not permissions.cases_for(user).exists():
        hidden.add("cases")
    if not (permissions.chaired_by(user) or permissions.denunciations_for(user).exists()):
        hidden.add("denunciations")
    return frozenset(hidden)
