"""Which ballots a person may know of, and how they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from hatnhan.ballots.models import Ballot, Option, RollEntry, Teller
from hatnhan.core import clock
from hatnhan.core.errors import Missing
from hatnhan.organization.powers import powers_of

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from hatnhan.accounts.models import User
    from hatnhan.organization.models import Member, Unit


def ballot_for(user: User, pk: int) -> Ballot:
    """Return a ballot that the person may know of. Raises Missing, whether absent or forbidden."""
    found: Ballot | None = (
        Ballot.objects.visible_to(user).select_related("unit", "concerned").filter(pk=pk).first()
    )
    if found is None:
        raise Missing(_("Không có cuộc bỏ phiếu này, hoặc không dành cho đồng chí xem."))
    return found


def ballots_of(user: User, unit: Unit | None) -> QuerySet[Ballot]:
    """Return the ballots of a unit and of those below it that the person may know of, latest first.

    Each comes with ``entitled`` and ``voted``, how many may vote and how many did on screen.
    """
    if unit is None:
        return Ballot.objects.none()
    rows: QuerySet[Ballot] = Ballot.objects.visible_to(user).filter(unit__ancestries__ancestor=unit)
    return (
        rows.select_related("unit", "result")
        .annotate(
            entitled=Count("roll", filter=Q(roll__entitled=True), distinct=True),
            voted=Count("roll", filter=Q(roll__voted=True), distinct=True),
        )
        .order_by("-on", "-pk")
    )


def waiting_for(user: User) -> list[Ballot]:
    """Return the open ballots in which the person has a vote and has not cast it."""
    member_id = powers_of(user).member_id
    return [] if member_id is None else list(_waiting(member_id))


def waiting_on(member_id: int, on: date) -> QuerySet[Ballot]:
    """Return the ballots opened by a day in which a person has a vote and has not cast it."""
    return _waiting(member_id).filter(opened_at__lt=clock.at(on + timedelta(days=1), 0))


def _waiting(member_id: int) -> QuerySet[Ballot]:
    mine = RollEntry.objects.filter(member_id=member_id, entitled=True, voted=False)
    rows: QuerySet[Ballot] = Ballot.objects.filter(state=Ballot.State.OPEN, pk__in=mine.values("ballot"))
    return rows.select_related("unit")


def tellers_of(ballot: Ballot) -> list[Member]:
    """Return the two tellers, the first first."""
    rows = Teller.objects.filter(ballot=ballot).select_related("member").order_by("place")
    return [teller.member for teller in rows]


def options_of(ballot: Ballot) -> list[Option]:
    """Return the options in their order."""
    return list(Option.objects.filter(ballot=ballot).order_by("place"))


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many may vote, how many of them are there, how many have voted on screen."""

    entitled: int
    present: int
    voted: int

    @property
    def not_on_screen(self) -> int:
        """How many may still vote, on screen or on paper."""
        return self.entitled - self.voted


def turnout_of(ballot: Ballot) -> Turnout:
    """Return how the voting stands. One query."""
    roll = RollEntry.objects.filter(ballot=ballot, entitled=True)
    found = roll.aggregate(
        entitled=Count("pk"),
        present=Count("pk", filter=Q(present=True)),
        voted=Count("pk", filter=Q(voted=True)),
    )
    return Turnout(**found)


def roll_entries(ballot: Ballot) -> list[RollEntry]:
    """Return the frozen roll, those entitled first, each part by name."""
    rows = RollEntry.objects.filter(ballot=ballot).select_related("member")
    return list(rows.order_by("-entitled", "member__sort_key", "member_id"))


def own_entry(user: User, ballot: Ballot) -> RollEntry | None:
    """Return the person's own line of the roll; None for who is not on it."""
    member_id = powers_of(user).member_id
    return RollEntry.objects.filter(ballot=ballot, member_id=member_id).first() if member_id else None


def may_vote(user: User, ballot: Ballot) -> bool:
    """Tell whether the person has a vote here and has not cast it."""
    entry = own_entry(user, ballot) if ballot.state == Ballot.State.OPEN else None
    return entry is not None and entry.entitled and not entry.voted
