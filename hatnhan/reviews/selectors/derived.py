"""What other rooms and other entries say of many entries at once. A fixed number of queries, however many entries."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from hatnhan.assignments.models import Task
from hatnhan.core import clock
from hatnhan.organization.models import Level, Position, UnitAncestry
from hatnhan.oversight.models import Programme
from hatnhan.oversight.selectors import completion
from hatnhan.reviews.models import GOOD_OR_BETTER, Entry, Grade, WorkLine
from hatnhan.reviews.selectors.law import law_day
from hatnhan.reviews.selectors.penalties import ALL_SEATS, Penalties, seats_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from hatnhan.oversight.models import Decision
    from hatnhan.reviews.models import Cycle


@dataclass(slots=True)
class Grades:
    """Grades known of some entries: ``known`` of ``due``, so many of each grade."""

    due: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def known(self) -> int:
        """How many have a grade."""
        return self.counts.total()

    @property
    def good(self) -> int:
        """How many are good or better."""
        return sum(self.counts[one] for one in GOOD_OR_BETTER)

    @property
    def failed(self) -> int:
        """How many have the lowest grade."""
        return self.counts[Grade.FAILED]


class Around:
    """What lies around the entries of one cycle; each part is asked once, when it is first needed."""

    def __init__(self, cycle: Cycle, entries: Sequence[Entry]) -> None:
        self.cycle = cycle
        self.entries = entries
        #: The day it stands for: the year's last, or today while the year runs.
        self.on: date = min(law_day(cycle.year), clock.today())

    @cached_property
    def penalties(self) -> Penalties:
        """The penalties of the year."""
        return Penalties(self.cycle.year)

    def members_disciplined(self, entry: Entry) -> list[Decision]:
        """Return the penalties of those who sat in a collective, or were members below an organisation, at the act."""
        if entry.of == Entry.Of.COLLECTIVE:
            return self.penalties.of_seats(entry.unit_id, seats_of(entry))
        return self.penalties.in_cells(self.below[entry.unit_id] | {entry.unit_id})

    def units_disciplined(self, entry: Entry) -> list[Decision]:
        """Return the penalties of organisations below a unit and of those who sat in its leading collective."""
        below = sorted(self.below[entry.unit_id] - {entry.unit_id})
        units = [one for unit in below for one in self.penalties.of_units.get(unit, ())]
        return units + self.penalties.of_seats(entry.unit_id, seats_of(entry))

    # --- who leads what ----------------------------------------------------------------------------------------------
    @cached_property
    def _positions(self) -> list[tuple[int, int, str, str]]:
        """Member, unit, post, level of the unit, on the day."""
        rows = Position.objects.on(self.on).filter(post__in=ALL_SEATS)
        return list(rows.values_list("member_id", "unit_id", "post", "unit__level"))

    @cached_property
    def _led(self) -> dict[int, frozenset[int]]:
        committees: dict[int, set[int]] = defaultdict(set)
        cells: dict[int, set[int]] = defaultdict(set)
        for who, unit, _post, level in self._positions:
            (cells if level == Level.CELL else committees)[who].add(unit)
        people = committees.keys() | cells.keys()
        return {who: frozenset(committees.get(who) or cells[who]) for who in people}

    def led_by(self, entry: Entry) -> frozenset[int]:
        """Return the ids of the units whose work a leader answers for: the committee's, else the cell's."""
        if entry.member_id is None:
            return frozenset((entry.unit_id,))
        return self._led.get(entry.member_id, frozenset((entry.unit_id,)))

    @cached_property
    def below(self) -> dict[int, set[int]]:
        """Ids of the units of the cycle's tree by each unit above them or the same, on the day."""
        tree = UnitAncestry.objects.on(self.on).filter(ancestor_id=self.cycle.unit_id).values("unit_id")
        found: dict[int, set[int]] = defaultdict(set)
        for unit, above in (
            UnitAncestry.objects.on(self.on).filter(unit_id__in=tree).values_list("unit_id", "ancestor_id")
        ):
            found[above].add(unit)
        return found

    # --- grades of the cycle -----------------------------------------------------------------------------------------
    @cached_property
    def _graded(self) -> list[Entry]:
        """All entries of the cycle that are to be graded, with little in them."""
        fields = ("of", "unit_id", "member_id", "grade", "appraised_grade", "proposed_grade")
        return list(Entry.objects.filter(cycle=self.cycle).due_grade().only("cycle_id", *fields))

    def members_of(self, unit_id: int) -> Grades:
        """Return the grades known of the members of a unit and all below it."""
        units = self.below[unit_id] | {unit_id}
        return _sum(one for one in self._graded if one.of == Entry.Of.MEMBER and one.unit_id in units)

    def cells_of(self, unit_id: int) -> Grades:
        """Return the grades known of the organisations below a unit, itself not among them."""
        units = self.below[unit_id] - {unit_id}
        return _sum(one for one in self._graded if one.of == Entry.Of.ORGANISATION and one.unit_id in units)

    def units_decided(self, unit_ids: Collection[int]) -> Grades:
        """Return the decided grades of the organisations below some units; of a cell, its own."""
        units = set().union(*(self.below[one] - {one} or {one} for one in unit_ids))
        found = [one for one in self._graded if one.of == Entry.Of.ORGANISATION and one.unit_id in units]
        return Grades(len(found), Counter(one.grade for one in found if one.grade))

    # --- work --------------------------------------------------------------------------------------------------------
    @cached_property
    def _work_of_units(self) -> dict[int, Counter[str]]:
        """Outcomes of the work of units as meetings agreed them, by unit: what its collectives wrote, else itself.

        A cell that has no leading collective writes the report itself.
        """
        found: dict[str, dict[int, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        rows = WorkLine.objects.filter(entry__cycle=self.cycle).exclude(entry__of=Entry.Of.MEMBER)
        for of, unit, said, agreed in rows.values_list("entry__of", "entry__unit_id", "said", "agreed"):
            found[of][unit][agreed or said] += 1
        return {**found[Entry.Of.ORGANISATION], **found[Entry.Of.COLLECTIVE]}

    @cached_property
    def _tasks_of_units(self) -> dict[int, tuple[int, int]]:
        """Tasks of bodies of units with their last day in the year: done, of all; by unit."""
        units = {
            unit for one in self.entries if one.subject == Entry.Subject.LEADER for unit in self.led_by(one)
        }
        rows = Task.objects.filter(owner_unit__in=units, due__year=self.cycle.year).exclude(
            state=Task.State.WITHDRAWN
        )
        found: dict[int, tuple[int, int]] = {}
        for unit, done_on in rows.values_list("owner_unit_id", "done_on"):
            done, given = found.get(unit, (0, 0))
            found[unit] = (done + (done_on is not None and done_on <= law_day(self.cycle.year)), given + 1)
        return found

    def unit_work(self, entry: Entry) -> Counter[str]:
        """Return the outcomes of the work of the units that a leader answers for, as they wrote it themselves."""
        return sum((self._work_of_units.get(one, Counter()) for one in self.led_by(entry)), Counter())

    def unit_tasks(self, entry: Entry) -> tuple[int, int]:
        """Return how many tasks of the bodies a leader answers for were done, of how many."""
        found = [self._tasks_of_units.get(one, (0, 0)) for one in self.led_by(entry)]
        return sum(done for done, _given in found), sum(given for _done, given in found)

    # --- inspection --------------------------------------------------------------------------------------------------
    @cached_property
    def _programmes(self) -> dict[int, tuple[int, int]]:
        """Works of the year's inspection programmes: done, of all planned; by unit."""
        rows = Programme.objects.filter(year=self.cycle.year, state=Programme.State.APPROVED)
        units = {one.unit_id for one in self.entries if one.of == Entry.Of.ORGANISATION}
        owners = dict(rows.filter(unit__in=units).values_list("pk", "unit_id"))
        found: dict[int, tuple[int, int]] = {}
        for pk, counts in completion.completion_by_programme(owners.keys(), self.on).items():
            done, planned = found.get(owners[pk], (0, 0))
            found[owners[pk]] = (done + counts.done, planned + counts.planned)
        return found

    def programme(self, entry: Entry) -> tuple[int, int]:
        """Return how many works of a unit's inspection programmes were done, of how many."""
        return self._programmes.get(entry.unit_id, (0, 0))


def _sum(entries: Iterable[Entry]) -> Grades:
    found = Grades()
    for one in entries:
        found.due += 1
        known = one.grade or one.appraised_grade or one.proposed_grade
        if known:
            found.counts[known] += 1
    return found
