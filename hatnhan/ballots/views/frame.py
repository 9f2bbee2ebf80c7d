"""What all pages of the room share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan.ballots import origins
from hatnhan.core.deeds import Crumb
from hatnhan.organization.selectors.bodies import body_title

if TYPE_CHECKING:
    from hatnhan.ballots.models import Ballot

#: Ballots stand inside meetings in the menu.
SECTION = "meetings:home"


def ballot_page(ballot: Ballot) -> str:
    """Return the address of a ballot's page."""
    return reverse("ballots:ballot", args=[ballot.pk])


def crumbs(ballot: Ballot | None = None) -> list[Crumb]:
    """Return the way to a page about a ballot."""
    way = [Crumb(_("Bỏ phiếu kín"), reverse("ballots:home"))]
    return [*way, Crumb(ballot.title, ballot_page(ballot))] if ballot else way


def head(ballot: Ballot) -> dict[str, Any]:
    """Return what the head of a ballot's page needs: one question to the rooms above."""
    return {
        "section": SECTION,
        "ballot": ballot,
        "body": body_title(ballot.unit, ballot.body),
        "origin": origins.of([ballot.pk]).get(ballot.pk),
    }
