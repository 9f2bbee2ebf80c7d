"""What the pages of deeds must fetch: the one concerned, and what there is to choose from. All of today."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db.models import Q
from django.utils.translation import gettext as _

from hatnhan.core import clock
from hatnhan.core.dated import in_force
from hatnhan.core.errors import Missing
from hatnhan.organization.models import (
    Exemption,
    Level,
    Member,
    Membership,
    Position,
    Probation,
    Transfer,
    Unit,
    UnitAncestry,
    UnitVersion,
)
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors import search

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.db.models import QuerySet

    from hatnhan.accounts.models import User

T = TypeVar("T")

#: How many names a search shows; more is a list that nobody reads on a phone.
SHOWN = 20
#: A cell is shown whole; nothing larger is.
WHOLE_CELL = 80


# --- the one concerned ---------------------------------------------------------------------------------------------
def member_for(user: User, pk: int) -> Member:
    """Return a member whose file the person may read. Raises Missing, whether absent or forbidden."""
    found: Member | None = Member.objects.visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Missing(_("Không có đảng viên này, hoặc hồ sơ không dành cho đồng chí xem."))
    return found


def readable(user: User, ids: Collection[int]) -> frozenset[int]:
    """Return those of the members whose file the person may read."""
    return frozenset(Member.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True))


def latest_cell(member: Member) -> Unit | None:
    """Return the cell of the latest official membership, which decides who may do something about the member."""
    rows = Membership.objects.filter(member=member, kind=Membership.Kind.OFFICIAL)
    latest = rows.select_related("unit").order_by("-start").first()
    return latest.unit if latest else None


def open_probation(member: Member) -> Probation | None:
    """Return the probation not yet decided."""
    return Probation.objects.filter(member=member, outcome="").first()


def exemption_for(member: Member, pk: int) -> Exemption:
    """Return an exemption of a member that has no end yet, or one still to come. Raises Missing."""
    running = Q(end__isnull=True) | Q(end__gt=clock.today())
    return _found(Exemption.objects.filter(running, member=member, pk=pk).first())


def temporary_for(member: Member, pk: int) -> Membership:
    """Return temporary activity of a member that has not ended. Raises Missing."""
    running = Q(end__isnull=True) | Q(end__gt=clock.today())
    rows = Membership.objects.filter(running, member=member, pk=pk, kind=Membership.Kind.TEMPORARY)
    return _found(rows.select_related("unit", "member").first())


def position_for(user: User, pk: int) -> Position:
    """Return a post held today, or from a day to come, in a unit that the person leads. Raises Missing."""
    running = Q(end__isnull=True) | Q(end__gt=clock.today())
    held = Position.objects.filter(running, pk=pk, unit_id__in=powers_of(user).units_led)
    return _found(held.select_related("member", "unit").first())


def transfer_for(user: User, pk: int) -> Transfer:
    """Return a transfer that the person may see and that waits for an answer. Raises Missing."""
    waiting = Transfer.objects.visible_to(user).open().filter(pk=pk)
    return _found(waiting.select_related("member", "from_unit", "to_unit").first())


def _found(row: T | None) -> T:
    if row is None:
        raise Missing(_("Việc này không còn chờ, hoặc không dành cho đồng chí xem."))
    return row


# --- what there is to choose from ----------------------------------------------------------------------------------
def _standing(units: QuerySet[Unit]) -> QuerySet[Unit]:
    """Keep the units that exist today, in the order of the tree."""
    now = in_force(clock.today(), "versions__")
    return units.filter(now).order_by("versions__position", "versions__name")


def cells_among(ids: Collection[int]) -> QuerySet[Unit]:
    """Return those of the units that are cells."""
    return _standing(Unit.objects.filter(pk__in=ids, level=Level.CELL))


def kept_cells(user: User) -> QuerySet[Unit]:
    """Return the cells whose roster the person keeps."""
    return cells_among(powers_of(user).units_kept)


def kept_parents(user: User, unit: Unit) -> QuerySet[Unit]:
    """Return the committees the person keeps, without a unit and what stands below it."""
    below = UnitAncestry.objects.on(clock.today()).filter(ancestor=unit).values("unit_id")
    kept = Unit.objects.filter(pk__in=powers_of(user).units_kept).exclude(level=Level.CELL)
    return _standing(kept.exclude(pk__in=below))


def sister_cells(cell: Unit) -> QuerySet[Unit]:
    """Return the other cells under the same commune: a member may move there."""
    line = UnitAncestry.objects.on(clock.today()).filter(unit=cell, ancestor__level=Level.COMMUNE)
    same = Unit.objects.filter(
        in_force(clock.today(), "ancestries__"), ancestries__ancestor_id__in=line.values("ancestor_id")
    )
    return _standing(same.filter(level=Level.CELL).exclude(pk=cell.pk))


def units_for_posts(user: User, cell: Unit) -> QuerySet[Unit]:
    """Return the units in which a member of a cell may be given a post by the person: the cell and those above."""
    line = UnitAncestry.objects.on(clock.today()).filter(unit=cell).values("ancestor_id")
    kept = Unit.objects.filter(pk__in=line).filter(pk__in=powers_of(user).units_kept)
    return _standing(kept)


def members_of(unit: Unit) -> QuerySet[Member]:
    """Return those who belong to a unit, or to what stands below it, officially today."""
    found: QuerySet[Member] = Member.objects.of(unit.pk, clock.today()).order_by("sort_key", "pk")
    return found


def named(unit: Unit, text: str) -> list[Member]:
    """Return members of a unit by name, at most SHOWN; of a cell all, when nothing was typed."""
    people = members_of(unit)
    wanted = search.understand(text, whole=True)
    if wanted is None:
        return list(people[:WHOLE_CELL]) if unit.is_cell else []
    people = people.filter(wanted.matches)
    return list((people.order_by(wanted.rank, "sort_key") if wanted.rank else people)[:SHOWN])


# --- facts for sentences and check pages ---------------------------------------------------------------------------
def parent_of(unit: Unit) -> Unit | None:
    """Return the unit under which one stands today."""
    version = UnitVersion.objects.on(clock.today()).filter(unit=unit).select_related("parent").first()
    return version.parent if version else None


def next_place(parent: Unit) -> int:
    """Return the place after the last unit that stands under a parent today."""
    last = UnitVersion.objects.on(clock.today()).filter(parent=parent).order_by("-position").first()
    return last.position + 1 if last else 0


def holds(member: Member, day: date) -> tuple[list[Position], int]:
    """Return the posts a member holds from a day on, and how many exemptions run then."""
    running = Q(end__isnull=True) | Q(end__gt=day)
    posts = list(Position.objects.filter(running, member=member).select_related("unit"))
    return posts, Exemption.objects.filter(running, member=member).count()


def size(unit: Unit, day: date) -> tuple[int, int]:
    """Return how many belong to a unit, and how many posts are held in it, on a day."""
    people = Member.objects.of(unit.pk, day).count()
    return people, Position.objects.on(day).filter(unit=unit).count()


def guests(unit: Unit, day: date) -> int:
    """Return how many are in a cell temporarily on a day."""
    found = Membership.objects.on(day).filter(unit=unit, kind=Membership.Kind.TEMPORARY)
    return found.count()
