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
    from django.http import HttpResponse

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
    cells = selectors.cell_lines(unit, on, None if reads else powers.units_seen)
    groups = selectors.group_lines(unit, on)
    context = {
        "section": "assignments:home",
        "tab": "charges",
        "unit": unit,
        "on": on,
        "parts": parts,
        "part": part,
        "reads": reads,
        "empty_only": request.GET.get("trong") == "1",
        "over_only": request.GET.get("nhieu") == "1",
        "cells": cells,
        "groups": groups,
        "cells_without": sum(line.empty for line in cells),
        "groups_without": sum(line.empty for line in groups),
        "may_charge": on == clock.today() and permissions.leads(request.user, unit.pk),
        "sees_unit": tasks.may_see_unit(request.user, request.unit),
    }
    return render(request, "assignments/charges.html", context | _part(request, unit, part, context))


def _part(request: Request, unit: Unit, part: str, context: dict[str, Any]) -> dict[str, Any]:
    """Return what the chosen part shows."""
    on = request.as_of
    if part == "nguoi":
        people = selectors.people(unit, on)
        over = [one for one in people if one.over]
        shown = over if context["over_only"] else people
        return {"people": shown, "over": len(over), "rule": selectors.load_rule(unit, on)}
    if part == "lich-su":
        return {"page": Paginator(selectors.history(unit), PER_PAGE).get_page(request.GET.get("trang"))}
    lines = context["groups" if part == "nhom" else "cells"]
    if context["empty_only"]:
        lines = [line for line in lines if line.empty]
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("trang"))
    return {"page": page, "lines": [(line, line.days(on)) for line in page]}
