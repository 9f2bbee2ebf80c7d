"""Who led the commune and its cells, term by term, chosen among those who were there for the whole of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from hatnhan.core.periods import add_years
from hatnhan.demo import cast
from hatnhan.demo.places import BY_CODE, CELLS, COMMUNE, SPLIT, SPLIT_OFF

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from random import Random

    from hatnhan.demo.lives import World
    from hatnhan.demo.people import Person

_COMMITTEE_STARTS = (date(2010, 6, 25), date(2015, 6, 20), date(2020, 6, 18), date(2025, 7, 30))
_CELL_STARTS = (
    date(2010, 3, 20), date(2012, 9, 20), date(2015, 3, 20), date(2017, 9, 20), date(2020, 3, 20), date(2022, 9, 20),
    date(2025, 3, 20),
)  # fmt: skip
_COMMITTEE_SIZE = 15
_STANDING = ("secretary", "standing_deputy", "deputy", "standing_member", "standing_member")
_COMMITTEE_CAST: dict[str, tuple[str, str, str, str]] = {
    # in the terms from 2010, 2015, 2020, 2025 on
    cast.SECRETARY: ("committee_member", "standing_deputy", "secretary", "secretary"),
    cast.STANDING_DEPUTY: ("", "committee_member", "standing_member", "standing_deputy"),
    cast.DEPUTY: ("", "committee_member", "committee_member", "deputy"),
    cast.INSPECTION_CHAIR: ("", "committee_member", "standing_member", "standing_member"),
    cast.VICE_CHAIRWOMAN: ("", "", "committee_member", "standing_member"),
}
_CELL_CAST = (
    (cast.VILLAGE_SECRETARY, "dong-sen", "secretary", date(2020, 3, 20), None),
    (cast.SCHOOL_SECRETARY, "truong-thcs", "secretary", date(2020, 3, 20), None),
    (cast.RETIRED_TEACHER, "dong-sen", "committee_member", date(2017, 9, 20), date(2025, 3, 20)),
    (cast.RETIRED_TEACHER, "dong-sen", "committee_member", date(2025, 3, 20), None),
    ("Tạ Quang Bảo", "ben-da", "secretary", date(2010, 3, 20), date(2022, 9, 20)),
    ("Trần Quốc Dũng", "tan-tien", "secretary", date(2012, 9, 20), date(2020, 3, 20)),
)


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a unit's committee; ``end`` is the first day no longer in it."""

    unit: str
    name: str
    start: date
    end: date


@dataclass(slots=True)
class Office:
    """A post held by a person; ``end`` None while it lasts."""

    person: Person
    unit: str
    post: str
    term: Term
    end: date | None = None

    @property
    def start(self) -> date:
        """The day the post begins."""
        return self.term.start


def committee_terms(today: date) -> list[Term]:
    """Return the terms of the commune's committee that have begun."""
    return list(_terms(COMMUNE, _with_later(_COMMITTEE_STARTS, today), today))


def cell_terms(code: str, today: date) -> list[Term]:
    """Return the terms of a cell that have begun: two and a half years, five from 2025 on."""
    starts = _with_later(_CELL_STARTS, today)
    if code == SPLIT_OFF:
        starts = (SPLIT, *(start for start in starts if start > SPLIT))
    return list(_terms(code, starts, today))


def _with_later(starts: tuple[date, ...], today: date) -> tuple[date, ...]:
    """Go on every five years, to one start after today."""
    while starts[-1] <= today:
        starts = (*starts, add_years(starts[-1], 5))
    return starts


def _terms(unit: str, starts: Iterable[date], today: date) -> Iterator[Term]:
    days = list(starts)
    for start, end in pairwise(days):
        if start <= today:
            yield Term(unit, f"Nhiệm kỳ {start.year}–{end.year}", start, end)


def offices(world: World, rng: Random) -> list[Office]:
    """Return every post held since 2010, by the day it began."""
    chooser = _Chooser(world, rng)
    chooser.committee(committee_terms(world.today))
    for place in CELLS:
        chooser.cell(place.code, cell_terms(place.code, world.today))
    return sorted(chooser.offices, key=lambda office: office.start)


