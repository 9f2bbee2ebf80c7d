"""Who is in charge of what: cells, groups of tasks, people, and what was before. Gaps stand first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from hatnhan.assignments import permissions
from hatnhan.assignments.selectors import charges as selectors
from hatnhan.assignments.selectors import tasks
from hatnhan.core import clock
from hatnhan.organization.powers import powers_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.http import HttpResponse

    from hatnhan.assignments.selectors.charges import Line
    from hatnhan.core.http import Request
    from hatnhan.organization.models import Unit

PARTS = {
    "chi-bo": _("Chi bộ"),
    "nhom": _("Nhóm nhiệm vụ"),
    "nguoi": _("Người phụ trách"),
    "lich-su": _("Lịch sử"),
}
PER_PAGE = 50


def charges(request: Request) -> HttpResponse:
    """Show who is in charge of what in the committee on the day.

    ``muc`` chooses the part; ``trong=1`` keeps what nobody is in charge of, ``nhieu=1`` those in charge of too much.
    A member without a post in the committee sees the own cell and the groups.
    """
    on = request.as_of
    unit = selectors.committee_for(request.user, request.unit, on)
    powers = powers_of(request.user)
    reads = unit.pk in powers.units_led
    parts = {key: words for key, words in PARTS.items() if reads or key in {"chi-bo", "nhom"}}
    asked = request.GET.get("muc", "")
    part = asked if asked in parts else "chi-bo"
    context = {
        "section": "assignments:home",
        "tab": "charges",
        "unit": unit,
        "on": on,
        "parts": parts,
        "part": part,
        "empty_only": request.GET.get("trong") == "1",
        "over_only": request.GET.get("nhieu") == "1",
        "may_charge": on == clock.today() and permissions.leads(request.user, unit.pk),
        "sees_unit": tasks.may_see_unit(request.user, request.unit),
    }
    shown = _PARTS[part](request, unit, None if reads else powers.units_seen)
    return render(request, "assignments/charges.html", context | shown)


def _lines(request: Request, lines: list[Line]) -> dict[str, Any]:
    without = [line for line in lines if line.empty]
    shown = without if request.GET.get("trong") == "1" else lines
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("trang"))
    return {
        "page": page,
        "lines": [(line, line.days(request.as_of)) for line in page],
        "without": len(without),
        "all": len(lines),
    }


def _cells(request: Request, unit: Unit, only: Collection[int] | None) -> dict[str, Any]:
    return _lines(request, selectors.cell_lines(unit, request.as_of, only))


def _groups(request: Request, unit: Unit, _only: Collection[int] | None) -> dict[str, Any]:
    return _lines(request, selectors.group_lines(unit, request.as_of))


def _people(request: Request, unit: Unit, _only: Collection[int] | None) -> dict[str, Any]:
    rule = selectors.load_rule(unit, request.as_of)
    people = selectors.people(unit, request.as_of, rule.value)
    over = [one for one in people if one.over]
    shown = over if request.GET.get("nhieu") == "1" else people
    return {"people": shown, "over": len(over), "rule": rule}


def _history(request: Request, unit: Unit, _only: Collection[int] | None) -> dict[str, Any]:
    return {"page": Paginator(selectors.history(unit), PER_PAGE).get_page(request.GET.get("trang"))}


_PARTS = {"chi-bo": _cells, "nhom": _groups, "nguoi": _people, "lich-su": _history}
