"""The roster as one person may see it: whole lines for those who lead, names and posts for the own cell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.utils.translation import gettext as _

from hatnhan.core.dated import in_force
from hatnhan.core.errors import Missing
from hatnhan.organization import bands
from hatnhan.organization.filters import UNKNOWN, Filters
from hatnhan.organization.models import Badge, Exemption, Member, Membership, Position, Transfer
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors import search
from hatnhan.organization.selectors.units import UnitLine, lines_below

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hatnhan.accounts.models import User
    from hatnhan.organization.models import Unit

_ARRIVALS = (Membership.StartReason.ADMITTED, Membership.StartReason.ARRIVED)
_DEPARTURES = (
    Membership.EndReason.LEFT,
    Membership.EndReason.DIED,
    Membership.EndReason.EXPELLED,
    Membership.EndReason.STRUCK_OFF,
    Membership.EndReason.WITHDREW,
)
_ORDERS: dict[str, tuple[str, ...]] = {
    "ten": (),
    "tuoi_dang": ("member__admitted_on",),
    "chi_bo": ("unit__name",),
    "ngay_sinh": ("member__born_year", "member__born_on"),
}
_BANDS = {band.key: band for band in (*bands.AGES, *bands.PARTY_YEARS, bands.FROM_THIRTY)}


@dataclass(frozen=True)
class Roster:
    """The members below a unit on a day, within what one person may see.

    ``directory`` is the narrow view of an ordinary member: names and posts of the own cell. ``cell_ids`` are the cells
    it is narrowed to; None is all below the unit, by those who may open every file there.
    """

    user: User
    unit: Unit
    on: date
    directory: bool
    cell_ids: frozenset[int] | None

    @cached_property
    def lines(self) -> list[UnitLine]:
        """The units below, with their members counted."""
        return lines_below(self.unit.pk, self.on, self.cell_ids)

    @property
    def cells(self) -> list[UnitLine]:
        """The cells among the units below."""
        return [line for line in self.lines if line.is_cell]

    @property
    def total(self) -> int:
        """All members, whatever is filtered."""
        return sum(line.total for line in self.lines)

    @property
    def official(self) -> int:
        """All official members."""
        return sum(line.official for line in self.lines)

    @property
    def probationary(self) -> int:
        """All members on probation."""
        return self.total - self.official

    def cell(self, code: str) -> UnitLine | None:
        """Return the cell with a code, if it is one of those below."""
        return next((line for line in self.cells if line.code == code), None)


def roster_for(user: User, unit: Unit | None, on: date) -> Roster:
    """Return the roster of a unit as a person may see it. Raises Missing where nothing of it is for the person."""
    powers = powers_of(user)
    if unit is None:
        raise Missing(_("Đồng chí chưa thuộc chi bộ nào trong Đảng bộ."))
    if powers.reads and unit.pk in powers.units_led:
        return Roster(user, unit, on, directory=False, cell_ids=None)
    within = frozenset(line.pk for line in lines_below(unit.pk, on, powers.cells_led | powers.own_cells))
    if led := within & powers.cells_led:
        return Roster(user, unit, on, directory=False, cell_ids=led)
    if own := within & powers.own_cells:
        return Roster(user, unit, on, directory=True, cell_ids=own)
    raise Missing(_("Không có danh sách nào cho đồng chí ở đây."))


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows that a filter leaves, how many they are, and how the name was looked for."""

    rows: QuerySet[Any]
    count: int
    how: search.How | None = None
    fell_back: bool = False


def find(roster: Roster, filters: Filters) -> Listing:
    """Return the rows of a roster that a filter asks for, in its order.

    A word that is nobody's given name is looked for in the whole name.
    """
    base = _base(roster, filters).filter(_conditions(roster, filters))
    found = search.understand(filters.q, whole=filters.whole_name, prefix="member__")
    if found is None:
        return Listing(_ordered(base, filters), base.count())
    matching = base.filter(found.matches)
    count, fell_back = matching.count(), False
    if not count and found.how is search.How.GIVEN:
        found = search.understand(filters.q, whole=True, prefix="member__") or found
        matching = base.filter(found.matches)
        count, fell_back = matching.count(), True
    return Listing(_ordered(matching, filters, found.rank), count, found.how, fell_back)


def with_standing(rows: QuerySet[Any], roster: Roster) -> QuerySet[Any]:
    """Add to the rows what their standing on the day needs: exemption, open transfer, badge, may the file be opened."""
    on = roster.on
    of_member = {"member_id": OuterRef("member_id")}
    undecided = Q(state=Transfer.State.PROPOSED) | Q(decided_on__gt=on)
    waiting = Transfer.objects.filter(undecided, proposed_on__lte=on, **of_member)
    best_badge = Badge.objects.filter(awarded_on__lte=on, **of_member).order_by("-years").values("years")[:1]
    return rows.select_related("member", "unit").annotate(
        exempt=Exists(Exemption.objects.on(on).filter(**of_member)),
        waiting=Exists(waiting),
        badge=Subquery(best_badge),
        readable=_readable(roster),
    )


