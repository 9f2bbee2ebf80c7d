"""Rules of the rulebook as this room asks for them: on any day, for one unit or for many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan import rulebook
from hatnhan.core.dated import in_force
from hatnhan.core.errors import RuleBroken
from hatnhan.organization.models import UnitAncestry
from hatnhan.rulebook.models import Overlay
from hatnhan.rulebook.resolver import as_rule

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import date

    from hatnhan.organization.models import Unit
    from hatnhan.rulebook.types import Place, Rule, V


def law_at(topic: type[V], on: date, unit: Place | None = None) -> Rule[V]:
    """Return the rule in force on a day; for a day before the first known value, that first value.

    People on the roster were admitted long before the oldest instrument that could be read.
    """
    try:
        return rulebook.at(topic, on=on, unit=unit)
    except RuleBroken:
        return rulebook.history(topic)[0]


def laws_at(topic: type[V], on: date, unit_ids: Collection[int]) -> Callable[[int], Rule[V]]:
    """Return a function from a unit's id to its rule on a day, made with two queries whatever the number of units."""
    national = law_at(topic, on)
    overlays = {o.unit_id: o for o in Overlay.objects.on(on).filter(topic=topic.topic).order_by("start")}
    if not overlays:
        return lambda _unit_id: national
    lines = UnitAncestry.objects.filter(in_force(on), unit_id__in=unit_ids, ancestor_id__in=overlays)
    nearest: dict[int, Rule[V]] = {}
    for unit_id, setter in lines.order_by("depth").values_list("unit_id", "ancestor_id"):
        nearest.setdefault(unit_id, as_rule(topic, overlays[setter]))
    return lambda unit_id: nearest.get(unit_id, national)


def law_for(topic: type[V], on: date, unit: Unit) -> Rule[V]:
    """Return the rule in force on a day in one unit, for a page: one query where the unit has no law of its own."""
    return laws_at(topic, on, {unit.pk})(unit.pk)
