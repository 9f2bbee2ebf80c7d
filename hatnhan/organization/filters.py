"""What a list of members is filtered by: read from the address, written back into it.

A value that makes no sense is passed over, so that an old link still opens a list.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import vietnamese
from hatnhan.core.errors import RuleBroken
from hatnhan.core.filters import AddressFilters, Chip
from hatnhan.core.periods import Period
from hatnhan.organization.bands import AGES, FROM_THIRTY, PARTY_YEARS
from hatnhan.organization.cell_kinds import kinds
from hatnhan.organization.models import Post
from hatnhan.organization.models.member import Degree, Schooling, Sex, Theory

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.http import QueryDict
    from django_stubs_ext import StrPromise

UNKNOWN = "unknown"
_YEARS = range(1900, 2201)
_NOT_RECORDED = gettext_lazy("chưa ghi")

STATUSES: Final[Mapping[str, StrPromise]] = {
    "chinh_thuc": gettext_lazy("Chính thức"),
    "du_bi": gettext_lazy("Dự bị"),
    "mien": gettext_lazy("Miễn công tác"),
}
SORTS: Final[Mapping[str, StrPromise]] = {
    "ten": gettext_lazy("Tên (A, Ă, Â…)"),
    "tuoi_dang": gettext_lazy("Tuổi Đảng"),
    "chi_bo": gettext_lazy("Chi bộ"),
    "ngay_sinh": gettext_lazy("Ngày sinh"),
}
#: Filters with a fixed choice of values: name in the address → words → values.
_FIXED: Final[Mapping[str, tuple[StrPromise, Mapping[str, StrPromise | str]]]] = {
    "trang_thai": (gettext_lazy("Trạng thái"), STATUSES),
    "tuoi_dang": (
        gettext_lazy("Tuổi Đảng"),
        {band.key: band.label for band in (*PARTY_YEARS, FROM_THIRTY)},
    ),
    "gioi": (gettext_lazy("Giới tính"), {sex.value: sex.label for sex in Sex}),
    "tuoi": (gettext_lazy("Tuổi đời"), {band.key: band.label for band in AGES}),
    "hoc_van": (
        gettext_lazy("Học vấn"),
        {**{one.value: one.label for one in Schooling}, UNKNOWN: _NOT_RECORDED},
    ),
    "chuyen_mon": (
        gettext_lazy("Chuyên môn"),
        {**{one.value: one.label for one in Degree}, UNKNOWN: _NOT_RECORDED},
    ),
    "ly_luan": (
        gettext_lazy("Lý luận chính trị"),
        {**{one.value: one.label for one in Theory}, UNKNOWN: _NOT_RECORDED},
    ),
    "chuc_vu": (
        gettext_lazy("Chức vụ"),
        {"co": gettext_lazy("có chức vụ"), **{one.value: one.label for one in Post}},
    ),
}


def choices() -> dict[str, tuple[StrPromise, Mapping[str, StrPromise | str]]]:
    """Return the filters that offer values to choose from: name in the address → words → values."""
    return {"loai": (gettext_lazy("Loại chi bộ"), kinds()), **_FIXED}


@dataclass(frozen=True, slots=True)
class Filters(AddressFilters):
    """The filter of a list of members, field by field as in the address. Days are inclusive."""

    q: str = ""
    chi_bo: str = ""
    loai: str = ""
    trang_thai: str = ""
    gioi: str = ""
    tuoi: str = ""
    tuoi_dang: str = ""
    hoc_van: str = ""
    chuyen_mon: str = ""
    ly_luan: str = ""
    chuc_vu: str = ""
    vao_tu: date | None = None
    vao_den: date | None = None
    roi_tu: date | None = None
    roi_den: date | None = None
    o: str = ""
    xep: str = "ten"
    cot: tuple[str, ...] = field(default=())

    @property
    def joined(self) -> bool:
        """Whether it asks for those who came in a period."""
        return bool(self.vao_tu or self.vao_den)

    @property
    def left(self) -> bool:
        """Whether it asks for those who left in a period."""
        return bool(self.roi_tu or self.roi_den)

    @property
    def whole_name(self) -> bool:
        """Whether a single word is looked for in the whole name, not only as the given name."""
        return self.o == "ca"

    @property
    def narrow(self) -> bool:
        """Whether it leaves anyone out."""
        return self.without("o", "xep", "cot") != Filters()

    def sorted_by(self, key: str) -> Filters:
        """Return the filter in another order."""
        return replace(self, xep=key)

    def searching(self, where: str) -> Filters:
        """Return the filter with the name looked for elsewhere: "ca" for the whole name, "" for the given name."""
        return replace(self, o=where)


def read(query: QueryDict) -> Filters:
    """Return the filter that an address asks for; values it does not know are passed over."""
    text = {name: query.get(name, "").strip() for name in ("q", "chi_bo", "o", "xep")}
    chosen = {
        name: value
        for name, (_label, values) in choices().items()
        if (value := query.get(name, "")) in values
    }
    left = _period(query.get("roi", ""))
    return Filters(
        q=text["q"][:80],
        chi_bo=text["chi_bo"],
        o=text["o"],
        xep=text["xep"] if text["xep"] in SORTS else "ten",
        vao_tu=_day(query.get("vao_tu", "")),
        vao_den=_day(query.get("vao_den", ""), last=True),
        roi_tu=_day(query.get("roi_tu", "")) or (left.start if left else None),
        roi_den=_day(query.get("roi_den", ""), last=True) or (left.last_day if left else None),
        cot=tuple(dict.fromkeys(query.getlist("cot"))),
        **chosen,
    )


def chips(filters: Filters, cell_name: str = "") -> list[Chip]:
    """Return the conditions of a filter in words; ``cell_name`` is what the cell asked for is called."""
    found = [Chip(_("Tìm: “%(text)s”") % {"text": filters.q}, ("q", "o"))] if filters.q else []
    if filters.chi_bo:
        found.append(Chip(_("Chi bộ: %(name)s") % {"name": cell_name or filters.chi_bo}, ("chi_bo",)))
    for name, (label, values) in choices().items():
        if value := getattr(filters, name):
            found.append(Chip(f"{label}: {values[value]}", (name,)))
    if filters.joined:
        found.append(
            Chip(_("Vào: %(span)s") % {"span": _span(filters.vao_tu, filters.vao_den)}, ("vao_tu", "vao_den"))
        )
    if filters.left:
        found.append(
            Chip(_("Rời: %(span)s") % {"span": _span(filters.roi_tu, filters.roi_den)}, ("roi_tu", "roi_den"))
        )
    return found


def _span(start: date | None, end: date | None) -> str:
    first = _("từ %(day)s") % {"day": vietnamese.day(start)} if start else ""
    last = _("đến %(day)s") % {"day": vietnamese.day(end)} if end else ""
    return f"{first} {last}".strip()


def _day(text: str, *, last: bool = False) -> date | None:
    """Read a day, or a year alone as its first or ``last`` day."""
    try:
        found = vietnamese.parse_day_or_year(text)
        year = Period.parse(f"{found.year:04}")
    except (ValueError, RuleBroken):
        return None
    if found.year not in _YEARS:
        return None
    return found.day or (year.last_day if last else year.start)


def _period(text: str) -> Period | None:
    try:
        return Period.parse(text)
    except RuleBroken:
        return None
