"""Reading: the ballots of a unit, one ballot by its state, its roll."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import render

from hatnhan.ballots import permissions
from hatnhan.ballots.permissions import Action
from hatnhan.ballots.selectors import ballots
from hatnhan.ballots.selectors.questions import as_kept, kept_rule, majority_for
from hatnhan.ballots.selectors.results import result_of
from hatnhan.ballots.views.frame import SECTION, crumbs, head
from hatnhan.ballots.wording import verdict
from hatnhan.core import clock

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.ballots.models import Ballot
    from hatnhan.core.http import Request

PER_PAGE = 30
#: With fewer votes on screen, whoever counted the paper could guess what was in them.
FEW = 5


def home(request: Request) -> HttpResponse:
    """List the ballots of the unit and of those below it; first those that wait for the person's vote."""
    unit = request.unit
    page = Paginator(ballots.ballots_of(request.user, unit), PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        "section": SECTION,
        "unit": unit,
        "page": page,
        "waiting": ballots.waiting_for(request.user),
        "may_draft": unit is not None and permissions.leads(request.user, unit.pk),
    }
    return render(request, "ballots/home.html", context)


def ballot(request: Request, pk: int) -> HttpResponse:
    """Show one ballot: what to do next while it stands, the result once it is counted."""
    found = ballots.ballot_for(request.user, pk)
    context = head(found) | {
        "crumbs": crumbs(),
        "tellers": ballots.tellers_of(found),
        "leads": permissions.leads(request.user, found.unit_id),
    }
    context |= {"draft": _draft, "open": _open, "closed": _closed}.get(found.state, _nothing)(request, found)
    return render(request, f"ballots/{found.state}.html", context)


def _nothing(_request: Request, _found: Ballot) -> dict[str, Any]:
    return {}


def _draft(_request: Request, found: Ballot) -> dict[str, Any]:
    rule = as_kept(majority_for(found.purpose, clock.today(), found.unit))
    return {"options": ballots.options_of(found), "rule": rule}


def _open(request: Request, found: Ballot) -> dict[str, Any]:
    turnout = ballots.turnout_of(found)
    return {
        "options": ballots.options_of(found),
        "rule": kept_rule(found),
        "turnout": turnout,
        "entry": ballots.own_entry(request.user, found),
        "may_close": permissions.allowed(request.user, Action.CLOSE, found),
        "few": 0 < turnout.voted < FEW,
    }


def _closed(_request: Request, found: Ballot) -> dict[str, Any]:
    result = result_of(found)
    return {
        "result": result,
        "rule": result.rule,
        "verdict": verdict(result),
        "told": {person for person, lines in result.people if any(line.passed for line in lines)},
    }


def roll(request: Request, pk: int) -> HttpResponse:
    """Show the frozen roll with the reason for every line; who has voted, only to those who count and lead."""
    found = ballots.ballot_for(request.user, pk)
    entries = ballots.roll_entries(found)
    context = head(found) | {
        "crumbs": crumbs(found),
        "entitled": [entry for entry in entries if entry.entitled],
        "others": [entry for entry in entries if not entry.entitled],
        "may_count": permissions.allowed(request.user, Action.CLOSE, found),
    }
    return render(request, "ballots/roll.html", context)
