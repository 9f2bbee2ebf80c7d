"""The question of a ballot, as the rules read it, and what the law says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.ballots.models import Ballot, Option, Purpose
from hatnhan.ballots.rules import Question, Share
from hatnhan.rulebook import topics

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.organization.models import Unit
    from hatnhan.rulebook.topics.ballots import Majority
    from hatnhan.rulebook.types import Rule

_TOPICS: dict[str, type[Majority]] = {
    Purpose.RESOLUTION: topics.ResolutionMajority,
    Purpose.ADMISSION: topics.AdmissionMajority,
    Purpose.GRADING: topics.GradingMajority,
    Purpose.DISCIPLINE: topics.DisciplineMajority,
    Purpose.EXPULSION: topics.ExpulsionMajority,
    Purpose.ELECTION: topics.ElectionMajority,
}


def question_of(ballot: Ballot) -> Question:
    """Return how many options there are, how many may be chosen, which grades given."""
    options = Option.objects.filter(ballot_id=ballot.pk).count()
    return Question(options, ballot.up_to, tuple(key for key, _label in ballot.grades))


def majority_for(purpose: str, on: date, unit: Unit) -> Rule[Majority]:
    """Return the majority by which something is decided on a day in a unit. Raises RuleBroken ``no_rule``."""
    return rulebook.at(_TOPICS[purpose], on=on, unit=unit)


# --- the rule as it was at opening ---------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class KeptRule:
    """The rule in force when a ballot was opened, as kept with it. Stands wherever a rule is drawn."""

    version: str
    share: Share
    quorum: Share
    base: str
    source: str
    confirmed: bool

    @property
    def words(self) -> str:
        """The rule in words: "quá 1/2 tổng số người có quyền biểu quyết"."""
        names = {"part": f"{self.share.numerator}/{self.share.denominator}", "base": base_words(self.base)}
        return (
            _("quá %(part)s %(base)s") if self.share.more_than else _("ít nhất %(part)s %(base)s")
        ) % names


def base_words(base: str) -> str:
    """Say on whom a share is counted."""
    return _("số người có mặt") if base == "present" else _("tổng số người có quyền biểu quyết")


def keep(rule: Rule[Majority]) -> dict[str, Any]:
    """Return a rule as a ballot keeps it."""
    return {"value": rule.value.model_dump(), "source": str(rule.source), "confirmed": rule.confirmed}


def kept_rule(ballot: Ballot) -> KeptRule | None:
    """Return the rule a ballot was opened under; None before that."""
    if not ballot.rule_version:
        return None
    value = ballot.rule_value["value"]
    return KeptRule(
        version=ballot.rule_version,
        share=Share(value["numerator"], value["denominator"], value["more_than"]),
        quorum=Share(value["quorum_numerator"], value["quorum_denominator"]),
        base=value["base"],
        source=ballot.rule_value["source"],
        confirmed=ballot.rule_value["confirmed"],
    )


def as_kept(rule: Rule[Majority]) -> KeptRule:
    """Return a rule of today in the form in which a ballot will keep it."""
    kept = kept_rule(Ballot(rule_version=rule.version, rule_value=keep(rule)))
    assert kept is not None  # noqa: S101 - it has a version
    return kept