class _Chooser:
    def __init__(self, world: World, rng: Random) -> None:
        self.world, self.rng = world, rng
        self.by_name = {person.full_name: person for person in world.people if person.bound}
        self.offices: list[Office] = []
        #: Those spoken for: one burden each.
        self.busy: set[int] = {id(self.by_name[name]) for name in _COMMITTEE_CAST}
        self.busy |= {id(self.by_name[name]) for name, *_rest in _CELL_CAST}
        self.busy |= {id(self.by_name[cast.MEMBER])}

    # --- the commune -------------------------------------------------------------------------------------------------
    def committee(self, terms: list[Term]) -> None:
        """Elect fifteen a term: the standing five among them, and an inspection committee of three."""
        before: list[Person] = []
        for place, term in enumerate(terms):
            last = min(place, 3)
            sure = [
                (self.by_name[name], posts[last]) for name, posts in _COMMITTEE_CAST.items() if posts[last]
            ]
            pool = self._ready(term, [p for p in before if self.rng.random() < 0.7])  # noqa: PLR2004 - most stay on
            chosen = self._elect(term, sure, pool)
            self._inspect(term, chosen, place)
            before = [person for person, _post in chosen if id(person) not in self.busy]
        self.busy |= {id(office.person) for office in self.offices}

    def _elect(
        self, term: Term, sure: list[tuple[Person, str]], again: list[Person]
    ) -> list[tuple[Person, str]]:
        chosen = list(sure)
        taken = {id(person) for person, _post in chosen} | self.busy
        fresh = [p for p in self._ready(term, self.world.people) if p not in again]
        queue = [p for p in again if id(p) not in taken]
        queue += self.rng.sample(fresh, min(len(fresh), 2 * _COMMITTEE_SIZE))
        queue = [p for p in queue if id(p) not in taken]
        wanted = list(_STANDING) + ["committee_member"] * (_COMMITTEE_SIZE - len(_STANDING))
        for _person, post in chosen:
            wanted.remove(post)
        chosen += list(zip(queue, wanted, strict=False))
        self.offices += [Office(person, COMMUNE, post, term, self._end(term)) for person, post in chosen]
        return chosen

    def _inspect(self, term: Term, chosen: list[tuple[Person, str]], place: int) -> None:
        """Make a standing member chair of the inspection committee, and two committee members the rest of it."""
        chair = next(p for p, post in chosen if post == "standing_member")
        if place >= 2:  # noqa: PLR2004 - from the term of 2020 on
            chair = self.by_name[cast.INSPECTION_CHAIR]
        plain = [p for p, post in chosen if post == "committee_member" and id(p) not in self.busy]
        for person, post in zip((chair, *plain), ("chair", "deputy", "member"), strict=False):
            self.offices.append(Office(person, COMMUNE, f"inspection_{post}", term, self._end(term)))

    def _ready(self, term: Term, people: list[Person]) -> list[Person]:
        """Return the people who can serve a whole term of the commune's committee."""
        until = min(term.end, self.world.today + timedelta(days=1))
        return [
            p
            for p in people
            if p.official_on
            and add_years(p.official_on, 1) <= term.start
            and p.stays[0].start <= term.start
            and (p.last.end is None or until <= p.last.end)
            and 28 <= p.age(term.start) <= 54  # noqa: PLR2004
            and id(p) not in self.busy
            and p.occupation != "Hưu trí"
        ]

    # --- a cell ------------------------------------------------------------------------------------------------------
    def cell(self, code: str, terms: list[Term]) -> None:
        """Elect a secretary and a deputy; a village cell has a third member of its committee now."""
        for post in ("secretary", "deputy"):
            self._succession(code, post, terms)
        if BY_CODE[code].kind == "village" and code != "dong-sen":
            self._succession(code, "committee_member", terms[-1:])
        for name, where, post, start, end in _CELL_CAST:
            if where == code and post == "committee_member":
                term = next(t for t in terms if t.start >= start)
                self.offices.append(Office(self.by_name[name], code, post, term, end))

    def _succession(self, code: str, post: str, terms: list[Term]) -> None:
        """Fill a post for all terms; who is elected again goes on, and anew in the present term."""
        office: Office | None = None
        for term in terms:
            person = self._holder(code, post, term, office)
            again = office is not None and person is office.person
            if office and person and again and term is not terms[-1]:
                continue
            if office:
                office.end = term.start
            office = Office(person, code, post, term) if person else None
            if office and person:
                self.busy.add(id(person))
                self.offices.append(office)
        if office:
            office.end = self._end(office.term)

    def _holder(self, code: str, post: str, term: Term, office: Office | None) -> Person | None:
        for name, where, what, start, end in _CELL_CAST:
            if (where, what) == (code, post) and start <= term.start and (end is None or term.start < end):
                return self.by_name[name]
        until = min(term.end, self.world.today + timedelta(days=1))
        if office and office.person.stays_in(code, term.start, until) and self.rng.random() < 0.6:  # noqa: PLR2004
            return office.person
        ready = [
            p
            for p in self.world.people
            if p.official_on
            and p.official_on <= term.start
            and id(p) not in self.busy
            and p.stays_in(code, term.start, until)
            and 27 <= p.age(term.start) <= 68  # noqa: PLR2004
        ]
        return self.rng.choice(ready) if ready else None

    def _end(self, term: Term) -> date | None:
        return term.end if term.end <= self.world.today else None


def suit_occupations(held: list[Office]) -> None:
    """Give those who hold posts now the occupation that goes with them."""
    for office in held:
        if office.end is None and office.person.occupation != "Hưu trí":
            office.person.occupation = _occupation(office)


def _occupation(office: Office) -> str:
    place = BY_CODE.get(office.person.last.cell)
    kind = place.kind if place else "village"
    if office.unit == COMMUNE:
        return {"school": "Giáo viên", "health": office.person.occupation}.get(kind, "Cán bộ xã")
    if office.post == "secretary":
        return {"school": "Hiệu trưởng", "health": "Trưởng trạm Y tế"}.get(kind, "Cán bộ thôn")
    if office.post == "deputy" and kind == "school":
        return "Phó Hiệu trưởng"
    return office.person.occupation
