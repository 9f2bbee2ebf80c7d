"""Import and export of the roster: choose, look, write."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hatnhan.core import clock
from hatnhan.core.errors import Missing, RuleBroken
from hatnhan.organization import tasks
from hatnhan.organization.actions import imports
from hatnhan.organization.forms.roster import ChooseFile, SamePerson, UseCell
from hatnhan.organization.permissions import Action, allowed, require
from hatnhan.organization.roster import write_marked
from hatnhan.organization.roster.plan import Same
from hatnhan.organization.roster.run import write_export
from hatnhan.organization.selectors import imports as selectors

if TYPE_CHECKING:
    from hatnhan.core.http import Request
    from hatnhan.organization.models import RosterImport

_SECTION = {"section": "organization:members"}
_PER_PAGE = 50
_TABS = ("problem", "question", "new", "changed")


@require_http_methods(["GET", "POST"])
def choose(request: Request) -> HttpResponse:
    """Choose a file; it is read in the background."""
    if request.unit is None or not allowed(request.user, Action.ROSTER_IMPORT, request.unit.pk):
        raise Missing
    form = ChooseFile(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        job = imports.start_import(
            unit=request.unit, upload=upload, filename=upload.name, by=request.user, at=clock.now()
        )
        tasks.read_roster_import.enqueue(job.pk)
        return redirect("organization:import-preview", job.pk)
    context = {"form": form, "open_jobs": selectors.open_jobs(request.user)} | _SECTION
    return render(request, "organization/roster/choose.html", context, status=422 if form.errors else 200)


@require_GET
def preview(request: Request, pk: int) -> HttpResponse:
    """Show how the file was understood and what would happen with every row; or how far reading or writing is."""
    job = selectors.job_for(request.user, pk)
    if job.state != job.State.READY:
        return render(request, "organization/roster/progress.html", {"job": job} | _SECTION)
    tab = request.GET.get("muc") or next((t for t in _TABS if job.counts.get(t)), "new")
    page = Paginator(selectors.rows_of(job, tab), _PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        "job": job,
        "tab": tab,
        "page": page,
        "blocked": bool(job.counts.get("problem") or job.counts.get("question")),
        "offers": selectors.cells_to_offer(job) if job.counts.get("problem") else [],
        "questions": [(row, _same_form(row.number)) for row in page] if tab == "question" else [],
    }
    return render(request, "organization/roster/preview.html", context | _SECTION)


def _same_form(number: int, data: object = None) -> SamePerson:
    return SamePerson(data, prefix=str(number), initial={"row": number})  # type: ignore[arg-type]


@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    """Keep an answer and read the file again with it."""
    job = selectors.job_for(request.user, pk)
    cells, same = _answers(request, job)
    if cells or same:
        imports.answer_import(job=job, cells=cells, same=same, by=request.user)
        tasks.read_roster_import.enqueue(job.pk)
    else:
        messages.error(request, _("Chưa chọn câu trả lời nào."))
    return redirect("organization:import-preview", job.pk)


def _answers(request: Request, job: RosterImport) -> tuple[dict[str, int], dict[int, Same]]:
    cell = UseCell(request.POST)
    if cell.is_valid():
        offered = {(offer["text"], offer["unit"]) for offer in selectors.cells_to_offer(job)}
        chosen = (cell.cleaned_data["text"], cell.cleaned_data["unit"])
        return ({chosen[0]: chosen[1]} if chosen in offered else {}), {}
    forms = (_same_form(row.number, request.POST) for row in selectors.rows_of(job, "question"))
    return {}, {f.cleaned_data["row"]: Same(f.cleaned_data["answer"]) for f in forms if f.is_valid()}


@require_POST
def approve(request: Request, pk: int) -> HttpResponse:
    """Write the whole file, in the background."""
    job = selectors.job_for(request.user, pk)
    try:
        imports.approve_import(job=job, by=request.user, seen=request.POST.get("ban", ""))
    except RuleBroken as broken:
        messages.error(request, broken.message)
    else:
        tasks.write_roster_import.enqueue(job.pk)
    return redirect("organization:import-preview", job.pk)


@require_POST
def drop(request: Request, pk: int) -> HttpResponse:
    """Give the import up."""
    imports.drop_import(job=selectors.job_for(request.user, pk), by=request.user, at=clock.now())
    messages.success(request, _("Đã bỏ lần nhập này. Sổ giữ nguyên như cũ."))
    return redirect("organization:import")


@require_GET
def marked(request: Request, pk: int) -> FileResponse:
    """Give the same workbook back with the faulty cells marked."""
    job = selectors.job_for(request.user, pk)
    if job.state != job.State.READY:
        raise Missing
    plan = imports.make_plan(job, clock.now())
    problems = [problem for row in plan.rows for problem in row.problems if problem.column_letter]
    out = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    write_marked(job.file.path, job.filename, plan.understanding, problems, out)
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"{job.filename.rsplit('.', 1)[0]}-danh-dau.xlsx")


@require_GET
def export(request: Request) -> FileResponse:
    """Give the roster of the unit on the day as a workbook that imports back unchanged."""
    if request.unit is None:
        raise Missing
    require(request.user, Action.ROSTER_EXPORT, request.unit)
    out = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    write_export(out, unit=request.unit, on=request.as_of, by=request.user, at=clock.now())
    out.seek(0)
    name = f"dang-vien-{request.unit.code}-{request.as_of.isoformat()}.xlsx"
    return FileResponse(out, as_attachment=True, filename=name)
