"""What stands on one entry at its meeting: tasks, faults and points, said and agreed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hatnhan.reviews.models import Entry, FaultLine, Rating, Score, WorkLine
from hatnhan.reviews.rules.scoring import by_stage
from hatnhan.reviews.selectors.law import law_of

if TYPE_CHECKING:
    from decimal import Decimal

    from hatnhan.reviews.models import Place
    from hatnhan.rulebook.topics.reviews import Criterion


@dataclass(frozen=True, slots=True)
class Points:
    """One criterion: what the person gives, what the sitting gives; None where nothing was given."""

    criterion: Criterion
    own: Decimal | None
    agreed: Decimal | None


@dataclass(frozen=True, slots=True)
class Lines:
    """All of one entry."""

    work: tuple[WorkLine, ...]
    faults: tuple[FaultLine, ...]
    points: tuple[Points, ...]
    scored: bool
    own_total: Decimal | None
    agreed_total: Decimal | None


def lines_of(place: Place) -> Lines:
    """Return tasks, faults and points of the entry of a place. Three queries."""
    entry = place.entry
    law = law_of(place.sitting.cycle)
    criteria = law.rubric.value.of(entry.subject)
    scored = law.regime.value.scored == "yes"
    given = list(Score.objects.filter(entry=entry).values_list("stage", "criterion", "points"))
    keys = {one.key for one in criteria}
    totals = by_stage(criteria, [row for row in given if row[1] in keys], scored=scored)
    known = {(stage, key): points for stage, key, points in given}
    own, agreed = totals.get(Score.Stage.SELF), totals.get(Score.Stage.SITTING)
    return Lines(
        work=tuple(WorkLine.objects.filter(entry=entry)),
        faults=tuple(FaultLine.objects.filter(entry=entry)),
        points=tuple(
            Points(one, known.get((Score.Stage.SELF, one.key)), known.get((Score.Stage.SITTING, one.key)))
            for one in criteria
        ),
        scored=scored,
        own_total=own.total if own else None,
        agreed_total=agreed.total if agreed else None,
    )


def levels() -> list[tuple[str, str]]:
    """Return the four levels, best first, for a choice."""
    return [(str(one.value), str(one.label)) for one in Rating]


def agrees_here(place: Place) -> bool:
    """Tell whether a sitting agrees on what an entry says: that which proposes its grade, or where it has none."""
    return place.proposes or place.entry.standing == Entry.Standing.NOT_GRADED


def may_agree(place: Place) -> bool:
    """Tell whether the sitting still agrees on what an entry says."""
    open_ = place.entry.state in {Entry.State.SUBMITTED, Entry.State.REVIEWED}
    return agrees_here(place) and place.reviewed_on is not None and open_
