"""What a weekly review's conclusions do to the remedies they speak of, and who may read its rows. Pure: knows no rows.

A row speaks of the work of one person, or of one post. It is written by those who hold the meeting; those who sit in
the review hear it; the person whom it concerns reads it once the minutes are approved, and may then reply.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

FRIDAY = 4
#: What is written where there is nothing to mend.
NOTHING = "Không"

Settled = Literal["verified", "postponed", "withdrawn", "progress", "returned"]
#: States of a task in which nobody has anything left to do.
ENDED = ("verified", "withdrawn")


def next_friday(day: date) -> date:
    """Return the first Friday after a day."""
    return day + timedelta(days=(FRIDAY - day.weekday() - 1) % 7 + 1)


def settlement(verdict: str, state: str, due: date, following: date) -> Settled | None:
    """Return what a conclusion does to a task in a state; None where the task has ended and nothing is left to do.

    ``following`` is the day of the next review. A task reported as done that the review does not find done goes back to
    its owner. One whose last day is not before the next review needs no later day.
    """
    if state in ENDED:
        return None
    if verdict == "done":
        return "verified"
    if verdict == "dropped":
        return "withdrawn"
    if state == "done":
        return "returned"
    return "postponed" if verdict == "next_week" and due < following else "progress"


@dataclass(frozen=True, slots=True)
class Remedy:
    """How one remedy given in a year ended: its last day (inclusive), and the day on which it was done, if it was."""

    due: date
    done_on: date | None = None
    dropped: bool = False

    def end(self, on: date) -> str:
        """Return how it stands on a day: "dropped", "on_time", "after" (done after its last day), "late" or "open"."""
        if self.dropped:
            return "dropped"
        if self.done_on is not None:
            return "on_time" if self.done_on <= self.due else "after"
        return "late" if self.due < on else "open"


@dataclass(frozen=True, slots=True)
class Ends:
    """How many remedies were given, and how each of them ended."""

    given: int = 0
    on_time: int = 0
    after: int = 0
    late: int = 0
    open: int = 0
    dropped: int = 0


def ends(remedies: Iterable[Remedy], on: date) -> Ends:
    """Count remedies by how they stand on a day."""
    found = [one.end(on) for one in remedies]
    counts = {name: found.count(name) for name in ("on_time", "after", "late", "open", "dropped")}
    return Ends(given=len(found), **counts)


Reading = Literal["all", "others", "own", "none"]


def reading(state: str, *, writes: bool, of_body: bool, of_government: bool) -> Reading:
    """Return which rows of a review a person may read, by the state of its meeting.

    ``writes``: the person holds the meeting (leads the unit, chairs, records). ``of_body`` and ``of_government``: sits
    in the review as one of the body, or as a leader of the People's Committee, who is there while it lasts. "others" is
    all but the own row, "own" the own rows alone.
    """
    if state in ("draft", "invited", "cancelled"):
        return "none"
    approved = state in ("approved", "locked")
    if writes or (of_body and approved):
        return "all"
    if approved:
        return "own"
    return "others" if of_body or of_government else "none"
