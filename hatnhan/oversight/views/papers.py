"""The official papers of the room, as PDF to print and DOCX to go on with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse

from hatnhan.core import clock
from hatnhan.documents import formats, registry
from hatnhan.oversight.actions import taking
from hatnhan.oversight.selectors import papers

if TYPE_CHECKING:
    from hatnhan.core.http import Request
    from hatnhan.oversight.selectors.papers import Asked


def programme(request: Request, pk: int) -> HttpResponse:
    """Hand over a yearly programme."""
    return _hand_over(request, papers.programme_for(request.user, pk))


def drawn(request: Request, pk: int) -> HttpResponse:
    """Hand over what the software draws up for a paper of a file."""
    return _hand_over(request, papers.drawn_for(request.user, pk))


def index(request: Request, pk: int) -> HttpResponse:
    """Hand over the index of a file."""
    return _hand_over(request, papers.index_for(request.user, pk))


def minutes(request: Request, pk: int) -> HttpResponse:
    """Hand over one of a check's minutes."""
    return _hand_over(request, papers.minutes_for(request.user, pk))


def own(request: Request, pk: int, kind: str) -> HttpResponse:
    """Hand over to the subject of a check what is the subject's by right."""
    return _hand_over(request, papers.own_for(request.user, pk, kind))


def decision(request: Request, pk: int) -> HttpResponse:
    """Hand over a decision to discipline."""
    return _hand_over(request, papers.decision_for(request.user, pk))


def reply(request: Request, pk: int) -> HttpResponse:
    """Hand over the reply to a complaint."""
    return _hand_over(request, papers.reply_for(request.user, pk))


def _hand_over(request: Request, asked: Asked) -> HttpResponse:
    """Draw up a paper as PDF or (``dang=docx``) as a text to go on with, and record who took it."""
    form = formats.of(request.GET.get("dang", ""))
    made = form.render(registry.draw_of(asked.key, asked.thing))
    taking.record_taken(by=request.user, at=clock.now(), asked=asked, form=form.ending)
    answer = HttpResponse(made, content_type=form.mime)
    answer["Content-Disposition"] = f'{form.disposition}; filename="{asked.name}.{form.ending}"'
    return answer
