"""What a year's programme would leave out: cells long not looked at, topics asked for, shortcomings not put right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Max

from hatnhan.organization.selectors.law import law_for
from hatnhan.oversight.models import AskedTopic, ProgrammeItem, Watch
from hatnhan.oversight.rules.programme import is_gap
from hatnhan.oversight.selectors import choosing
from hatnhan.oversight.selectors.checks import looked_at
from hatnhan.oversight.selectors.findings import unremedied
from hatnhan.rulebook.topics.oversight import OversightTerms

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from hatnhan.organization.models import Unit
    from hatnhan.oversight.models import Finding
    from hatnhan.rulebook.types import Rule


@dataclass(frozen=True, slots=True)
class CellGap:
    """A cell not looked at for long. ``last`` is the last day it was, None for never; ``covered`` by the programme."""

    cell: Unit
    last: date | None
    covered: bool


@dataclass(frozen=True, slots=True)
class AskedGap:
    """A topic that the superior asked for; ``covered`` by the programme."""

    asked: AskedTopic
    covered: bool


@dataclass(frozen=True, slots=True)
class FindingGap:
    """A shortcoming concluded and not put right; ``covered`` by the programme: same subject, same topic."""

    finding: Finding
    covered: bool


@dataclass(frozen=True, slots=True)
class Gaps:
    """All of it, with the rule that says after how many years a cell is one."""

    cells: list[CellGap]
    asked: list[AskedGap]
    findings: list[FindingGap]
    rule: Rule[OversightTerms]

    @property
    def left(self) -> int:
        """How many of them the programme does not cover."""
        covered = [one.covered for one in self.cells]
        covered += [one.covered for one in self.asked]
        covered += [one.covered for one in self.findings]
        return covered.count(False)


def gaps(unit: Unit, year: int, on: date) -> Gaps:
    """Return what the programmes of a unit of a year, drafts among them, do and do not cover, as known on a day.

    Ten queries, however many cells and findings.
    """
    rule = law_for(OversightTerms, on, unit)
    standing = ProgrammeItem.objects.standing().filter(programme__unit=unit, programme__year=year)
    rows = set(standing.values_list("topic", "subjects__unit", "subjects__member"))
    units, topics = {row[1] for row in rows}, {row[0] for row in rows}
    found = unremedied(unit, on).order_by("of_check__concluded_on", "pk")
    return Gaps(
        cells=[
            CellGap(cell, last, cell.pk in units)
            for cell, last in cells_not_looked_at(unit, rule.value.gap_years, on)
        ],
        asked=[AskedGap(one, one.topic in topics) for one in asked_of(unit, year)],
        findings=[
            FindingGap(one, (one.topic, one.subject.unit_id, one.subject.member_id) in rows) for one in found
        ],
        rule=rule,
    )


def cells_not_looked_at(unit: Unit, years: int, on: date) -> list[tuple[Unit, date | None]]:
    """Return the cells below a committee not looked at for so many years on a day, the longest first. Four queries."""
    if unit.is_cell:
        return []
    cells = choosing.cells(unit, on)
    last = _last_looked_at([one.pk for one in cells], on)
    found = [(one, last.get(one.pk)) for one in cells]
    late = [(one, day) for one, day in found if is_gap(day, one.founded_on, on, years)]
    return sorted(late, key=lambda pair: pair[1] or pair[0].founded_on)


def _last_looked_at(cell_ids: Collection[int], on: date) -> dict[int, date]:
    """Return the last day, by a day, on which a check or a regular supervision of each cell was concluded."""
    found = dict(looked_at(cell_ids, on))
    watches = Watch.objects.filter(concluded_on__lte=on, of_unit__in=cell_ids).order_by()
    for cell, day in watches.values_list("of_unit").annotate(last=Max("concluded_on")):
        found[cell] = max(day, found.get(cell, day))
    return found


def asked_of(unit: Unit, year: int) -> list[AskedTopic]:
    """Return what the superior asked of a unit for a year. One query."""
    return list(AskedTopic.objects.filter(unit=unit, year=year))
