"""In which order grades are decided: lower before upper, members before their cell, a collective before its members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.organization.models import Position
from hatnhan.reviews.models import Entry
from hatnhan.reviews.selectors.entries import name_of
from hatnhan.reviews.selectors.penalties import ALL_SEATS, seats_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from hatnhan.reviews.models import Cycle

    Seats = dict[int, set[tuple[int, str]]]


def before_their_turn(cycle: Cycle, rows: Sequence[Entry], on: date) -> list[tuple[Entry, str]]:
    """Return those among some entries that others must come before, with who: "đảng viên của Chi bộ thôn Chùa".

    Counted as decided is also what stands among ``rows``. Two queries.
    """
    together = {row.pk for row in rows}
    left = [
        one
        for one in Entry.objects.filter(cycle=cycle)
        .due_grade()
        .exclude(state=Entry.State.DECIDED)
        .select_related("member", "unit")
        if one.pk not in together
    ]
    if not left:
        return []
    seats = _seats(cycle, on)
    return [(row, first) for row in rows if (first := _first(row, left, seats, cycle))]


def _first(row: Entry, left: Sequence[Entry], seats: Seats, cycle: Cycle) -> str:
    """Return in words what must come before an entry, "" for nothing."""
    if row.of == Entry.Of.ORGANISATION:
        return _before_organisation(row, left, cycle)
    if row.of == Entry.Of.MEMBER:
        held = seats.get(row.member_id or 0, set())
        own = (one for one in left if one.of == Entry.Of.COLLECTIVE and held & _seats_in(one))
        return next((name_of(one) for one in own), "")
    return ""


def _before_organisation(row: Entry, left: Sequence[Entry], cycle: Cycle) -> str:
    if row.unit_id == cycle.unit_id:
        others = list(left)
        return (
            _("các chi bộ, tập thể và đảng viên (còn %(count)d)") % {"count": len(others)} if others else ""
        )
    members = [one for one in left if one.of == Entry.Of.MEMBER and one.unit_id == row.unit_id]
    return _("đảng viên của chi bộ (còn %(count)d)") % {"count": len(members)} if members else ""


def _seats_in(collective: Entry) -> set[tuple[int, str]]:
    return {(collective.unit_id, post) for post in seats_of(collective)}


def _seats(cycle: Cycle, on: date) -> Seats:
    """Return by id of the member the seats (unit, post) held in the collectives of a cycle."""
    units = Entry.objects.filter(cycle=cycle, of=Entry.Of.COLLECTIVE).values("unit")
    posts = Position.objects.on(on).filter(unit__in=units, post__in=ALL_SEATS)
    found: Seats = {}
    for member, unit, post in posts.values_list("member_id", "unit_id", "post"):
        found.setdefault(member, set()).add((unit, post))
    return found
