"""What is on record of a case, as `rules.discipline` looks at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hatnhan.ballots.models import Ballot
from hatnhan.oversight.models import Case, CaseBallot
from hatnhan.oversight.rules.discipline import DECIDES, PROPOSES, Facts, State
from hatnhan.oversight.selectors.law import form_named, is_their_own, power
from hatnhan.oversight.selectors.limitation import lapsed_on
from hatnhan.oversight.selectors.votes import form_of, rounds_of, whether_of

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.oversight.selectors.votes import Form, Whether

WHETHER, FORM = CaseBallot.Round.WHETHER, CaseBallot.Round.FORM


@dataclass(frozen=True, slots=True)
class Standing:
    """A case as it stands on a day: its facts, and the votes of the body that decides now.

    ``own``: the subject sits in the committee that decides now, on the day of the second vote (before it, on the day).
    """

    facts: Facts
    rounds: tuple[CaseBallot, ...]
    whether: Whether | None
    form: Form | None
    own: bool = False

    def round(self, number: int) -> CaseBallot | None:
        """Return the vote of a round that was not called off."""
        return next((one for one in self.rounds if one.round == number), None)


def is_postponed(case: Case, on: date) -> bool:
    """Tell whether a case is not to be considered on a day; ``postponed_until`` is the first day it is again."""
    since, until = case.postponed_since, case.postponed_until
    return since is not None and since <= on and (until is None or on < until)


def _decides(case: Case, theirs: str) -> bool:
    """Tell whether the body that decides now may impose a form that it has such a power over.

    What the committee directly above an organisation only proposes (dissolution), the one above it decides: two levels
    above the organisation (Charter 37).
    """
    if theirs == PROPOSES and case.standing == Case.Standing.ORGANISATION:
        return bool(case.deciding_unit_id != case.unit_id)
    return theirs == DECIDES


def standing_of(case: Case, on: date) -> Standing:
    """Return how a case stands on a day."""
    rounds = tuple(rounds_of(case))
    for one in rounds:
        one.case = case
    counted = {one.round: one for one in rounds if one.ballot.state == Ballot.State.CLOSED}
    whether = whether_of(counted[WHETHER]) if WHETHER in counted else None
    form = form_of(counted[FORM]) if FORM in counted else None
    votes = form.found if form else None
    key = votes.form if votes else ""
    found = form_named(case, key) if key else None
    own = is_their_own(case, form.ballot.on if form else on)
    facts = Facts(
        state=State(case.state),
        reviewed=case.self_reviewed_on is not None or bool(case.self_review_refused),
        heard=case.hearings.filter(unit=case.deciding_unit_id, body=case.deciding_body).exists(),
        postponed=is_postponed(case, on),
        asked=frozenset(one.round for one in rounds if one.round not in counted),
        counted=frozenset(counted),
        agreed=whether is not None and whether.agreed,
        votes=votes.votes if votes and key else 0,
        needed=votes.needed if votes else 0,
        decides=found is not None and _decides(case, power(found, case.deciding_body, own=own)),
        above=len(case.deciding_unit.lineage(on)) > 1,
        lapsed=bool(key) and form is not None and lapsed_on(case, key, form.ballot.on),
    )
    return Standing(facts, rounds, whether, form, own)
