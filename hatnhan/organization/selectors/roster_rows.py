"""Which rows of the roster a filter means, and their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from hatnhan.core.dated import in_force
from hatnhan.organization import bands
from hatnhan.organization.filters import UNKNOWN, Filters
from hatnhan.organization.models import Exemption, Membership, Position

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.organization.selectors.roster import Roster

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
    "ngay_sinh": ("member__born_year", "member__born_on"),
}
_BANDS = {band.key: band for band in (*bands.AGES, *bands.PARTY_YEARS, bands.FROM_THIRTY)}


def base(roster: Roster, filters: Filters) -> QuerySet[Any]:
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
    """Return the condition that the cell is one the person may see, below the unit then."""
    if roster.cell_ids is not None:
        return Q(unit_id__in=roster.cell_ids)
    below = Q(unit__ancestries__ancestor_id=roster.unit.pk)
    if began is None:
        return below & in_force(roster.on, "unit__ancestries__")
    open_end = Q(unit__ancestries__end__isnull=True)
    return below & began & (open_end | Q(**{f"unit__ancestries__end__{comparison}": F(moment)}))


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


def _span(name: str, first: date | None, last: date | None) -> Q:
    asked = Q()
    if first:
        asked &= Q(**{f"{name}__gte": first})
    if last:
        asked &= Q(**{f"{name}__lte": last})
    return asked


def ordered(rows: QuerySet[Any], roster: Roster, filters: Filters, rank: Case | None = None) -> QuerySet[Any]:
    """Put the rows in the order asked for; what was typed exactly comes first, unless another order was chosen."""
    order: list[Any] = [_by_cell(roster)] if filters.xep == "chi_bo" else list(_ORDERS[filters.xep])
    if rank is not None and not order:
        rows = rows.annotate(rank=rank)
        order = ["rank"]
    return rows.order_by(*order, "member__sort_key", "member_id", "pk")


def _by_cell(roster: Roster) -> Case:
    """Return the place of each cell in the tree, which follows the alphabet as no database does by itself."""
    places = [When(unit_id=line.pk, then=Value(place)) for place, line in enumerate(roster.cells)]
    return Case(*places, default=Value(len(places)), output_field=IntegerField())
