"""Discipline cases: the list, one case with every guarantee of its subject, the subject's own page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse

from hatnhan.core import clock
from hatnhan.core.errors import Missing
from hatnhan.core.filters import filter_context
from hatnhan.organization.selectors.bodies import body_words
from hatnhan.oversight import permissions
from hatnhan.oversight.actions.case_readings import record_case_read
from hatnhan.oversight.actions.deciding import days_late, may_decide
from hatnhan.oversight.selectors import cases as selector
from hatnhan.oversight.selectors import matter_days, steps
from hatnhan.oversight.selectors.case_facts import standing_of
from hatnhan.oversight.selectors.guarantees import complaint_law, complaint_words, guarantees
from hatnhan.oversight.selectors.law import discipline_of, form_title
from hatnhan.oversight.selectors.limitation import limitation_of

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

    from hatnhan.core.http import Request
    from hatnhan.oversight.models import Case
    from hatnhan.oversight.selectors.case_facts import Standing

SECTION = "oversight:home"


def case_page(case: Case) -> str:
    """Return the address of a case's page."""
    return reverse("oversight:case", args=[case.pk])


def cases(request: Request) -> HttpResponse:
    """List the cases of the unit and of those below it that the person may know of; the rows name nobody.

    Up to 14 queries, however many cases: session and person, powers, kin, heads, the tree, the count, rows, own, years,
    who runs, tabs.
    """
    if request.unit is None:
        raise Missing
    unit, on = request.unit, request.as_of
    filters = selector.read(request.GET)
    rows = selector.cases(request.user, unit, on, filters)
    page = Paginator(rows, selector.PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        "section": SECTION,
        "unit": unit,
        "today": on,
        "page": page,
        "rows": matter_days.cases_as_stood(page.object_list, on),
        "own": selector.own_ids(request.user, page.object_list),
        **filter_context(request.GET, filters, selector.chips(filters)),
        "filters": filters,
        "narrowed": filters != selector.Filters(),
        "states": selector.STATES.items(),
        "years": selector.years(request.user),
        "runs": unit.pk in permissions.run_by(request.user),
        "action": reverse("oversight:cases"),
    }
    return render(request, "oversight/discipline/list.html", context)


def case(request: Request, pk: int) -> HttpResponse:
    """Show one case: what comes next, the guarantees of its subject one by one, limitation, its file, who read it.

    The subject is led to the own page. Up to 45 queries, however many steps and papers: session and person, powers, who
    may read, the case, its parts, both counts, its file, the reading, tabs.
    """
    try:
        found = selector.case_for(request.user, pk)
    except Missing:
        selector.subject_view(request.user, pk)
        return redirect("oversight:my-case", pk)
    record_case_read(by=request.user, at=clock.now(), case=found)
    return render(request, "oversight/discipline/case.html", _context(request, found))


def _context(request: Request, found: Case) -> dict[str, Any]:
    user, today = request.user, clock.today()
    standing = standing_of(found, today)
    facts = steps.facts_of(found)
    lines = steps.lines(found.dossier, facts, steps.minutes_of(found))
    dropped = found.state == "dropped"
    running = found.state not in selector.ENDED
    handles = permissions.handles(user, found)
    works = handles and not dropped
    current = None if dropped else next((one for one in lines if not one.settled), None)
    if dropped:
        # A case that ended leaves steps undone, and none of them late.
        for line in lines:
            line.step.due = None
    papers = [paper for line in lines for paper in line.papers]
    next_ = selector.next_of(user, found, standing, current, facts) if works else None
    moves = works or (found.state == "formed" and may_decide(user, found))
    ahead = selector.of_state(user, found, standing) if moves and not standing.facts.postponed else None
    return {
        **_shared(found, standing, today),
        "law": discipline_of(found),
        "procedure": steps.law_of(found.dossier),
        "stages": steps.by_stage(lines),
        "current": current,
        "next": next_,
        # Papers of the file may lag behind: what moves the case on can be done all the same.
        "ahead": ahead if ahead and ahead.url and (next_ is None or ahead.url != next_.url) else None,
        "filed": sum(one.state != "missing" for one in papers),
        "papers_total": len(papers),
        "running": running,
        "works": works,
        "handles": handles and running,
        "heard": bool(found.hearings.all()),
    }


def _shared(found: Case, standing: Standing, today: date) -> dict[str, Any]:
    """Return what both pages of a case show: what is the subject's by right."""
    decision = selector.decision_of(found)
    voted = standing.form.ballot.on if standing.form else None
    law = complaint_law(found, decision)
    limits = limitation_of(found, voted or found.closed_on or today)
    return {
        "section": SECTION,
        "case": found,
        "today": today,
        "standing_": standing,
        "postponed": standing.facts.postponed,
        "lapsed": standing.facts.lapsed,
        "guarantees": guarantees(found, standing, limits),
        "limitation": limits,
        "body": body_words(found.deciding_unit, found.deciding_body),
        "form": form_title(found, found.form) if found.form else "",
        "decision": decision,
        "decision_form": form_title(found, decision.form) if decision else "",
        "late": days_late(found, voted, today) if voted and found.state == "formed" else 0,
        "complaints": law,
        "complaint_words": complaint_words(law),
        "readings": selector.readings_of(found),
    }


def my_case(request: Request, pk: int) -> HttpResponse:
    """Show a case to its subject: what is said against them, every guarantee with its day, what is theirs to do."""
    found = selector.subject_view(request.user, pk)
    today = clock.today()
    standing = standing_of(found, today)
    may_review = found.state in {"opened", "reviewed"} and not found.hearings.all()
    context = _shared(found, standing, today) | {"may_review": may_review}
    return render(request, "oversight/discipline/mine.html", context)
