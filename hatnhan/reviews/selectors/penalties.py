"""Penalties of a year, and to whom each is charged: the unit and collective in which its breach was done."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Q

from hatnhan.organization.models import Body, Membership, Position, Post
from hatnhan.oversight.models import Decision

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from hatnhan.reviews.models import Entry

_HEADS = (Post.SECRETARY, Post.STANDING_DEPUTY, Post.DEPUTY)
#: Who sits in a leading collective.
_SEATS: dict[str, tuple[str, ...]] = {
    Body.STANDING: (*_HEADS, Post.STANDING_MEMBER),
    Body.COMMITTEE: (*_HEADS, Post.STANDING_MEMBER, Post.COMMITTEE_MEMBER),
}
ALL_SEATS = _SEATS[Body.COMMITTEE]


def seats_of(entry: Entry) -> tuple[str, ...]:
    """Return the posts that sit in the body of a collective; of an organisation, in its committee."""
    return _SEATS.get(entry.body, ALL_SEATS)


@dataclass(frozen=True, slots=True)
class Then:
    """Where somebody stood on a day: the cell of their official activity, the seats held (unit, post)."""

    cells: frozenset[int]
    seats: frozenset[tuple[int, str]]


class Penalties:
    """The penalties decided in a year, whenever the act was; those annulled left out.

    Two queries; two more where a person was punished.
    """

    def __init__(self, year: int) -> None:
        self.year = year

    @cached_property
    def all(self) -> list[Decision]:
        """Every one, by day."""
        rows = Decision.objects.filter(signed_on__year=self.year)
        gone = Q(state=Decision.State.ANNULLED) | Q(changed_into__state=Decision.State.ANNULLED)
        # One breach counts once, in the year of its first decision; a later one only changes the form.
        first = rows.exclude(gone).filter(instead_of=None)
        found = first.select_related("case").prefetch_related("case__acts")
        return list(found.order_by("signed_on", "pk"))

    @cached_property
    def of_members(self) -> dict[int, list[Decision]]:
        """By member: decided in the year, whenever the act was (Regulation 21-QĐ/TW, 11/4/2026)."""
        found: dict[int, list[Decision]] = defaultdict(list)
        for one in self.all:
            if one.case.member_id is not None:
                found[one.case.member_id].append(one)
        return found

    @cached_property
    def of_units(self) -> dict[int, list[Decision]]:
        """By Party organisation."""
        found: dict[int, list[Decision]] = defaultdict(list)
        for one in self.all:
            if one.case.organisation_id is not None:
                found[one.case.organisation_id].append(one)
        return found

    def of_seats(self, unit_id: int, posts: Collection[str]) -> list[Decision]:
        """Return those of people who held one of some posts of a unit at the act.

        A breach at an earlier unit is charged to that unit, whichever one the person is in at the penalty (366-QĐ/TW).
        """
        seats = {(unit_id, post) for post in posts}
        return [one for one in self._of_people if any(seats & then.seats for then in self._then[one.pk])]

    def in_cells(self, unit_ids: Collection[int]) -> list[Decision]:
        """Return those of people who were official members of one of some units at the act."""
        units = set(unit_ids)
        return [one for one in self._of_people if any(units & then.cells for then in self._then[one.pk])]

    @cached_property
    def _of_people(self) -> list[Decision]:
        return [one for one in self.all if one.case.member_id is not None]

    @cached_property
    def _then(self) -> dict[int, list[Then]]:
        """Where the punished stood at each of their acts, by id of the decision. Two queries, none for no penalty.

        Acts of which it is not known where the person stood count where they stood when the decision was signed.
        """
        people = {one.case.member_id for one in self._of_people}
        if not people:
            return {}
        cells = list(Membership.objects.filter(member__in=people, kind=Membership.Kind.OFFICIAL))
        posts = list(Position.objects.filter(member__in=people, post__in=ALL_SEATS))
        found = {}
        for one in self._of_people:
            days = [act.done_on for act in one.case.acts.all()]
            stood = [_stood(one.case.member_id, day, cells, posts) for day in days]
            known = [each for each in stood if each.cells]
            found[one.pk] = known or [_stood(one.case.member_id, one.signed_on, cells, posts)]
        return found


def _stood(member_id: int | None, day: date, cells: Iterable[Membership], posts: Iterable[Position]) -> Then:
    def held(one: Membership | Position) -> bool:
        return one.member_id == member_id and one.start <= day and (one.end is None or day < one.end)

    return Then(
        frozenset(one.unit_id for one in cells if held(one)),
        frozenset((one.unit_id, one.post) for one in posts if held(one)),
    )
