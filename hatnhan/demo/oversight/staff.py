"""Who held which post on a day, and who of them may look at whom. Pure."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from hatnhan.demo.cast import PARTS
from hatnhan.demo.clerks import clerks_of
from hatnhan.demo.places import COMMUNE

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from hatnhan.demo.people import Person
    from hatnhan.demo.tale import Tale

_COMMITTEE = ("secretary", "standing_deputy", "deputy", "standing_member", "committee_member")
_INSPECTION = ("inspection_chair", "inspection_deputy", "inspection_member")
_CELL = ("secretary", "deputy", "committee_member")
_OLDEST = 72


class Staff:
    """Knows the posts of a tale."""

    def __init__(self, tale: Tale) -> None:
        self.tale = tale
        self._busy = {id(office.person) for office in tale.offices} | {id(one) for one in clerks_of(tale)}
        self._cast = {part.full_name for part in PARTS}

    def holding(self, unit: str, posts: Collection[str], on: date) -> list[Person]:
        """Return who held one of some posts of a unit on a day, in the order of the posts."""
        held = [
            office
            for office in self.tale.offices
            if office.unit == unit
            and office.post in posts
            and office.start <= on
            and (office.end is None or on < office.end)
        ]
        order = list(posts)
        found = {id(one.person): one.person for one in sorted(held, key=lambda one: order.index(one.post))}
        return list(found.values())

    def leaders(self, cell: str, on: date) -> list[Person]:
        """Return the committee of a cell on a day, its secretary first."""
        return self.holding(cell, _CELL, on)

    def inspectors(self, on: date, apart_from: Collection[str] = ()) -> list[Person]:
        """Return the commune's inspection committee on a day, without those of some cells; its chair first."""
        return _apart(self.holding(COMMUNE, _INSPECTION, on), on, apart_from)

    def committee(self, on: date, apart_from: Collection[str] = ()) -> list[Person]:
        """Return the commune's committee on a day, without those of some cells; its secretary first."""
        return _apart(self.holding(COMMUNE, _COMMITTEE, on), on, apart_from)

    def team(self, body: str, on: date, cells: Collection[str], place: int) -> tuple[Person, ...]:
        """Return three who carry out a check of some cells for a body; the first leads. ``place`` varies who."""
        first = self.inspectors(on, cells) if body == "inspection" else self.committee(on, cells)[2:5]
        others = [one for one in self.committee(on, cells)[5:] if one not in first]
        start = place % len(others)
        turned = (
            [*first[place % len(first) :], *first[: place % len(first)]] if body == "committee" else first
        )
        return (*turned[:2], *(others[start:] + others[:start])[: 3 - len(turned[:2])])

    def ordinary(self, cell: str, start: date, end: date, what: str) -> list[Person]:
        """Return members without a post who were official there from a day until a day, in an order of chance."""
        rng = Random(f"oversight {self.tale.seed} {cell} {what}")  # noqa: S311 - a story, not a secret
        found = [
            p
            for p in self.tale.world.present
            if p.stays_in(cell, start, end)
            and id(p) not in self._busy
            and p.full_name not in self._cast
            and p.official_on
            and p.official_on <= start
            and p.age(end) <= _OLDEST
        ]
        return rng.sample(found, len(found))


def _apart(people: list[Person], on: date, cells: Collection[str]) -> list[Person]:
    stays = [(person, person.stay_on(on)) for person in people]
    return [person for person, stay in stays if stay is None or stay.cell not in cells]
