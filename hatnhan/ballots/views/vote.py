"""The slip one votes with: shown, read over, put into the urn.

Not a `Deed`: its slip against a second press is a row with a person and a moment, and its message a change of the
session. Here the roll itself refuses a second vote.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from hatnhan.ballots.actions import voting
from hatnhan.ballots.forms.voting import VoteForm
from hatnhan.ballots.selectors import ballots
from hatnhan.ballots.views.frame import SECTION, ballot_page, crumbs
from hatnhan.core import clock
from hatnhan.core.deeds import AMEND, CONFIRM

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.ballots.models import Ballot
    from hatnhan.core.http import Request


@sensitive_post_parameters()
@sensitive_variables()
def vote(request: Request, pk: int) -> HttpResponse:
    """Show the slip to whoever has a vote; read it over; put it into the urn. Nothing of it is kept on the way."""
    ballot = ballots.ballot_for(request.user, pk)
    options = ballots.options_of(ballot)
    casting = CONFIRM in request.POST and AMEND not in request.POST
    if not casting and not ballots.may_vote(request.user, ballot):
        # Also what "back" sends a second time from a browser: after the vote no page draws the choice again.
        return redirect(ballot_page(ballot))
    if request.method != "POST":
        return _slip(request, ballot, VoteForm(ballot=ballot, options=options))
    form = VoteForm(request.POST, ballot=ballot, options=options)
    if not form.is_valid() or AMEND in request.POST:
        return _slip(request, ballot, form)
    if CONFIRM not in request.POST:
        return render(request, "ballots/vote_check.html", _context(ballot, form))
    voting.cast_vote(by=request.user, at=clock.now(), ballot=ballot, choice=form.choice())
    return redirect(ballot_page(ballot))


def _slip(request: Request, ballot: Ballot, form: VoteForm) -> HttpResponse:
    return render(request, "ballots/vote.html", _context(ballot, form), status=422 if form.errors else 200)


def _context(ballot: Ballot, form: VoteForm) -> dict[str, object]:
    return {"section": SECTION, "ballot": ballot, "form": form, "crumbs": crumbs(ballot)}
