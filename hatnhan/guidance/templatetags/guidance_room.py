"""The parts of the room as tabs, the same on every page of it; the papers that a page offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hatnhan.guidance.selectors import papers

if TYPE_CHECKING:
    from django.template.context import RequestContext
    from django_stubs_ext import StrPromise

    from hatnhan.guidance.models import Document, Registration, RollOut

register = template.Library()

_PARTS = (
    ("home", _("Tổng quan")),
    ("documents", _("Văn bản")),
    ("roll-outs", _("Kế hoạch triển khai")),
    ("studies", _("Học tập")),
    ("directive", _("Học tập và làm theo Bác")),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """One part of the room, as a link."""

    name: str
    label: StrPromise
    url: str


@register.simple_tag(takes_context=True)
def room_tabs(context: RequestContext) -> list[Tab]:
    """Return the parts of the room, each for the same unit and day as this page."""
    place = context.get("place")
    asked = {"don_vi": place.code} if place else {}
    if context.get("in_past"):
        asked["ngay"] = context["as_of"].isoformat()
    query = f"?{urlencode(asked)}" if asked else ""
    return [Tab(name, label, reverse(f"guidance:{name}") + query) for name, label in _PARTS]


@register.inclusion_tag("core/papers.html", takes_context=True)
def roll_out_papers(context: RequestContext, roll_out: RollOut) -> dict[str, Any]:
    """Draw the papers that the person may have of a roll-out."""
    request: Any = context["request"]
    return {"papers": papers.of_roll_out(request.user, roll_out, request.as_of)}


@register.inclusion_tag("core/papers.html", takes_context=True)
def study_papers(context: RequestContext, document: Document) -> dict[str, Any]:
    """Draw the study list of a document in the unit looked at, for who may have it."""
    request: Any = context["request"]
    return {"papers": papers.of_study(request.user, document, request.unit, request.as_of)}


@register.inclusion_tag("core/papers.html", takes_context=True)
def registration_papers(context: RequestContext, registration: Registration) -> dict[str, Any]:
    """Draw the paper of a registration that the person reads."""
    request: Any = context["request"]
    return {"papers": papers.of_registration(request.user, registration)}
