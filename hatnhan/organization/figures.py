"""The numbers this room vouches for: members and cells of a unit and all below it.

Standing figures are those of the period's last day; while the period runs, those of today, and provisional. Each
opens onto the list of just the members it counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.dated import in_force
from hatnhan.figures.registry import family
from hatnhan.figures.types import Measure, RowsLink
from hatnhan.organization import bands
from hatnhan.organization.cell_kinds import kinds
from hatnhan.organization.models import Exemption, Level, Member, Membership, UnitVersion
from hatnhan.organization.models.member import Schooling
from hatnhan.organization.selectors import movement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hatnhan.core.periods import Period
    from hatnhan.figures.types import Scope

_MEMBERS = "organization.members"
_AGE_KEYS = ("up_to_30", "31_40", "41_50", "51_60", "over_60")
_PARTY_YEAR_KEYS = ("under_10", "10_19", "20_29", "30_39", "40_49", "50_up")


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the members: which, what they are called, and the filter of the list that shows just these."""

    key: str
    label: str
    group: str
    how: str
    condition: Q
    filters: dict[str, str]


@family(
    _MEMBERS,
    title=gettext_lazy("Đảng viên"),
    headlines=tuple(f"{_MEMBERS}.{key}" for key in ("total", "official", "probationary", "exempt")),
)
def members(scope: Scope, period: Period) -> Iterator[Measure]:
    """Count the members by standing, sex, age, years of membership and schooling; then those who came and went."""
    on = _day(period)
    parts = [*_by_standing(on), *_by_sex(), *_by_age(on), *_by_party_years(on), *_by_schooling()]
    roster = Member.objects.of(scope.pk, on)
    counts = roster.aggregate(
        whole=Count("pk"),
        **{f"part{place}": Count("pk", filter=p.condition) for place, p in enumerate(parts)},
    )
    yield _measure(
        scope,
        period,
        f"{_MEMBERS}.total",
        _("Đảng viên"),
        counts["whole"],
        _("Đếm đảng viên sinh hoạt chính thức ở các chi bộ trực thuộc trong ngày lấy số liệu."),
        group=_("Tổng số"),
    )
    for place, part in enumerate(parts):
        yield _measure(
            scope,
            period,
            f"{_MEMBERS}.{part.key}",
            part.label,
            counts[f"part{place}"],
            part.how,
            group=part.group,
            filters=part.filters,
            whole=counts["whole"],
        )
    yield from _movement(scope, period)


@family(f"{_MEMBERS}.by_cell", title=gettext_lazy("Đảng viên từng chi bộ"), of_committees=True)
def members_by_cell(scope: Scope, period: Period) -> Iterator[Measure]:
    """Count the members of every cell that stood below the unit, those without members included."""
    on = _day(period)
    there = in_force(on, "unit__memberships__") & Q(unit__memberships__kind=Membership.Kind.OFFICIAL)
    rows = (
        _cells(scope, on)
        .values_list("unit__code", "name")
        .annotate(count=Count("unit__memberships", filter=there))
    )
    counted = list(rows.order_by("position", "name", "unit__code"))
    whole = sum(count for _code, _name, count in counted)
    for code, name, count in counted:
        yield _measure(
            scope,
            period,
            f"{_MEMBERS}.by_cell.{code}",
            name,
            count,
            _("Đếm đảng viên sinh hoạt chính thức ở chi bộ trong ngày lấy số liệu."),
            group=_("Theo chi bộ"),
            filters={"chi_bo": code},
            whole=whole,
        )


@family(
    "organization.cells",
    title=gettext_lazy("Chi bộ"),
    headlines=("organization.cells.total",),
    of_committees=True,
)
def cells(scope: Scope, period: Period) -> Iterator[Measure]:
    """Count the cells by kind, as they were on the day."""
    on = _day(period)
    known = kinds()
    each = {key: Count("pk", filter=Q(cell_kind=key)) for key in known}
    counts = _cells(scope, on).aggregate(total=Count("pk"), **each)
    how = _("Đếm chi bộ trực thuộc đang hoạt động trong ngày lấy số liệu, theo loại của ngày ấy.")
    address = _address(scope, on)
    named = [("total", _("Chi bộ")), *known.items()]
    for key, label in named:
        whole = None if key == "total" else counts["total"]
        yield Measure(
            key=f"organization.cells.{key}",
            label=label,
            unit=_("chi bộ"),
            value=counts[key],
            how=how,
            numerator=None if whole is None else counts[key],
            denominator=whole,
            rows=RowsLink("organization:tree", address if whole is None else address | {"loai": key}),
            status=_status(period),
            group=_("Tổng số") if whole is None else _("Theo loại chi bộ"),
        )


