"""A review meeting: what comes next, its list; one entry of it; who has a comment of the residence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb
from hatnhan.core.errors import Missing
from hatnhan.reviews import permissions
from hatnhan.reviews.actions.reading import record_review_read
from hatnhan.reviews.actions.remarks import kinds_for
from hatnhan.reviews.actions.voting import voted_on
from hatnhan.reviews.selectors import place_lines, proposing
from hatnhan.reviews.selectors import remarks as remark_selector
from hatnhan.reviews.selectors import sittings as selector
from hatnhan.reviews.selectors.entries import name_of
from hatnhan.reviews.selectors.law import law_of
from hatnhan.reviews.selectors.votes import votes_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request
    from hatnhan.reviews.models import Place, Sitting

SECTION = "reviews:home"


def sitting_page(pk: int) -> str:
    """Return the address of a review meeting."""
    return reverse("reviews:sitting", args=[pk])


def crumb(sitting: Sitting) -> Crumb:
    """Return the step that leads back to a review meeting."""
    words = _("Hội nghị kiểm điểm: %(where)s") % {"where": selector.title_of(sitting)}
    return Crumb(words, sitting_page(sitting.pk))


def place_page(place: Place) -> str:
    """Return the address of an entry at a review meeting."""
    return reverse("reviews:place", args=[place.sitting_id, place.pk])


def shared(request: Request, sitting: Sitting) -> dict[str, Any]:
    """Return what every page of a sitting needs."""
    running = sitting.cycle.state == "open"
    return {
        "section": SECTION,
        "sitting": sitting,
        "cycle": sitting.cycle,
        "title": selector.title_of(sitting),
        "runs": running and permissions.runs_sitting(request.user, sitting),
        "law": law_of(sitting.cycle),
        "today": clock.today(),
    }


def sitting(request: Request, pk: int) -> HttpResponse:
    """Show a review meeting: its next step, then its list in order.

    Up to 20 queries, however many are on the list: session and person, powers, the meeting, its list, votes and the
    rule they are counted by, next step, tabs.
    """
    found = selector.sitting_for(request.user, pk)
    places = selector.places_of(found)
    votes = votes_of(found)
    rows = [selector.row_of(one, votes.get(one.pk), law_of(found.cycle)) for one in places]
    context = {
        **shared(request, found),
        "rows": rows,
        "next": selector.next_of(request.user, found, places),
        "head": selector.needs_chair(found, places),
        "bare": found.state == "held" and selector.is_bare(found),
        "counts": selector.counts(places),
        "reads": selector.readable(request.user, places),
    }
    return render(request, "reviews/sitting/sitting.html", context)


def place(request: Request, sitting: int, pk: int) -> HttpResponse:
    """Show one entry at a review meeting: its tasks, faults and points, what was said of it. The reading is recorded.

    Up to 20 queries: session and person, powers, the place, its lines, points, remarks, neighbours, the reading, tabs.
    """
    found = selector.place_for(request.user, pk)
    if found.sitting_id != sitting:
        raise Missing
    record_review_read(by=request.user, at=clock.now(), entry=found.entry)
    entry = found.entry
    context = {
        **shared(request, found.sitting),
        "spot": found,
        "entry": entry,
        "name": name_of(entry),
        "lines": place_lines.lines_of(found),
        "remarks": remark_selector.remarks_of(entry),
        "remarks_open": remark_selector.still_open(entry),
        "may_remark": bool(kinds_for(request.user, entry)),
        "neighbours": selector.neighbours(found),
        "agrees": place_lines.may_agree(found),
        "votes": votes_of(found.sitting).get(found.pk),
    }
    return render(request, "reviews/sitting/place.html", context)


def residence(request: Request, pk: int) -> HttpResponse:
    """Show of whom the residence's comment is there and of whom not; members in the order of the meeting."""
    found = selector.sitting_for(request.user, pk)
    people = remark_selector.residence(found)
    context = {
        **shared(request, found),
        "people": people,
        "missing": sum(not one.has for one in people),  # type: ignore[attr-defined]
        "number": law_of(found.cycle).forms.value.residence,
        "reads": selector.readable(request.user, people),
    }
    return render(request, "reviews/sitting/residence.html", context)


def votes_context(request: Request, found: Sitting) -> dict[str, Any]:
    """Return the votes of a sitting, place by place in its order."""
    places = [one for one in selector.places_of(found) if one.proposes]
    votes = votes_of(found)
    law = law_of(found.cycle)
    return {
        **shared(request, found),
        "rows": [selector.row_of(one, votes.get(one.pk), law) for one in places],
        "rule": proposing.rule_words(found),
        "counted": bool(votes),
        "counts_open": bool(voted_on(places)),
    }
