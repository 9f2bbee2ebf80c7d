"""The official papers of a meeting, as PDF to print and DOCX to go on with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse

from hatnhan.core import clock
from hatnhan.core.errors import Missing
from hatnhan.documents import formats, registry
from hatnhan.meetings.actions import taking
from hatnhan.meetings.selectors import meetings, papers
from hatnhan.organization.actions.checks import day_of

if TYPE_CHECKING:
    from hatnhan.core.http import Request


def paper(request: Request, pk: int, slug: str) -> HttpResponse:
    """Hand over a paper of a meeting, as PDF or (``dang=docx``) as a text to go on with; who took it is recorded."""
    meeting = meetings.meeting_for(request.user, pk)
    kind = papers.allowed(request.user, meeting, slug)
    if kind is None:
        raise Missing
    form = formats.of(request.GET.get("dang", ""))
    made = form.render(registry.draw_of(kind.key, meeting))
    taking.record_taken(by=request.user, at=clock.now(), meeting=meeting, paper=kind.key, form=form.ending)
    day = day_of(meeting.starts_at)
    answer = HttpResponse(made, content_type=form.mime)
    name = f"{slug}-{meeting.unit.code}-{day.isoformat()}.{form.ending}"
    answer["Content-Disposition"] = f'{form.disposition}; filename="{name}"'
    return answer
