"""Reading requests to look at a grade again: who may ask and by when, one request, those that wait."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hatnhan.accounts.actors import Machine
from hatnhan.core.errors import Missing
from hatnhan.core.vietnamese import day as written
from hatnhan.organization.powers import powers_of
from hatnhan.reviews import permissions
from hatnhan.reviews.models import Entry, LookAgain
from hatnhan.reviews.selectors.law import law_of

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.accounts.actors import Actor
    from hatnhan.accounts.models import User
    from hatnhan.reviews.models import Cycle


def last_day_to_ask(entry: Entry) -> date | None:
    """Return the last day (inclusive) to ask; None where the law sets none, or the notice is not given yet."""
    days = law_of(entry.cycle).regime.value.ask_again_days
    return entry.notified_on + timedelta(days=days) if days and entry.notified_on else None


def may_ask(by: Actor, entry: Entry) -> bool:
    """Tell whether a person may ask for an entry, or type in who asked on paper."""
    if isinstance(by, Machine) or permissions.is_own(by, entry):
        return True
    return permissions.runs_cycle(by, entry.cycle.unit_id) or entry.unit_id in powers_of(by).cells_led


def again_for(user: User, pk: int) -> LookAgain:
    """Return a request of one's own, or one that a decider answers. Raises Missing."""
    found = LookAgain.objects.filter(pk=pk).select_related(
        "entry__cycle__unit", "entry__member", "entry__unit"
    )
    one: LookAgain | None = found.first()
    if one is None or not may_read(user, one):
        raise Missing
    return one


def may_read(user: User, again: LookAgain) -> bool:
    """Tell whether a person may read the words of a request: who asked, who may type for them, who decides."""
    return may_ask(user, again.entry) or permissions.decides_above(user, again.entry.cycle)


def waiting(user: User, cycle: Cycle) -> list[LookAgain]:
    """Return the requests of a cycle that wait for an answer, those asked first first; for who decides."""
    if not (permissions.runs_cycle(user, cycle.unit_id) or permissions.decides_above(user, cycle)):
        return []
    rows = LookAgain.objects.filter(entry__cycle=cycle, state=LookAgain.State.ASKED)
    return list(rows.select_related("entry__member", "entry__unit").order_by("asked_on", "pk"))


def waits(again: LookAgain) -> bool:
    """Tell whether a request waits for an answer."""
    return again.state == LookAgain.State.ASKED


def is_decided(entry: Entry) -> bool:
    """Tell whether the grade of an entry is decided."""
    return entry.state == Entry.State.DECIDED


def decided_day(entry: Entry) -> str:
    """Return in words on which day an entry was decided; "" where it is not."""
    return written(entry.decided_on) if entry.decided_on else ""
