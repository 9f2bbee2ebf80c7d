"""What is due, as the home page, the list and the calendar show it. Knows deadlines, and no room by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from hatnhan.deadlines import registry
from hatnhan.deadlines.types import Standing
from hatnhan.site.navigation import GROUPS
from hatnhan.site.selectors import units

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.deadlines.types import Deadline
    from hatnhan.organization.models import Unit
    from hatnhan.organization.powers import Powers
    from hatnhan.site.selectors.units import UnitNode

#: How far ahead pages look, in days: a quarter.
AHEAD_DAYS = 90


@dataclass(frozen=True, slots=True)
class Work:
    """All that is due in some units as it stands on a day, the longest overdue first."""

    on: date
    items: list[Deadline]
    units: list[UnitNode]
    #: The items concern the person alone, who can read of them but does not deal with them.
    own: bool = False
    #: Ids of the units whose work the person deals with; of the others the person only reads.
    dealt: frozenset[int] = frozenset()

    @property
    def deals(self) -> bool:
        """Whether the person deals with the work of the unit that is looked at, which stands first."""
        return bool(self.units) and self.units[0].pk in self.dealt

    @property
    def late(self) -> list[Deadline]:
        """What is overdue."""
        return [one for one in self.items if one.standing(self.on) is Standing.LATE]

    @property
    def near(self) -> list[Deadline]:
        """What is due today or soon."""
        return [one for one in self.items if one.standing(self.on) in {Standing.TODAY, Standing.SOON}]

    @property
    def pressing(self) -> list[Deadline]:
        """What is overdue, due today or soon."""
        return [one for one in self.items if one.standing(self.on) is not Standing.AHEAD]

    @property
    def cells(self) -> int:
        """How many cells are looked at."""
        return sum(node.is_cell for node in self.units)


def of(powers: Powers, unit: Unit | None, on: date) -> Work:
    """Return what is due in a unit and below for who leads it; for others what concerns themselves.

    At the unit where a leader starts, what waits for the leader in person stands there too: a vote, a note to answer.
    """
    until = on + timedelta(days=AHEAD_DAYS)
    if unit is not None and powers.may_read_roster(unit.pk):
        nodes = units.led_below(powers, unit.pk, on)
        found = registry.due([node.pk for node in nodes], on=on, until=until)
        if powers.member_id is not None and powers.home_unit == unit:
            found = _with(found, registry.due_for(powers.member_id, on=on, until=until))
        return Work(on, found, nodes, dealt=powers.units_kept | powers.cells_led)
    return Work(on, about(powers, on, until), [], own=True)


def about(powers: Powers, on: date, until: date) -> list[Deadline]:
    """Return what concerns the person as a member: in the own cell, what those above gave, and what waits in person."""
    if powers.member_id is None:
        return []
    units_near = sorted(powers.own_cells | (powers.units_seen - powers.units_led)) if powers.own_cells else []
    found = registry.due(units_near, on=on, until=until) if units_near else []
    own = [one for one in found if one.about_id == powers.member_id]
    own += registry.due_for(powers.member_id, on=on, until=until)
    return sorted(own, key=lambda one: (one.due, one.key))


def everything(powers: Powers, on: date, until: date) -> list[Deadline]:
    """Return what is due in all units that the person leads, and what concerns the person."""
    led = registry.due(sorted(powers.units_led), on=on, until=until) if powers.units_led else []
    return _with(led, about(powers, on, until))


def _with(led: list[Deadline], own: list[Deadline]) -> list[Deadline]:
    """Return what is due in units led and what concerns the person, each thing once, the longest overdue first."""
    keys, places = {one.key for one in led}, {(one.url, one.due) for one in led}
    more = [
        one
        for one in own
        # The meeting that one heads is there already when one is invited to it.
        if one.key not in keys and not (one.personal and (one.url, one.due) in places)
    ]
    return sorted(led + more, key=lambda one: (one.due, one.key))


@dataclass(frozen=True, slots=True)
class Box:
    """A unit's work of one room: the first of it, and how much there is."""

    title: str
    first: Deadline | None
    count: int


@dataclass(frozen=True, slots=True)
class Row:
    """A unit with a box for each room that has work."""

    unit: UnitNode
    boxes: list[Box]
    late_days: int

    @property
    def late(self) -> bool:
        """Whether something is overdue."""
        return self.late_days > 0


@dataclass(frozen=True, slots=True)
class Matrix:
    """Units as rows, rooms that have something due as columns, rows with late work first."""

    columns: list[str]
    rows: list[Row]

    @property
    def late_rows(self) -> int:
        """How many units have something overdue."""
        return sum(row.late for row in self.rows)

    @property
    def only_cells(self) -> bool:
        """Whether all the units are cells."""
        return all(row.unit.is_cell for row in self.rows)


def matrix(work: Work) -> Matrix:
    """Return the table of units: every cell, and of the others those that have something to do."""
    found: dict[int, dict[str, list[Deadline]]] = {}
    for one in work.items:
        if one.personal:  # no unit's work
            continue
        found.setdefault(one.unit_id, {}).setdefault(_room(one), []).append(one)
    there = {_room(one): registry.title(one.source) for one in reversed(work.items) if not one.personal}
    # In the menu's order. A room of two lines there (units, members) goes by the latter: what is due is about people.
    named = {room.namespace: str(room.label) for _title, rooms in GROUPS for room in rooms}
    columns = {room: title for room, title in named.items() if room in there} | {
        room: title for room, title in there.items() if room not in named
    }
    rows = [
        _row(node, columns, found.get(node.pk, {}), work.on) for node in work.units if _shown(node, found)
    ]
    rows.sort(key=lambda row: -row.late_days)
    return Matrix(list(columns.values()), rows)


def _room(one: Deadline) -> str:
    return one.source.partition(".")[0]


def _shown(node: UnitNode, found: dict[int, dict[str, list[Deadline]]]) -> bool:
    return node.is_cell or node.pk in found


def _row(node: UnitNode, columns: dict[str, str], found: dict[str, list[Deadline]], on: date) -> Row:
    boxes = []
    for room, title in columns.items():
        work = found.get(room, [])
        boxes.append(Box(title, work[0] if work else None, len(work)))
    days = [-box.first.days(on) for box in boxes if box.first]
    return Row(node, boxes, max([0, *days]))
