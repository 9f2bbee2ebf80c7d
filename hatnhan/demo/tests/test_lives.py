"""The story as data: it adds up on every day, and is the same whenever it is told."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from hatnhan.demo import cast
from hatnhan.demo.lives import YEAR_ENDS, tell
from hatnhan.demo.places import BY_CODE, OPENING
from hatnhan.demo.tale import tell_all

TODAY = date(2026, 11, 23)
DAYS = [TODAY, date(2026, 1, 1), date(2026, 12, 31), date(2027, 3, 1), date(2028, 2, 29), date(2031, 7, 1)]


@pytest.mark.parametrize("today", DAYS)
def test_every_year_ends_with_the_members_it_should(today):
    world = tell(today)
    ends = [len(world.on(date(2009 + place, 12, 31))) for place in range(1, len(YEAR_ENDS))]
    assert ends == list(YEAR_ENDS[1:])
    assert len(world.on(OPENING)) == 540
    assert (
        len(world.on(date(2017, 12, 31))) == len(world.on(date(2018, 12, 31))) == len(world.on(today)) == 587
    )


@pytest.mark.parametrize("today", DAYS)
def test_sixteen_are_on_probation_and_the_kinds_of_cells_are_as_large_as_told(today):
    present = tell(today).present
    assert sum(person.official_on is None for person in present) == 16
    kinds = Counter(BY_CODE[person.last.cell].kind for person in present)
    assert abs(kinds["village"] - 462) <= 10
    assert abs(kinds["school"] - 113) <= 10
    assert abs(kinds["health"] - 12) <= 2


@pytest.mark.parametrize("today", DAYS)
def test_no_life_contradicts_itself(today):
    for person in tell(today).people:
        ends = [stay.end for stay in person.stays[:-1]]
        assert ends == [stay.start for stay in person.stays[1:]]
        days = [stay.start for stay in person.stays] + ([person.last.end] if person.last.end else [])
        assert days == sorted(set(days))
        assert person.admitted_on <= days[0]
        assert max(days) <= today
        assert person.official_on is None or person.admitted_on < person.official_on <= today
        assert 18 <= person.age(person.admitted_on) <= 60


def test_nobody_is_taken_for_another():
    people = tell(TODAY).people
    names = Counter((person.full_name, person.born_year) for person in people)
    cards = Counter(person.card for person in people if person.card)
    phones = Counter(person.phone for person in people if person.phone)
    assert max(names.values()) == max(cards.values()) == max(phones.values()) == 1
    assert {phone[:4] for phone in phones} == {"0100"}


def test_a_search_has_three_names_to_tell_apart():
    given = Counter(person.full_name.rsplit(" ", 1)[1] for person in tell(TODAY).present)
    assert given["Đức"] >= 3
    assert given["Dục"] == 2
    assert given["Đực"] == 2


def test_the_cast_is_there_on_the_day_it_is_needed():
    present = {person.full_name for person in tell(TODAY).present}
    assert {part.full_name for part in cast.PARTS} <= present


def test_the_same_day_and_seed_tell_the_same_story():
    first, second, other = tell_all(TODAY), tell_all(TODAY), tell_all(TODAY, seed=1)
    assert first.world.people == second.world.people
    assert [(o.person.full_name, o.unit, o.post, o.start, o.end) for o in first.offices] == [
        (o.person.full_name, o.unit, o.post, o.start, o.end) for o in second.offices
    ]
    assert first.world.people != other.world.people


@pytest.mark.parametrize("today", DAYS)
def test_every_committee_has_its_fifteen_and_every_cell_its_secretary(today):
    now = [office for office in tell_all(today).offices if office.end is None]
    commune = Counter(office.post for office in now if office.unit == "tam-hong")
    assert commune == {
        "secretary": 1,
        "standing_deputy": 1,
        "deputy": 1,
        "standing_member": 2,
        "committee_member": 10,
        "inspection_chair": 1,
        "inspection_deputy": 1,
        "inspection_member": 1,
    }
    assert {office.unit for office in now if office.post == "secretary"} == {"tam-hong", *BY_CODE}
