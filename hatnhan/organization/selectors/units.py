"""Reading the tree: units as they were on a day, with their size and head."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from hatnhan.core.dated import in_force
from hatnhan.core.errors import Missing
from hatnhan.core.vietnamese import sort_key
from hatnhan.organization.cell_kinds import kind_words, kinds
from hatnhan.organization.models import (
    Level,
    Position,
    Post,
    Unit,
    UnitAncestry,
    UnitEvent,
    UnitVersion,
)
from hatnhan.organization.powers import powers_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from hatnhan.accounts.models import User

_CELL_PREFIX = "Chi bộ "


@dataclass(slots=True)
class UnitLine:
    """A unit as it was on a day. ``total`` counts members with their official activity there that day."""

    pk: int
    code: str
    name: str
    level: str
    kind: str
    parent_id: int | None
    total: int
    official: int
    place: int = 0
    secretary: str = ""
    secretary_id: int | None = None

    @property
    def is_cell(self) -> bool:
        """Whether members belong to it directly."""
        return self.level == Level.CELL

    @property
    def short(self) -> str:
        """The name as lists show it, without the words "Chi bộ" that all lines share."""
        return short_name(self.name)

    @property
    def probationary(self) -> int:
        """Members on probation."""
        return self.total - self.official


@dataclass(frozen=True, slots=True)
class KindGroup:
    """The cells of one kind."""

    key: str
    label: str
    lines: list[UnitLine]

    @property
    def total(self) -> int:
        """Members of all cells of the kind."""
        return sum(line.total for line in self.lines)


def short_name(name: str) -> str:
    """Return a cell's name without the words "Chi bộ": "Chi bộ thôn Chùa" as "Thôn Chùa"."""
    rest = name.removeprefix(_CELL_PREFIX)
    return rest[:1].upper() + rest[1:]


def in_sentence(name: str) -> str:
    """Return a unit's name as it stands inside a sentence: "chi bộ thôn Chùa"; a committee's keeps its capital."""
    return name[:1].lower() + name[1:] if name.startswith(_CELL_PREFIX) else name


def reading_order(name: str) -> list[str]:
    """Return the key under which names of units stand in Vietnamese order, word by word from the first."""
    return [sort_key(word) for word in name.split()]


def lines_below(unit_id: int, on: date, only: Collection[int] | None = None) -> list[UnitLine]:
    """Return the unit and all that stood below it on a day, with the members counted, by one query.

    ``only`` keeps some of them; None keeps all.
    """
    there = in_force(on, "unit__memberships__") & Q(unit__memberships__kind="official")
    official = there & Q(unit__memberships__member__official_on__lte=on)
    below = in_force(on, "unit__ancestries__") & Q(unit__ancestries__ancestor_id=unit_id)
    versions = UnitVersion.objects.on(on).filter(below)
    if only is not None:
        versions = versions.filter(unit_id__in=only)
    rows: Iterable[Any] = list(
        versions.values(
            "parent_id",
            "name",
            place=F("position"),
            pk=F("unit_id"),
            code=F("unit__code"),
            level=F("unit__level"),
            kind=F("cell_kind"),
            total=Count("unit__memberships", filter=there),
            official=Count("unit__memberships", filter=official),
        )
    )
    return sorted((UnitLine(**row) for row in rows), key=lambda line: (line.place, reading_order(line.name)))


def add_secretaries(lines: list[UnitLine], unit_id: int, on: date) -> None:
    """Write into the lines who was secretary of each on a day."""
    held = Position.objects.on(on).filter(
        in_force(on, "unit__ancestries__"), post=Post.SECRETARY, unit__ancestries__ancestor_id=unit_id
    )
    heads = {
        unit: (name, member)
        for unit, name, member in held.values_list("unit_id", "member__full_name", "member_id")
    }
    for line in lines:
        line.secretary, line.secretary_id = heads.get(line.pk, ("", None))


def seen_by(user: User, unit_id: int) -> frozenset[int] | None:
    """Return which units a person may know of when looking below a unit; None where that is all of them."""
    powers = powers_of(user)
    return None if powers.reads and unit_id in powers.units_led else powers.units_seen


def root_of_tree(unit: Unit, on: date) -> Unit:
    """Return the unit itself, or for a cell the committee it stood under on a day."""
    if not unit.is_cell:
        return unit
    above = UnitAncestry.objects.on(on).filter(unit_id=unit.pk, depth__gt=0).order_by("depth")
    nearest = above.select_related("ancestor").first()
    return nearest.ancestor if nearest else unit


def by_kind(lines: list[UnitLine]) -> list[KindGroup]:
    """Group cells by kind, in the order in which the kinds are listed; one that no list names stands last."""
    groups: dict[str, list[UnitLine]] = {key: [] for key in kinds()}
    for line in lines:
        if line.is_cell:
            groups.setdefault(line.kind, []).append(line)
    return [KindGroup(key, kind_words(key), cells) for key, cells in groups.items() if cells]


def dissolved_below(unit_id: int, on: date, only: Collection[int] | None = None) -> list[UnitEvent]:
    """Return how the units that once stood below a unit ended, up to and including a day, latest first."""
    ended = Unit.objects.filter(dissolved_on__lte=on, ancestries__ancestor_id=unit_id).exclude(pk=unit_id)
    if only is not None:
        ended = ended.filter(pk__in=only)
    kinds = (UnitEvent.Kind.DISSOLVED, UnitEvent.Kind.MERGED)
    events = UnitEvent.objects.filter(unit__in=ended.values("pk"), kind__in=kinds, on__lte=on)
    return list(events.select_related("unit", "successor").order_by("-on", "-id"))


def unit_for(user: User, code: str) -> Unit:
    """Return a unit the person may see. Raises Missing, whether it is absent or forbidden."""
    found: Unit | None = Unit.objects.visible_to(user).filter(code=code).first()
    if found is None:
        raise Missing(_("Không có tổ chức này, hoặc tổ chức không dành cho đồng chí xem."))
    return found


def version_on(unit: Unit, on: date) -> UnitVersion | None:
    """Return what the unit was on a day, None when it did not exist."""
    version: UnitVersion | None = (
        UnitVersion.objects.on(on).filter(unit=unit).select_related("parent").first()
    )
    return version


def leaders_of(unit: Unit, on: date) -> list[Position]:
    """Return the posts held in a unit on a day, by protocol, then by name."""
    held = Position.objects.on(on).filter(unit=unit).select_related("member", "unit", "term")
    return sorted(held, key=lambda position: (position.rank, position.member.sort_key))


def events_of(unit: Unit) -> list[UnitEvent]:
    """Return what was decided about a unit, latest first."""
    return list(UnitEvent.objects.filter(unit=unit).select_related("successor", "unit"))


def takeovers_of(unit: Unit) -> list[UnitEvent]:
    """Return the decisions about other units of which this one is the successor, latest first."""
    return list(UnitEvent.objects.filter(successor=unit).select_related("unit"))


def versions_of(unit: Unit) -> list[UnitVersion]:
    """Return what a unit was called and where it hung over time, latest first."""
    return list(UnitVersion.objects.filter(unit=unit).select_related("parent").order_by("-start"))
