"""What a person may do today, from the posts held today. Nothing is granted to an account as such.

- A secretary, deputy, standing committee member or inspection chair of a committee: reads the files of all below.
- Of these the secretary and the deputies keep the roster: they write.
- The secretary or deputy of a cell: reads the files of the own cell, proposes, and keeps contact details.
- A member: reads the own file, and the names and posts of the own cell.
- The technical administrator: accounts and settings, nothing of this.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q

from hatnhan.core import clock
from hatnhan.core.dated import in_force
from hatnhan.organization.models import Member, Membership, Position, Post, Unit, UnitAncestry
from hatnhan.organization.models.unit import Level

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from hatnhan.accounts.models import User

KEEPERS = frozenset({Post.SECRETARY, Post.STANDING_DEPUTY, Post.DEPUTY})
READERS = KEEPERS | {Post.STANDING_MEMBER, Post.INSPECTION_CHAIR}


@dataclass(frozen=True)
class Powers:
    """The powers of one person on one day; ask `powers_of`."""

    on: date
    member_id: int | None
    #: Committees (not cells) whose whole tree the person may read, and those whose roster the person keeps.
    reads: frozenset[int]
    keeps: frozenset[int]
    #: Cells led as secretary or deputy.
    cells_led: frozenset[int]
    #: Cells the person belongs to, officially or temporarily.
    own_cells: frozenset[int]
    #: The posts held: unit, post, level of the unit.
    held: tuple[tuple[int, str, str], ...] = ()

    @cached_property
    def units_led(self) -> frozenset[int]:
        """Ids of all units whose roster the person may read."""
        return self._trees_read | self.cells_led

    @cached_property
    def units_kept(self) -> frozenset[int]:
        """Ids of all units whose roster the person may change."""
        return self._trees_read if self.keeps == self.reads else self._below(self.keeps)

    @cached_property
    def units_inspected(self) -> frozenset[int]:
        """Ids of all units under the committees whose inspection committee the person chairs, or is deputy of."""
        chairs = {Post.INSPECTION_CHAIR, Post.INSPECTION_DEPUTY}
        return self._below(frozenset(unit for unit, post, _level in self.held if post in chairs))

    @cached_property
    def units_stood_in_for(self) -> frozenset[int]:
        """Ids of the units kept from above in which no head has an account: the keeper does what a head does."""
        posts = Position.objects.on(self.on).filter(unit__in=self.units_kept, post__in=KEEPERS)
        headed = posts.filter(member__user__isnull=False).values_list("unit_id", flat=True)
        return self.units_kept - frozenset(headed)

    @cached_property
    def units_seen(self) -> frozenset[int]:
        """Ids of the units the person may know of: those led, the own cells, and the line above them."""
        own = self.own_cells | self.cells_led | self.reads
        above = UnitAncestry.objects.on(self.on).filter(unit_id__in=own).values_list("ancestor_id", flat=True)
        return self.units_led | self.own_cells | frozenset(above)

    @cached_property
    def home_unit(self) -> Unit | None:
        """The unit the person starts at: the highest one led, else the own cell."""
        ids = self.reads or self.cells_led or self.own_cells
        return Unit.objects.filter(pk__in=ids).order_by("founded_on", "pk").first() if ids else None

    def may_read_roster(self, unit_id: int) -> bool:
        """Tell whether the person may read the whole roster of a unit."""
        return unit_id in self.units_led

    def may_keep(self, unit_id: int) -> bool:
        """Tell whether the person may change the roster of a unit."""
        return unit_id in self.units_kept

    def files_condition(self) -> Q:
        """Return the condition that a member's whole file may be read: own file, own cell as its head, all below."""
        mine = Q(pk=self.member_id) if self.member_id else Q(pk__in=())
        memberships = Membership.objects.filter(member_id=OuterRef("pk"))
        if self.cells_led:
            mine |= Q(Exists(memberships.filter(in_force(self.on), unit_id__in=self.cells_led)))
        if self.reads:
            once_here = memberships.filter(unit__ancestries__ancestor_id__in=self.reads)
            now = memberships.filter(in_force(self.on), kind=Membership.Kind.OFFICIAL)
            # Files follow the person: whoever belongs to another committee today is that committee's to read.
            elsewhere = now.exclude(unit_id__in=_units_below(self.reads))
            mine |= Q(Exists(once_here)) & ~Q(Exists(elsewhere))
        return mine

    @cached_property
    def _trees_read(self) -> frozenset[int]:
        return self._below(self.reads)

    def _below(self, roots: frozenset[int]) -> frozenset[int]:
        return frozenset(_units_below(roots)) if roots else frozenset()


def _units_below(roots: frozenset[int]) -> QuerySet[UnitAncestry, int]:
    """Return the ids of all units of some trees.

    A unit that ended belongs to those under whom it ended; one that was moved, no longer to those it left.
    """
    theirs = Q(end=None) | Q(end=F("unit__dissolved_on"))
    return UnitAncestry.objects.filter(theirs, ancestor_id__in=roots).values_list("unit_id", flat=True)


def powers_of(user: User | AnonymousUser) -> Powers:
    """Return what a person may do today. Asked once a request: the answer stays on the user object for that day."""
    today = clock.today()
    known: Powers | None = getattr(user, "_powers", None)
    if known is None or known.on != today:
        known = _find(user, today)
        user._powers = known  # type: ignore[union-attr]  # noqa: SLF001 - a note on our own user object
    return known


def _find(user: User | AnonymousUser, today: date) -> Powers:
    member_id = (
        Member.objects.filter(user_id=user.pk).values_list("pk", flat=True).first() if user.pk else None
    )
    if member_id is None or not user.is_active:
        return Powers(today, None, frozenset(), frozenset(), frozenset(), frozenset())
    held = list(
        Position.objects.on(today).filter(member_id=member_id).values_list("unit_id", "post", "unit__level")
    )
    committees = [(unit, post) for unit, post, level in held if level != Level.CELL]
    own = Membership.objects.on(today).filter(member_id=member_id).values_list("unit_id", flat=True)
    return Powers(
        on=today,
        member_id=member_id,
        reads=frozenset(unit for unit, post in committees if post in READERS),
        keeps=frozenset(unit for unit, post in committees if post in KEEPERS),
        cells_led=frozenset(unit for unit, post, level in held if level == Level.CELL and post in KEEPERS),
        own_cells=frozenset(own),
        held=tuple(held),
    )
