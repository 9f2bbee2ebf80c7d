"""What the law says of entries: the engine on what is known of them, under the law of their cycle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hatnhan.reviews.models import Entry
from hatnhan.reviews.rules import engine
from hatnhan.reviews.selectors import facts as known
from hatnhan.reviews.selectors.law import law_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hatnhan.reviews.rules.engine import Assessment
    from hatnhan.reviews.selectors.facts import Held, Told


@dataclass(frozen=True, slots=True)
class Assessed:
    """An entry's assessment with all it was made from."""

    assessment: Assessment
    held: Held
    told: dict[str, Told]


def assessments(entries: Sequence[Entry]) -> dict[int, Assessment]:
    """Return what the law says of entries of ONE cycle, by id. A fixed number of queries, however many.

    Those that are not to be graded have none: nothing is said of a grade that nobody may give.
    """
    return {pk: one.assessment for pk, one in assessed(entries).items()}


def assessed(entries: Sequence[Entry]) -> dict[int, Assessed]:
    """Return the same with the facts and where they are from."""
    due = [one for one in entries if one.standing == Entry.Standing.GRADED]
    if not due:
        return {}
    law = law_of(due[0].cycle).conditions.value
    held = known.held_of(due)
    told = known.told_with(due, held)
    found = {}
    for one in due:
        facts = {key: each.fact for key, each in told[one.pk].items()}
        lifted = known.lifted_in(held[one.pk])
        assessment = engine.assess(one.subject, law, facts, lifted=lifted)
        found[one.pk] = Assessed(assessment, held[one.pk], told[one.pk])
    return found
