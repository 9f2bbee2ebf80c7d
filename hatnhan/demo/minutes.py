"""What the story keeps of a cell's month: who was there, what was talked about, concluded, given to do. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date, time

    from hatnhan.demo.people import Person
    from hatnhan.demo.places import Place
    from hatnhan.demo.rhythm import Sitting

Fate = Literal["done", "postponed", "withdrawn", "open"]


@dataclass(slots=True)
class Errand:
    """A task that a meeting gave. ``settled`` is the day on which its end was written, None while it is open."""

    title: str
    who: Person
    due: date
    fate: Fate = "open"
    settled: date | None = None
    note: str = ""

    @property
    def in_time(self) -> bool:
        """Whether it was done by its last day."""
        return self.fate == "done" and self.settled is not None and self.settled <= self.due


@dataclass(slots=True)
class Talk:
    """One matter beyond the template.

    ``carried`` when it was left for the next meeting, ``again`` when it comes from the one before.
    """

    title: str
    opener: Person
    says: list[tuple[Person, str]] = field(default_factory=list)
    conclusion: str = ""
    errands: list[Errand] = field(default_factory=list)
    carried: bool = False
    #: How it ends when it is taken up again.
    kept: tuple[str, list[Errand]] = field(default_factory=lambda: ("", []))
    again: bool = False


@dataclass(slots=True)
class Evening:
    """A cell's monthly meeting as it went. ``away`` holds mark and reason by the person's id()."""

    place: Place
    sitting: Sitting
    begins: time
    late: int
    lasts: int
    chair: Person
    recorder: Person
    here: list[Person]
    away: dict[int, tuple[str, str]]
    theme: str
    talks: list[Talk]
    #: How the template's items end, by their place in it.
    steps: dict[int, str]
    results: str
    directions: str
    given: dict[str, int]
    lowered: int
    decided_note: str
    weak: str

    @property
    def errands(self) -> list[Errand]:
        """All tasks it gave."""
        return [errand for talk in self.talks for errand in talk.errands]

    @property
    def on(self) -> date:
        """The day it was held."""
        assert self.sitting.on  # noqa: S101 - only those held are evenings
        return self.sitting.on
