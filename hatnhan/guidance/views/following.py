"""The follow-up of one roll-out over its cells, down to the rows: tasks, reports; the same as a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import FileResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock, vietnamese
from hatnhan.documents.xlsx import MIME
from hatnhan.guidance import workbook
from hatnhan.guidance.actions import taking
from hatnhan.guidance.selectors import following as selectors
from hatnhan.guidance.selectors import papers

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request

SECTION = "guidance:home"
_PAGE = 50
PARTS = {
    "con-viec": gettext_lazy("Còn việc chưa xong"),
    "chua-chuong-trinh": gettext_lazy("Chưa có trong chương trình"),
    "chua-sinh-hoat": gettext_lazy("Chưa sinh hoạt"),
    "chua-hoc": gettext_lazy("Chưa học xong"),
    "viec-tre": gettext_lazy("Có việc trễ"),
    "no-bao-cao": gettext_lazy("Chưa gửi báo cáo"),
}
TASKS = {
    "xong": gettext_lazy("Đã xong"),
    "chua": gettext_lazy("Chưa xong"),
    "tre": gettext_lazy("Trễ hạn"),
}


def following(request: Request, pk: int) -> HttpResponse:
    """Show a roll-out cell by cell, all or those in which some work is left."""
    context = _context(request, pk)
    found = context["following"]
    part = request.GET.get("loc", "")
    part = part if part in PARTS else ""
    rows = selectors.narrowed(found.lines, part)
    context |= {
        "rows": rows,
        "alone": len(found.lines) == 1 and bool(rows),
        "sums": selectors.totals(rows) if part else found.totals,
        "part": part,
        "parts": PARTS,
        "papers": papers.of_following(request.user, found.roll_out, request.as_of),
    }
    return render(request, "guidance/following/cells.html", context)


def tasks(request: Request, pk: int) -> HttpResponse:
    """List the tasks that a roll-out became, of all cells or one."""
    context = _context(request, pk)
    part, cell = request.GET.get("loc", ""), request.GET.get("chi_bo", "")
    part = part if part in TASKS else ""
    rows = selectors.tasks_of(context["following"], request.as_of, cell, part)
    page = Paginator(rows, _PAGE).get_page(request.GET.get("trang"))
    lines = [(one, one.state_on(request.as_of), one.due < request.as_of) for one in page]
    context |= {"page": page, "lines": lines, "part": part, "parts": TASKS, "cell": _cell(context, cell)}
    return render(request, "guidance/following/tasks.html", context)


def reports(request: Request, pk: int) -> HttpResponse:
    """List what the cells, or one of them, reported of a roll-out."""
    context = _context(request, pk)
    cell = request.GET.get("chi_bo", "")
    rows = selectors.reports_of(context["following"], request.as_of, cell)
    page = Paginator(rows, _PAGE).get_page(request.GET.get("trang"))
    context |= {"page": page, "cell": _cell(context, cell)}
    return render(request, "guidance/following/reports.html", context)


def export(request: Request, pk: int) -> FileResponse:
    """Hand over the cells as shown, as a workbook; who took it is recorded."""
    found = selectors.following_for(request.user, pk, request.as_of)
    rows = selectors.narrowed(found.lines, request.GET.get("loc", ""))
    one = found.roll_out
    taking.record_taken(
        by=request.user, at=clock.now(), about=one, unit_id=one.unit_id, paper="following", form="xlsx"
    )
    words = {"document": one.document, "day": vietnamese.day(request.as_of)}
    title = _("Theo dõi triển khai %(document)s, ngày %(day)s") % words
    name = f"theo-doi-{one.pk}-{request.as_of:%Y-%m-%d}.xlsx"
    content = workbook.following(rows, title=title)
    return FileResponse(content, as_attachment=True, filename=name, content_type=MIME)


def _context(request: Request, pk: int) -> dict[str, Any]:
    found = selectors.following_for(request.user, pk, request.as_of)
    return {
        "section": SECTION,
        "following": found,
        "roll_out": found.roll_out,
        "document": found.roll_out.document,
        "on": request.as_of,
    }


def _cell(context: dict[str, Any], code: str) -> Any:  # noqa: ANN401 - a line of the follow-up, or nothing
    return next((line for line in context["following"].lines if line.code == code), None)
