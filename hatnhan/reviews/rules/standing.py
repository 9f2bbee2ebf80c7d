"""Who is reviewed and graded, who is reviewed only, who is left out; and in which group of similar posts one counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hatnhan.core.periods import add_months
from hatnhan.reviews.rules.engine import concerns

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hatnhan.rulebook.topics.reviews import CapGroup, ReviewRegime, Standing

#: From the one who takes part in everything to the one who takes part in nothing.
_LESS = ("graded", "not_graded", "left_out")


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Since when a member is exempt or suspended (None: is not), and the day of admission."""

    exempt_since: date | None = None
    suspended_since: date | None = None
    admitted_on: date | None = None


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """The day on which an organisation or a leading collective was founded."""

    founded_on: date | None = None


@dataclass(frozen=True, slots=True)
class Stands:
    """The standing of a subject; ``code`` says why ("" for graded as a matter of course), ``since`` from which day.

    Codes: exempt, suspended, new_member, new_unit.
    """

    standing: Standing
    code: str = ""
    since: date | None = None


def standing_of(facts: PersonFacts | UnitFacts, regime: ReviewRegime, on: date) -> Stands:
    """Return the standing on a day. Where several reasons hold, the one that leaves out most is given."""
    reasons = _of_unit(facts, regime, on) if isinstance(facts, UnitFacts) else _of_person(facts, regime, on)
    return max(reasons, key=lambda one: _LESS.index(one.standing), default=Stands("graded"))


def group_of(subject: str, level: str, groups: Iterable[CapGroup]) -> str:
    """Return the key of the first group that fits a kind of subject and the level of its post, "" for none.

    ``level`` is "committee" or "cell" for who holds a post there, "any" for who holds none.
    """
    fitting = (one.key for one in groups if concerns(one.subject, subject) and one.level in {"any", level})
    return next(fitting, "")


def _of_person(facts: PersonFacts, regime: ReviewRegime, on: date) -> list[Stands]:
    found = []
    if _began(facts.exempt_since, on):
        found.append(Stands(regime.exempt, "exempt", facts.exempt_since))
    if _began(facts.suspended_since, on):
        found.append(Stands(regime.suspended, "suspended", facts.suspended_since))
    if _is_new(facts.admitted_on, regime.new_member_months, on):
        found.append(Stands(regime.new_member, "new_member", facts.admitted_on))
    return [one for one in found if one.standing != "graded"]


def _of_unit(facts: UnitFacts, regime: ReviewRegime, on: date) -> list[Stands]:
    new = _is_new(facts.founded_on, regime.new_unit_months, on) and regime.new_unit != "graded"
    return [Stands(regime.new_unit, "new_unit", facts.founded_on)] if new else []


def _began(since: date | None, on: date) -> bool:
    return since is not None and since <= on


def _is_new(since: date | None, months: int, on: date) -> bool:
    """Tell whether fewer than so many months by the calendar have passed; the day on which they are full is not new."""
    return since is not None and add_months(since, months) > on
