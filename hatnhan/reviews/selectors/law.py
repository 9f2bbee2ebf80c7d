"""The law of a cycle: asked once at its opening, read back by version ever after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from hatnhan import rulebook
from hatnhan.rulebook.resolver import of_version
from hatnhan.rulebook.topics.reviews import (
    GradeConditions,
    ReviewCaps,
    ReviewForms,
    ReviewRegime,
    ReviewRubric,
    ReviewSteps,
)

if TYPE_CHECKING:
    from hatnhan.organization.models import Unit
    from hatnhan.reviews.models import Cycle
    from hatnhan.rulebook.types import Rule

TOPICS = (ReviewRegime, ReviewRubric, GradeConditions, ReviewCaps, ReviewForms, ReviewSteps)


@dataclass(frozen=True, slots=True)
class Law:
    """The rules that a cycle uses, each with its source and version."""

    regime: Rule[ReviewRegime]
    rubric: Rule[ReviewRubric]
    conditions: Rule[GradeConditions]
    caps: Rule[ReviewCaps]
    forms: Rule[ReviewForms]
    steps: Rule[ReviewSteps]

    def grade_name(self, grade: str, *, organisation: bool = False) -> str:
        """Return what a grade is called on paper under this law; "" for none."""
        found = next((one for one in self.regime.value.grades if one.key == grade), None)
        if found is None:
            return ""
        return found.organisation if organisation else found.member


def law_day(year: int) -> date:
    """Return the day whose law a year's review follows: the year's last."""
    return date(year, 12, 31)


def versions_on(unit: Unit, year: int) -> dict[str, str]:
    """Return by topic the version of the rules that a cycle opened now would keep. Raises RuleBroken ``no_rule``."""
    return {one.topic: rulebook.at(one, on=law_day(year), unit=unit).version for one in TOPICS}


def law_of(cycle: Cycle) -> Law:
    """Return the law that a cycle uses, whatever holds today; kept on the object. Overlays cost a query each."""
    known: Law | None = getattr(cycle, "_law", None)
    if known is None:
        kept = cycle.rules
        known = Law(
            regime=of_version(ReviewRegime, kept[ReviewRegime.topic]),
            rubric=of_version(ReviewRubric, kept[ReviewRubric.topic]),
            conditions=of_version(GradeConditions, kept[GradeConditions.topic]),
            caps=of_version(ReviewCaps, kept[ReviewCaps.topic]),
            forms=of_version(ReviewForms, kept[ReviewForms.topic]),
            steps=of_version(ReviewSteps, kept[ReviewSteps.topic]),
        )
        cycle._law = known  # type: ignore[attr-defined]  # noqa: SLF001 - a note on our own object
    return known
