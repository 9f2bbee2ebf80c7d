"""The list of members: filtered, sorted, paged, taken away as a workbook."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import FileResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hatnhan.core import clock
from hatnhan.core.errors import Missing
from hatnhan.core.filters import address_of, filter_context, staying
from hatnhan.documents import xlsx
from hatnhan.organization import columns, filters, links, permissions
from hatnhan.organization.actions import readings
from hatnhan.organization.permissions import Action
from hatnhan.organization.selectors import lists, roster

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from hatnhan.core.http import Request
    from hatnhan.organization.filters import Filters

SECTION = "organization:members"
PER_PAGE = 50
#: Filters that stand in the first row; the others are behind "Thêm điều kiện".
_FIRST = ("loai", "trang_thai", "tuoi_dang")
#: With more cells than this, a list to pick from helps nobody: the unit is chosen in the top bar instead.
_MANY_CELLS = 300


class Counted(Paginator[Any]):
    """A paginator that was told the count."""

    def __init__(self, rows: QuerySet[Any], count: int) -> None:
        super().__init__(rows, PER_PAGE)
        self.known = count

    @cached_property
    def count(self) -> int:
        """How many rows there are."""
        return self.known


def members(request: Request) -> HttpResponse:
    """List the members of the unit on the day, as the address filters them."""
    whole = roster.roster_for(request.user, request.unit, request.as_of)
    chosen = filters.read(request.GET)
    listing = roster.find(whole, chosen)
    page = Counted(roster.with_standing(listing.rows, whole), listing.count).get_page(
        request.GET.get("trang")
    )
    shown = columns.chosen(chosen.cot)
    context = {
        "section": SECTION,
        "roster": whole,
        "filters": chosen,
        "listing": listing,
        "page": page,
        "lines": [
            (row, [(column, column.text(row)) for column in shown]) for row in lists.rows(list(page), whole)
        ],
    }
    if whole.directory:
        return render(request, "organization/directory.html", context)
    return render(request, "organization/members.html", context | _tools(request, whole, chosen, shown))


def members_export(request: Request) -> FileResponse:
    """Hand over just the list that is shown, as a workbook."""
    whole = roster.roster_for(request.user, request.unit, request.as_of)
    if whole.directory:
        raise Missing(_("Danh sách này không tải về được."))
    chosen = filters.read(request.GET)
    shown = columns.chosen(chosen.cot)
    listing = roster.find(whole, chosen)
    readings.record_export(
        by=request.user,
        at=clock.now(),
        unit=whole.unit,
        cell_ids=whole.cell_ids,
        details={"rows": listing.count, "on": whole.on.isoformat(), "query": urlencode(chosen.pairs())},
    )
    headings = [xlsx.Heading(_("Họ và tên"), 26), xlsx.Heading(_("Chức vụ"), 22)]
    headings += [xlsx.Heading(str(column.label), column.width) for column in shown]
    book = xlsx.write_table(
        sheet=_("Đảng viên"),
        title=_("Đảng viên %(unit)s") % {"unit": whole.unit},
        headings=headings,
        rows=(
            [row.member.full_name, row.posts, *(column.of(row) for column in shown)]
            for row in lists.all_rows(roster.with_standing(listing.rows, whole), whole)
        ),
    )
    name = f"dang-vien-{whole.unit.code}-{whole.on.isoformat()}.xlsx"
    return FileResponse(book, as_attachment=True, filename=name, content_type=xlsx.MIME)


def _tools(
    request: Request, whole: roster.Roster, chosen: Filters, shown: list[columns.Column]
) -> dict[str, Any]:
    """Return what stands around the list: filters, chips, sorts, columns, deeds."""
    stay = staying(request.GET)

    def address(one: Filters) -> str:
        return address_of(stay, one)

    cell = whole.cell(chosen.chi_bo)
    found = filters.chips(chosen, cell.name if cell else "")
    bare = filters.Filters(xep=chosen.xep, cot=chosen.cot)
    picks = _picks(whole, chosen)
    sheet = links.sheet(cell.code if cell else whole.unit.code if whole.unit.is_cell else "")
    may_keep = permissions.allowed(request.user, Action.MEMBER_REGISTER, whole.unit.pk)
    deeds = links.for_roster(request.user, whole.unit)
    return {
        **filter_context(request.GET, chosen, found, bare),
        "sorts": [
            (key, words, address(chosen.without("xep").sorted_by(key)))
            for key, words in filters.SORTS.items()
        ],
        "whole_name": address(chosen.searching("ca")),
        "given_name": address(chosen.searching("")),
        "cell": cell,
        "cells": whole.cells if len(whole.cells) <= _MANY_CELLS else [],
        "first": [pick for pick in picks if pick[0] in _FIRST],
        "rest": [pick for pick in picks if pick[0] not in _FIRST],
        "rest_open": any(getattr(chosen, pick[0]) for pick in picks if pick[0] not in _FIRST)
        or chosen.joined
        or chosen.left,
        "columns": [(column, column in shown) for column in columns.COLUMNS],
        "kept": [pair for pair in [*stay, *chosen.pairs()] if pair[0] != "cot"],
        "sheet": sheet,
        "deeds": [*deeds, sheet] if may_keep else deeds,
        "may_keep": may_keep,
    }


def _picks(whole: roster.Roster, chosen: Filters) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    """Return each field to choose from: its name, label, value, and the values with their words."""
    kinds: dict[str, int] = {}
    for line in whole.cells:
        kinds[line.kind] = kinds.get(line.kind, 0) + line.total
    picks = []
    for name, (label, values) in filters.choices().items():
        pairs = [(value, str(words)) for value, words in values.items()]
        if name == "loai":
            pairs = [(value, f"{words} ({kinds[value]})") for value, words in pairs if value in kinds]
        picks.append((name, str(label), getattr(chosen, name), pairs))
    return picks
