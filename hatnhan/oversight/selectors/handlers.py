"""Who may have a discipline case in hand, and who may hear its subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.organization.models import Body, Member, Position, Post
from hatnhan.organization.selectors.bodies import posts_of, seats
from hatnhan.oversight.permissions import kin_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from hatnhan.organization.models import Unit
    from hatnhan.oversight.models import Case

_INSPECTION = posts_of(Body.INSPECTION)
#: In a cell its committee has the case in hand.
_CELL = (*posts_of(Body.COMMITTEE), Post.SECRETARY, Post.DEPUTY)


def may_handle(unit: Unit, on: date) -> dict[int, Member]:
    """Return who may have a case of a unit in hand on a day, by id: inspectors there and above, a cell's committee.

    Two queries.
    """
    posts = Position.objects.on(on).select_related("member").order_by("member__sort_key", "pk")
    above = posts.filter(unit__in=unit.lineage(on), post__in=_INSPECTION)
    own = posts.filter(unit=unit, post__in=_CELL) if unit.is_cell else posts.none()
    return {one.member_id: one.member for one in (*above, *own)}


def handler_choices(unit: Unit, on: date, about: Collection[int] = ()) -> list[Member]:
    """Return whom to choose from for a case of a unit; whom it is about and their declared kin are left out."""
    refused = set(about).union(*(kin_of(one) for one in about))
    return [one for pk, one in may_handle(unit, on).items() if pk not in refused]


def hearer_choices(case: Case, on: date) -> list[Member]:
    """Return who may hear the subject for the body that decides: those who sit in it, never the subject or kin."""
    refused = {case.member_id, *(kin_of(case.member_id) if case.member_id else ())}
    found = [one.member for one in seats(case.deciding_unit, case.deciding_body, on)]
    return [one for one in found if one.pk not in refused and one.is_official(on)]


def signer_of(unit: Unit, body: str, on: date) -> str:
    """Return the name of who heads a body on a day, "" where nobody does: who signs its decisions."""
    found = next((one for one in seats(unit, body, on) if one.title), None)
    return found.member.full_name if found else ""
