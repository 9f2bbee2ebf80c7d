"""Who keeps the desks of the commune's work: members without another post, there for the whole of the story."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from hatnhan.core.periods import add_months
from hatnhan.demo.cast import PARTS
from hatnhan.demo.places import BY_CODE

if TYPE_CHECKING:
    from hatnhan.demo.people import Person
    from hatnhan.demo.tale import Tale

#: The desks, by their keys.
CLERKS = ("land", "finance", "culture", "justice", "office")


def clerks_of(tale: Tale) -> list[Person]:
    """Return six members who keep the commune's desks: of working age, there for long, without another post."""
    rng = Random(f"clerks {tale.seed}")  # noqa: S311 - a story, not a secret
    since = add_months(tale.today, -24)
    cast_names = {part.full_name for part in PARTS}
    leading = {id(office.person) for office in tale.offices}
    able = [
        p
        for p in tale.world.present
        if not (p.full_name in cast_names or id(p) in leading)
        and p.last.start <= since
        and p.official_on
        and p.official_on <= since
        and 29 <= p.age(since) <= 50  # noqa: PLR2004
        and BY_CODE[p.last.cell].kind == "village"
        and p.occupation != "Hưu trí"
    ]
    return rng.sample(able, len(CLERKS) + 1)


def seat_clerks(tale: Tale) -> None:
    """Give those who keep the desks the occupation that goes with it, and let them stay."""
    for person in clerks_of(tale):
        person.occupation, person.bound = "Cán bộ xã", True
