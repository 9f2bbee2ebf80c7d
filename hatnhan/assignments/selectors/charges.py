"""Who is in charge of which cell and of which group of tasks on a day, since when, and where nobody is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Min
from django.utils.translation import gettext as _

from hatnhan.assignments.models import CellCharge, GroupCharge, WorkGroup
from hatnhan.assignments.rules import gap_start
from hatnhan.core.dated import in_force
from hatnhan.core.errors import Missing
from hatnhan.organization.models import Body, Level, Unit, UnitAncestry, UnitVersion
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors.bodies import seats
from hatnhan.organization.selectors.law import law_for
from hatnhan.organization.selectors.units import reading_order, short_name
from hatnhan.rulebook import topics

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from hatnhan.accounts.models import User
    from hatnhan.assignments.models.charge import Charge
    from hatnhan.organization.models import Member
    from hatnhan.rulebook.types import Rule


def in_charge_of(cell: Unit, on: date) -> list[Member]:
    """Return the committee members in charge of a cell on a day, longest in charge first."""
    charges = CellCharge.objects.on(on).filter(cell=cell).select_related("member").order_by("start", "pk")
    return [charge.member for charge in charges]


@dataclass(slots=True)
class Line:
    """A cell or a group of tasks on a day: who is in charge, or since when nobody is.

    ``pk`` is that of the cell or the group; ``key`` names it in an address. ``gap`` is None while somebody is in
    charge, and where the committee has not begun to share out its cells.
    """

    pk: int
    key: str
    name: str
    charges: list[Charge] = field(default_factory=list)
    gap: date | None = None

    @property
    def empty(self) -> bool:
        """Whether nobody is in charge."""
        return not self.charges

    def days(self, on: date) -> int | None:
        """Return for how many days nobody has been in charge; None where that is not known."""
        return None if self.gap is None else (on - self.gap).days


@dataclass(slots=True)
class Person:
    """A committee member with what they are in charge of."""

    member: Member
    title: str
    cells: list[CellCharge] = field(default_factory=list)
    groups: list[GroupCharge] = field(default_factory=list)
    over: bool = False


def committee_for(user: User, unit: Unit | None, on: date) -> Unit:
    """Return the committee whose sharing out a page about a unit shows: itself, or the nearest above a cell.

    Raises Missing for a unit that the person may not know of.
    """
    if unit is not None and not unit.is_cell:
        found: Unit | None = unit
    else:
        above = UnitAncestry.objects.on(on).filter(unit=unit).exclude(ancestor__level=Level.CELL)
        nearest = above.select_related("ancestor").order_by("depth").first() if unit else None
        found = nearest.ancestor if nearest else None
    if found is None or found.pk not in powers_of(user).units_seen:
        raise Missing(_("Chưa có cấp ủy nào để phân công phụ trách."))
    return found


def cell_lines(unit: Unit, on: date, only: Collection[int] | None = None) -> list[Line]:
    """Return the cells that stood below a committee on a day, those without anyone first, the longest so at the top.

    ``only`` keeps some of them; None keeps all. Four queries.
    """
    versions = _cells_below(unit, on)
    if only is not None:
        versions = versions.filter(unit_id__in=only)
    cells = sorted(versions, key=lambda row: (row.position, reading_order(short_name(row.name))))
    spans: dict[int, list[CellCharge]] = {}
    charged = CellCharge.objects.filter(cell_id__in=versions.values("unit_id"), start__lte=on)
    for charge in charged.select_related("member"):
        spans.setdefault(charge.cell_id, []).append(charge)
    first = _first_sharing(unit)
    lines = []
    for row in cells:
        all_of = spans.get(row.unit_id, [])
        line = Line(row.unit_id, row.unit.code, row.name, _running(all_of, on))
        if line.empty and first is not None:
            line.gap = gap_start([(c.start, c.end) for c in all_of], max(row.unit.founded_on, first), on)
        lines.append(line)
    return _gaps_first(lines)


def group_lines(unit: Unit, on: date) -> list[Line]:
    """Return the groups of tasks of a committee on a day, those without anyone first. Two queries."""
    groups = list(WorkGroup.objects.on(on).filter(unit=unit))
    spans: dict[int, list[GroupCharge]] = {}
    for charge in GroupCharge.objects.filter(group__in=groups, start__lte=on).select_related("member"):
        spans.setdefault(charge.group_id, []).append(charge)
    lines = []
    for group in groups:
        all_of = spans.get(group.pk, [])
        line = Line(group.pk, str(group.pk), group.name, _running(all_of, on))
        if line.empty:
            line.gap = gap_start([(c.start, c.end) for c in all_of], group.start, on)
        lines.append(line)
    return _gaps_first(lines)


def people(unit: Unit, on: date, load: topics.ChargeLoad) -> list[Person]:
    """Return those who sit in a committee, or are in charge of something for it, with what; in protocol order.

    ``load`` is the rule's value of that day (`load_rule`).
    """
    found = {seat.member.pk: Person(seat.member, seat.title) for seat in seats(unit, Body.COMMITTEE, on)}
    for cell in CellCharge.objects.on(on).filter(unit=unit).select_related("member", "cell"):
        found.setdefault(cell.member_id, Person(cell.member, "")).cells.append(cell)
    for group in GroupCharge.objects.on(on).filter(unit=unit).select_related("member", "group"):
        found.setdefault(group.member_id, Person(group.member, "")).groups.append(group)
    for person in found.values():
        person.cells.sort(key=lambda one: reading_order(one.cell.name))
        person.over = len(person.cells) > load.most_cells or len(person.groups) > load.most_groups
    return list(found.values())


def load_rule(unit: Unit, on: date) -> Rule[topics.ChargeLoad]:
    """Return from how many cells and groups on one person has too many."""
    return law_for(topics.ChargeLoad, on, unit)


def history(unit: Unit) -> list[Charge]:
    """Return all charges that a committee ever gave, the latest first."""
    cells = CellCharge.objects.filter(unit=unit).select_related("member", "cell")
    groups = GroupCharge.objects.filter(unit=unit).select_related("member", "group")
    both: list[Charge] = [*cells, *groups]
    return sorted(both, key=lambda one: (one.start, one.pk), reverse=True)


def of_person(user: User, on: date) -> tuple[list[CellCharge], list[GroupCharge]]:
    """Return what a person is in charge of on a day."""
    member_id = powers_of(user).member_id
    if member_id is None:
        return [], []
    cells = CellCharge.objects.on(on).filter(member_id=member_id).select_related("cell")
    groups = GroupCharge.objects.on(on).filter(member_id=member_id).select_related("group")
    return list(cells), list(groups)


def _cells_below(unit: Unit, on: date) -> QuerySet[UnitVersion]:
    below = in_force(on, "unit__ancestries__")
    versions = UnitVersion.objects.on(on).filter(below, unit__ancestries__ancestor_id=unit.pk)
    found: QuerySet[UnitVersion] = versions.filter(unit__level=Level.CELL).select_related("unit")
    return found


def _first_sharing(unit: Unit) -> date | None:
    """Return the day on which a committee began to share out its cells; None when it has not."""
    found: date | None = CellCharge.objects.filter(unit=unit).aggregate(first=Min("start"))["first"]
    return found


def _running(charges: Iterable[Charge], on: date) -> list[Charge]:
    running = [one for one in charges if one.end is None or one.end > on]
    return sorted(running, key=lambda one: (one.start, one.pk))


def _gaps_first(lines: Sequence[Line]) -> list[Line]:
    """Sort lines: those without anyone first, the longest so at the top; the rest stays in its order."""
    return sorted(lines, key=lambda one: (not one.empty, one.gap.toordinal() if one.gap else 0))