# --- which members ---------------------------------------------------------------------------------------------------
def _by_standing(on: date) -> Iterator[Part]:
    group = _("Theo tư cách")
    official = Q(official_on__lte=on)
    exempt = Q(Exists(Exemption.objects.on(on).filter(member_id=OuterRef("pk"))))
    how = _("Đảng viên đã được công nhận chính thức trong ngày lấy số liệu hoặc trước đó.")
    yield Part("official", _("Đảng viên chính thức"), group, how, official, {"trang_thai": "chinh_thuc"})
    how = _("Đảng viên chưa đến ngày được công nhận chính thức.")
    on_probation = Q(official_on__isnull=True) | Q(official_on__gt=on)
    yield Part("probationary", _("Đảng viên dự bị"), group, how, on_probation, {"trang_thai": "du_bi"})
    how = _("Đảng viên được miễn công tác và sinh hoạt trong ngày lấy số liệu.")
    yield Part(
        "exempt", _("Đảng viên được miễn công tác, sinh hoạt"), group, how, exempt, {"trang_thai": "mien"}
    )


def _by_sex() -> Iterator[Part]:
    group, how = _("Theo giới tính"), _("Theo giới tính ghi trong danh sách đảng viên.")
    yield Part("sex.male", _("Nam"), group, how, Q(sex="M"), {"gioi": "M"})
    yield Part("sex.female", _("Nữ"), group, how, Q(sex="F"), {"gioi": "F"})


def _by_age(on: date) -> Iterator[Part]:
    group = _("Theo tuổi đời")
    how = _("Tuổi tròn trong ngày lấy số liệu; người chỉ rõ năm sinh thì lấy hiệu số năm.")
    for key, band in zip(_AGE_KEYS, bands.AGES, strict=True):
        condition = bands.age_condition(band, on)
        yield Part(f"age.{key}", str(band.label), group, how, condition, {"tuoi": band.key})


def _by_party_years(on: date) -> Iterator[Part]:
    group, how = (
        _("Theo tuổi Đảng"),
        _("Số năm tròn từ ngày vào Đảng đến ngày lấy số liệu (Điều lệ Đảng, Điều 5.4)."),
    )
    for key, band in zip(_PARTY_YEAR_KEYS, bands.PARTY_YEARS, strict=True):
        condition = bands.party_years_condition(band, on)
        yield Part(f"party_years.{key}", str(band.label), group, how, condition, {"tuoi_dang": band.key})


def _by_schooling() -> Iterator[Part]:
    group, how = _("Theo học vấn"), _("Theo học vấn ghi trong danh sách đảng viên.")
    for level in Schooling:
        filters = {"hoc_van": level.value}
        yield Part(f"schooling.{level.value}", str(level.label), group, how, Q(schooling=level), filters)
    yield Part("schooling.unknown", _("Chưa ghi"), group, how, Q(schooling=""), {"hoc_van": "unknown"})


def _movement(scope: Scope, period: Period) -> Iterator[Measure]:
    """Count those who came and went in the period, so far as it has gone."""
    until = max(min(period.end, clock.today() + timedelta(days=1)), period.start)
    first, last = period.start.isoformat(), (until - timedelta(days=1)).isoformat()
    yield _measure(
        scope,
        period,
        f"{_MEMBERS}.joined",
        _("Đảng viên mới đến"),
        movement.joined(scope.pk, period.start, until).count(),
        _("Kết nạp hoặc chuyển đến từ ngoài trong kỳ; chuyển giữa các chi bộ trực thuộc thì không tính."),
        group=_("Biến động trong kỳ"),
        filters={"vao_tu": first, "vao_den": last},
    )
    yield _measure(
        scope,
        period,
        f"{_MEMBERS}.left",
        _("Đảng viên không còn sinh hoạt"),
        movement.left(scope.pk, period.start, until).count(),
        _(
            "Chuyển đi, từ trần, bị xóa tên, khai trừ hoặc xin ra trong kỳ; chuyển giữa các chi bộ ở đây không tính."
        ),
        group=_("Biến động trong kỳ"),
        filters={"roi_tu": first, "roi_den": last},
    )


# --- the same for all ------------------------------------------------------------------------------------------------
def _measure(  # noqa: PLR0913 - what a figure is, said in one place
    scope: Scope,
    period: Period,
    key: str,
    label: str,
    value: int,
    how: str,
    *,
    group: str,
    filters: dict[str, str] | None = None,
    whole: int | None = None,
) -> Measure:
    """Return a number of members, with the list behind it; a part of the ``whole`` knows its share."""
    return Measure(
        key=key,
        label=label,
        unit=_("đảng viên"),
        value=value,
        how=how,
        numerator=None if whole is None else value,
        denominator=whole,
        rows=RowsLink("organization:members", {**(filters or {}), **_address(scope, _day(period))}),
        status=_status(period),
        group=group,
    )


def _day(period: Period) -> date:
    """Return the day of the standing figures: the period's last, or today while it runs."""
    return min(period.last_day, clock.today())


def _status(period: Period) -> str:
    return "final" if period.last_day <= clock.today() else "provisional"


def _address(scope: Scope, on: date) -> dict[str, str]:
    return {"don_vi": scope.code, "ngay": on.isoformat()}


def _cells(scope: Scope, on: date) -> QuerySet[Any]:
    """Return the versions, of a day, of the cells that stood below a unit that day."""
    below = in_force(on, "unit__ancestries__") & Q(unit__ancestries__ancestor_id=scope.pk)
    found: QuerySet[Any] = UnitVersion.objects.on(on).filter(below, unit__level=Level.CELL)
    return found
