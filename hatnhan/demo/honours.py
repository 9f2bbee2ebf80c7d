"""Posts, badges, exemptions, and the transfers on their way today."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from hatnhan import rulebook
from hatnhan.core.periods import add_years
from hatnhan.demo import cast
from hatnhan.demo.books import Books, Deed
from hatnhan.demo.paths import outside
from hatnhan.demo.places import BY_CODE, COMMUNE, OPENING
from hatnhan.organization.actions import badges, exemptions, memberships, positions, transfers
from hatnhan.organization.models import Position
from hatnhan.organization.rules import badge_due, rounds_between
from hatnhan.rulebook import topics

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hatnhan.demo.people import Person
    from hatnhan.demo.posts import Office
    from hatnhan.demo.tale import Tale

#: The first round of badges that is told of.
_FIRST_ROUND = date(2017, 2, 3)


# --- posts -----------------------------------------------------------------------------------------------------------
def office_deeds(tale: Tale) -> Iterator[Deed]:
    """Yield who was elected to what, and when that ended."""
    for office in tale.offices:
        yield Deed(office.start, 5, lambda books, office=office: _appoint(books, office))  # type: ignore[misc]
        if office.end:
            yield Deed(office.end, 4, lambda books, office=office: _step_down(books, office))  # type: ignore[misc]


def _appoint(books: Books, office: Office) -> None:
    unit = books.units[office.unit]
    positions.appoint(
        **books.signed(),
        member=books.member(office.person),
        unit=unit,
        post=office.post,
        start=office.start,
        decision_no=books.decision("HU" if office.unit == COMMUNE else "ĐU"),
        term=books.terms[office.unit, office.term.start],
    )


def _step_down(books: Books, office: Office) -> None:
    assert office.end  # noqa: S101 - only those that ended
    held = Position.objects.filter(
        member=books.member(office.person), unit=books.units[office.unit], post=office.post
    )
    if position := held.filter(start=office.start, end=None).first():
        positions.end_position(**books.signed(), position=position, end=office.end, reason="Hết nhiệm kỳ")


# --- badges ----------------------------------------------------------------------------------------------------------
def badge_deeds(tale: Tale) -> Iterator[Deed]:
    """Yield the badges: at each round to those who have reached a level higher than what they have.

    What was given before the first round told of here is taken as given.
    """
    rounds = _rounds(tale.today)
    for person in tale.world.people:
        have = _reached(person, rounds[0])
        for day in rounds[1:]:
            level = _reached(person, day)
            if level > have and person.stay_on(day):
                yield Deed(day, 6, lambda books, p=person, y=level, d=day: _award(books, p, y, d))  # type: ignore[misc]
            have = max(have, level)


def _reached(person: Person, day: date) -> int:
    levels = rulebook.at(topics.Badges, on=day).value.years
    return badge_due(person.admitted_on, levels, day) or 0


def _rounds(today: date) -> list[date]:
    """Return the days on which badges were given, after one before them from which to count."""
    rounds = rulebook.at(topics.Badges, on=_FIRST_ROUND).value.rounds
    return rounds_between(rounds, _FIRST_ROUND - timedelta(days=100), today)


def _award(books: Books, person: Person, years: int, day: date) -> None:
    badges.award_badge(
        **books.signed(),
        member=books.member(person),
        years=years,
        awarded_on=day,
        decision_no=books.decision("TU"),
    )


# --- exemptions ------------------------------------------------------------------------------------------------------
def exemption_deeds(tale: Tale) -> Iterator[Deed]:
    """Yield who was excused from work and meetings for age."""
    for person, start in exempted(tale):
        yield Deed(start, 7, lambda books, p=person, s=start: _exempt(books, p, s))  # type: ignore[misc]


def exempted(tale: Tale) -> Iterator[tuple[Person, date]]:
    """Yield who was excused for age, with the first day: most of those about eighty, who hold no post."""
    rng = Random(f"exempt {tale.seed}")  # noqa: S311 - a story, not a secret
    leading = {id(office.person) for office in tale.offices if office.end is None}
    for person in tale.world.people:
        asks = date(person.born_year + rng.randint(75, 82), rng.choice((1, 4, 7, 10)), 1)
        start, stay = max(asks, OPENING), person.stay_on(max(asks, OPENING))
        if start <= tale.today and stay and id(person) not in leading and not person.bound:
            yield person, start


def _exempt(books: Books, person: Person, start: date) -> None:
    exemptions.exempt(
        **books.signed(),
        member=books.member(person),
        start=start,
        decision_no=books.decision("ĐU"),
    )


# --- on their way ----------------------------------------------------------------------------------------------------
def open_deeds(tale: Tale) -> Iterator[Deed]:
    """Yield what is not finished today: transfers that wait, one refused, and activity in two places."""
    rng = Random(f"open {tale.seed}")  # noqa: S311 - a story, not a secret
    leading = {id(office.person) for office in tale.offices if office.end is None}
    free = [
        person
        for person in tale.world.present
        if not person.bound
        and person.official_on
        and id(person) not in leading
        and person.last.start < add_years(tale.today, -1)
        and person.age(tale.today) < 50  # noqa: PLR2004
    ]
    villagers = [p for p in free if BY_CODE[p.last.cell].kind == "village"]
    teachers = [p for p in free if BY_CODE[p.last.cell].kind == "school"]
    first, second, third, fourth, *_rest = rng.sample(villagers, 8)
    yield from _waiting(tale, first, "dong-sen" if first.last.cell != "dong-sen" else "thon-chua", 12, 3)
    yield from _waiting(
        tale, teachers[0], "truong-thcs" if teachers[0].last.cell != "truong-thcs" else "truong-thpt", 25, 4
    )
    yield from _waiting(tale, second, "", 100, 5)
    yield from _refused(tale, third)
    yield from _temporary(tale, fourth, teachers[1])


def _waiting(tale: Tale, person: Person, to: str, days: int, number: int) -> Iterator[Deed]:
    on = tale.today - timedelta(days=days)
    yield Deed(on, 8, lambda books: _propose(books, person, to, on, number))


def _propose(books: Books, person: Person, to: str, on: date, number: int) -> None:
    transfers.propose_transfer(
        **books.signed(),
        member=books.member(person),
        to_unit=books.units[to] if to else None,
        outside="" if to else outside(number),
        proposed_on=on,
        letter_no=books.letter(),
        reason="Chuyển công tác" if BY_CODE[person.last.cell].kind == "school" else "Chuyển nơi ở",
    )


def _refused(tale: Tale, person: Person) -> Iterator[Deed]:
    on = tale.today - timedelta(days=70)
    to = "go-gang" if person.last.cell != "go-gang" else "ao-sen"
    yield Deed(on, 8, lambda books: _propose(books, person, to, on, 6))
    yield Deed(on + timedelta(days=9), 8, lambda books: _refuse(books, person))


def _refuse(books: Books, person: Person) -> None:
    transfers.refuse_transfer(
        **books.signed(),
        transfer=books.member(person).transfers.get(state="proposed"),
        answer="Chưa cư trú tại thôn; đề nghị giới thiệu lại khi đã chuyển hộ khẩu",
    )


def _temporary(tale: Tale, villager: Person, teacher: Person) -> Iterator[Deed]:
    """One works for some months at a school, one teacher is lent to a hamlet; a third was so in 2018."""
    spring = tale.today - timedelta(days=60)
    yield Deed(
        spring,
        8,
        lambda books: _lend(books, villager, "truong-mam-non", spring, tale.today + timedelta(days=120)),
    )
    yield Deed(spring, 8, lambda books: _lend(books, teacher, teacher.home, spring, None))
    member = next(person for person in tale.world.people if person.full_name == cast.PARTS[13].full_name)
    start, end = date(2018, 9, 5), date(2019, 6, 1)
    yield Deed(start, 8, lambda books: _lend(books, member, "truong-thcs", start, end))


def _lend(books: Books, person: Person, cell: str, start: date, end: date | None) -> None:
    memberships.start_temporary(
        **books.signed(),
        member=books.member(person),
        cell=books.units[cell],
        start=start,
        end=end,
        decision_no=books.decision("ĐU"),
    )
