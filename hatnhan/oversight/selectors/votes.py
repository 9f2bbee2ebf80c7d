"""What the two votes on a case came to, read from the ballots themselves.

The majority is counted on all official members who make up the body (Charter 9.5; 21-QĐ/TW, known at second hand):
whoever stayed away counts, and so does the member whom it is about, who has no vote there but is a member.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from hatnhan.ballots.models import Ballot, Purpose, ResultLine, RollEntry
from hatnhan.ballots.selectors.questions import as_kept, kept_rule, majority_for
from hatnhan.organization.models import Body, Membership
from hatnhan.oversight.rules import discipline as rules
from hatnhan.oversight.selectors.law import NO_FORM, discipline_of

if TYPE_CHECKING:
    from hatnhan.ballots.selectors.questions import KeptRule
    from hatnhan.oversight.models import Case, CaseBallot
    from hatnhan.oversight.rules.discipline import Found

Reason = RollEntry.Reason


def rounds_of(case: Case) -> list[CaseBallot]:
    """Return the votes of the body that decides now, those called off left out, in order. One query."""
    rows = case.ballots.filter(unit=case.deciding_unit_id, body=case.deciding_body)
    return list(rows.exclude(ballot__state=Ballot.State.CANCELLED).select_related("ballot__unit", "unit"))


@dataclass(frozen=True, slots=True)
class Whole:
    """How many make up the body that a share is of: those with a vote, and who counts without one."""

    entitled: int
    concerned: int
    excused: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.entitled + self.concerned + self.excused


def whole_of(round_: CaseBallot) -> Whole:
    """Return how many official members make up the body that voted, as the roll stood frozen. Two queries."""
    ballot, case = round_.ballot, round_.case
    rows = RollEntry.objects.filter(ballot=ballot).values_list("reason").annotate(n=Count("pk"))
    by_reason = dict(rows)
    counts = discipline_of(case).value.count_excused
    excused = by_reason.get(Reason.AWAY, 0) + by_reason.get(Reason.EXEMPT, 0) if counts else 0
    entitled = by_reason.get(Reason.OFFICIAL, 0) + by_reason.get(Reason.SEATED, 0)
    concerned = int(bool(by_reason.get(Reason.CONCERNED)) and _concerned_counts(ballot))
    return Whole(entitled, concerned, excused)


def _concerned_counts(ballot: Ballot) -> bool:
    member = ballot.concerned
    if member is None or not member.is_official(ballot.on):
        return False
    here = Membership.objects.on(ballot.on).filter(
        member=member, unit_id=ballot.unit_id, kind=Membership.Kind.OFFICIAL
    )
    return ballot.body != Body.MEMBERS or here.exists()


@dataclass(frozen=True, slots=True)
class Whether:
    """The first vote: those for discipline, of how many, and how many it takes."""

    ballot: Ballot
    votes: int
    whole: Whole
    needed: int
    agreed: bool
    rule: KeptRule


def whether_of(round_: CaseBallot) -> Whether:
    """Return what a counted first vote came to. Four queries."""
    rule = _rule(round_.ballot)
    whole = whole_of(round_)
    votes = _votes(round_.ballot).get(1, 0)
    base = _base(rule, round_.ballot, whole)
    agreed = rules.majority(votes, base, rule.share)
    return Whether(round_.ballot, votes, whole, rule.share.needed(base), agreed, rule)


@dataclass(frozen=True, slots=True)
class FormVotes:
    """One line of the second vote."""

    key: str
    title: str
    votes: int
    needed: int


@dataclass(frozen=True, slots=True)
class Form:
    """The second vote: by form, the severest first, those for none, and what it came to."""

    ballot: Ballot
    lines: tuple[FormVotes, ...]
    none: int
    whole: Whole
    found: Found
    rule: KeptRule


def form_of(round_: CaseBallot) -> Form:
    """Return what a counted second vote came to, by the majority of each form. Six queries."""
    ballot = round_.ballot
    rule = _rule(ballot)
    harder = as_kept(majority_for(Purpose.EXPULSION, ballot.on, ballot.unit))
    usual = as_kept(majority_for(Purpose.DISCIPLINE, ballot.on, ballot.unit))
    law = {one.key: one for one in discipline_of(round_.case).value.forms}
    whole = whole_of(round_)
    by_place = _votes(ballot)
    votes = {key: by_place.get(int(place), 0) for place, key in round_.forms.items()}
    keys = sorted((key for key in votes if key != NO_FORM), key=lambda key: -law[key].severity)
    shares = {key: (harder if law[key].majority == "expulsion" else usual).share for key in keys}
    base = _base(rule, ballot, whole)
    found = rules.form_of({key: votes[key] for key in keys}, base, shares)
    lines = tuple(FormVotes(key, law[key].title, votes[key], shares[key].needed(base)) for key in keys)
    return Form(ballot, lines, votes.get(NO_FORM, 0), whole, found, rule)


def _rule(ballot: Ballot) -> KeptRule:
    rule = kept_rule(ballot)
    assert rule is not None  # noqa: S101 - a counted ballot keeps its rule
    return rule


def _base(rule: KeptRule, ballot: Ballot, whole: Whole) -> int:
    return int(ballot.result.present) if rule.base == "present" else whole.total


def _votes(ballot: Ballot) -> dict[int, int]:
    rows = ResultLine.objects.filter(result=ballot.pk).values_list("option__place", "votes")
    return dict(rows)
