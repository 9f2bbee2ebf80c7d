"""A unit: who leads it, its numbers, its history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render

from hatnhan.core import clock
from hatnhan.core.periods import Period
from hatnhan.figures import registry
from hatnhan.organization import links, permissions
from hatnhan.organization.permissions import Action
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors import units

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.http import HttpResponse

    from hatnhan.core.http import Request
    from hatnhan.figures.types import Figure
    from hatnhan.organization.models import Unit

SECTION = "organization:tree"
#: Figures that stand first, as tiles; the others stand in groups under them.
_TILES = tuple(f"organization.members.{name}" for name in ("total", "official", "probationary", "exempt"))
_LEFT_OUT = ("organization.members.by_cell", "organization.members.joined", "organization.members.left")


def unit(request: Request, code: str) -> HttpResponse:
    """Show a unit as it was on the day; ``muc=lich-su`` shows what happened to it."""
    found = units.unit_for(request.user, code)
    powers = powers_of(request.user)
    on = request.as_of
    history = request.GET.get("muc") == "lich-su"
    context: dict[str, Any] = {
        "section": SECTION,
        "unit": found,
        "version": units.version_on(found, on),
        "history": history,
        "may_read": powers.may_read_roster(found.pk),
        "may_list": powers.may_read_roster(found.pk) or found.pk in powers.own_cells,
        "deeds": links.for_unit(request.user, found),
    }
    if history:
        context |= {
            "events": units.events_of(found),
            "takeovers": units.takeovers_of(found),
            "versions": units.versions_of(found),
        }
        return render(request, "organization/unit_history.html", context)
    context["leaders"] = units.leaders_of(found, on)
    context["may_end"] = on == clock.today() and permissions.allowed(
        request.user, Action.POSITION_END, found.pk
    )
    if context["may_read"] and context["version"]:
        context |= _figures(found, on)
    return render(request, "organization/unit.html", context)


def _figures(found: Unit, on: date) -> dict[str, Any]:
    """Return the figures of the members on a day: the first as tiles, the rest by their headings."""
    period = Period.parse(min(on, clock.today()).isoformat())
    figures = list(registry.compute(found, period, prefix="organization.members"))
    tiles = sorted(
        (one for one in figures if one.measure.key in _TILES), key=lambda one: _TILES.index(one.measure.key)
    )
    others = [
        one for one in figures if one.measure.key not in _TILES and not one.measure.key.startswith(_LEFT_OUT)
    ]
    return {"tiles": tiles, "figure_groups": list(_grouped(others).items())}


def _grouped(figures: Iterable[Figure]) -> dict[str, list[Figure]]:
    groups: dict[str, list[Figure]] = {}
    for one in figures:
        groups.setdefault(str(one.measure.group), []).append(one)
    return groups
