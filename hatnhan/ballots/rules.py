"""What a vote is and what a count says. Pure, and in whole numbers only: no share is ever rounded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

#: One mark an option, in their order: 0 for none, 1 for chosen, or which grade was given, counted from 1 (the best).
Marks = tuple[int, ...]
#: What a person says: the places of the options chosen, or the grade given to each place. Nothing is a blank vote.
Choice: TypeAlias = "Collection[int] | Mapping[int, str]"


class Unfit(ValueError):
    """Something that does not answer the question; ``code`` says why, ``at`` names the part at fault."""

    def __init__(self, code: str, at: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.at = at


# --- the majority ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Share:
    """A share of a whole, such as "more than 1/2" or "at least 2/3"."""

    numerator: int
    denominator: int
    more_than: bool = False

    def reached(self, part: int, whole: int) -> bool:
        """Tell whether a part of a whole is that much. Nothing is never enough."""
        have, need = part * self.denominator, whole * self.numerator
        return part > 0 and (have > need if self.more_than else have >= need)

    def needed(self, whole: int) -> int:
        """Return the fewest that reach the share of a whole; may be more than the whole, when nothing can."""
        need = whole * self.numerator
        least = need // self.denominator + 1 if self.more_than else -(-need // self.denominator)
        return max(least, 1)


# --- the question ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Question:
    """How many options there are, how many may be chosen; or the grades that each may be given."""

    options: int
    up_to: int = 1
    grades: tuple[str, ...] = ()

    @property
    def steps(self) -> int:
        """How many different marks an option can have, none included."""
        return len(self.grades) + 1 if self.grades else 2

    def fits(self, room: int) -> bool:
        """Tell whether every possible vote can be written as a number of ``room`` bytes."""
        return bool(self.steps**self.options <= 256**room)


def marks_of(question: Question, choice: Choice) -> Marks:
    """Return a choice as marks. Raises Unfit: no_such_option, no_such_grade, too_many_chosen."""
    if any(not 1 <= place <= question.options for place in choice):
        raise Unfit("no_such_option")
    places = range(1, question.options + 1)
    if question.grades:
        return _graded(question, choice, places)
    chosen = set(choice)
    if len(chosen) > question.up_to:
        raise Unfit("too_many_chosen")
    return tuple(int(place in chosen) for place in places)


def _graded(question: Question, choice: Choice, places: Iterable[int]) -> Marks:
    if choice and not isinstance(choice, Mapping):
        raise Unfit("no_such_grade")
    given: Mapping[int, str] = choice if isinstance(choice, Mapping) else {}
    if any(grade not in question.grades for grade in given.values()):
        raise Unfit("no_such_grade")
    return tuple(question.grades.index(given[place]) + 1 if place in given else 0 for place in places)


def to_number(question: Question, marks: Marks) -> int:
    """Return marks as one number, so that a long list of grades takes little room."""
    number = 0
    for mark in marks:
        number = number * question.steps + mark
    return number


def from_number(question: Question, number: int) -> Marks:
    """Return the marks of a number. Raises Unfit ``not_a_vote`` for one that no vote makes."""
    marks = []
    for _place in range(question.options):
        number, mark = divmod(number, question.steps)
        marks.append(mark)
    if number or (not question.grades and sum(marks) > question.up_to):
        raise Unfit("not_a_vote")
    return tuple(reversed(marks))


# --- the count -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Tally:
    """How many votes are valid, how many blank, and ``given[option][mark - 1]``: how many gave that mark."""

    valid: int
    blank: int
    given: tuple[tuple[int, ...], ...]

    def __add__(self, other: Tally) -> Tally:
        given = tuple(
            tuple(a + b for a, b in zip(mine, theirs, strict=True))
            for mine, theirs in zip(self.given, other.given, strict=True)
        )
        return Tally(self.valid + other.valid, self.blank + other.blank, given)


def count(question: Question, votes: Iterable[Marks]) -> Tally:
    """Count votes. One in which nothing is marked is blank, and is not among the valid."""
    valid = blank = 0
    given = [[0] * (question.steps - 1) for _option in range(question.options)]
    for marks in votes:
        if not any(marks):
            blank += 1
            continue
        valid += 1
        for option, mark in enumerate(marks):
            if mark:
                given[option][mark - 1] += 1
    return Tally(valid, blank, tuple(tuple(row) for row in given))


@dataclass(frozen=True, slots=True)
class PaperCount:
    """What the tellers counted on paper.

    ``choices`` has how many chose an option by its place, or gave it a grade by (place, grade); absent is none.
    """

    issued: int = 0
    returned: int = 0
    invalid: int = 0
    blank: int = 0
    choices: Mapping[int | tuple[int, str], int] = field(default_factory=dict)


def count_paper(question: Question, paper: PaperCount, *, could: int) -> Tally:
    """Return the paper count as a tally; ``could`` is how many may have voted on paper: those not on screen.

    Raises Unfit, with the part at fault: negative, more_than_could, more_than_issued, more_than_returned,
    no_such_option, more_than_valid, too_few_choices, too_many_choices.
    """
    _require_slips(paper, could)
    valid = paper.returned - paper.invalid - paper.blank
    grades = question.grades or ("",)
    places = range(1, question.options + 1)
    keys = [[(place, grade) if question.grades else place for grade in grades] for place in places]
    if set(paper.choices) - {key for row in keys for key in row}:
        raise Unfit("no_such_option")
    given = tuple(tuple(paper.choices.get(key, 0) for key in row) for row in keys)
    for place, row in zip(places, given, strict=True):
        if sum(row) > valid:
            raise Unfit("more_than_valid", f"choice_{place}")
    total = sum(map(sum, given))
    if total < valid:
        raise Unfit("too_few_choices", "choice_1")
    if not question.grades and total > valid * question.up_to:
        raise Unfit("too_many_choices", "choice_1")
    return Tally(valid, paper.blank, given)


def _require_slips(paper: PaperCount, could: int) -> None:
    for name in ("issued", "returned", "invalid", "blank"):
        if getattr(paper, name) < 0:
            raise Unfit("negative", name)
    if any(votes < 0 for votes in paper.choices.values()):
        raise Unfit("negative", "choice_1")
    if paper.issued > could:
        raise Unfit("more_than_could", "issued")
    if paper.returned > paper.issued:
        raise Unfit("more_than_issued", "returned")
    if paper.invalid + paper.blank > paper.returned:
        raise Unfit("more_than_returned", "invalid")


# --- what it comes to ------------------------------------------------------------------------------------------------
class Standing(Enum):
    """How an option came out. TIED: it has the votes, but so have others, for fewer seats than they are."""

    PASSED = True
    FAILED = False
    TIED = None


def outcome(votes: Sequence[int], *, needed: int, up_to: int) -> list[Standing]:
    """Say of each option whether it passed: with at least ``needed`` votes, at most ``up_to``, most votes first.

    Those whose number of votes does not decide who of them takes the last seats are all tied, and none has it.
    """
    enough = sorted((count for count in votes if count >= needed), reverse=True)
    if len(enough) <= up_to:
        return [Standing.PASSED if count >= needed else Standing.FAILED for count in votes]
    last = enough[up_to - 1]
    tied = enough[up_to] == last
    return [_standing(count, last, tied=tied) for count in votes]


def _standing(votes: int, last: int, *, tied: bool) -> Standing:
    if votes == last:
        return Standing.TIED if tied else Standing.PASSED
    return Standing.PASSED if votes > last else Standing.FAILED
