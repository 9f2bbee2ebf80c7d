"""Who writes which remarks of an entry, and until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.accounts.actors import Machine
from hatnhan.organization.powers import powers_of
from hatnhan.reviews.models import Entry, Remark
from hatnhan.reviews.permissions.units import decides_above, runs_cycle

if TYPE_CHECKING:
    from hatnhan.accounts.actors import Actor

#: Until these the review still goes on, and what is said of it may be written and mended.
BEFORE_PROPOSAL = (Entry.State.DUE, Entry.State.SUBMITTED, Entry.State.REVIEWED)


def may_remark(by: Actor, entry: Entry, kind: str) -> bool:
    """Tell whether a person may write a remark of a kind of an entry.

    A matter is prompted by who runs the cycle or keeps a committee above, never of themselves; all else is written by
    the head of the cell, who runs a meeting that the entry comes to, or who runs the cycle.
    """
    if isinstance(by, Machine):
        return True
    runs = runs_cycle(by, entry.cycle.unit_id)
    powers = powers_of(by)
    if kind == Remark.Kind.PROMPT:
        own = entry.member_id is not None and entry.member_id == powers.member_id
        return not own and (runs or decides_above(by, entry.cycle))
    return runs or entry.unit_id in powers.cells_led | powers.keeps | powers.units_stood_in_for


def kinds_for(by: Actor, entry: Entry) -> list[str]:
    """Return the kinds of remarks that a person may write of an entry, in the order of the form.

    Where one lives and where one is for a time concern people alone.
    """
    people = {Remark.Kind.RESIDENCE, Remark.Kind.TEMPORARY}
    kinds = [one for one in Remark.Kind if entry.of == Entry.Of.MEMBER or one not in people]
    return [str(one) for one in kinds if may_remark(by, entry, one)]
