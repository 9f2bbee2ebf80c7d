"""Seventeen years and more of joining, leaving, moving and dying, so that every "as of" day has its own true count."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from math import exp
from random import Random
from typing import TYPE_CHECKING

from hatnhan.core.periods import add_months
from hatnhan.demo import cast
from hatnhan.demo.people import (
    Person,
    Stay,
    candidate,
    founder,
    newcomer,
    number_cards,
    number_phones,
    retirement_day,
    some_day,
)
from hatnhan.demo.places import BY_CODE, CELLS, OPENING, SPLIT, SPLIT_OFF, UNSPLIT, VILLAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SEED = 587
#: Members at the end of each year from 2009 on; 2017 and 2018 are the newspaper's.
YEAR_ENDS = (540, 545, 551, 556, 562, 567, 573, 581, 587, 587, 589, 590, 588, 589, 590, 588)
NOW = 587
_LEAVING_A_YEAR = 12.5
_PROBATIONERS = ("village", "village", "school", "village", "health", "village", "school")
_STRUCK_OFF = (date(2020, 5, 19), date(2021, 6, 15))
_SINGLE_ENDS = ((date(2016, 8, 12), "expelled"), (date(2023, 4, 10), "withdrew"))


@dataclass(slots=True)
class World:
    """All the people there ever were. ``today`` is the last day told."""

    today: date
    people: list[Person] = field(default_factory=list)

    def on(self, day: date) -> list[Person]:
        """Return who was a member on a day."""
        return [person for person in self.people if person.stay_on(day)]

    @property
    def present(self) -> list[Person]:
        """Who is a member today."""
        return [person for person in self.people if person.here]


def tell(today: date, seed: int = SEED) -> World:
    """Return the people up to and including a day; the same for the same day and seed."""
    rng = Random(f"hatnhan {seed}")  # noqa: S311 - a story, not a secret
    teller = _Teller(today, rng)
    for start, end, target in blocks(today):
        teller.live(start, end, target)
    number_cards(teller.world.people)
    number_phones(rng, teller.world.people)
    return teller.world


def blocks(today: date) -> Iterator[tuple[date, date, int]]:
    """Yield stretches (start, end, members at the end): years; a last one too short for much joins the one before."""
    last = today.year if today.month > 2 else today.year - 1  # noqa: PLR2004 - January and February are short
    for year in range(OPENING.year, last):
        place = year - OPENING.year + 1
        target = YEAR_ENDS[place] if place < len(YEAR_ENDS) else NOW + year % 3
        yield date(year, 1, 1), date(year + 1, 1, 1), target
    yield date(last, 1, 1), today + timedelta(days=1), NOW


class _Teller:
    def __init__(self, today: date, rng: Random) -> None:
        self.rng, self.world = rng, World(today)
        self.names: set[tuple[str, int]] = set()
        self.later: list[tuple[date, Callable[[date], None]]] = []
        self.last_admission = add_months(today, -13)
        for part in cast.PARTS:
            self._expect(cast.play(part))
        while len(self.world.people) < YEAR_ENDS[0]:
            cell = self._neediest(OPENING)
            person = self._new(partial(founder, rng, BY_CODE[cell].kind))
            self._join(person, cell, OPENING, "recorded")
        self._expect_probationers(today)
        self.later.append((SPLIT, self._split))
        self.later.append((_STRUCK_OFF[0], self._admit_one_who_will_be_struck_off))
        for day, why in _SINGLE_ENDS:
            self.later.append((day, partial(self._send_away, why)))
        for year in range(2011, today.year - 1, 2):
            self.later.append((some_day(rng, date(year, 2, 1), date(year, 12, 1)), self._move_within))

    # --- who ---------------------------------------------------------------------------------------------------------
    def _new(self, make: Callable[[], Person]) -> Person:
        """Make a person whose name and year of birth nobody else has: an import knows people by them."""
        while True:
            person = make()
            if (person.full_name, person.born_year) not in self.names:
                self.names.add((person.full_name, person.born_year))
                return person

    def _expect(self, person: Person) -> None:
        """Take in one of the cast: at once, or on the day of admission."""
        self.names.add((person.full_name, person.born_year))
        if person.stays[0].start == OPENING:
            self.world.people.append(person)
        else:
            self.later.append((person.stays[0].start, lambda _on: self.world.people.append(person)))

    def _expect_probationers(self, today: date) -> None:
        """Plan the sixteen of today: one overdue, one to be extended, the others within their twelve months."""
        days = sorted(self.rng.sample(range(12, 350), 14), reverse=True)
        admitted = [today - timedelta(days=day) for day in days]
        kinds = _PROBATIONERS * 2
        overdue, extended = (
            add_months(today - timedelta(days=9), -12),
            add_months(today - timedelta(days=10), -15),
        )
        for day, kind in zip([extended, overdue, *admitted], ["village", "school", *kinds], strict=True):
            self.later.append((day, partial(self._put_on_probation, kind)))

    # --- a stretch of time -------------------------------------------------------------------------------------------
    def live(self, start: date, end: date, target: int) -> None:
        """Let everything happen from a day until a day (exclusive), so that ``target`` members are left."""
        planned = [(day, deed) for day, deed in self.later if start <= day < end]
        first, last = start + timedelta(days=2), min(end, self.world.today) - timedelta(days=2)
        leaving = round(_LEAVING_A_YEAR * (end - start).days / 365.25 + self.rng.uniform(-2, 2))
        coming = target - len(self.world.on(start)) - self._balance(start, end) + leaving
        leaving, coming = (leaving - coming, 0) if coming < 0 else (leaving, coming)
        planned += [(day, self._retire) for day in self._first_days(start, end)]
        planned += [(some_day(self.rng, first, last), self._lose_one) for _ in range(leaving)]
        planned += [(some_day(self.rng, first, last), self._gain_one) for _ in range(coming)]
        for day, deed in sorted(planned, key=lambda pair: pair[0]):
            deed(day)

    def _balance(self, start: date, end: date) -> int:
        """Return by how many the deeds planned beforehand change the number of members."""
        gains = [day for day, deed in self.later if deed not in (self._split, self._move_within)]
        lost = [day for day, _why in _SINGLE_ENDS]
        inside = sum(start <= day < end for day in gains) - 2 * sum(start <= day < end for day in lost)
        return inside - (start <= _STRUCK_OFF[1] < end)

    @staticmethod
    def _first_days(start: date, end: date) -> list[date]:
        days = [add_months(start, months) for months in range(1, 24)]
        return [day for day in days if day < end]

    # --- deeds -------------------------------------------------------------------------------------------------------
    def _join(self, person: Person, cell: str, on: date, how: str) -> None:
        if BY_CODE[cell].kind == "village":
            person.home = cell
        person.stays.append(Stay(cell, on, how))
        self.world.people.append(person)

    def _leave(self, person: Person, on: date, why: str) -> None:
        person.last.end, person.last.why = on, why

    def _move(self, person: Person, cell: str, on: date, how: str) -> None:
        self._leave(person, on, how)
        person.stays.append(Stay(cell, on, how))

    def _admit(self, on: date, kind: str = "", *, official: bool = True) -> Person:
        cell = self._neediest(on, kind)
        person = self._new(lambda: candidate(self.rng, BY_CODE[cell].kind, on))
        if not official:
            person.official_on = None
        self._join(person, cell, on, "admitted")
        return person

    def _put_on_probation(self, kind: str, on: date) -> None:
        self._admit(on, kind, official=False)

    def _gain_one(self, on: date) -> None:
        if on < self.last_admission and self.rng.random() < 0.75:  # noqa: PLR2004 - three of four are admitted here
            self._admit(on)
            return
        cell = self._neediest(on)
        self._join(self._new(lambda: newcomer(self.rng, BY_CODE[cell].kind, on)), cell, on, "arrived")

    def _admit_one_who_will_be_struck_off(self, on: date) -> None:
        person = self._admit(on, "village", official=False)
        person.bound = True
        self._leave(person, _STRUCK_OFF[1], "struck_off")

    def _lose_one(self, on: date) -> None:
        settled = [p for p in self._settled(on) if p.last.end is None]
        if self.rng.random() < 0.58:  # noqa: PLR2004 - more die than move away
            weights = [exp((p.age(on) - 60) / 9) if p.age(on) > 50 else 0.005 for p in settled]  # noqa: PLR2004
            self._leave(self.rng.choices(settled, weights)[0], on, "died")
        else:
            self._leave(self._one_younger(on), on, "left")

    def _send_away(self, why: str, on: date) -> None:
        self._leave(self._one_younger(on), on, why)

    def _one_younger(self, on: date) -> Person:
        return self.rng.choice([p for p in self._settled(on) if p.age(on) < 50])  # noqa: PLR2004

    def _settled(self, on: date) -> list[Person]:
        """Return who may leave or move: official for a year, in this cell for a year, not needed by the story."""
        year_ago = on - timedelta(days=365)
        return [
            p
            for p in self.world.people
            if p.here
            and not p.bound
            and p.official_on
            and p.official_on <= year_ago
            and (p.last.start <= year_ago or p.last.start == OPENING)
        ]

    def _retire(self, on: date) -> None:
        for person in self._settled(on):
            if BY_CODE[person.last.cell].kind != "village" and retirement_day(person) <= on:
                person.occupation = "Hưu trí"
                self._move(person, self._home(person, on), on, "transferred")

    def _home(self, person: Person, on: date) -> str:
        return UNSPLIT if person.home == SPLIT_OFF and on < SPLIT else person.home

    def _move_within(self, on: date) -> None:
        movable = [p for p in self._settled(on) if BY_CODE[p.last.cell].kind == "village" and p.age(on) < 55]  # noqa: PLR2004
        person = self.rng.choice([p for p in movable if p.last.cell not in (UNSPLIT, SPLIT_OFF)])
        others = [v.code for v in VILLAGES if v.code not in (person.last.cell, UNSPLIT, SPLIT_OFF)]
        person.home = self.rng.choice(others)
        self._move(person, person.home, on, "transferred")

    def _split(self, on: date) -> None:
        there = [p for p in self.world.people if p.here and p.last.cell == UNSPLIT and p.last.start < on]
        sizes = BY_CODE[UNSPLIT].size, BY_CODE[SPLIT_OFF].size
        for person in self.rng.sample([p for p in there if not p.bound], len(there) * sizes[1] // sum(sizes)):
            person.home = SPLIT_OFF
            self._move(person, SPLIT_OFF, on, "reorganized")

    def _neediest(self, on: date, kind: str = "") -> str:
        """Return the cell that lacks most members, measured by its share of today."""
        counts: dict[str, int] = dict.fromkeys(BY_CODE, 0)
        for person in self.world.people:
            if stay := person.stay_on(on):
                counts[stay.cell] += 1
        scale = sum(counts.values()) / NOW
        lacking = {
            p.code: _size(p.code, on) * max(scale, 0.9) - counts[p.code]
            for p in CELLS
            if _size(p.code, on) and kind in ("", p.kind)
        }
        return max(lacking, key=lambda code: lacking[code])


def _size(code: str, on: date) -> int:
    """Return the share of a cell as if there were 587 members on that day."""
    if on >= SPLIT or code not in (UNSPLIT, SPLIT_OFF):
        return BY_CODE[code].size
    return BY_CODE[UNSPLIT].size + BY_CODE[SPLIT_OFF].size if code == UNSPLIT else 0
