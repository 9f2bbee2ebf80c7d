"""Units as the shell shows them: by the names they bore on a day, in the tree of that day."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hatnhan.core.dated import in_force
from hatnhan.core.vietnamese import fold
from hatnhan.organization.models import Level, Unit, UnitVersion
from hatnhan.organization.selectors.units import short_name

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from hatnhan.organization.powers import Powers

#: So many units are drawn at once; a province has more cells than anybody scrolls through.
SHOWN = 200


@dataclass(slots=True)
class UnitNode:
    """A unit on a day, with those below it."""

    pk: int
    code: str
    name: str
    level: str
    parent_id: int | None = None
    children: list[UnitNode] = field(default_factory=list)

    @property
    def is_cell(self) -> bool:
        """Whether members belong to it directly."""
        return self.level == Level.CELL

    @property
    def short(self) -> str:
        """The name without the words "Chi bộ"."""
        return short_name(self.name)


_FIELDS = ("unit_id", "unit__code", "name", "unit__level", "parent_id")


def led_below(powers: Powers, unit_id: int, on: date) -> list[UnitNode]:
    """Return the unit and those below it on a day whose roster the person may read, in the tree's order."""
    versions = UnitVersion.objects.on(on).filter(
        in_force(on, "unit__ancestries__"),
        unit__ancestries__ancestor_id=unit_id,
        unit_id__in=powers.units_led,
    )
    return _nodes(versions)


def seen(powers: Powers, on: date, text: str = "") -> list[UnitNode]:
    """Return the units the person may know of that stood on a day, and whose name holds a text, marks ignored."""
    versions = UnitVersion.objects.on(on).filter(unit_id__in=powers.units_seen)
    nodes = _nodes(versions)
    wanted = fold(text)
    return [node for node in nodes if wanted in fold(node.name)] if wanted else nodes


def _nodes(versions: QuerySet[UnitVersion]) -> list[UnitNode]:
    """Return the units in the order of the tree; those of one place by name, marks and capitals ignored."""
    rows = sorted(
        versions.values_list("position", *_FIELDS), key=lambda row: (row[0], fold(short_name(row[3])))
    )
    return [UnitNode(*row[1:]) for row in rows]


def tree(nodes: list[UnitNode]) -> list[UnitNode]:
    """Hang the units under each other; return those whose superior is not among them."""
    by_pk = {node.pk: node for node in nodes}
    roots: list[UnitNode] = []
    for node in nodes:
        above = by_pk.get(node.parent_id or 0)
        (above.children if above else roots).append(node)
    return roots


def may_choose(powers: Powers, code: str) -> bool:
    """Tell whether there is a unit with this code that the person may choose."""
    return bool(Unit.objects.filter(code=code, pk__in=choosable(powers)).exists())


def choosable(powers: Powers) -> frozenset[int]:
    """Return the units that pages can speak of: those led and the own cells, not the line above them."""
    return powers.units_led | powers.own_cells
