"""Worked cases: by when one may complain, and by when a complaint is settled."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatnhan.core.working_days import is_working_day
from hatnhan.oversight.rules import complaints as rules
from hatnhan.rulebook import resolver
from hatnhan.rulebook.topics.oversight import Complaints

LAW = resolver.at(Complaints, on=date(2018, 1, 1)).value
DAYS = LAW.model_copy(update={"amount": 30, "unit": "days"})
WORKING = LAW.model_copy(update={"amount": 30, "unit": "working_days"})
PLAIN = LAW.model_copy(update={"over_holidays": False})


@pytest.mark.parametrize(
    ("law", "received", "last"),
    [
        (LAW, date(2018, 3, 6), date(2018, 4, 6)),  # the same day of the next month
        (LAW, date(2018, 3, 7), date(2018, 4, 9)),  # 7 April is a Saturday: Monday
        (PLAIN, date(2018, 3, 7), date(2018, 4, 7)),  # where the rule does not move it
        (LAW, date(2019, 1, 31), date(2019, 2, 28)),  # no 31 February
        (LAW, date(2020, 1, 31), date(2020, 3, 2)),  # 29 February 2020 is a Saturday
        (PLAIN, date(2020, 1, 31), date(2020, 2, 29)),  # leap year
        (LAW, date(2020, 1, 29), date(2020, 3, 2)),
        (PLAIN, date(2019, 1, 29), date(2019, 2, 28)),  # 29/1 in a common year
        (LAW, date(2018, 1, 15), date(2018, 2, 21)),  # Tết 2018: 15 to 20 February
        (LAW, date(2017, 12, 1), date(2018, 1, 2)),  # New Year's Day
        (LAW, date(2018, 3, 30), date(2018, 5, 2)),  # 30 April and 1 May
        (LAW, date(2018, 12, 10), date(2019, 1, 10)),  # over the turn of the year
        (DAYS, date(2018, 3, 6), date(2018, 4, 5)),  # thirty days are not a month
        (DAYS, date(2018, 3, 8), date(2018, 4, 9)),  # the thirtieth is a Saturday
        (WORKING, date(2018, 3, 6), date(2018, 4, 17)),  # thirty working days
    ],
)
def test_the_last_day_to_complain(law, received, last):
    assert rules.complain_by(received, law) == last


@pytest.mark.parametrize(("received", "late"), [(date(2018, 4, 6), False), (date(2018, 4, 7), True)])
def test_the_last_day_is_in_time_and_the_next_is_not(received, late):
    assert rules.is_late(received, date(2018, 4, 6)) is late


def test_nobody_is_late_before_the_decision_was_handed_over():
    assert not rules.is_late(date(2020, 1, 1), None)


@pytest.mark.parametrize(
    ("accepted", "last"),
    [
        (date(2018, 4, 9), date(2018, 8, 16)),  # ninety working days without 25, 30 April, 1 May
        (date(2018, 10, 1), date(2019, 2, 13)),  # over New Year and Tết 2019
    ],
)
def test_the_last_day_to_settle(accepted, last):
    assert rules.handle_by(accepted, LAW) == last


@given(st.dates(date(2011, 1, 19), date(2035, 12, 31)))
def test_one_always_has_a_month_and_ends_on_a_day_when_offices_are_open(received):
    last = rules.complain_by(received, LAW)
    assert is_working_day(last)
    assert 28 <= (last - received).days <= 31 + 12
    assert last >= rules.complain_by(received, PLAIN)
