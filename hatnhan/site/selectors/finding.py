"""Search over people, units and pages; each only as far as the person may know of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from hatnhan.core.vietnamese import fold
from hatnhan.organization.models import Membership
from hatnhan.organization.selectors.search import understand
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
    """Somebody found: the name, the cell on the day, and whether the person asking may open the file."""

    pk: int
    name: str
    cell: str
    cell_code: str
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
    people = _people(powers, text, on, whole=False)
    if not people[0] and " " not in words:
        people = _people(powers, text, on, whole=True)
    places = units.seen(powers, on, text)
    pages = [line for _title, lines in menu(user) for line in lines if words in fold(str(line.room.label))]
    return Found(*people, places[:SHOWN], len(places), pages)


def _people(powers: Powers, text: str, on: date, *, whole: bool) -> tuple[list[Person], int]:
    """Return the first of those found, and how many there are in all: who is known by name, or whose file is open."""
    search = understand(text, whole=whole, prefix="member__")
    known = powers.units_led | powers.own_cells
    if search is None or not known:
        return [], 0
    rows: Any = Membership.objects.on(on).filter(
        search.matches, Q(unit_id__in=known), kind=Membership.Kind.OFFICIAL
    )
    order: list[Any] = [search.rank] if search.rank is not None else []
    fields = ("member_id", "member__full_name", "unit__name", "unit__code", "unit_id")
    first = list(rows.order_by(*order, "member__sort_key", "member_id").values_list(*fields)[:SHOWN])
    total = len(first) if len(first) < SHOWN else rows.count()
    return [
        Person(pk, name, cell, code, opens=unit in powers.units_led or pk == powers.member_id)
        for pk, name, cell, code, unit in first
    ], total
