"""Decisions on grades, one decision with its list, what came of a year, help after the lowest grade."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import render

from hatnhan.core.errors import Missing
from hatnhan.reviews.selectors import again, appraisal, results, titles
from hatnhan.reviews.selectors import decisions as selector
from hatnhan.reviews.selectors import follow_ups as following
from hatnhan.reviews.selectors.cycles import cycle_for
from hatnhan.reviews.selectors.deciders import decider_words
from hatnhan.reviews.selectors.law import law_of
from hatnhan.reviews.selectors.writing_decisions import may_write
from hatnhan.reviews.views.appraisal import SECTION

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request
    from hatnhan.reviews.models import Cycle

PER_PAGE = 50


def decisions(request: Request, year: int) -> HttpResponse:
    """List the decisions of a year, what is ready to be decided, whom to tell, which requests wait.

    Up to 14 queries, however many there are: session and person, powers, the line above, the cycle, decisions, what is
    ready, whom to tell, requests, tabs.
    """
    cycle = _cycle(request, year)
    appraisal.require_reader(request.user, cycle)
    rows = selector.decisions_of(cycle)
    may = appraisal.may_appraise(request.user, cycle)
    ready = selector.levels_ready(cycle) if may and appraisal.is_open(cycle) else {}
    context = {
        "section": SECTION,
        "cycle": cycle,
        "rows": [(one, decider_words(one)) for one in rows],
        "ready": [(level, count) for level, count in sorted(ready.items()) if count],
        "to_notify": len(selector.to_notify(cycle)) if may else 0,
        "waiting": again.waiting(request.user, cycle),
        "may": may,
        "on": request.as_of,
    }
    return render(request, "reviews/decision/list.html", context)


def decision(request: Request, pk: int) -> HttpResponse:
    """Show one decision: whose it is, its list by cell, what comes next."""
    one = selector.decision_for(request.user, pk)
    lines = selector.lines_of(request.user, one)
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("trang"))
    draft = selector.is_draft(one)
    may = may_write(request.user, one)
    context: dict[str, Any] = {
        "section": SECTION,
        "cycle": one.cycle,
        "decision": one,
        "decider": decider_words(one),
        "page": page,
        "tally": selector.tally(one.cycle, lines),
        "draft": draft,
        "may": may and (not draft or appraisal.is_open(one.cycle)),
        "over": selector.over_with(one, lines) if draft else (),
        "reads_all": selector.reads_all(request.user, one.cycle),
        "on": request.as_of,
    }
    return render(request, "reviews/decision/decision.html", context)


def result(request: Request, year: int) -> HttpResponse:
    """Show what came of a year: grades by cell and kind, the organisation's title and its years running."""
    cycle = _cycle(request, year)
    found = results.results_of(request.user, cycle, request.as_of)
    law = law_of(cycle)
    grades = titles.years_of([cycle.unit_id], request.as_of)[cycle.unit_id]
    context = {
        "section": SECTION,
        "cycle": cycle,
        "results": found,
        "grades": law.regime.value.grades,
        "law": law.regime,
        "of_year": next((one for one in grades if one.year == year), None),
        "run": titles.run_among([one for one in grades if one.year <= year]),
        "on": request.as_of,
    }
    return render(request, "reviews/decision/results.html", context)


def follow_ups(request: Request) -> HttpResponse:
    """List the help given after the lowest grade, that which ends first first."""
    if request.unit is None:
        raise Missing
    rows = following.follow_ups(request.user, request.unit, request.as_of)
    context = {"section": SECTION, "unit": request.unit, "rows": rows, "on": request.as_of}
    return render(request, "reviews/decision/follow_ups.html", context)


def _cycle(request: Request, year: int) -> Cycle:
    if request.unit is None:
        raise Missing
    return cycle_for(request.user, request.unit, year)
