"""What came of a year, as known on a day: grades by cell and kind, with shares; titles of organisations."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors.units import reading_order, short_name
from hatnhan.reviews import permissions
from hatnhan.reviews.models import GOOD_OR_BETTER, ORDER, Entry, Grade
from hatnhan.reviews.selectors.standing_grades import with_grade

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hatnhan.accounts.models import User
    from hatnhan.organization.models import Unit
    from hatnhan.reviews.models import Cycle
    from hatnhan.reviews.models.cycle import EntryQuerySet


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of those to be graded have each grade."""

    title: str
    unit: Unit | None
    due: int
    by_grade: tuple[int, ...]

    @property
    def graded(self) -> int:
        """How many have a grade."""
        return sum(self.by_grade)

    @property
    def good_or_better(self) -> int:
        """How many have one of the two best grades."""
        return sum(self.by_grade[ORDER.index(one)] for one in GOOD_OR_BETTER)

    @property
    def excellent(self) -> int:
        """How many have the best grade."""
        return self.by_grade[0]

    @property
    def good_share(self) -> Decimal | None:
        """Percentage (0–100) of good or better among the graded; None where nobody is graded."""
        return 100 * Decimal(self.good_or_better) / self.graded if self.graded else None

    @property
    def excellent_share(self) -> Decimal | None:
        """Percentage (0–100) of excellent among good or better; None where there are none."""
        return 100 * Decimal(self.excellent) / self.good_or_better if self.good_or_better else None


@dataclass(frozen=True, slots=True)
class Results:
    """The members by cell and in all, then leading collectives and cells."""

    cells: tuple[Counts, ...]
    members: Counts
    collectives: Counts
    organisations: Counts

    @property
    def kinds(self) -> tuple[Counts, ...]:
        """Collectives and cells, where there are any."""
        return tuple(one for one in (self.collectives, self.organisations) if one.due)


def results_of(user: User, cycle: Cycle, on: date) -> Results:
    """Return what came of a cycle as known on a day, as far as a person may know. One query."""
    rows = list(with_grade(visible(user, cycle).due_grade(), on).select_related("unit"))
    members = [one for one in rows if one.of == Entry.Of.MEMBER]
    units = {one.unit_id: one.unit for one in members}
    cells = [
        _counts(short_name(unit.name), unit, [one for one in members if one.unit_id == pk])
        for pk, unit in units.items()
    ]
    organisations = [one for one in rows if one.subject == Entry.Subject.CELL]
    return Results(
        cells=tuple(sorted(cells, key=lambda one: reading_order(one.title))),
        members=_counts(_("Đảng viên"), None, members),
        collectives=_counts(
            _("Tập thể lãnh đạo"), None, [one for one in rows if one.of == Entry.Of.COLLECTIVE]
        ),
        organisations=_counts(_("Chi bộ"), None, organisations),
    )


def visible(user: User, cycle: Cycle) -> EntryQuerySet:
    """Return the entries of a cycle whose grade a person sees in lists: cells led, the tree read, what is published."""
    powers = powers_of(user)
    led = permissions.seated_in(powers) | powers.units_led | permissions.decides_in(powers)
    whole = permissions.runs_cycle(user, cycle.unit_id) or cycle.unit_id in permissions.decides_in(powers)
    rows: EntryQuerySet = Entry.objects.filter(cycle=cycle)
    if whole or cycle.unit_id in powers.units_led:
        return rows
    return rows.filter(Q(unit__in=led) | Q(pk__in=permissions.published_for(user).values("pk")))


def _counts(title: str, unit: Unit | None, rows: Iterable[Any]) -> Counts:
    listed = list(rows)
    counted = Counter(one.grade_then for one in listed)
    return Counts(title, unit, len(listed), tuple(counted[Grade(one)] for one in ORDER))
