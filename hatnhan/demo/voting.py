"""One secret ballot that was held in a cell, with votes on screen and on paper."""

from __future__ import annotations

import secrets
from datetime import timedelta
from random import SystemRandom
from typing import TYPE_CHECKING

from hatnhan.ballots.actions.counting import PaperCount, close_ballot
from hatnhan.ballots.actions.opening import open_ballot
from hatnhan.ballots.actions.voting import cast_for
from hatnhan.ballots.models import Ballot, Purpose, RollEntry
from hatnhan.core import clock
from hatnhan.meetings.actions.outcomes import put_to_ballot

if TYPE_CHECKING:
    from datetime import datetime

    from hatnhan.demo.books import Books
    from hatnhan.meetings.models import AgendaItem, Meeting

#: How many of those present voted on paper, and how many of the others said no.
_ON_PAPER, _AGAINST = 14, 2
#: How long before the end of the meeting the ballot was opened, and counted.
_OPENED, _COUNTED = timedelta(minutes=34), timedelta(minutes=13)


def vote(books: Books, meeting: Meeting, item: AgendaItem, ends: datetime) -> Ballot:
    """Put the matter of an item to a secret ballot, let all present vote, and count, before the meeting ``ends``."""
    with clock.fixed(ends - _OPENED):
        ballot, phrases = _opened(books, meeting, item)
    with clock.fixed(ends - _COUNTED):
        _count(books, ballot, phrases)
    return ballot


def _opened(books: Books, meeting: Meeting, item: AgendaItem) -> tuple[Ballot, tuple[str, str]]:
    signed = books.signed()
    body = list(
        meeting.invitees.filter(capacity="body", mark="present").select_related("member").order_by("place")
    )
    tellers = (body[2].member, body[3].member)
    ballot = put_to_ballot(
        **signed,
        item=item,
        title=f"Thông qua phương án về việc “{item.title}”",
        purpose=Purpose.RESOLUTION,
        kind=Ballot.Kind.YES_NO,
        tellers=tellers,
    )
    # Made up for this count alone and thrown away: nobody needs them again.
    phrases = (secrets.token_urlsafe(16), secrets.token_urlsafe(16))
    open_ballot(**signed, ballot=ballot, present=[row.member_id for row in body], passphrases=phrases)
    return ballot, phrases


def _count(books: Books, ballot: Ballot, phrases: tuple[str, str]) -> None:
    """Let all who are present vote, some on paper, and count."""
    roll = RollEntry.objects.filter(ballot=ballot, entitled=True, present=True)
    voters = list(roll.values_list("member_id", flat=True))
    # Who said what follows from no seed: of invented votes, too, only the totals are told.
    SystemRandom().shuffle(voters)
    paper = min(_ON_PAPER, len(voters) // 2)
    for place, member_id in enumerate(voters[paper:]):
        cast_for(member_id=member_id, ballot=ballot, choice=(2 if place < _AGAINST else 1,))
    count = PaperCount(issued=paper, returned=paper, invalid=1, blank=1, choices={1: paper - 3, 2: 1})
    close_ballot(**books.signed(), ballot=ballot, passphrases=phrases, paper=count)
