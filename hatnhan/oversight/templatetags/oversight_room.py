"""The parts of the room as tabs, the papers that a page offers, and how rows speak of topics and subjects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hatnhan.oversight import permissions
from hatnhan.oversight.selectors import papers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.template.context import RequestContext
    from django_stubs_ext import StrPromise

    from hatnhan.accounts.models import User
    from hatnhan.oversight.models import Case, Check, Programme, ProgrammeItem
    from hatnhan.oversight.selectors.subjects import Share

register = template.Library()

_PARTS = (
    ("home", _("Tổng quan")),
    ("programmes", pgettext_lazy("oversight", "Chương trình")),
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

    Discipline and denunciations stand there only for who may see or open any.
    """
    place, request = context.get("place"), context.get("request")
    asked = {"don_vi": place.code} if place else {}
    if context.get("in_past"):
        asked["ngay"] = context["as_of"].isoformat()
    query = f"?{urlencode(asked)}" if asked else ""
    hidden = _hidden(request.user) if request is not None else frozenset()
    return [
        Tab(name, label, reverse(f"oversight:{name}") + query) for name, label in _PARTS if name not in hidden
    ]


def _hidden(user: User) -> frozenset[str]:
    hidden = set()
    if not (permissions.run_by(user) or permissions.cases_for(user).exists()):
        hidden.add("cases")
    if not (permissions.chaired_by(user) or permissions.denunciations_for(user).exists()):
        hidden.add("denunciations")
    return frozenset(hidden)


# --- rows ------------------------------------------------------------------------------------------------------------
@register.filter
def get(words: Mapping[str, str], key: str) -> str:
    """Return what a key is called; the key itself where nobody said."""
    return words.get(key, key)


@register.filter
def looked_at(item: ProgrammeItem) -> str:
    """Return whom a planned work looks at without naming a member: units by name, members as a number."""
    rows = list(item.subjects.all())
    named = [str(one.unit) for one in rows if one.unit]
    members = len(rows) - len(named)
    if members:
        named.append(gettext("%(count)d đảng viên") % {"count": members})
    return ", ".join(named)


# --- papers ----------------------------------------------------------------------------------------------------------
_PAPERS = "core/papers.html"


@register.inclusion_tag(_PAPERS)
def programme_papers(programme: Programme) -> dict[str, Any]:
    """Draw the paper of a programme that the person reads."""
    return {"papers": papers.of_programme(programme)}


@register.inclusion_tag(_PAPERS)
def file_papers(matter: Check | Case) -> dict[str, Any]:
    """Draw the papers of a check or a case that the person reads whole: each of its minutes, the index of its file."""
    return {"papers": papers.of_file(matter)}


@register.inclusion_tag(_PAPERS)
def subject_papers(shares: Sequence[Share]) -> dict[str, Any]:
    """Draw the papers that are a subject's by right, on the subject's own page."""
    return {"papers": papers.of_subjects([one.subject for one in shares])}
