"""Checks: the list, one check with its file, the subject's own page, minutes, the files of papers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import FileResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from hatnhan.core import clock
from hatnhan.core.errors import Missing
from hatnhan.core.filters import filter_context
from hatnhan.documents.uploads import TYPES
from hatnhan.oversight import permissions
from hatnhan.oversight.actions import filing, readings
from hatnhan.oversight.selectors import check_days, choosing, findings, steps, subjects
from hatnhan.oversight.selectors import checks as selector

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from hatnhan.core.http import Request
    from hatnhan.oversight.models import Check

SECTION = "oversight:home"


def check_page(check: Check) -> str:
    """Return the address of a check's page."""
    return reverse("oversight:check", args=[check.pk])


def checks(request: Request) -> HttpResponse:
    """List the checks of the unit and of those below it that the person may know of.

    Up to 14 queries, however many checks: session and person, powers, kin, heads, the tree, the count, rows, subjects,
    own, years, tabs.
    """
    if request.unit is None:
        raise Missing
    unit, on = request.unit, request.as_of
    filters = selector.read(request.GET)
    page = Paginator(selector.checks(request.user, unit, on, filters), selector.PER_PAGE).get_page(
        request.GET.get("trang")
    )
    own = selector.own_ids(request.user, page.object_list)
    context = {
        "section": SECTION,
        "unit": unit,
        "today": on,
        "page": page,
        "rows": check_days.as_stood(page.object_list),
        "own": own,
        **filter_context(request.GET, filters, selector.chips(filters)),
        "filters": filters,
        "narrowed": filters != selector.Filters(),
        "kinds": selector.KINDS.items(),
        "states": selector.STATES.items(),
        "years": selector.years(request.user),
        "runs": unit.pk in permissions.run_by(request.user),
        "to_open": selector.items_to_open(request.user, unit) if on == clock.today() else [],
        "action": reverse("oversight:checks"),
    }
    return render(request, "oversight/checks/list.html", context)


def check(request: Request, pk: int) -> HttpResponse:
    """Show one check: its stages with their steps and papers, what comes next, subjects, findings, minutes, team.

    Whoever is a subject is led to the own page. Up to 26 queries, however many steps, papers and subjects: session and
    person, powers, who may read, the check, its parts, its file, the reading, findings, tabs.
    """
    try:
        found = selector.check_for(request.user, pk)
    except Missing:
        subjects.subject_view(request.user, pk)
        return redirect("oversight:my-check", pk)
    readings.record_read(by=request.user, at=clock.now(), check=found)
    return render(request, "oversight/checks/check.html", _context(request, found))


def _context(request: Request, found: Check) -> dict[str, Any]:
    user, facts = request.user, steps.facts_of(found)
    lines = steps.lines(found.dossier, facts, steps.minutes_of(found))
    running = found.state in {"prepare", "conduct", "conclude"}
    may = permissions.works_on(user, found)
    works = may and running
    approves = may and permissions.approves(user, found.unit_id, found.body)
    current = next((one for one in lines if not one.settled), None) if running else None
    papers = [paper for line in lines for paper in line.papers]
    return {
        "section": SECTION,
        "check": found,
        "last_day": found.examined_to - timedelta(days=1),
        "topic": choosing.topic_words(found.unit, found.opened_on).get(found.topic, found.topic),
        "law": steps.law_of(found.dossier),
        "stages": steps.by_stage(lines),
        "current": current,
        "next": selector.next_of(user, found, current, facts) if works else None,
        "filed": sum(one.state != "missing" for one in papers),
        "papers_total": len(papers),
        "running": running,
        "works": works,
        "open": works and found.concluded_on is None,
        "approves": works and approves,
        "answers": approves,
        "team": [one for one in found.team.all() if one.left_on is None],
        "left": [one for one in found.team.all() if one.left_on is not None],
        "today": clock.today(),
        "sheet": findings.sheet(found, works=may),
        "readings": subjects.readings_of(found),
    }


def my_check(request: Request, pk: int) -> HttpResponse:
    """Show a check to its subject: what is theirs by right, and who read it."""
    view = subjects.subject_view(request.user, pk)
    topic = choosing.topic_words(view.check.unit, view.check.opened_on)
    context = {
        "section": SECTION,
        "view": view,
        "check": view.check,
        "topic": topic.get(view.check.topic, view.check.topic),
        "sheets": [(share, findings.own_sheet(share.subject)) for share in view.shares],
        "readings": subjects.readings_of(view.check),
        "today": clock.today(),
    }
    return render(request, "oversight/checks/mine.html", context)


def minutes(request: Request, pk: int) -> HttpResponse:
    """Show minutes to who may read the whole check."""
    found = selector.minutes_for(request.user, pk)
    one = found.of_check
    readings.record_read(by=request.user, at=clock.now(), check=one)
    context = {
        "section": SECTION,
        "minutes": found,
        "check": one,
        "edits": permissions.works_on(request.user, one)
        and one.concluded_on is None
        and one.state != "stopped",
    }
    return render(request, "oversight/checks/minutes.html", context)


@require_GET
def paper_file(request: Request, pk: int) -> HttpResponseBase:
    """Hand over the file of a paper, to who may read the whole file; that it was taken is recorded."""
    paper, matter = steps.paper_for(request.user, pk, to_write=False)
    if not paper.file:
        raise Missing
    filing.record_taken(by=request.user, at=clock.now(), paper=paper, matter=matter)
    ending = (paper.file.name or "").rpartition(".")[2]
    return FileResponse(
        paper.file.open("rb"),
        as_attachment=True,
        filename=f"{paper.title}.{ending}",
        content_type=TYPES.get(ending, "application/octet-stream"),
    )
