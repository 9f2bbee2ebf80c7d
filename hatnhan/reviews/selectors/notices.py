"""Who may tell a person the grade."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.accounts.actors import Machine
from hatnhan.organization.powers import powers_of
from hatnhan.reviews import permissions

if TYPE_CHECKING:
    from hatnhan.accounts.actors import Actor
    from hatnhan.reviews.models import Cycle, Entry


def may_notify(by: Actor, cycle: Cycle, entry: Entry) -> bool:
    """Tell whether a person may write that an entry was told: who runs the cycle, the head of its cell, from above."""
    if isinstance(by, Machine) or permissions.runs_cycle(by, cycle.unit_id):
        return True
    return entry.unit_id in powers_of(by).cells_led or permissions.decides_above(by, cycle)
