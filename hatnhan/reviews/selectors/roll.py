"""Who and what stands in a committee on the day a cycle's list is drawn up, gathered in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hatnhan.organization.models import (
    Body,
    Exemption,
    Level,
    Membership,
    Position,
    Post,
    Unit,
    UnitAncestry,
    UnitVersion,
)
from hatnhan.organization.selectors.bodies import posts_of
from hatnhan.organization.selectors.units import reading_order

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hatnhan.organization.models import Member

#: Posts of a committee that make a leader, and of a cell.
LEADING = frozenset(
    {*posts_of(Body.COMMITTEE), Post.INSPECTION_CHAIR, Post.INSPECTION_DEPUTY},
)
LEADING_CELL = frozenset({Post.SECRETARY, Post.STANDING_DEPUTY, Post.DEPUTY})
#: The kind of cell whose members without a post work outside the political system.
_OUTSIDE = "village"


@dataclass(frozen=True, slots=True)
class Roll:
    """What the list is drawn up from. Members by cell and posts are those of the day ``on``."""

    unit: Unit
    on: date
    cells: tuple[Unit, ...]
    kinds: dict[int, str]
    #: By cell, its official memberships, by name.
    members: dict[int, tuple[Member, ...]]
    exempt_since: dict[int, date]
    #: By unit and by member, posts held, highest first.
    posts: dict[int, tuple[Position, ...]]
    posts_of: dict[int, tuple[Position, ...]]

    def seats(self, unit_id: int, body: str) -> tuple[int, ...]:
        """Return the ids of the members who sit in a body of a unit, in protocol order, each once."""
        wanted = posts_of(body)
        rows = [one.member_id for one in self.posts.get(unit_id, ()) if one.post in wanted]
        return tuple(dict.fromkeys(rows))

    def level_of(self, member_id: int) -> str:
        """Return where a member leads: "committee", "cell", or "" for one who leads nothing."""
        held = self.posts_of.get(member_id, ())
        if any(one.unit_id == self.unit.pk and one.post in LEADING for one in held):
            return "committee"
        return "cell" if any(one.unit_id != self.unit.pk and one.post in LEADING_CELL for one in held) else ""

    def subject_of(self, member_id: int, cell_id: int) -> str:
        """Return by which rules a member is reviewed: as a leader, a member without a post, or one outside."""
        if self.level_of(member_id):
            return "leader"
        return "outside" if self.kinds.get(cell_id) == _OUTSIDE else "non_leader"


def roll_of(unit: Unit, on: date) -> Roll:
    """Return who and what stands in a committee on a day. Five queries."""
    tree = UnitAncestry.objects.on(on).filter(ancestor=unit).values("unit")
    versions = list(UnitVersion.objects.on(on).filter(unit__in=tree).select_related("unit"))
    cells = [one.unit for one in versions if one.unit.level == Level.CELL]
    cells.sort(key=lambda one: reading_order(one.name))
    rows = Membership.objects.on(on).filter(unit__in=tree, kind=Membership.Kind.OFFICIAL)
    members = defaultdict(list)
    for one in rows.select_related("member").order_by("member__sort_key", "member_id"):
        members[one.unit_id].append(one.member)
    exempt = Exemption.objects.on(on).filter(member__memberships__in=rows).values_list("member_id", "start")
    held = Position.objects.on(on).filter(unit__in=tree).select_related("member", "unit")
    posts = sorted(held, key=lambda one: (one.rank, one.member.sort_key, one.member_id))
    return Roll(
        unit=unit,
        on=on,
        cells=tuple(cells),
        kinds={one.unit_id: one.cell_kind for one in versions},
        members={key: tuple(found) for key, found in members.items()},
        exempt_since=dict(exempt),
        posts=_by(posts, "unit_id"),
        posts_of=_by(posts, "member_id"),
    )


def _by(posts: Iterable[Position], name: str) -> dict[int, tuple[Position, ...]]:
    found = defaultdict(list)
    for one in posts:
        found[getattr(one, name)].append(one)
    return {key: tuple(rows) for key, rows in found.items()}
