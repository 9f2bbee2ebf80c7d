"""The tellers' minutes, as PDF to sign and DOCX to go on with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse

from hatnhan.ballots.actions import taking
from hatnhan.ballots.selectors import ballots
from hatnhan.core import clock
from hatnhan.documents import formats, registry

if TYPE_CHECKING:
    from hatnhan.core.http import Request


def minutes(request: Request, pk: int) -> HttpResponse:
    """Hand over the tellers' minutes of a closed ballot, as PDF or (``dang=docx``) DOCX; who took it is recorded."""
    found = ballots.ballot_for(request.user, pk)
    form = formats.of(request.GET.get("dang", ""))
    made = form.render(registry.draw_of("ballots.tellers_minutes", found))
    taking.record_taken(by=request.user, at=clock.now(), ballot=found, form=form.ending)
    answer = HttpResponse(made, content_type=form.mime)
    name = f"bien-ban-kiem-phieu-{found.unit.code}-{found.on.isoformat()}.{form.ending}"
    answer["Content-Disposition"] = f'{form.disposition}; filename="{name}"'
    return answer
