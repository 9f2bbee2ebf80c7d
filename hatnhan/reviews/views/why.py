"""Why a grade: the page, and the sheet to read before the meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hatnhan.core import clock
from hatnhan.core.errors import Missing
from hatnhan.documents import formats, registry
from hatnhan.reviews import permissions
from hatnhan.reviews.actions import readings, taking
from hatnhan.reviews.actions.reading import record_review_read
from hatnhan.reviews.links import page as address
from hatnhan.reviews.selectors import entries, why
from hatnhan.reviews.selectors.assessed import assessed
from hatnhan.reviews.selectors.explain import explanation_of
from hatnhan.reviews.selectors.law import law_of
from hatnhan.reviews.selectors.papers import Asked
from hatnhan.reviews.views.cycles import SECTION

if TYPE_CHECKING:
    from hatnhan.core.http import Request
    from hatnhan.reviews.models import Entry

PAPER = "reviews.explanation"


def entry_of(request: Request, pk: int) -> Entry:
    """Return an entry whose course the person may know: a published grade alone tells no reasons. Raises Missing."""
    found = entries.known_entry(request.user, pk)
    if found is None:
        raise Missing
    return found


def page(request: Request, pk: int) -> HttpResponse:
    """Answer why, on one page. Up to 36 queries, however much there is, each thing asked once.

    Seven for session, unit and powers, the entry, four for what is kept of it, up to eight for what other rooms and
    entries tell of a leader or an organisation, two for caps, five for the steps, two for the lines, the year before,
    and four for the reading.
    """
    entry = entry_of(request, pk)
    user = request.user
    found = {} if entry.explained else assessed([entry])
    told, known = explanation_of(entry, found), found.get(entry.pk)
    reads = permissions.is_own(user, entry) or permissions.reads_texts(user, entry)
    lines = why.lines_of(entry) if reads else None
    # Line by line it is the person's own words: a reading of the self-review.
    record = (
        record_review_read if lines is not None and (lines.work or lines.faults) else readings.record_read
    )
    record(by=user, at=clock.now(), entry=entry)
    context = {
        "section": SECTION,
        "entry": entry,
        "cycle": entry.cycle,
        "law": law_of(entry.cycle),
        "told": told,
        "own": permissions.is_own(user, entry),
        "lines": lines,
        "asked": why.asked(user, entry, known),
        "liftable": why.liftable(user, entry, known),
        "before": why.year_before(user, entry),
        "appeal": why.appeal(user, entry),
    }
    return render(request, "reviews/why/why.html", context)


@require_GET
def paper(request: Request, pk: int) -> HttpResponse:
    """Hand over the answer as PDF or (``dang=docx``) as a text, and record who took it."""
    entry = entry_of(request, pk)
    form = formats.of(request.GET.get("dang", ""))
    made = form.render(registry.draw_of(PAPER, entry))
    concerned = (entry.member_id,) if entry.member_id is not None else ()
    name = f"vi-sao-{entry.cycle.year}-{entry.pk}"
    asked = Asked(PAPER, entry, entry, entry.unit_id, name, concerned)
    taking.record_taken(by=request.user, at=clock.now(), asked=asked, form=form.ending)
    answer = HttpResponse(made, content_type=form.mime)
    answer["Content-Disposition"] = f'{form.disposition}; filename="{asked.name}.{form.ending}"'
    return answer


def why_page(entry: Entry) -> str:
    """Return the address of the page."""
    return address("why", entry.pk)
