"""When a step is due, and when it may be called done. Pure: no database, no framework."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

from hatnhan.core.working_days import add_working_days

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

STAGES = ("prepare", "conduct", "conclude")
#: What no reason can replace: whoever is judged is heard, and what ends a matter is done.
NEVER_SKIPPED = frozenset({"hearing", "conclusion", "votes", "decision"})
#: What a paper that the software draws up is drawn from; one that is not here can be drawn from the beginning.
DRAWN_FROM = {
    "decision": "team",
    "plan": "team",
    "self_report": "self_report",
    "report": "report",
    "hearing": "hearing",
    "notice": "conclusion",
    "delivery": "delivery",
    "self_review": "self_review",
    "tally": "votes",
    "discipline": "decision",
}
SETTLED_PAPER = frozenset({"filed", "excused"})


class Planned(Protocol):
    """A step as the rulebook says it."""

    @property
    def days(self) -> int:
        """Days from the decision."""
        ...

    @property
    def working(self) -> str:
        """Whether these are working days: yes or no."""
        ...

    @property
    def needs(self) -> str:
        """What must have happened."""
        ...


def due_day(opened_on: date, days: int, *, working: bool) -> date:
    """Return the last day (inclusive) of a step: so many days after the day of the decision, which is not counted."""
    return add_working_days(opened_on, days) if working else opened_on + timedelta(days=days)


def due_days(steps: Sequence[Planned], opened_on: date, ends_by: date | None = None) -> list[date]:
    """Return the last day of each step.

    Where the decision gives less time than the procedure (``ends_by``, inclusive), steps up to the conclusion are due
    by then at the latest, and those after it come so much earlier.
    """
    found = [due_day(opened_on, one.days, working=one.working == "yes") for one in steps]
    last = next((place for place, one in enumerate(steps) if one.needs == "conclusion"), None)
    if ends_by is None or last is None or ends_by >= found[last]:
        return found
    cut = found[last] - ends_by
    return [min(day, ends_by) if place <= last else day - cut for place, day in enumerate(found)]


def moved_due(due: date | None, later: timedelta, on: date) -> date | None:
    """Return the last day of an open step once the whole got more time on a day; what was late by then stays late."""
    return due if due is None or due < on else due + later


@dataclass(frozen=True, slots=True)
class StepState:
    """One step as it stands: its place and stage, whether it is done or skipped, and the states of its papers."""

    place: int
    stage: str
    needs: str
    settled: bool
    papers: tuple[str, ...] = ()


def may_finish(step: StepState, others: Iterable[StepState], facts: frozenset[str]) -> str:
    """Return "" where a step may be called done, else why not.

    ``settled``: it is already; ``earlier_stage``: a step of an earlier stage is open; ``not_last``: it closes the file
    and another is open; ``papers``: a paper is neither filed nor excused; ``needs``: what it stands on is yet to be.
    """
    if step.settled:
        return "settled"
    rest = [one for one in others if one.place != step.place]
    stage = STAGES.index(step.stage)
    if any(not one.settled and STAGES.index(one.stage) < stage for one in rest):
        return "earlier_stage"
    if rest and all(one.place < step.place for one in rest) and any(not one.settled for one in rest):
        return "not_last"
    if any(state not in SETTLED_PAPER for state in step.papers):
        return "papers"
    return "needs" if step.needs and step.needs not in facts else ""


def may_skip(needs: str) -> bool:
    """Tell whether a step can be left out with a reason."""
    return needs not in NEVER_SKIPPED


def may_draw(drawn: str, key: str, facts: frozenset[str], minutes: frozenset[str]) -> bool:
    """Tell whether there is something to draw a paper from; ``minutes`` are the kinds of minutes written."""
    if not drawn:
        return False
    if drawn == "minutes":
        return key in minutes
    needed = DRAWN_FROM.get(drawn, "")
    return not needed or needed in facts


def stage_of(steps: Iterable[StepState]) -> str:
    """Return the stage of the first open step, "" when none is open."""
    return next(
        (one.stage for one in sorted(steps, key=lambda one: one.place) if not one.settled),
        "",
    )
