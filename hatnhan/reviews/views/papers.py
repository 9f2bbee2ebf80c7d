"""The official papers of the room, as PDF to print and DOCX to go on with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from hatnhan.core import clock
from hatnhan.documents import formats, registry
from hatnhan.reviews.actions import taking
from hatnhan.reviews.selectors import papers

if TYPE_CHECKING:
    from hatnhan.core.http import Request
    from hatnhan.reviews.selectors.papers import Asked


@require_GET
def of_entry(request: Request, pk: int, kind: str) -> HttpResponse:
    """Hand over a paper of one entry: its form, the notice, the list of its file."""
    return _hand_over(request, papers.entry_paper(request.user, pk, kind))


@require_GET
def of_sitting(request: Request, pk: int, kind: str) -> HttpResponse:
    """Hand over a paper of a review meeting."""
    return _hand_over(request, papers.sitting_paper(request.user, pk, kind))


@require_GET
def of_cycle(request: Request, year: int, kind: str) -> HttpResponse:
    """Hand over a paper of a year: the summary of the appraisal, the tables of results."""
    return _hand_over(request, papers.cycle_paper(request.user, request.unit, year, kind, request.as_of))


@require_GET
def decision(request: Request, pk: int) -> HttpResponse:
    """Hand over a decision on grades with its list."""
    return _hand_over(request, papers.decision_paper(request.user, pk))


@require_GET
def regrading(request: Request, pk: int) -> HttpResponse:
    """Hand over a decision that gave a grade anew."""
    return _hand_over(request, papers.regrading_paper(request.user, pk))


def _hand_over(request: Request, asked: Asked) -> HttpResponse:
    """Draw up a paper as PDF or (``dang=docx``) as a text to go on with, and record who took it."""
    form = formats.of(request.GET.get("dang", ""))
    made = form.render(registry.draw_of(asked.key, asked.thing))
    taking.record_taken(by=request.user, at=clock.now(), asked=asked, form=form.ending)
    answer = HttpResponse(made, content_type=form.mime)
    answer["Content-Disposition"] = f'{form.disposition}; filename="{asked.name}.{form.ending}"'
    return answer
