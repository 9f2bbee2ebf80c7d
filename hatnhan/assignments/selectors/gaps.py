"""Cells and groups of tasks that nobody is in charge of, of many committees at once, and since when."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Min

from hatnhan.assignments.models import CellCharge, GroupCharge, WorkGroup
from hatnhan.assignments.rules import gap_start
from hatnhan.core.dated import in_force
from hatnhan.organization.models import Level, Unit, UnitVersion
from hatnhan.organization.selectors.law import laws_at
from hatnhan.rulebook import topics

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from hatnhan.assignments.rules import Span


@dataclass(frozen=True, slots=True)
class Gap:
    """A cell or a group (``pk``, ``name``) of a committee (``unit``) without anyone, since a day."""

    unit: Unit
    pk: int
    name: str
    since: date


def cell_gaps(unit_ids: Collection[int], on: date) -> Iterator[Gap]:
    """Yield the cells without anyone on a day, of those among the units that share out their cells. Four queries.

    A cell that never had anyone counts from its founding, and not before its committee began to share out. Where two
    committees above a cell share out, it is the nearer one's to see to.
    """
    began = _began(unit_ids, on)
    below = in_force(on, "unit__ancestries__")
    versions = UnitVersion.objects.on(on).filter(below, unit__ancestries__ancestor_id__in=began)
    cells = versions.filter(unit__level=Level.CELL).annotate(committee=F("unit__ancestries__ancestor_id"))
    rows = cells.order_by("unit__ancestries__depth", "position", "name").values_list(
        "unit_id", "name", "unit__founded_on", "committee"
    )
    nearest: dict[int, tuple[str, date, int]] = {}
    for cell_id, name, founded_on, committee_id in rows:
        nearest.setdefault(cell_id, (name, founded_on, committee_id))
    charged = CellCharge.objects.filter(cell_id__in=cells.values("unit_id"), start__lte=on)
    spans: dict[int, list[Span]] = {}
    for cell_id, start, end in charged.values_list("cell_id", "start", "end"):
        spans.setdefault(cell_id, []).append((start, end))
    units = Unit.objects.in_bulk(began)
    for cell_id, (name, founded_on, committee_id) in nearest.items():
        since = gap_start(spans.get(cell_id, []), max(founded_on, began[committee_id]), on)
        if since is not None:
            yield Gap(units[committee_id], cell_id, name, since)


def group_gaps(unit_ids: Collection[int], on: date) -> Iterator[Gap]:
    """Yield the groups of tasks of the units without anyone on a day, each from its first day on. Two queries."""
    groups = list(WorkGroup.objects.on(on).filter(unit_id__in=unit_ids).select_related("unit"))
    charged = GroupCharge.objects.filter(group__unit_id__in=unit_ids, start__lte=on)
    spans: dict[int, list[Span]] = {}
    for group_id, start, end in charged.values_list("group_id", "start", "end"):
        spans.setdefault(group_id, []).append((start, end))
    for group in groups:
        since = gap_start(spans.get(group.pk, []), group.start, on)
        if since is not None:
            yield Gap(group.unit, group.pk, group.name, since)


def cells_without(unit_id: int, on: date) -> int:
    """Count the cells below a unit that nobody is in charge of on a day."""
    below = in_force(on, "unit__ancestries__")
    versions = UnitVersion.objects.on(on).filter(below, unit__ancestries__ancestor_id=unit_id)
    cells = versions.filter(unit__level=Level.CELL)
    return int(cells.exclude(unit_id__in=CellCharge.objects.on(on).values("cell_id")).count())


def groups_without(unit_id: int, on: date) -> int:
    """Count the groups of tasks of a unit that nobody is in charge of on a day."""
    charged = GroupCharge.objects.on(on).values("group_id")
    return int(WorkGroup.objects.on(on).filter(unit_id=unit_id).exclude(pk__in=charged).count())


def people_over(unit_id: int, on: date) -> int:
    """Count those in charge of more cells, or more groups, for a committee on a day than its rule has as the most."""
    load = laws_at(topics.ChargeLoad, on, {unit_id})(unit_id).value
    cells = _loads(CellCharge, unit_id, on)
    groups = _loads(GroupCharge, unit_id, on)
    over = {pk for pk, count in cells.items() if count > load.most_cells}
    return len(over | {pk for pk, count in groups.items() if count > load.most_groups})


def _began(unit_ids: Collection[int], on: date) -> dict[int, date]:
    """Return when each of the units began to share out its cells, for those that have by a day."""
    charged = CellCharge.objects.filter(unit_id__in=unit_ids, start__lte=on)
    return dict(charged.order_by().values_list("unit_id").annotate(first=Min("start")))


def _loads(model: type[CellCharge | GroupCharge], unit_id: int, on: date) -> Counter[int]:
    charged = model.objects.on(on).filter(unit_id=unit_id)
    return Counter(charged.values_list("member_id", flat=True))
