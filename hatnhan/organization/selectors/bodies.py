"""Who sits in a body of a unit on a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.organization.models import Body, Level, Member, Membership, Position, Post

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hatnhan.organization.models import Unit
    from hatnhan.organization.powers import Powers

_STANDING = (Post.SECRETARY, Post.STANDING_DEPUTY, Post.DEPUTY, Post.STANDING_MEMBER)
_INSPECTION = (Post.INSPECTION_CHAIR, Post.INSPECTION_DEPUTY, Post.INSPECTION_MEMBER)
_POSTS = {
    Body.COMMITTEE: (*_STANDING, Post.COMMITTEE_MEMBER),
    Body.STANDING: _STANDING,
    Body.INSPECTION: _INSPECTION,
}


@dataclass(frozen=True, slots=True)
class Seat:
    """One who sits in a body. ``title`` is the post held there ("Bí thư chi bộ"), "" for a member without one."""

    member: Member
    title: str


def bodies_of(unit: Unit) -> list[Body]:
    """Return the bodies that a unit of its level has: a cell its members and its committee."""
    if unit.level == Level.CELL:
        return [Body.MEMBERS, Body.COMMITTEE]
    return [Body.STANDING, Body.COMMITTEE, Body.INSPECTION]


def posts_of(body: str) -> tuple[Post, ...]:
    """Return the posts whose holders sit in a body; none for all members of a cell, who need no post."""
    return _POSTS.get(Body(body), ())


def bodies_sat_in(powers: Powers) -> dict[str, set[int]]:
    """Return, body by body, the units in whose body a person sits; the members of a cell are one of its bodies."""
    found: dict[str, set[int]] = {Body.MEMBERS: set(powers.own_cells)}
    for unit_id, post, _level in powers.held:
        for body, posts in _POSTS.items():
            if post in posts:
                found.setdefault(body, set()).add(unit_id)
    return found


def body_title(unit: Unit, body: str) -> str:
    """Return what a body is called: "Chi ủy" in a cell, "Ban Thường vụ Đảng ủy" in a committee."""
    if body == Body.COMMITTEE:
        return _("Chi ủy") if unit.is_cell else _("Ban Chấp hành Đảng bộ")
    if body == Body.STANDING:
        return _("Ban Thường vụ Đảng ủy")
    if body == Body.INSPECTION:
        return _("Ủy ban Kiểm tra Đảng ủy")
    return _("Chi bộ")


def body_words(unit: Unit, body: str) -> str:
    """Return a body together with its unit, as lists name it: "Chi ủy, Chi bộ thôn Chùa"; of all members the unit."""
    return unit.name if body == Body.MEMBERS else f"{body_title(unit, body)}, {unit.name}"


def seats(unit: Unit, body: str, on: date) -> list[Seat]:
    """Return who sits in a body on a day, by post in protocol order, then by name; each person once.

    The members of a cell are those with their official or a temporary activity there; who of them may vote is for
    ballots to say. Two queries.
    """
    held = Position.objects.on(on).filter(unit=unit).select_related("member", "unit")
    titles = _highest(held if body == Body.MEMBERS else held.filter(post__in=_POSTS[Body(body)]))
    if body != Body.MEMBERS:
        return list(titles.values())
    there = Membership.objects.on(on).filter(unit=unit).values("member_id")
    people = Member.objects.filter(pk__in=there).order_by("sort_key", "pk")
    leaders = [seat for key, seat in titles.items() if any(one.pk == key for one in people)]
    return leaders + [Seat(one, "") for one in people if one.pk not in titles]


def _highest(positions: Iterable[Position]) -> dict[int, Seat]:
    ordered = sorted(positions, key=lambda one: (one.rank, one.member.sort_key))
    found: dict[int, Seat] = {}
    for position in ordered:
        found.setdefault(position.member_id, Seat(position.member, position.title))
    return found
