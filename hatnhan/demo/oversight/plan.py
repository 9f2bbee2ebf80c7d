"""The programmes as data: what was planned, by whom, when it was done, and how it was amended. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hatnhan.core.working_days import is_working_day
from hatnhan.demo.cast import MEMBER
from hatnhan.demo.oversight.staff import Staff
from hatnhan.demo.places import CELLS, COMMUNE
from hatnhan.demo.wording import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hatnhan.demo.people import Person
    from hatnhan.demo.tale import Tale

#: The years that the newspaper tells of.
PAPER = (2017, 2018)
#: From the decision to the conclusion, and on to the closed file.
CONCLUDED, CLOSED = timedelta(days=28), timedelta(days=34)
#: The last day to conclude is so many days after the decision.
_TERM = timedelta(days=40)
#: Those that run have so many, the late one and the whole one so many.
_RUNS, _LATE, _WHOLE = 32, 28, 45
#: So many days before the story's own it was decided.
_CHAIN_AGO = 215
_DRAFTED, _APPROVED = (1, 8), (1, 15)
_FIRST, _LAST = (1, 22), (12, 24)


@dataclass(slots=True)
class Work:
    """One planned work: whom it looks at, who does it, from when to when, and when it was begun and done.

    ``opened`` None: never begun; ``concluded`` None: told elsewhere, or not done. ``ends`` is the last day, inclusive.
    """

    key: str
    unit: str
    body: str
    kind: str
    topic: str
    content: str
    starts: date
    ends: date
    units: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    team: tuple[Person, ...] = ()
    opened: date | None = None
    concluded: date | None = None
    #: How far one that runs is: the keys of the texts.
    stage: str = ""
    removed: bool = False
    added: bool = False

    @property
    def examined(self) -> tuple[date, date]:
        """The days looked at, half-open: from the beginning of the year before."""
        return date(self.starts.year - 1, 1, 1), self.starts


@dataclass(slots=True)
class Plan:
    """The programme of a body for a year."""

    unit: str
    body: str
    year: int
    works: list[Work] = field(default_factory=list)
    amended_on: date | None = None
    reason: str = ""

    @property
    def drafted(self) -> date:
        """The day on which it was drafted."""
        return date(self.year, *_DRAFTED)

    @property
    def approved(self) -> date:
        """The day on which it was issued."""
        return date(self.year, *_APPROVED)


def fit(on: date, span: int) -> date:
    """Return the latest day up to ``on`` from which so many days of work lie within the working part of one year."""
    last = date(on.year, *_LAST) - timedelta(days=span)
    if on < date(on.year, *_FIRST):
        last = date(on.year - 1, *_LAST) - timedelta(days=span)
    return min(on, last)


def working(on: date) -> date:
    """Return a day, or the next on which offices are open."""
    while not is_working_day(on):
        on += timedelta(days=1)
    return on


def plans_of(tale: Tale) -> list[Plan]:
    """Return all programmes: of 2017, 2018, last year and this, of both committees and of the cells."""
    return list(_Planner(tale).plans())


def ago(tale: Tale, days: int) -> date:
    """Return the day so many days before the story's own."""
    return tale.today - timedelta(days=days)


def chain_opened(tale: Tale) -> date:
    """Return the day on which the thematic supervision was decided that is told whole."""
    return fit(ago(tale, _CHAIN_AGO), _WHOLE)


