"""From facts to the grades that are open, and why each other one is closed. The software proposes; bodies decide.

A grade is open when all its conditions are met. What by itself makes the lowest grade (a trigger) comes before that,
unless the authority lifted it where the law lets it; a ceiling leaves open nothing better than one grade. Where the law
says nothing of a case, or a fact is missing, the answer is that somebody must decide, never a guess.
"""

from __future__ import annotations

import operator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, TypeAlias

from hatnhan.reviews.rules.facts import HIGHER_IS_BETTER, UNIT
from hatnhan.rulebook.topics.reviews import GRADES, GradeKey

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from decimal import Decimal

    from hatnhan.reviews.rules.facts import FactValue
    from hatnhan.rulebook.topics.reviews import (
        Ceiling,
        Condition,
        FactKey,
        GradeConditions,
        Operator,
        Trigger,
    )

    Row: TypeAlias = Condition | Trigger | Ceiling

Need = Literal["", "no_row", "unknown", "liftable"]
#: Kinds of members: rows for ``member`` hold for all three.
MEMBERS = frozenset({"leader", "non_leader", "outside"})
_LOWEST: GradeKey = "kht"
_COMPARE: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "at_least": operator.ge,
    "above": operator.gt,
    "at_most": operator.le,
    "below": operator.lt,
    "is": operator.eq,
}


class State(StrEnum):
    """What came of holding a fact against a bound."""

    MET = "met"
    FAILED = "failed"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class Reading(StrEnum):
    """Whether a grade is open to the one who is graded."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Checked:
    """A row of law held against the fact it asks for, with what it was counted from and where the row stands.

    Of a trigger or a ceiling ``met`` means that it applies. ``liftable``: the authority may lift it; ``lifted``: it
    did.
    """

    key: str
    fact: FactKey
    op: Operator
    bound: Decimal
    value: Decimal | None
    numerator: int | None
    denominator: int | None
    state: State
    cite: str
    confirmed: bool
    liftable: bool = False
    lifted: bool = False

    @property
    def unit(self) -> str:
        """What value and bound are counted in."""
        return UNIT[self.fact]

    @property
    def holds(self) -> bool:
        """Whether it does not stand in the way as a condition: met, or the question does not arise."""
        return self.state in {State.MET, State.NOT_APPLICABLE}


@dataclass(frozen=True, slots=True)
class GradeReading:
    """A grade with each of its conditions. One that the law gives no condition for is not open by itself."""

    grade: GradeKey
    checks: tuple[Checked, ...]
    state: Reading

    @property
    def met(self) -> int:
        """How many conditions do not stand in the way."""
        return sum(check.holds for check in self.checks)

    @property
    def count(self) -> int:
        """How many conditions there are."""
        return len(self.checks)


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the law says of a case.

    ``grades``: all four, best first. ``triggers``: those that apply, the lifted ones marked. ``ceiling``: the best
    grade left open because of ``ceilings``, "" for no limit. ``best``: the best grade that is open, "" where none is;
    with "unknown" it rests on what is known. ``floor``: the same when an upper bound on what is better the more of it
    there is counts for nothing (70 to under 90 points). ``allowed``: what may be given without a reason.
    ``needs_decision``: "" or why somebody must decide: the law has no row ("no_row"), facts are ``missing``
    ("unknown"), the authority may lift what applies ("liftable").
    """

    subject: str
    grades: tuple[GradeReading, ...]
    triggers: tuple[Checked, ...]
    unknown_triggers: tuple[Checked, ...]
    ceilings: tuple[Checked, ...]
    ceiling: GradeKey | Literal[""]
    best: GradeKey | Literal[""]
    floor: GradeKey | Literal[""]
    allowed: tuple[GradeKey, ...]
    needs_decision: Need
    missing: tuple[FactKey, ...]

    def of(self, grade: str) -> GradeReading:
        """Return the reading of one grade."""
        return {str(one.grade): one for one in self.grades}[grade]


def concerns(row_subject: str, subject: str) -> bool:
    """Tell whether a row for one kind of subject holds for another: rows for members hold for the three kinds."""
    return row_subject == subject or (row_subject == "member" and subject in MEMBERS)


def check(row: Row, facts: Mapping[str, FactValue]) -> Checked:
    """Hold a row against the facts; a fact that is not told is not known."""
    fact = facts.get(row.fact)
    value = fact.value if fact else None
    if fact and not fact.applies:
        state = State.NOT_APPLICABLE
    elif value is None:
        state = State.UNKNOWN
    else:
        state = State.MET if _COMPARE[row.op](value, row.value) else State.FAILED
    return Checked(
        key=row.key,
        fact=row.fact,
        op=row.op,
        bound=row.value,
        value=value,
        numerator=fact.numerator if fact else None,
        denominator=fact.denominator if fact else None,
        state=state,
        cite=row.cite,
        confirmed=row.confirmed == "yes",
    )


def assess(
    subject: str, law: GradeConditions, facts: Mapping[str, FactValue], *, lifted: Collection[str] = ()
) -> Assessment:
    """Return what the law says of a subject (a key of `SUBJECTS`) with these facts.

    ``lifted`` are keys of triggers that the authority lifted; those that the law does not let it lift stay.
    """
    checks = _Checks(subject, law, facts, frozenset(lifted))
    if checks.standing:
        return checks.lowest()
    return checks.weighed()


