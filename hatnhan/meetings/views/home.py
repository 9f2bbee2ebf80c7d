"""The room's first page: what comes next, what was held, what is missing; then the list of all meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse

from hatnhan.ballots.selectors.ballots import waiting_for
from hatnhan.core.errors import Missing
from hatnhan.core.filters import filter_context
from hatnhan.meetings import permissions
from hatnhan.meetings.selectors import home as selectors
from hatnhan.meetings.selectors import lists, review_years
from hatnhan.meetings.standing import standing_of
from hatnhan.meetings.steps import next_step
from hatnhan.meetings.views.frame import SECTION
from hatnhan.organization.powers import powers_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.http import HttpResponse

    from hatnhan.core.http import Request
    from hatnhan.meetings.models import Meeting
    from hatnhan.meetings.selectors.home import Waiting
    from hatnhan.organization.models import Unit

PER_PAGE = 30


def home(request: Request) -> HttpResponse:
    """Show what waits in the unit looked at; to members without a post, the meetings they are invited to.

    A committee's page asks at most 23 queries, whatever the number of cells: what waits (2), the week's review and its
    remedies (5), the cells' months (4), one's own invitations (3), whether
    the last review of oneself can be answered (1), the ballots that wait for one's vote (1), beside the frame's own.
    """
    unit, on = request.unit, request.as_of
    if unit is None:
        raise Missing
    member_id = powers_of(request.user).member_id
    context: dict[str, Any] = {"section": SECTION, "unit": unit, "on": on}
    if member_id is not None:
        context |= _mine(member_id, on) | {"to_vote": waiting_for(request.user)}
    if not powers_of(request.user).may_read_roster(unit.pk):
        return render(request, "meetings/home_member.html", context)
    waiting = selectors.waiting(unit, on)
    context |= {"leads": permissions.leads(request.user, unit.pk), "days": _days(unit, on)}
    if unit.is_cell:
        context |= {
            "cards": _steps(request, waiting, context["days"]),
            "year": selectors.year_of(unit, on),
            "held": _lines(selectors.last_held(unit), on, context["days"]),
        }
        return render(request, "meetings/home_cell.html", context)
    review = selectors.week_review(waiting, on)
    rest = [one for one in waiting if one != review]
    # A province has cells by the thousand: their meetings are in the list, page by page.
    cells = selectors.cells_months(unit, on) if selectors.shows_cells(unit) else []
    context |= {
        "review": _steps(request, [review], context["days"])[0] if review else None,
        "tally": selectors.review_tally(review.meeting, on) if review else None,
        "cards": _steps(request, rest, context["days"]),
        "cells": cells,
        "months": [one.month for one in cells[0].months] if cells else [],
        "late_cells": sum(bool(row.late) for row in cells),
        "shows_cells": selectors.shows_cells(unit),
    }
    return render(request, "meetings/home.html", context)


def _mine(member_id: int, on: date) -> dict[str, Any]:
    review = review_years.latest_of(member_id, on)
    return {
        "invited": selectors.invited_ahead(member_id, on),
        "presents": selectors.presents(member_id, on),
        "was_invited": selectors.invited_before(member_id, on),
        "own_review": review,
        "own_review_waits": review is not None and review_years.awaits_reply(review),
    }


def _days(unit: Unit, on: date) -> int:
    """Return within how many days minutes have to be approved."""
    return selectors.law(unit, on).value.minutes_days_after


def _steps(request: Request, waiting: Iterable[Waiting], days: int) -> list[dict[str, Any]]:
    """Return meetings with how they stand and the one step that the person should take, late ones first."""
    user, on = request.user, request.as_of
    lines = [
        {
            "meeting": one.meeting,
            "items": one.items,
            "standing": standing_of(one.meeting, on, days),
            "step": next_step(user, one.meeting, on, items=one.items, scored=one.scored),
        }
        for one in waiting
    ]
    return sorted(lines, key=lambda line: not line["standing"].is_late)


def _lines(meetings: Iterable[Meeting], on: date, days: int) -> list[dict[str, Any]]:
    return [{"meeting": one, "standing": standing_of(one, on, days)} for one in meetings]


def listing(request: Request) -> HttpResponse:
    """List the meetings of the unit and of those under it, as the address filters them; late ones first."""
    unit, on = request.unit, request.as_of
    if unit is None:
        raise Missing
    filters = lists.read(request.GET)
    days = _days(unit, on)
    rows = lists.find(request.user, unit, on, filters, days)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("trang"))
    cells = lists.cells_of(unit, on)

    context = {
        "section": SECTION,
        "unit": unit,
        "filters": filters,
        "page": page,
        "lines": _lines(page, on, days),
        **filter_context(request.GET, filters, lists.chips(filters, cells)),
        "kinds": [(key, kind.label) for key, kind in lists.KINDS.items()],
        "states": lists.STATES.items(),
        "cells": cells.items(),
        "action": reverse("meetings:list"),
    }
    return render(request, "meetings/list.html", context)
