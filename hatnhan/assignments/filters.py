"""What a list of tasks is filtered by: read from the address, written back into it.

A value that makes no sense is passed over, so that an old link still opens a list. Days are inclusive.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import vietnamese
from hatnhan.core.filters import AddressFilters, Chip

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.http import QueryDict
    from django_stubs_ext import StrPromise

STATES: Final[Mapping[str, StrPromise]] = {
    "": gettext_lazy("Chưa xong"),
    "qua-han": gettext_lazy("Quá hạn"),
    "dang-lam": gettext_lazy("Đang làm"),
    "cho-kiem-tra": gettext_lazy("Chờ kiểm tra"),
    "xong": gettext_lazy("Xong"),
    "da-lam": gettext_lazy("Đã làm (cả chờ kiểm tra)"),
    "thoi": gettext_lazy("Thôi"),
    "tat-ca": gettext_lazy("Mọi tình trạng"),
}
#: States in which the latest stands first: what is over is read backwards.
OVER: Final = frozenset({"xong", "da-lam", "thoi", "tat-ca"})
_OWNER = re.compile(r"\d{1,18}(-[a-z]{1,12})?")
_YEARS = range(1900, 2201)


@dataclass(frozen=True, slots=True)
class Filters(AddressFilters):
    """The filter of a list of tasks, field by field as in the address.

    ``nguoi`` is the id of a member, or of a unit and its body ("12-committee"); ``duoi`` takes in what stands below;
    ``dung_han`` keeps those done by their last day.
    """

    q: str = ""
    tinh_trang: str = ""
    nguoi: str = ""
    nhom: str = ""
    han_tu: date | None = None
    han_den: date | None = None
    giao_tu: date | None = None
    giao_den: date | None = None
    xong_tu: date | None = None
    xong_den: date | None = None
    dung_han: str = ""
    duoi: str = ""

    @property
    def narrow(self) -> bool:
        """Whether it leaves out more than what is over."""
        return self != Filters(duoi=self.duoi)


def read(query: QueryDict) -> Filters:
    """Return the filter that an address asks for; values it does not know are passed over."""
    state = query.get("tinh_trang", "")
    owner, group = query.get("nguoi", ""), query.get("nhom", "")
    days = {
        name: _day(query.get(name, ""))
        for name in ("han_tu", "han_den", "giao_tu", "giao_den", "xong_tu", "xong_den")
    }
    return Filters(
        q=query.get("q", "").strip()[:80],
        tinh_trang=state if state in STATES else "",
        nguoi=owner if _OWNER.fullmatch(owner) else "",
        nhom=group if re.fullmatch(r"\d{1,18}", group) else "",
        dung_han="co" if query.get("dung_han") == "co" else "",
        duoi="1" if query.get("duoi") == "1" else "",
        **days,
    )


def chips(chosen: Filters, *, owner: str = "", group: str = "") -> list[Chip]:
    """Return the conditions in words; ``owner`` and ``group`` are what those asked for are called."""
    found = [Chip(_("Tìm: “%(text)s”") % {"text": chosen.q}, ("q",))] if chosen.q else []
    if chosen.tinh_trang:
        found.append(Chip(str(STATES[chosen.tinh_trang]), ("tinh_trang",)))
    if chosen.nguoi:
        found.append(Chip(owner or _("Người làm không có ở đây"), ("nguoi",)))
    if chosen.nhom:
        found.append(Chip(group or _("Nhóm không có ở đây"), ("nhom",)))
    spans = (
        (_("Hạn"), "han_tu", "han_den"),
        (_("Giao"), "giao_tu", "giao_den"),
        (_("Làm xong"), "xong_tu", "xong_den"),
    )
    for words, first, last in spans:
        span = _span(getattr(chosen, first), getattr(chosen, last))
        if span:
            found.append(Chip(f"{words}: {span}", (first, last)))
    if chosen.dung_han:
        found.append(Chip(_("Làm xong đúng hạn"), ("dung_han",)))
    return found


def _span(start: date | None, end: date | None) -> str:
    first = _("từ %(day)s") % {"day": vietnamese.day(start)} if start else ""
    last = _("đến %(day)s") % {"day": vietnamese.day(end)} if end else ""
    return f"{first} {last}".strip()


def _day(text: str) -> date | None:
    try:
        found = vietnamese.parse_day(text)
    except ValueError:
        return None
    return found if found.year in _YEARS else None