def _worse(one: GradeKey, other: GradeKey) -> GradeKey:
    return max(one, other, key=GRADES.index)


def _down_from(best: GradeKey | Literal[""]) -> tuple[GradeKey, ...]:
    """Return a grade and those below it, the lowest one only where it is the best."""
    if not best or best == _LOWEST:
        return (_LOWEST,) if best else ()
    return GRADES[GRADES.index(best) : -1]


def _state(checks: Iterable[Checked]) -> Reading:
    states = {one.state for one in checks}
    if not states or State.FAILED in states:
        return Reading.CLOSED
    return Reading.UNKNOWN if State.UNKNOWN in states else Reading.OPEN


def _at_least(one: Checked) -> bool:
    """Tell whether a condition holds if an upper bound on what is better the more there is counts for nothing."""
    if one.fact not in HIGHER_IS_BETTER or one.value is None or one.holds:
        return one.holds
    return one.op in {"at_most", "below"} or (one.op == "is" and one.value > one.bound)


class _Checks:
    """All rows that concern one subject, held against its facts."""

    def __init__(
        self, subject: str, law: GradeConditions, facts: Mapping[str, FactValue], lifted: frozenset[str]
    ) -> None:
        self.subject = subject
        self.law = law
        conditions = [row for row in law.conditions if concerns(row.subject, subject)]
        by_grade = {
            grade: tuple(check(row, facts) for row in conditions if row.grade == grade) for grade in GRADES
        }
        self.readings = tuple(GradeReading(grade, rows, _state(rows)) for grade, rows in by_grade.items())
        triggers = [
            replace(
                check(row, facts),
                liftable=row.lifted == "yes",
                lifted=row.lifted == "yes" and row.key in lifted,
            )
            for row in law.triggers
            if concerns(row.subject, subject)
        ]
        self.hit = tuple(one for one in triggers if one.state is State.MET)
        self.standing = tuple(one for one in self.hit if not one.lifted)
        self.unknown_triggers = tuple(one for one in triggers if one.state is State.UNKNOWN)
        ceilings = [(row.best, check(row, facts)) for row in law.ceilings if concerns(row.subject, subject)]
        self.ceilings = tuple(one for _best, one in ceilings if one.state is State.MET)
        bests = [best for best, one in ceilings if one.state is State.MET]
        self.ceiling: GradeKey | Literal[""] = max(bests, key=GRADES.index) if bests else ""
        self.unsure_ceilings = tuple((best, one) for best, one in ceilings if one.state is State.UNKNOWN)

    def lowest(self) -> Assessment:
        """Return the lowest grade, which the triggers that stand make."""
        liftable = all(one.liftable for one in self.standing)
        return self._made(_LOWEST, _LOWEST, "liftable" if liftable else "", ())

    def weighed(self) -> Assessment:
        """Return what the conditions open, where nothing by itself makes the lowest grade."""
        opens = [one.grade for one in self.readings if one.state is Reading.OPEN]
        open_: GradeKey | Literal[""] = opens[0] if opens else ""
        holding = [one.grade for one in self.readings if one.checks and all(map(_at_least, one.checks))]
        floor: GradeKey | Literal[""] = holding[0] if holding else ""
        unsure = self._unsure(open_)
        if not (open_ or unsure or floor) and self.law.otherwise == "kht":
            return self._made(_LOWEST, _LOWEST, "", ())
        best = self._capped(open_)
        missing = self._missing(best, unsure)
        need: Need = "unknown" if missing else "" if best else "no_row"
        return self._made(best, self._capped(floor), need, missing)

    def _capped(self, grade: GradeKey | Literal[""]) -> GradeKey | Literal[""]:
        return _worse(grade, self.ceiling) if grade and self.ceiling else grade

    def _unsure(self, open_: GradeKey | Literal[""]) -> tuple[GradeReading, ...]:
        """Return the grades better than the one that is open, of which it is not known whether they are open too."""
        if open_ and self.ceiling and _worse(open_, self.ceiling) == self.ceiling:
            return ()
        better = GRADES[: GRADES.index(open_)] if open_ else GRADES
        return tuple(one for one in self.readings if one.grade in better and one.state is Reading.UNKNOWN)

    def _missing(self, best: GradeKey | Literal[""], unsure: tuple[GradeReading, ...]) -> tuple[FactKey, ...]:
        """Return the facts that are not known and could change what comes of it, each once."""
        asked = [one for reading in unsure for one in reading.checks if one.state is State.UNKNOWN]
        asked += self.unknown_triggers if best != _LOWEST else ()
        asked += [one for limit, one in self.unsure_ceilings if best and _worse(best, limit) != best]
        return tuple(dict.fromkeys(one.fact for one in asked))

    def _made(
        self,
        best: GradeKey | Literal[""],
        floor: GradeKey | Literal[""],
        need: Need,
        missing: tuple[FactKey, ...],
    ) -> Assessment:
        last = self.readings[-1]
        if best == _LOWEST:
            last = replace(last, state=Reading.OPEN)
        elif self.unknown_triggers:
            last = replace(last, state=Reading.UNKNOWN)
        return Assessment(
            subject=self.subject,
            grades=(*self.readings[:-1], last),
            triggers=self.hit,
            unknown_triggers=self.unknown_triggers,
            ceilings=self.ceilings,
            ceiling=self.ceiling,
            best=best,
            floor=floor,
            allowed=_down_from(best),
            needs_decision=need,
            missing=missing,
        )
