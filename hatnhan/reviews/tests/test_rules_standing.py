"""Who is graded, who is reviewed only, who is left out, by the regime of the day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatnhan import rulebook
from hatnhan.reviews.rules.standing import PersonFacts, UnitFacts, group_of, standing_of
from hatnhan.rulebook.topics import ReviewCaps, ReviewRegime

YEARS = {"a": 2017, "b1": 2018, "b2": 2020, "c": 2024, "d": 2026}
REGIMES = {name: rulebook.at(ReviewRegime, on=date(year, 12, 1)).value for name, year in YEARS.items()}
ON = date(2026, 12, 15)
BEFORE = date(2026, 3, 1)


def told(name, facts, on=ON):
    found = standing_of(facts, REGIMES[name], on)
    return found.standing, found.code, found.since


@pytest.mark.parametrize("name", sorted(REGIMES))
def test_most_are_graded_as_a_matter_of_course(name):
    assert told(name, PersonFacts(admitted_on=date(2001, 5, 5))) == ("graded", "", None)
    assert told(name, PersonFacts()) == told(name, UnitFacts()) == ("graded", "", None)
    assert told(name, UnitFacts(date(2025, 7, 1))) == ("graded", "", None)


@pytest.mark.parametrize("name", sorted(REGIMES))
def test_the_exempt_are_left_out_in_every_regime_from_their_first_day(name):
    assert told(name, PersonFacts(exempt_since=BEFORE)) == ("left_out", "exempt", BEFORE)
    assert told(name, PersonFacts(exempt_since=ON)) == ("left_out", "exempt", ON)
    assert told(name, PersonFacts(exempt_since=ON + timedelta(1))) == ("graded", "", None)


@pytest.mark.parametrize(
    ("name", "standing"),
    [("a", "graded"), ("b1", "graded"), ("b2", "left_out"), ("c", "left_out"), ("d", "left_out")],
)
def test_the_suspended_are_left_out_since_2019(name, standing):
    code = "" if standing == "graded" else "suspended"
    assert told(name, PersonFacts(suspended_since=BEFORE))[:2] == (standing, code)


@pytest.mark.parametrize(
    ("name", "standing"),
    [("a", "graded"), ("b1", "graded"), ("b2", "not_graded"), ("c", "left_out"), ("d", "left_out")],
)
@pytest.mark.parametrize(
    ("admitted", "new"),
    [(date(2026, 6, 14), False), (date(2026, 6, 15), False), (date(2026, 6, 16), True), (ON, True)],
)
def test_members_of_less_than_six_months_by_the_calendar(name, standing, admitted, new):
    expected = (standing, "new_member", admitted) if new and standing != "graded" else ("graded", "", None)
    assert told(name, PersonFacts(admitted_on=admitted)) == expected


def test_a_month_that_is_too_short_ends_on_its_last_day():
    admitted = PersonFacts(admitted_on=date(2026, 8, 31))
    assert told("d", admitted, date(2027, 2, 27))[0] == "left_out"
    assert told("d", admitted, date(2027, 2, 28))[0] == "graded"


@pytest.mark.parametrize("name", sorted(REGIMES))
def test_new_organisations_are_not_graded_under_one_regime_alone(name):
    founded = date(2026, 6, 16)
    expected = ("not_graded", "new_unit", founded) if name == "b2" else ("graded", "", None)
    assert told(name, UnitFacts(founded)) == expected
    assert told(name, UnitFacts(date(2026, 6, 15))) == ("graded", "", None)


def test_the_reason_that_leaves_out_most_is_given():
    new = date(2026, 9, 1)
    assert told("b2", PersonFacts(exempt_since=BEFORE, admitted_on=new)) == ("left_out", "exempt", BEFORE)
    assert told("b2", PersonFacts(suspended_since=BEFORE, admitted_on=new)) == (
        "left_out",
        "suspended",
        BEFORE,
    )
    assert told("d", PersonFacts(BEFORE, BEFORE, new))[1] == "exempt"


DAYS = st.none() | st.dates(min_value=date(2025, 1, 1), max_value=date(2027, 12, 31))


@given(st.sampled_from(sorted(REGIMES)), DAYS, DAYS, DAYS)
def test_an_excluded_person_is_never_graded(name, exempt, suspended, admitted):
    regime = REGIMES[name]
    found = standing_of(PersonFacts(exempt, suspended, admitted), regime, ON)
    excluded = [exempt is not None and exempt <= ON]
    excluded.append(suspended is not None and suspended <= ON and regime.suspended != "graded")
    assert (found.standing == "graded") == (not found.code)
    if any(excluded):
        assert found.standing == "left_out"


@pytest.mark.parametrize(
    ("subject", "level", "group"),
    [
        ("leader", "committee", "lead_committee"),
        ("leader", "cell", "lead_cell"),
        ("leader", "any", "leader"),
        ("non_leader", "any", "non_leader"),
        ("non_leader", "cell", "non_leader"),
        ("outside", "any", "outside"),
        ("collective", "committee", "collective"),
        ("cell", "any", "cell"),
        ("organisation", "any", "organisation"),
        ("nobody", "any", ""),
    ],
)
def test_the_first_group_that_fits_is_theirs(subject, level, group):
    groups = rulebook.at(ReviewCaps, on=ON).value.groups
    assert group_of(subject, level, groups) == group


def test_a_group_of_members_takes_in_all_three_kinds():
    groups = rulebook.at(ReviewCaps, on=ON).value.groups
    members = (groups[0].model_copy(update={"key": "all", "subject": "member", "level": "any"}),)
    assert [group_of(one, "any", members) for one in ("leader", "non_leader", "outside", "cell")] == [
        "all",
        "all",
        "all",
        "",
    ]
