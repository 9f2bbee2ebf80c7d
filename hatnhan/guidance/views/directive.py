"""The year under the Directive: what it asks, one's own part first, how far the cells are, what served it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import FileResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hatnhan.core import clock
from hatnhan.core.errors import Missing
from hatnhan.documents.xlsx import MIME, Heading, write_table
from hatnhan.guidance import permissions
from hatnhan.guidance.actions.openings import record_opened
from hatnhan.guidance.actions.taking import record_taken
from hatnhan.guidance.selectors import directive as selector
from hatnhan.guidance.selectors import directive_pages as pages
from hatnhan.guidance.selectors import services

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.http import HttpResponse

    from hatnhan.core.http import Request
    from hatnhan.documents.xlsx import Cell
    from hatnhan.guidance.models import Service

SECTION = "guidance:home"
PER_PAGE = 20
MEMBERS_PER_PAGE = 50
_YEAR_DIGITS = 4


def asked_year(request: Request) -> int:
    """Return the year that the address asks for, else that of the day looked at. Raises Missing for one without law."""
    asked = request.GET.get("nam", "")
    year = (
        int(asked)
        if asked.isascii() and asked.isdigit() and len(asked) == _YEAR_DIGITS
        else request.as_of.year
    )
    if year not in selector.years():
        raise Missing(_("Năm này chưa có chỉ thị nào trong quy định."))
    return year


@never_cache
@require_safe
def directive(request: Request) -> HttpResponse:
    """Show the unit's year: the person's own registration first.

    Up to 19 queries, the same for any number of cells: beside session, powers and the frame it asks for the law and the
    theme (four), the cells with their counts and own registrations (four), one's own, and what served it (two).
    """
    unit, year = request.unit, asked_year(request)
    if unit is None:
        raise Missing
    found = pages.year_of(request.user, unit, year, request.as_of)
    served = services.services_of(request.user, unit, year, selector.last_day(year, request.as_of))
    context: dict[str, Any] = {
        "section": SECTION,
        "unit": unit,
        "found": found,
        "years": selector.years(),
        "mine": pages.mine(request.user, year, request.as_of, found.days),
        "leads": permissions.leads(request.user, unit.pk),
        "keeps": permissions.keeps(request.user, unit.pk) and not unit.is_cell,
        "served": [(one, services.kind_words(one.kind)) for one in served[:5]],
        "served_total": served.count(),
    }
    return render(request, "guidance/directive/year.html", context)


@never_cache
@require_safe
def registration(request: Request, pk: int) -> HttpResponse:
    """Show one registration; that another than the member read it is recorded."""
    row = selector.registration_for(request.user, pk)
    record_opened(by=request.user, at=clock.now(), registrations=[row])
    rule = selector.form_of(row)
    context = {
        "section": SECTION,
        "row": row,
        "own": permissions.is_own(request.user, row.member_id),
        "rule": rule,
        "joined": selector.joined_later(row, request.as_of),
        "written": selector.written(row, rule.value),
        "deeds": list(row.deeds.all()),
        "may": pages.may(request.user, row),
    }
    return render(request, "guidance/directive/registration.html", context)


@never_cache
@require_safe
def cell(request: Request, code: str) -> HttpResponse:
    """Show who of a cell has registered, as a list to act on, in alphabetical order; what they wrote is not here.

    Up to 13 queries, the same for any number of members: the frame's own, the cell, its law, members, registrations.
    """
    unit, year = pages.cell_for(request.user, code), asked_year(request)
    lines = pages.member_lines(unit, year, request.as_of)
    left = request.GET.get("con", "")
    shown = [line for line in lines if line.lacks(left)] if left in pages.LEFT else lines
    context = {
        "section": SECTION,
        "unit": unit,
        "year": year,
        "rule": selector.directive_of(unit, year, request.as_of),
        "page": Paginator(shown, MEMBERS_PER_PAGE).get_page(request.GET.get("trang")),
        "left": left if left in pages.LEFT else "",
        "choices": [
            (key, words, sum(line.lacks(key) for line in lines)) for key, words in pages.LEFT.items()
        ],
        "total": len(lines),
        "ready": any(line.registration for line in lines),
        "missing": any(line.lacks("dang-ky") and not line.writes for line in lines),
    }
    return render(request, "guidance/directive/cell.html", context)


@never_cache
@require_safe
def served(request: Request) -> HttpResponse | FileResponse:
    """Show all that served the Directive in a unit's year, or give it as a workbook."""
    unit, year = request.unit, asked_year(request)
    if unit is None:
        raise Missing
    rows = services.services_of(request.user, unit, year, selector.last_day(year, request.as_of))
    title = _("Việc phục vụ học tập và làm theo Bác năm %(year)d: %(unit)s") % {"year": year, "unit": unit}
    if request.GET.get("dang") == "xlsx":
        record_taken(
            by=request.user, at=clock.now(), about=unit, unit_id=unit.pk, paper="services", form="xlsx"
        )
        return _workbook(rows, title, year)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        "section": SECTION,
        "unit": unit,
        "year": year,
        "title": title,
        "page": page,
        "lines": [
            (one, services.kind_words(one.kind), permissions.leads(request.user, one.unit_id)) for one in page
        ],
    }
    return render(request, "guidance/directive/services.html", context)


def _workbook(rows: Iterable[Service], title: str, year: int) -> FileResponse:
    headings = [
        Heading(_("Ngày"), 12),
        Heading(_("Loại"), 22),
        Heading(_("Việc"), 60),
        Heading(_("Phục vụ nội dung gì"), 40),
        Heading(_("Tổ chức"), 34),
    ]
    lines: Iterator[list[Cell]] = (
        [one.on, services.kind_words(one.kind), one.title, one.note, one.unit.name] for one in rows
    )
    content = write_table(sheet=_("Việc phục vụ"), title=title, headings=headings, rows=lines)
    name = f"lam-theo-bac-{year}.xlsx"
    return FileResponse(content, as_attachment=True, filename=name, content_type=MIME)
