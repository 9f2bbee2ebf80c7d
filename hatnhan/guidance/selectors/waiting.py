"""What of this room waits for a person in the unit looked at, from the same sources as the home page."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hatnhan.deadlines import registry
from hatnhan.organization.powers import powers_of

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.accounts.models import User
    from hatnhan.deadlines.types import Deadline
    from hatnhan.organization.models import Unit

_ROOM = "guidance."
#: How far ahead the page looks, in days: as far as the home page.
_AHEAD = timedelta(days=90)


def waiting(user: User, unit: Unit, on: date) -> list[Deadline]:
    """Return what waits for the person, first due first: of the unit if the person leads it, and of the person's own.

    Some twenty queries at most, whatever the size of the unit: what is below it is not asked for.
    """
    powers, until = powers_of(user), on + _AHEAD
    found: list[Deadline] = []
    if powers.member_id is not None:
        for key, own in registry.personal_sources().items():
            if key.startswith(_ROOM):
                found += own(powers.member_id, on=on, until=until)
    if powers.may_read_roster(unit.pk):
        for key, source in registry.sources().items():
            if key.startswith(_ROOM):
                found += source([unit.pk], on=on, until=until)
    return sorted(found, key=lambda one: (one.due, one.key))
