"""How a sitting voted on grades, and which grade has the majority."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hatnhan.ballots.models import Ballot, Purpose
from hatnhan.ballots.selectors.questions import as_kept, kept_rule, majority_for
from hatnhan.core import clock
from hatnhan.reviews.models import ORDER, VoteLine
from hatnhan.reviews.rules.voting import chosen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hatnhan.ballots.selectors.questions import KeptRule
    from hatnhan.reviews.models import Sitting


@dataclass(frozen=True, slots=True)
class Votes:
    """The totals of one place: votes by grade, how many a majority takes, and the grade that has it, "" for none."""

    by_grade: Mapping[str, int]
    needed: int
    chosen: str

    @property
    def cast(self) -> int:
        """How many votes there are."""
        return sum(self.by_grade.values())

    @property
    def in_order(self) -> list[tuple[str, int]]:
        """The grades from the best down with their votes, those without any left out."""
        return [(grade, self.by_grade[grade]) for grade in ORDER if self.by_grade.get(grade)]


def rule_of(sitting: Sitting) -> KeptRule:
    """Return the majority for grading: as the ballot kept it, else as it stood on the day of the sitting."""
    if sitting.ballot is not None and sitting.ballot.state == Ballot.State.CLOSED:
        kept = kept_rule(sitting.ballot)
        if kept is not None:
            return kept
    return as_kept(majority_for(Purpose.GRADING, sitting.held_on or clock.today(), sitting.unit))


def base_of(sitting: Sitting, rule: KeptRule) -> int:
    """Return how many the share is of: those called or those present, of the ballot where there was one."""
    ballot = sitting.ballot
    if ballot is not None and ballot.state == Ballot.State.CLOSED:
        return int(ballot.result.present if rule.base == "present" else ballot.result.entitled)
    return (sitting.present if rule.base == "present" else sitting.entitled) or 0


def votes_of(sitting: Sitting) -> dict[int, Votes]:
    """Return the votes by id of the place, for those voted on. Two queries, and those for the rule."""
    counted: dict[int, dict[str, int]] = {}
    rows = VoteLine.objects.filter(place__sitting=sitting).values_list("place", "grade", "votes")
    for place, grade, votes in rows:
        counted.setdefault(place, {})[grade] = votes
    if not counted:
        return {}
    rule = rule_of(sitting)
    whole = base_of(sitting, rule)
    return {key: _votes(row, rule, whole) for key, row in counted.items()}


def _votes(row: dict[str, int], rule: KeptRule, whole: int) -> Votes:
    share = rule.share
    grade = chosen(
        row,
        whole,
        numerator=share.numerator,
        denominator=share.denominator,
        more_than=share.more_than,
    )
    return Votes(row, share.needed(whole), grade or "")
