"""Regular supervision given out and notes in it, for the tests of this room."""

from __future__ import annotations

from datetime import date

from hatnhan.accounts.actors import MACHINE
from hatnhan.oversight.actions import notes, watches
from hatnhan.oversight.tests.checked import DAY, NOW


def assigned(place, people, *, by=MACHINE, **fields):
    """The inspection chair follows a member of the village cell."""
    told = {
        "unit": place.commune, "body": "inspection", "observer": people.inspector, "of_member": people.member,
        "topics": ["resolution", "example"], "start": date(2026, 2, 1), "end": date(2027, 1, 1),
    } | fields  # fmt: skip
    return watches.assign_watch(by=by, at=NOW, **told)


def noted(watch, *, by=MACHINE, at=NOW, **fields):
    told = {"topic": "resolution", "kind": "remind", "on": DAY, "text": "Hoàn thành việc được giao."} | fields
    return notes.write_note(by=by, at=at, watch=watch, **told)
