"""Which level decides on an entry, by the law of its cycle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.organization.models import Body, Level, Unit
from hatnhan.organization.selectors.bodies import body_words
from hatnhan.reviews.models import Entry
from hatnhan.reviews.selectors.law import law_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hatnhan.reviews.models import Cycle, GradeDecision
    from hatnhan.rulebook.topics.reviews import Decider


def decider_of(entry: Entry) -> Decider | None:
    """Return the row of the law that says who proposes and who decides the grade of an entry."""
    return law_of(entry.cycle).steps.value.decider_of(entry.subject, _stands_at(entry))


def level_of(entry: Entry) -> str:
    """Return which level decides on an entry: "cell", "committee", "standing", "superior"."""
    found = decider_of(entry)
    return found.decides if found else "committee"


def proposer_of(entry: Entry) -> str:
    """Return which level proposes the grade of an entry, named alike."""
    found = decider_of(entry)
    return found.proposes if found else "cell"


def _stands_at(entry: Entry) -> str:
    """Return where an entry stands: a collective or organisation in the tree, a person by the group of their post."""
    if entry.of != Entry.Of.MEMBER:
        return "committee" if entry.unit_id == entry.cycle.unit_id else "cell"
    groups = law_of(entry.cycle).caps.value.groups
    return next((one.level for one in groups if one.key == entry.group), "any")


def superior_of(cycle: Cycle, on: date) -> Unit | None:
    """Return the committee next above the cycle's own in the tree; None where the tree ends."""
    above = cycle.unit.lineage(on)
    nearest = next((pk for pk in above if pk != cycle.unit_id), None)
    return Unit.objects.filter(pk=nearest).first() if nearest else None


def place_of(cycle: Cycle, entries: Iterable[Entry], level: str, on: date) -> tuple[Unit | None, str]:
    """Return unit and body that decide at a level; None and "" where the one above stands in no tree."""
    if level == "cell":
        first = next(iter(entries), None)
        return (first.unit if first else cycle.unit), Body.MEMBERS
    if level == "superior":
        above = superior_of(cycle, on)
        return above, Body.STANDING if above else ""
    return cycle.unit, Body.STANDING if level == "standing" else Body.COMMITTEE


def decider_words(decision: GradeDecision) -> str:
    """Return whose decision it is, in words."""
    if decision.outside:
        return decision.outside
    if decision.unit is None:
        return _("Cấp trên")
    return body_words(decision.unit, decision.body)


def is_above(cycle: Cycle, unit: Unit | None) -> bool:
    """Tell whether a unit stands above the cycle's own committee; None is one that is not in the tree."""
    return unit is None or (unit.pk != cycle.unit_id and unit.level != Level.CELL)


def ready_states(level: str) -> tuple[str, ...]:
    """Return from which states a level decides: what staff here looked at; from above also what was proposed to it."""
    if level == "superior":
        return (Entry.State.PROPOSED, Entry.State.APPRAISED)
    return (Entry.State.APPRAISED,)
