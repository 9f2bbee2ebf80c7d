"""The result of a ballot, whole: for its page and for the tellers' minutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hatnhan.ballots.models import Ballot, Purpose, Result
from hatnhan.ballots.selectors.questions import KeptRule, kept_rule
from hatnhan.core.errors import Missing
from hatnhan.organization.selectors.bodies import body_title

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.organization.models import Member, Unit


@dataclass(frozen=True, slots=True)
class Line:
    """How many chose an option, or gave it a grade ("" where there are none).

    ``passed`` is None for what cannot pass by itself (the "no" of yes or no), and for a tie for the last seat.
    """

    place: int
    option: str
    member: Member | None
    grade: str
    votes: int
    passed: bool | None
    tied: bool


@dataclass(frozen=True, slots=True)
class BallotResult:
    """Everything that the result says. Papers and screen together, except where a name says which.

    ``passed`` is None where each line stands for itself (elections, grades). ``base`` is the number of persons that
    the share is of, ``needed`` how many votes reach it.
    """

    ballot: Ballot
    unit: Unit
    body: str
    title: str
    purpose: str
    kind: str
    up_to: int
    on: date
    opened_at: datetime
    closed_at: datetime
    tellers: tuple[Member, ...]
    entitled: int
    present: int
    on_screen: int
    paper_issued: int
    paper_returned: int
    issued: int
    returned: int
    valid: int
    invalid: int
    blank: int
    lines: tuple[Line, ...]
    passed: bool | None
    rule: KeptRule
    base: int
    needed: int

    @property
    def election(self) -> bool:
        """Whether seats were filled."""
        return self.ballot.purpose == Purpose.ELECTION

    @property
    def graded(self) -> bool:
        """Whether people were graded, so that lines have grades."""
        return self.ballot.kind == Ballot.Kind.GRADE

    @property
    def people(self) -> tuple[tuple[str, tuple[Line, ...]], ...]:
        """The lines of each option together, in order: those of one person's grades."""
        places = dict.fromkeys(line.place for line in self.lines)
        rows = [tuple(line for line in self.lines if line.place == place) for place in places]
        return tuple((row[0].option, row) for row in rows)

    @property
    def chosen(self) -> tuple[Line, ...]:
        """The lines that passed, most votes first."""
        return tuple(sorted((line for line in self.lines if line.passed), key=lambda line: -line.votes))

    @property
    def ties(self) -> tuple[Line, ...]:
        """The lines that have the votes but share them with others for fewer seats."""
        return tuple(line for line in self.lines if line.tied)


def result_of(ballot: Ballot) -> BallotResult:
    """Return the result of a closed ballot. Raises Missing for one not counted. Four queries."""
    result = Result.objects.select_related("ballot__unit").filter(pk=ballot.pk).first()
    ballot = result.ballot if result else ballot
    rule = kept_rule(ballot)
    if result is None or rule is None or ballot.opened_at is None or ballot.closed_at is None:
        raise Missing
    base = result.present if rule.base == "present" else result.entitled
    tellers = ballot.tellers.select_related("member").order_by("place")
    return BallotResult(
        ballot=ballot,
        unit=ballot.unit,
        body=body_title(ballot.unit, ballot.body),
        title=ballot.title,
        purpose=ballot.get_purpose_display(),
        kind=ballot.get_kind_display(),
        up_to=ballot.up_to,
        on=ballot.on,
        opened_at=ballot.opened_at,
        closed_at=ballot.closed_at,
        tellers=tuple(teller.member for teller in tellers),
        entitled=result.entitled,
        present=result.present,
        on_screen=result.on_screen,
        paper_issued=result.paper_issued,
        paper_returned=result.paper_returned,
        issued=result.on_screen + result.paper_issued,
        returned=result.on_screen + result.paper_returned,
        valid=result.valid,
        invalid=result.invalid,
        blank=result.blank,
        lines=_lines(ballot, result),
        passed=result.passed,
        rule=rule,
        base=base,
        needed=rule.share.needed(base),
    )


def _lines(ballot: Ballot, result: Result) -> tuple[Line, ...]:
    grades = dict(ballot.grades)
    whole = ballot.kind == Ballot.Kind.YES_NO
    return tuple(
        Line(
            place=row.option.place,
            option=row.option.label,
            member=row.option.member,
            grade=grades.get(row.grade, ""),
            votes=row.votes,
            passed=None if whole and row.option.place > 1 else row.passed,
            tied=row.passed is None,
        )
        for row in result.lines.select_related("option__member").order_by("option__place", "pk")
    )
