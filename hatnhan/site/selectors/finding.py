"""Search over people, units and pages; each only as far as the person may know of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hatnhan.core.errors import Missing
from hatnhan.core.vietnamese import fold
from hatnhan.organization.filters import Filters
from hatnhan.organization.selectors import roster
from hatnhan.site.navigation import menu
from hatnhan.site.selectors import units

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.accounts.models import User
    from hatnhan.organization.powers import Powers
    from hatnhan.site.navigation import Line
    from hatnhan.site.selectors.units import UnitNode

#: So many of each kind are shown; the rest stands behind a link.
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody found: the name, the cell and the posts on the day, and whether the person asking may open the file."""

    pk: int
    name: str
    cell: str
    post: str
    opens: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What a search brought, by kind."""

    people: list[Person]
    people_total: int
    units: list[UnitNode]
    units_total: int
    pages: list[Line]

    @property
    def nothing(self) -> bool:
        """Whether it brought nothing at all."""
        return not (self.people or self.units or self.pages)


def find(user: User, powers: Powers, text: str, on: date) -> Found:
    """Return what a text finds. One word is a given name first; only where nobody bears it, any word of a name."""
    words = fold(text)
    if not words:
        return Found([], 0, [], 0, [])
    people, total = _people(user, powers, text, on)
    places = units.seen(powers, on, text)
    pages = [line for _title, lines in menu(user) for line in lines if words in fold(str(line.room.label))]
    return Found(people, total, places[:SHOWN], len(places), pages)


def _people(user: User, powers: Powers, text: str, on: date) -> tuple[list[Person], int]:
    """Return the first of those found, and how many there are: within all that the person may see, on the day."""
    try:
        whole = roster.roster_for(user, powers.home_unit, on)
    except Missing:
        return [], 0
    listing = roster.find(whole, Filters(q=text))
    rows: list[Any] = list(roster.with_standing(listing.rows, whole)[:SHOWN])
    posts = roster.posts_on(on, [row.member_id for row in rows])
    people = [
        Person(
            pk=row.member_id,
            name=row.member.full_name,
            cell=row.unit.name,
            post=posts.get(row.member_id, ""),
            opens=row.readable,
        )
        for row in rows
    ]
    return people, listing.count
