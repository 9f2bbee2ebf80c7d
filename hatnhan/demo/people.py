"""The invented people: who they are, and in which cells they stood from when to when. Pure: knows no database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from hatnhan.core.periods import add_months, add_years, whole_years
from hatnhan.demo.names import invent
from hatnhan.demo.places import VILLAGES

if TYPE_CHECKING:
    from random import Random

_SOLEMN_DAYS = ((2, 3), (3, 26), (5, 19), (9, 2), (11, 7), (12, 22))
_CARDS_TAKEN = frozenset({97, 412})
_BEFORE_TWELVE_YEARS_OF_SCHOOL = 1972
#: Born before; share with primary schooling only; share with that or lower secondary.
_LITTLE_SCHOOLING = ((1950, 0.15, 0.7), (1965, 0.02, 0.35), (9999, 0, 0.08))


@dataclass(slots=True)
class Stay:
    """Membership in a cell from a day until a day (exclusive); ``how`` and ``why`` are the codes of the reasons."""

    cell: str
    start: date
    how: str
    end: date | None = None
    why: str = ""


@dataclass(slots=True, kw_only=True)
class Person:
    """One invented member. ``bound`` ones are needed by the story and never leave."""

    full_name: str
    sex: str
    born_year: int
    admitted_on: date
    born_on: date | None = None
    official_on: date | None = None
    home: str = ""
    ethnicity: str = "Kinh"
    occupation: str = ""
    schooling: str = "upper_secondary"
    degree: str = ""
    theory: str = ""
    phone: str = ""
    card: int = 0
    bound: bool = False
    stays: list[Stay] = field(default_factory=list)

    @property
    def card_number(self) -> str:
        """The card number in digits, "" of those who have none yet. Such low numbers belong to nobody here."""
        return f"{self.card:08}" if self.card else ""

    @property
    def last(self) -> Stay:
        """The latest stay."""
        return self.stays[-1]

    @property
    def here(self) -> bool:
        """Whether the person is a member today."""
        return self.last.end is None

    def stay_on(self, day: date) -> Stay | None:
        """Return where the person belonged on a day."""
        return next((s for s in self.stays if s.start <= day and (s.end is None or day < s.end)), None)

    def stays_in(self, cell: str, start: date, end: date) -> bool:
        """Tell whether the person belonged to one cell from a day until a day (exclusive)."""
        return any(
            s.cell == cell and s.start <= start and (s.end is None or end <= s.end) for s in self.stays
        )

    def age(self, on: date) -> int:
        """Return the age; where the day of birth is not known, counted from the middle of the year."""
        return whole_years(self.born_on or date(self.born_year, 7, 1), on)


def some_day(rng: Random, start: date, end: date) -> date:
    """Return a day from ``start`` up to but not including ``end``."""
    return start + timedelta(days=rng.randrange((end - start).days))


def admission_day(rng: Random, year: int) -> date:
    """Return a day on which people are admitted: often one of the solemn days."""
    if rng.random() < 0.5:  # noqa: PLR2004 - half of them
        return date(year, *rng.choice(_SOLEMN_DAYS))
    return some_day(rng, date(year, 1, 5), date(year, 12, 29))


def invent_person(rng: Random, *, kind: str, born_year: int, admitted_on: date, home: str = "") -> Person:
    """Return a person of a kind of cell; official after twelve months, as the Charter has it."""
    male = 0.24 if kind == "school" else 0.4 if kind == "health" else 0.76 if born_year < 1970 else 0.6  # noqa: PLR2004
    sex = "M" if rng.random() < male else "F"
    born_on = some_day(rng, date(born_year, 1, 1), date(born_year + 1, 1, 1))
    person = Person(
        full_name=invent(rng, sex=sex, born_year=born_year),
        sex=sex,
        born_year=born_year,
        # The elders' papers often have the year only.
        born_on=None if born_year < 1952 and rng.random() < 0.3 else born_on,  # noqa: PLR2004
        admitted_on=admitted_on,
        official_on=add_months(admitted_on, 12),
        home=home or rng.choice(VILLAGES).code,
        ethnicity=rng.choices(("Kinh", "Sán Dìu", "Tày", "Mường", ""), (940, 8, 6, 6, 40))[0],
    )
    _SCHOOLED[kind](rng, person)
    return person


def _villager(rng: Random, person: Person) -> None:
    low, middle = next(shares for born_before, *shares in _LITTLE_SCHOOLING if person.born_year < born_before)
    draw = rng.random()
    person.schooling = "primary" if draw < low else "lower_secondary" if draw < middle else "upper_secondary"
    if person.schooling == "upper_secondary":
        person.degree = rng.choices(
            ("", "elementary", "intermediate", "college", "bachelor"), (60, 10, 14, 6, 10)
        )[0]
    person.theory = rng.choices(("", "elementary", "intermediate"), (55, 38, 7))[0]
    work = (
        "Làm ruộng",
        "Chăn nuôi",
        "Buôn bán nhỏ",
        "Thợ xây",
        "Thợ mộc",
        "Công nhân",
        "Lái xe",
        "Làm nghề tự do",
    )
    person.occupation = rng.choices(work, (34, 10, 14, 10, 8, 16, 4, 6))[0]


def _teacher(rng: Random, person: Person) -> None:
    person.degree = rng.choices(("college", "bachelor", "master"), (22, 66, 12))[0]
    person.theory = rng.choices(("", "elementary", "intermediate"), (25, 60, 15))[0]
    person.occupation = rng.choices(("Giáo viên", "Nhân viên văn phòng"), (92, 8))[0]


def _health_worker(rng: Random, person: Person) -> None:
    person.degree = rng.choices(("intermediate", "college", "bachelor"), (45, 25, 30))[0]
    person.theory = rng.choices(("", "elementary", "intermediate"), (30, 58, 12))[0]
    person.occupation = {"bachelor": "Bác sĩ", "college": "Điều dưỡng"}.get(person.degree, "Y sĩ")


_SCHOOLED = {"village": _villager, "school": _teacher, "health": _health_worker}


def founder(rng: Random, kind: str) -> Person:
    """Return someone who was a member already when the books were opened."""
    if kind == "village":
        decades = (1924, 1931, 1940, 1950, 1960, 1970, 1979)
        born = rng.choices(decades, (3, 12, 23, 27, 18, 11, 6))[0] + rng.randrange(8)
        joined = born + (rng.randint(19, 27) if rng.random() < 0.6 else rng.randint(28, 42))  # noqa: PLR2004
    else:
        born = rng.randint(1959, 1983)
        joined = born + rng.randint(25, 42)
    year = min(joined, rng.randint(1998, 2008))
    return invent_person(rng, kind=kind, born_year=born, admitted_on=admission_day(rng, max(year, born + 19)))


def candidate(rng: Random, kind: str, admitted_on: date) -> Person:
    """Return someone admitted on a day."""
    youngest, oldest = (20, 39) if kind == "village" else (25, 42)
    born = admitted_on.year - rng.randint(youngest, oldest)
    return invent_person(rng, kind=kind, born_year=born, admitted_on=admitted_on)


def newcomer(rng: Random, kind: str, on: date) -> Person:
    """Return someone who is a member already and comes from elsewhere: to a village often with retirement."""
    retired = kind == "village" and rng.random() < 0.6  # noqa: PLR2004
    born = on.year - (rng.randint(54, 62) if retired else rng.randint(29, 46))
    joined = min(born + rng.randint(21, 30), on.year - 3)
    person = invent_person(rng, kind=kind, born_year=born, admitted_on=admission_day(rng, joined))
    person.occupation = "Hưu trí" if retired else person.occupation
    return person


def retirement_day(person: Person) -> date:
    """Return the first of the month after the birthday of retirement: 55 for women, 60 for men."""
    birthday = add_years(person.born_on or date(person.born_year, 7, 1), 55 if person.sex == "F" else 60)
    return add_months(birthday.replace(day=1), 1)


def number_cards(people: list[Person]) -> None:
    """Give cards to the official members in the order of admission; some of the cast have theirs already."""
    free = (number for number in range(1, 100_000) if number not in _CARDS_TAKEN)
    for person in sorted(people, key=lambda p: p.admitted_on):
        if person.official_on and not person.card:
            person.card = next(free)


def number_phones(rng: Random, people: list[Person]) -> None:
    """Give telephone numbers to most people, under 0100: no network has that prefix, so nobody can be called."""
    for place, person in enumerate(people, start=1):
        if rng.random() < (0.35 if person.born_year < 1950 else 0.85):  # noqa: PLR2004
            person.phone = f"0100{place:06}"


def grade(person: Person) -> str:
    """Return the schooling as rosters write it: of ten years for the older, of twelve for the younger."""
    of_ten = person.born_year < _BEFORE_TWELVE_YEARS_OF_SCHOOL
    return {
        "primary": "4/10" if of_ten else "5/12",
        "lower_secondary": "7/10" if of_ten else "9/12",
        "upper_secondary": "10/10" if of_ten else "12/12",
    }[person.schooling]
