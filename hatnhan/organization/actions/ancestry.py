"""Keeping `UnitAncestry`, who stood above whom on which days, in step with the versions it is derived from."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db import connection

from hatnhan.organization.models import Level, Unit, UnitAncestry, UnitVersion
from hatnhan.organization.rules import intersection, joined_up

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from hatnhan.organization.rules import Interval

#: One hand on the tree at a time on PostgreSQL; SQLite has one writer anyway.
_LOCK = 7_401_927

#: Of one unit: ancestor and depth, with the days.
Line = dict[tuple[int, int], "list[Interval]"]


def lock_tree() -> None:
    """Let nobody else change the tree until this transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def rebuild_ancestry(unit: Unit) -> None:
    """Derive anew the ancestry of a unit and of all that ever hung below it.

    A parent always stands on a higher level than its children, so going down the levels every parent's line is known
    before its children ask for it. Nine queries at most, whatever the size.
    """
    affected = _ever_below(unit.pk)
    versions = list(UnitVersion.objects.filter(unit_id__in=affected).order_by("start"))
    parents = {version.parent_id for version in versions} - {None}
    lines = _known_lines({parent for parent in parents if parent is not None} - affected)
    for unit_id in _downward(affected):
        lines[unit_id] = _line(
            unit_id, [version for version in versions if version.unit_id == unit_id], lines
        )
    UnitAncestry.objects.filter(unit_id__in=affected).delete()
    UnitAncestry.objects.bulk_create(
        _rows({unit_id: lines[unit_id] for unit_id in affected}), batch_size=2000
    )


def _ever_below(unit_id: int) -> set[int]:
    """Return the unit and all that ever hung below it, by the versions as they are now and the lines as they were.

    A version of the same day is amended in place, so that the versions alone may know no more of where it hung.
    """
    found = {unit_id} | set(
        UnitAncestry.objects.filter(ancestor_id=unit_id).values_list("unit_id", flat=True)
    )
    edge = set(found)
    while edge:
        below = UnitVersion.objects.filter(parent_id__in=edge).values_list("unit_id", flat=True)
        edge = set(below) - found
        found |= edge
    return found


def _downward(unit_ids: Collection[int]) -> list[int]:
    order = list(Level)
    levels = Unit.objects.filter(pk__in=unit_ids).values_list("pk", "level")
    return [pk for pk, level in sorted(levels, key=lambda pair: order.index(Level(pair[1])))]


def _known_lines(unit_ids: Collection[int]) -> dict[int, Line]:
    lines: dict[int, Line] = {unit_id: defaultdict(list) for unit_id in unit_ids}
    for row in UnitAncestry.objects.filter(unit_id__in=unit_ids):
        lines[row.unit_id][row.ancestor_id, row.depth].append((row.start, row.end))
    return lines


def _line(unit_id: int, versions: Iterable[UnitVersion], lines: dict[int, Line]) -> Line:
    line: Line = defaultdict(list)
    for version in versions:
        days = (version.start, version.end)
        line[unit_id, 0].append(days)
        above = lines[version.parent_id] if version.parent_id else {}
        for (ancestor_id, depth), intervals in above.items():
            shared = (intersection(days, interval) for interval in intervals)
            line[ancestor_id, depth + 1] += [interval for interval in shared if interval]
    return line


def _rows(lines: dict[int, Line]) -> list[UnitAncestry]:
    return [
        UnitAncestry(unit_id=unit_id, ancestor_id=ancestor_id, depth=depth, start=start, end=end)
        for unit_id, line in lines.items()
        for (ancestor_id, depth), intervals in line.items()
        for start, end in joined_up(intervals)
    ]
