"""Who writes down facts that a grade rests on, and that the authority lifted what would make the lowest one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.accounts.actors import Machine
from hatnhan.organization.powers import powers_of
from hatnhan.reviews.models import Entry
from hatnhan.reviews.permissions.units import decides_above, runs_cycle

if TYPE_CHECKING:
    from hatnhan.accounts.actors import Actor


def may_write(by: Actor, entry: Entry) -> bool:
    """Tell whether a person may write facts of an entry: who runs the cycle, the head of the cell for its members.

    Nobody writes facts of themselves.
    """
    if isinstance(by, Machine):
        return True
    powers = powers_of(by)
    if entry.member_id is not None and entry.member_id == powers.member_id:
        return False
    return may_lift(by, entry) or (entry.of == Entry.Of.MEMBER and entry.unit_id in powers.cells_led)


def may_lift(by: Actor, entry: Entry) -> bool:
    """Tell whether a person may write that the authority lifted a trigger: who runs the cycle or keeps one above it."""
    if isinstance(by, Machine):
        return True
    if entry.member_id is not None and entry.member_id == powers_of(by).member_id:
        return False
    return runs_cycle(by, entry.cycle.unit_id) or decides_above(by, entry.cycle)
