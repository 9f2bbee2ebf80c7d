"""The rules, told the day and the rule: tables of examples, and what must hold for all."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hatnhan.core.periods import whole_years
from hatnhan.core.working_days import is_working_day
from hatnhan.organization import rules
from hatnhan.organization.rules import MemberData

LEVELS = (30, 40, 50, 55, 60, 65, 70, 75, 80, 85, 90)
ROUNDS = ("03-02", "19-05", "02-09", "07-11")
days = st.dates(date(1940, 1, 1), date(2030, 12, 31))
intervals = st.tuples(days, st.none() | st.integers(1, 4000)).map(
    lambda pair: (pair[0], pair[1] and pair[0] + timedelta(days=pair[1]))
)


def person(**fields):
    known = {"full_name": "Nguyễn Văn An", "born_year": 1980, "sex": "M", "admitted_on": date(2005, 5, 19)}
    return MemberData(**known | fields)


def codes(data, youngest=18):
    return [fault.code for fault in rules.member_faults(data, today=date(2026, 11, 23), youngest=youngest)]


# --- intervals
@given(intervals, intervals, days)
def test_a_day_is_in_the_intersection_just_when_it_is_in_both(one, other, day):
    def holds(interval):
        return interval is not None and interval[0] <= day and (interval[1] is None or day < interval[1])

    assert holds(rules.intersection(one, other)) == (holds(one) and holds(other))


def test_intervals_that_touch_are_made_into_one():
    a, b, c, d = (date(2020, 1, n) for n in (1, 5, 9, 12))
    assert rules.joined_up([(b, c), (a, b), (d, None)]) == [(a, c), (d, None)]


# --- years
@given(days, days, st.integers(0, 90))
def test_latest_start_tells_what_whole_years_tell(start, on, years):
    assert (whole_years(start, on) >= years) == (start <= rules.latest_start(on, years))


@given(days, st.integers(0, 90))
def test_an_anniversary_is_the_first_day_with_so_many_years(start, years):
    day = rules.anniversary(start, years)
    assert whole_years(start, day) >= years
    assert years == 0 or whole_years(start, day - timedelta(days=1)) < years


def test_who_was_admitted_on_29_february_completes_the_years_on_1_march():
    assert rules.anniversary(date(1996, 2, 29), 30) == date(2026, 3, 1)
    assert rules.anniversary(date(1996, 2, 29), 40) == date(2036, 2, 29)


def test_age_by_year_alone_is_the_difference_of_years():
    assert rules.age(born_on=None, born_year=1990, on=date(2020, 1, 1)) == 30
    assert rules.age(born_on=date(1990, 6, 1), born_year=1990, on=date(2020, 1, 1)) == 29


# --- working days
def test_probation_is_due_on_the_same_day_of_the_last_month():
    assert rules.probation_due(date(2024, 2, 29), 12) == date(2025, 2, 28)


@settings(deadline=None)  # the holidays of a year are made once, at its first day
@given(days.filter(lambda day: day.year > 2000), st.integers(1, 60))
def test_the_last_day_of_a_limit_is_a_working_day_after_so_many(due, count):
    last = rules.review_by(due, count)
    between = [due + timedelta(days=n) for n in range(1, (last - due).days + 1)]
    assert is_working_day(last)
    assert sum(map(is_working_day, between)) == count


def test_transfers_are_reminded_before_they_are_overdue():
    remind, last = rules.transfer_days(date(2026, 8, 3), remind=30, overdue=60)
    assert (remind, last) == (date(2026, 9, 17), date(2026, 10, 29))  # 31/8 is off in exchange for a Saturday


# --- badges
@pytest.mark.parametrize(
    ("admitted_on", "round_day", "years"),
    [
        (date(1990, 5, 19), date(2020, 5, 19), 30),
        (date(1990, 5, 20), date(2020, 5, 19), None),
        (date(1970, 1, 1), date(2020, 2, 3), 50),
        (date(1964, 9, 2), date(2020, 2, 3), 55),
        (date(1930, 2, 3), date(2020, 2, 3), 90),
    ],
)
def test_the_highest_level_reached_by_a_round_is_due(admitted_on, round_day, years):
    assert rules.badge_due(admitted_on, LEVELS, round_day) == years


def test_rounds_are_found_across_the_turn_of_the_year():
    assert rules.round_on_or_after(ROUNDS, date(2026, 11, 8)) == date(2027, 2, 3)
    assert rules.round_before(ROUNDS, date(2026, 2, 3)) == date(2025, 11, 7)
    assert rules.rounds_between(ROUNDS, date(2025, 11, 7), date(2026, 5, 19)) == [
        date(2025, 11, 7),
        date(2026, 2, 3),
        date(2026, 5, 19),
    ]


def test_a_round_on_a_day_that_a_year_lacks_is_held_on_the_last_day_of_the_month():
    assert rules.rounds_between(["29-02"], date(2025, 1, 1), date(2025, 12, 31)) == [date(2025, 2, 28)]


@given(days, days)
def test_the_next_badge_is_reached_after_the_day_and_given_at_the_first_round_from_then(admitted_on, after):
    found = rules.next_badge(admitted_on, LEVELS, ROUNDS, after)
    if found is None:
        assert whole_years(admitted_on, after) >= max(LEVELS)
        return
    assert found.reached_on > after
    assert found.round_day >= found.reached_on
    assert not rules.rounds_between(ROUNDS, found.reached_on, found.round_day - timedelta(days=1))
    assert rules.badge_due(admitted_on, LEVELS, found.reached_on) == found.years


# --- what the roster keeps
@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"full_name": "  "}, "name_missing", "full_name"),
        ({"card_number": "12A"}, "card_not_digits", "card_number"),
        ({"card_number": "١٢٣"}, "card_not_digits", "card_number"),
        ({"born_year": 1880}, "birth_year", "born_year"),
        ({"born_year": 2027}, "birth_year", "born_year"),
        ({"born_on": date(1981, 1, 1)}, "birth_day_not_in_year", "born_on"),
        ({"admitted_on": date(2026, 11, 24)}, "future", "admitted_on"),
        ({"admitted_on": date(1997, 12, 31)}, "too_young", "admitted_on"),
        ({"born_on": date(1980, 6, 2), "admitted_on": date(1998, 6, 1)}, "too_young", "admitted_on"),
        ({"official_on": date(2005, 5, 18)}, "official_before_admission", "official_on"),
        ({"official_on": date(2026, 11, 24)}, "future", "official_on"),
    ],
)
def test_each_fault_is_found_at_its_field(fields, code, field):
    faults = rules.member_faults(person(**fields), today=date(2026, 11, 23), youngest=18)
    assert (faults[0].code, faults[0].field) == (code, field)


def test_a_year_alone_and_an_old_age_at_admission_are_no_fault():
    assert codes(person(admitted_on=date(1998, 1, 1))) == []
    assert codes(person(born_year=1950, admitted_on=date(2020, 1, 1), card_number="00 000.318")) == []
    assert codes(person(born_on=date(1980, 6, 1), admitted_on=date(1998, 6, 1))) == []


def test_a_card_number_is_kept_without_dots_and_spaces():
    assert rules.tidy_card(" 00 000.318 ") == "00000318"
    assert rules.tidy_card("  ") is None
    assert rules.tidy_card(None) is None
