"""Who may write a decision on grades."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.accounts.actors import Machine
from hatnhan.organization.powers import powers_of
from hatnhan.reviews import permissions
from hatnhan.reviews.selectors.deciders import level_of

if TYPE_CHECKING:
    from hatnhan.accounts.actors import Actor
    from hatnhan.reviews.models import Cycle, Entry, GradeDecision


def may_decide(by: Actor, cycle: Cycle, unit_id: int | None) -> bool:
    """Tell whether a person may write a decision of a unit (None: of a body not here): its keeper, head, from above."""
    if isinstance(by, Machine) or permissions.decides_above(by, cycle):
        return True
    if unit_id is None or unit_id == cycle.unit_id:
        return permissions.runs_cycle(by, cycle.unit_id)
    powers = powers_of(by)
    if unit_id in powers.cells_led:
        return True
    return unit_id in powers.units_kept and permissions.runs_cycle(by, cycle.unit_id)


def may_write(by: Actor, decision: GradeDecision) -> bool:
    """Tell whether a person may write this decision."""
    return may_decide(by, decision.cycle, decision.unit_id)


def decides_on(by: Actor, entry: Entry) -> bool:
    """Tell whether a person may write what is decided on an entry already graded."""
    unit_id = entry.unit_id if level_of(entry) == "cell" else entry.cycle.unit_id
    return may_decide(by, entry.cycle, unit_id)
