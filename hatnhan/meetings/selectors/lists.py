"""The list of meetings, as the address filters it; late ones first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock, vietnamese
from hatnhan.core.errors import RuleBroken
from hatnhan.core.filters import AddressFilters, Chip
from hatnhan.core.periods import Period
from hatnhan.meetings.models import Meeting, Series
from hatnhan.organization.models import Level, Unit
from hatnhan.organization.selectors.units import short_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import QueryDict

    from hatnhan.accounts.models import User
    from hatnhan.meetings.models.meeting import MeetingQuerySet

_State = Meeting.State
_AHEAD = (_State.DRAFT, _State.INVITED)

KINDS = {
    "tuan": Series.Kind.WEEKLY_REVIEW,
    "chi-bo": Series.Kind.CELL_MONTHLY,
    "cap-uy": Series.Kind.COMMITTEE,
}
STATES = {
    "qua-han": gettext_lazy("Quá hạn"),
    "sap-hop": gettext_lazy("Sắp họp"),
    "dang-hop": gettext_lazy("Đang họp"),
    "cho-bien-ban": gettext_lazy("Chờ biên bản"),
    "da-hop": gettext_lazy("Đã họp, biên bản đã duyệt"),
    "khong-hop": gettext_lazy("Không họp"),
    "doi-ngay": gettext_lazy("Đã đổi ngày"),
}


@dataclass(frozen=True, slots=True)
class Filters(AddressFilters):
    """The filter of the list, field by field as in the address. ``tu`` and ``den`` are inclusive days."""

    loai: str = ""
    trang_thai: str = ""
    chi_bo: str = ""
    tu: date | None = None
    den: date | None = None


def read(query: QueryDict) -> Filters:
    """Return the filter that an address asks for: values it does not know are passed over.

    ``thang`` (2018-11, or a quarter, or a year) stands for its first and last day.
    """
    period = _period(query.get("thang", ""))
    kind, state = query.get("loai", ""), query.get("trang_thai", "")
    return Filters(
        loai=kind if kind in KINDS else "",
        trang_thai=state if state in STATES else "",
        chi_bo=query.get("chi_bo", "").strip()[:60],
        tu=_day(query.get("tu", "")) or (period.start if period else None),
        den=_day(query.get("den", "")) or (period.last_day if period else None),
    )


def chips(filters: Filters, cells: Mapping[str, str]) -> list[Chip]:
    """Return the conditions in words; ``cells`` names cells by code."""
    found: list[Chip] = []
    if filters.loai:
        found.append(Chip(str(KINDS[filters.loai].label), ("loai",)))
    if filters.trang_thai:
        found.append(Chip(str(STATES[filters.trang_thai]), ("trang_thai",)))
    if filters.chi_bo:
        found.append(Chip(cells.get(filters.chi_bo, filters.chi_bo), ("chi_bo",)))
    if filters.tu:
        found.append(Chip(_("Từ %(day)s") % {"day": vietnamese.day(filters.tu)}, ("tu",)))
    if filters.den:
        found.append(Chip(_("Đến %(day)s") % {"day": vietnamese.day(filters.den)}, ("den",)))
    return found


def cells_of(unit: Unit, on: date) -> dict[str, str]:
    """Return the names of the cells under a unit by code; none for a cell itself. One query."""
    if unit.is_cell:
        return {}
    rows = Unit.objects.under(unit.pk, on).filter(level=Level.CELL).order_by("name")
    return {code: short_name(name) for code, name in rows.values_list("code", "name")}


def find(user: User, unit: Unit | None, on: date, filters: Filters, minutes_days: int) -> MeetingQuerySet:
    """Return the meetings of a unit and of those under it that the person may see, late ones first.

    After those: the ones to come from the nearest on, then the past from the latest back.
    """
    rows: MeetingQuerySet = Meeting.objects.visible_to(user)
    if unit is not None:
        rows = rows.filter(unit__in=Unit.objects.under(unit.pk, on).values("pk"))
    rows = _narrowed(rows, filters)
    if filters.trang_thai:
        rows = rows.filter(_condition(filters.trang_thai, on, minutes_days))
    late, ahead = _condition("qua-han", on, minutes_days), Q(state__in=(*_AHEAD, _State.OPEN))
    order = Case(
        When(late, then=Value(0)),
        When(ahead, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    nearest = Case(When(late | ahead, then="starts_at"))
    return rows.select_related("unit").annotate(order=order).order_by("order", nearest, "-starts_at", "pk")


def _narrowed(rows: MeetingQuerySet, filters: Filters) -> MeetingQuerySet:
    if filters.loai:
        rows = rows.filter(kind=KINDS[filters.loai])
    if filters.chi_bo:
        rows = rows.filter(unit__code=filters.chi_bo)
    if filters.tu:
        rows = rows.filter(starts_at__gte=clock.at(filters.tu, 0))
    if filters.den:
        rows = rows.filter(starts_at__lt=clock.at(filters.den + timedelta(days=1), 0))
    return rows


def _condition(state: str, on: date, minutes_days: int) -> Q:
    today = clock.at(on, 0)
    due = today - timedelta(days=minutes_days)
    not_held = Q(state__in=(*_AHEAD, _State.OPEN), starts_at__lt=today)
    late = not_held | Q(state=_State.CLOSED, ended_at__lt=due)
    return {
        "qua-han": late,
        "sap-hop": Q(state__in=_AHEAD, starts_at__gte=today),
        "dang-hop": Q(state=_State.OPEN),
        "cho-bien-ban": Q(state=_State.CLOSED),
        "da-hop": Q(state__in=(_State.APPROVED, _State.LOCKED)),
        "khong-hop": Q(state=_State.CANCELLED),
        "doi-ngay": ~Q(moved_reason=""),
    }[state]


def _day(text: str) -> date | None:
    try:
        day = vietnamese.parse_day(text)
    except vietnamese.DayError:
        return None
    # At the ends of the calendar there is no day before or after, nor a moment in another zone.
    return day if date.min.year < day.year < date.max.year else None


def _period(text: str) -> Period | None:
    try:
        return Period.parse(text)
    except RuleBroken:
        return None
