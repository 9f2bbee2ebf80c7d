"""One decision to discipline and what follows from it; complaints, in their list and one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse

from hatnhan.core import clock
from hatnhan.core.errors import Missing
from hatnhan.oversight import permissions
from hatnhan.oversight.actions import decision_readings as readings
from hatnhan.oversight.selectors import complaints as selector
from hatnhan.oversight.selectors import decisions, matter_days, papers
from hatnhan.oversight.selectors.law import form_title

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request
    from hatnhan.oversight.models import Case, Complaint, Decision

SECTION = "oversight:home"
PER_PAGE = 25


def decision_page(decision: Decision) -> str:
    """Return the address of a decision's page."""
    return reverse("oversight:decision", args=[decision.pk])


def complaint_page(complaint: Complaint) -> str:
    """Return the address of a complaint's page."""
    return reverse("oversight:complaint", args=[complaint.pk])


def case_link(request: Request, case: Case) -> str:
    """Return the address of the case for a person: the subject's own page, the whole file, or "" for neither."""
    if permissions.is_case_subject(request.user, case):
        return reverse("oversight:my-case", args=[case.pk])
    known = permissions.cases_for(request.user).filter(pk=case.pk).exists()
    return reverse("oversight:case", args=[case.pk]) if known else ""


def decision(request: Request, pk: int) -> HttpResponse:
    """Show one decision: form and reason, its days, how to complain and by when, what is made good."""
    one = decisions.decision_for(request.user, pk)
    readings.record_decision_read(by=request.user, at=clock.now(), decision=one)
    file = decisions.file_of(request.user, one, request.as_of)
    context: dict[str, Any] = {
        "section": SECTION,
        "decision": one,
        "file": file,
        "next_step": file.next_step(request.as_of),
        "may_complain": file.complainable and (file.own or file.handles),
        "case_url": case_link(request, one.case),
        "papers": papers.of_decision(request.user, one),
        "restorable": {row.pk for row in file.restorations if permissions.may_restore(request.user, row)},
        "on": request.as_of,
    }
    return render(request, "oversight/decisions/decision.html", context)


def complaints(request: Request) -> HttpResponse:
    """List complaints by what they wait for."""
    unit = request.unit
    if unit is None:
        raise Missing
    part = request.GET.get("loc", "")
    part = part if part in selector.PARTS else ""
    rows = selector.listed(request.user, unit, request.as_of, part)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        "section": SECTION,
        "unit": unit,
        "page": page,
        "rows": matter_days.complaints_as_stood(page.object_list),
        "part": part,
        "parts": selector.PARTS,
        "on": request.as_of,
    }
    return render(request, "oversight/decisions/complaints.html", context)


def complaint(request: Request, pk: int) -> HttpResponse:
    """Show one complaint: what is complained of, who settles it by when, the reply."""
    one = selector.complaint_for(request.user, pk)
    readings.record_complaint_read(by=request.user, at=clock.now(), complaint=one)
    context = {
        "section": SECTION,
        "complaint": one,
        "decision": one.decision,
        "file": selector.file_of(request.user, one),
        "form": form_title(one.decision.case, one.decision.form),
        "papers": papers.of_complaint(request.user, one),
        "on": request.as_of,
    }
    return render(request, "oversight/decisions/complaint.html", context)