class _Planner:
    def __init__(self, tale: Tale) -> None:
        self.tale, self.staff, self.words = tale, Staff(tale), texts("oversight")
        self.place = 0

    def plans(self) -> Iterator[Plan]:
        now = self.tale.today.year
        for year in sorted({*PAPER, now - 1, now}):
            key = year if year in PAPER else "last" if year < now else "this"
            told = self.words["years"][key]
            for body in ("committee", "inspection"):
                plan = Plan(COMMUNE, body, year)
                plan.works = [
                    self._work(plan, one, f"{body} {place}") for place, one in enumerate(told[body])
                ]
                plan.works += [one for one in self._now() if one.body == body and one.ends.year == year]
                if (amended := told.get("amendment")) and amended["body"] == body:
                    plan.amended_on = working(date(year, amended["month"], 18))
                    plan.reason = amended["reason"]
                yield plan
            yield from (self._cell(place.code, place.kind, year) for place in CELLS)

    # --- the commune's -----------------------------------------------------------------------------------------------
    def _work(self, plan: Plan, told: dict[str, Any], key: str) -> Work:
        """Return a work of a month, done in time; regular supervision from a month to a month."""
        year = plan.year
        if told["kind"] == "regular":
            starts = date(year, told.get("first", 2), 25 if told.get("first") else 1)
            ends = date(year, told.get("until", 12), 20)
            opened, concluded = working(starts), working(ends - timedelta(days=9))
        else:
            starts = date(year, told["month"], 1)
            opened = working(starts + timedelta(days=3 + len(told["content"]) % 12))
            ends, concluded = opened + _TERM, opened + CONCLUDED
        work = Work(
            f"{year} {key}", COMMUNE, plan.body, told["kind"], told["topic"], told["content"], starts, ends,
            tuple(told["units"]), opened=opened, concluded=concluded, removed=told.get("removed", False),
            added=told.get("added", False),
        )  # fmt: skip
        if work.removed:
            work.opened = work.concluded = None
        return self._staffed(work, plan.approved)

    def _staffed(self, work: Work, on: date) -> Work:
        self.place += 1
        if work.kind == "regular":
            pick = self.staff.inspectors if work.body == "inspection" else self.staff.committee
            people = pick(on, work.units)
            start = 0 if work.body == "inspection" else self.place % len(people)
            work.team = tuple((people[start:] + people[:start])[: len(work.units)])
        else:
            work.team = self.staff.team(work.body, work.opened or on, work.units, self.place)
        return work

    def _now(self) -> list[Work]:
        """Return what is counted from the story's own day: what runs, is late, is followed, and the chain."""
        chain, words = chain_opened(self.tale), self.words
        found = [
            Work(
                "chain", COMMUNE, "inspection", "thematic", words["chain"]["topic"], words["chain"]["content"],
                chain, chain + _TERM, tuple(words["chain"]["cells"]), opened=chain,
            )
        ]  # fmt: skip
        for one in words["running"]:
            opened = fit(ago(self.tale, one["ago"]), _RUNS)
            ends = opened + timedelta(days=_RUNS)
            found.append(self._told(one, opened, ends, opened=opened, stage=one["stage"]))
        late = words["overdue"]
        starts = fit(ago(self.tale, late["ago"]), _LATE)
        found.append(self._told(late, starts, starts + timedelta(days=_LATE)))
        today = self.tale.today
        year = today.year if today > date(today.year, 2, 1) else today.year - 1
        for one in words["watching"]:
            starts = date(year, 1, 25)
            told = one | {"kind": "regular"}
            found.append(self._told(told, starts, date(year, 12, 26), opened=starts))
        return [self._staffed(one, one.opened or one.starts) for one in found]

    def _told(self, told: dict[str, Any], starts: date, ends: date, **more: Any) -> Work:
        return Work(
            told["key"], COMMUNE, told["body"], told["kind"], told["topic"], told["content"], starts, ends,
            tuple(told["units"]), **more,
        )  # fmt: skip

    # --- a cell's ----------------------------------------------------------------------------------------------------
    def _cell(self, code: str, kind: str, year: int) -> Plan:
        """Return the programme of a cell: one check of a member's task, one member followed; last year these alone."""
        self.place += 1
        words, plan = self.words["cells"][kind], Plan(code, "members", year)
        until = min(date(year + 1, 1, 1), self.tale.today + timedelta(days=1))
        people = self.staff.ordinary(code, date(year, 1, 1), until, str(year))
        leaders = self._leading(code, plan.approved, people[2:])
        told = words["check"][self.place % len(words["check"])]
        starts = date(year, 3 + self.place % 7, 1)
        opened = working(starts + timedelta(days=6))
        plan.works = [
            Work(
                f"{year} {code} check", code, "members", "compliance", told["topic"], told["content"], starts,
                opened + _TERM, people=(people[0],), team=leaders[:2], opened=opened, concluded=opened + CONCLUDED,
            ),
            Work(
                f"{year} {code} watch", code, "members", "regular", "duties", words["watch"], date(year, 2, 1),
                date(year, 12, 15), people=(self._followed(code, year, people[1]),), team=(leaders[-1],),
                opened=date(year, 2, 1), concluded=working(date(year, 12, 5)),
            ),
        ]  # fmt: skip
        if year not in {*PAPER, self.tale.today.year}:
            del plan.works[0]
        return plan

    def _leading(self, code: str, on: date, instead: list[Person]) -> tuple[Person, ...]:
        """Return the leaders of a cell on a day; where there are not two, members act for them."""
        return tuple((self.staff.leaders(code, on) + instead)[:2])

    def _followed(self, code: str, year: int, other: Person) -> Person:
        """Return whom a cell follows: in the cell of the member who signs in, this year, that member."""
        if code != "dong-sen" or year != self.tale.today.year:
            return other
        return next(p for p in self.tale.world.present if p.full_name == MEMBER)