def posts_on(on: date, member_ids: Iterable[int]) -> dict[int, str]:
    """Return the posts that members held on a day, in words, by protocol."""
    held = Position.objects.on(on).filter(member_id__in=list(member_ids)).select_related("unit")
    posts: dict[int, list[str]] = {}
    for position in sorted(held, key=lambda position: position.rank):
        titles = posts.setdefault(position.member_id, [])
        if position.title not in titles:
            titles.append(position.title)
    return {member_id: ", ".join(titles) for member_id, titles in posts.items()}


def _readable(roster: Roster) -> Any:
    """Return whether a row's whole file may be opened: all below an own committee, else asked file by file."""
    if roster.cell_ids is None:
        return Value(value=True)
    mine = powers_of(roster.user).files_condition()
    return Exists(Member.objects.filter(mine, pk=OuterRef("member_id")))


def _base(roster: Roster, filters: Filters) -> QuerySet[Any]:
    """Return the official memberships that held on the day, or that began or ended in the period asked for."""
    rows: QuerySet[Any] = Membership.objects.filter(kind=Membership.Kind.OFFICIAL)
    if filters.left and not roster.directory:
        ended = Q(end_reason__in=_DEPARTURES) & _span("end", filters.roi_tu, filters.roi_den)
        return rows.filter(ended, _inside(roster, Q(unit__ancestries__start__lt=F("end")), "gte", "end"))
    if filters.joined and not roster.directory:
        begun = Q(start_reason__in=_ARRIVALS) & _span("start", filters.vao_tu, filters.vao_den)
        return rows.filter(begun, _inside(roster, Q(unit__ancestries__start__lte=F("start")), "gt", "start"))
    return rows.filter(in_force(roster.on), _inside(roster, None, "", ""))


def _inside(roster: Roster, began: Q | None, comparison: str, moment: str) -> Q:
    """Return the condition that the cell is one the person may see, below the unit on the day or at the moment meant."""
    if roster.cell_ids is not None:
        return Q(unit_id__in=roster.cell_ids)
    below = Q(unit__ancestries__ancestor_id=roster.unit.pk)
    if began is None:
        return below & in_force(roster.on, "unit__ancestries__")
    open_end = Q(unit__ancestries__end__isnull=True)
    return below & began & (open_end | Q(**{f"unit__ancestries__end__{comparison}": F(moment)}))


def _conditions(roster: Roster, filters: Filters) -> Q:
    """Return what the filter asks of a row, but for the name and the period; nothing in the narrow view."""
    if roster.directory:
        return Q()
    condition = _cell_condition(roster, filters) & _status_condition(filters.trang_thai, roster.on)
    if filters.gioi:
        condition &= Q(member__sex=filters.gioi)
    if filters.tuoi:
        condition &= bands.age_condition(_BANDS[filters.tuoi], roster.on, "member__")
    if filters.tuoi_dang:
        condition &= bands.party_years_condition(_BANDS[filters.tuoi_dang], roster.on, "member__")
    levels = {"schooling": filters.hoc_van, "degree": filters.chuyen_mon, "theory": filters.ly_luan}
    for name, level in levels.items():
        if level:
            condition &= Q(**{f"member__{name}": "" if level == UNKNOWN else level})
    if filters.chuc_vu:
        held = Position.objects.on(roster.on).filter(member_id=OuterRef("member_id"))
        condition &= Q(Exists(held if filters.chuc_vu == "co" else held.filter(post=filters.chuc_vu)))
    return condition


def _cell_condition(roster: Roster, filters: Filters) -> Q:
    condition = Q()
    if filters.chi_bo:
        condition &= Q(unit__code=filters.chi_bo)
    if filters.loai:
        condition &= Q(unit_id__in=[line.pk for line in roster.cells if line.kind == filters.loai])
    return condition


def _status_condition(status: str, on: date) -> Q:
    official = Q(member__official_on__lte=on)
    if status == "chinh_thuc":
        return official
    if status == "du_bi":
        return Q(member__official_on__isnull=True) | Q(member__official_on__gt=on)
    if status == "mien":
        return Q(Exists(Exemption.objects.on(on).filter(member_id=OuterRef("member_id"))))
    return Q()


def _span(name: str, first: date | None, last: date | None) -> Q:
    condition = Q()
    if first:
        condition &= Q(**{f"{name}__gte": first})
    if last:
        condition &= Q(**{f"{name}__lte": last})
    return condition


def _ordered(rows: QuerySet[Any], filters: Filters, rank: Any = None) -> QuerySet[Any]:
    order: list[Any] = list(_ORDERS[filters.xep])
    if rank is not None and not order:
        rows = rows.annotate(rank=rank)
        order = ["rank"]
    return rows.order_by(*order, "member__sort_key", "member_id", "pk")
