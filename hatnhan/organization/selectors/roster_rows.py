"""Which rows of the roster a filter means, and their order."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from hatnhan.core.dated import in_force
from hatnhan.organization import bands
from hatnhan.organization.filters import UNKNOWN, Filters
from hatnhan.organization.models import Exemption, Membership, Position
from hatnhan.organization.selectors import movement

if TYPE_CHECKING:
    from collections.abc import Callable

    from hatnhan.organization.selectors.roster import Roster

    Moved = Callable[[int, date, date], QuerySet[Membership]]

_MANY_CELLS = 300
#: Before the Party there was nobody to join it: where a period has no beginning.
_BEGINNING = date(1930, 2, 3)
_ORDERS: dict[str, tuple[str, ...]] = {
    "ten": (),
    "tuoi_dang": ("member__admitted_on",),
    "ngay_sinh": ("member__born_year", "member__born_on"),
}
_BANDS = {band.key: band for band in (*bands.AGES, *bands.PARTY_YEARS, bands.FROM_THIRTY)}


def base(roster: Roster, filters: Filters) -> QuerySet[Any]:
    """Return the official memberships that held on the day, or that led in or out in the period asked for."""
    if filters.left and not roster.directory:
        return _moved(roster, movement.left, filters.roi_tu, filters.roi_den)
    if filters.joined and not roster.directory:
        return _moved(roster, movement.joined, filters.vao_tu, filters.vao_den)
    rows: QuerySet[Any] = Membership.objects.on(roster.on).filter(kind=Membership.Kind.OFFICIAL)
    if roster.cell_ids is not None:
        return rows.filter(unit_id__in=roster.cell_ids)
    return rows.filter(
        in_force(roster.on, "unit__ancestries__"), unit__ancestries__ancestor_id=roster.unit.pk
    )


def _moved(roster: Roster, how: Moved, first: date | None, last: date | None) -> QuerySet[Any]:
    """Return who came in or went out between two days, both inclusive, of what the person may see."""
    start, end = first or _BEGINNING, (last or roster.on) + timedelta(days=1)
    if roster.cell_ids is None:
        return how(roster.unit.pk, start, end)
    moved = Q(pk__in=())
    for cell_id in roster.cell_ids:
        moved |= Q(pk__in=how(cell_id, start, end).values("pk"))
    rows: QuerySet[Any] = Membership.objects.filter(moved)
    return rows


def condition(roster: Roster, filters: Filters) -> Q:
    """Return what the filter asks of a row, but for the name and the period; nothing in the narrow view."""
    if roster.directory:
        return Q()
    asked = _cell_condition(roster, filters) & _status_condition(filters.trang_thai, roster.on)
    if filters.gioi:
        asked &= Q(member__sex=filters.gioi)
    if filters.tuoi:
        asked &= bands.age_condition(_BANDS[filters.tuoi], roster.on, "member__")
    if filters.tuoi_dang:
        asked &= bands.party_years_condition(_BANDS[filters.tuoi_dang], roster.on, "member__")
    levels = {"schooling": filters.hoc_van, "degree": filters.chuyen_mon, "theory": filters.ly_luan}
    for name, level in levels.items():
        if level:
            asked &= Q(**{f"member__{name}": "" if level == UNKNOWN else level})
    if filters.chuc_vu:
        held = Position.objects.on(roster.on).filter(member_id=OuterRef("member_id"))
        asked &= Q(Exists(held if filters.chuc_vu == "co" else held.filter(post=filters.chuc_vu)))
    return asked


def _cell_condition(roster: Roster, filters: Filters) -> Q:
    asked = Q()
    if filters.chi_bo:
        asked &= Q(unit__code=filters.chi_bo)
    if filters.loai:
        asked &= Q(unit_id__in=[line.pk for line in roster.cells if line.kind == filters.loai])
    return asked


def _status_condition(status: str, on: date) -> Q:
    official = Q(member__official_on__lte=on)
    if status == "chinh_thuc":
        return official
    if status == "du_bi":
        return Q(member__official_on__isnull=True) | Q(member__official_on__gt=on)
    if status == "mien":
        return Q(Exists(Exemption.objects.on(on).filter(member_id=OuterRef("member_id"))))
    return Q()


def ordered(rows: QuerySet[Any], roster: Roster, filters: Filters, rank: Case | None = None) -> QuerySet[Any]:
    """Put the rows in the order asked for; what was typed exactly comes first, unless another order was chosen."""
    order: list[Any] = [_by_cell(roster)] if filters.xep == "chi_bo" else list(_ORDERS[filters.xep])
    if rank is not None and not order:
        rows = rows.annotate(rank=rank)
        order = ["rank"]
    return rows.order_by(*order, "member__sort_key", "member_id", "pk")


def _by_cell(roster: Roster) -> Case | F:
    """Return the place of each cell in the tree, which follows the alphabet as no database does by itself.

    With very many cells, their codes stand in: the places would cost more than they tell.
    """
    if len(roster.cells) > _MANY_CELLS:
        return F("unit__code")
    places = [When(unit_id=line.pk, then=Value(place)) for place, line in enumerate(roster.cells)]
    return Case(*places, default=Value(len(places)), output_field=IntegerField())
