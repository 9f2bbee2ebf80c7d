"""On which days a body meets."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hatnhan.core.periods import add_months
from hatnhan.core.working_days import is_holiday, is_working_day
from hatnhan.meetings.rules import Rhythm, days_between, title_of

STARTS = st.dates(date(2011, 1, 1), date(2029, 12, 31))
SHIFTS = st.sampled_from(["before", "after"])


def weeks(start, end):
    first = start - timedelta(days=start.weekday())
    return [first + timedelta(days=7 * n) for n in range((end - first).days // 7 + 1)]


@settings(max_examples=30, deadline=None)
@given(start=STARTS, weekday=st.integers(0, 6), shift=SHIFTS)
def test_each_week_with_a_working_day_has_exactly_one_and_never_on_a_holiday(start, weekday, shift):
    monday = start - timedelta(days=start.weekday())
    end = monday + timedelta(days=7 * 60)
    days = days_between(Rhythm(weekday=weekday, on_holiday=shift), monday, end)
    assert not [day for day in days if is_holiday(day)]
    by_week = [day - timedelta(days=day.weekday()) for day in days]
    assert len(set(by_week)) == len(by_week)
    for week in set(weeks(monday, end - timedelta(days=1))) - set(by_week):
        assert not any(is_working_day(week + timedelta(days=n)) for n in range(7))


@settings(max_examples=30, deadline=None)
@given(start=STARTS, monthday=st.integers(1, 7), shift=SHIFTS)
def test_a_cell_meets_once_a_month_within_the_first_week_and_never_on_a_holiday(start, monthday, shift):
    first = start.replace(day=1)
    rhythm = Rhythm(monthday=monthday, on_holiday=shift, first_week=True)
    days = days_between(rhythm, first, add_months(first, 24))
    assert [(day.year, day.month) for day in days] == [
        (month.year, month.month) for month in (add_months(first, n) for n in range(24))
    ]
    assert all(not is_holiday(day) for day in days)
    late = [day for day in days if day.day > 7]
    assert all(not any(is_working_day(day.replace(day=n)) for n in range(1, 8)) for day in late)


@settings(max_examples=30, deadline=None)
@given(start=STARTS, length=st.integers(0, 800), cut=st.integers(0, 800), rhythm=st.builds(
    Rhythm, weekday=st.integers(0, 6), on_holiday=st.sampled_from(["before", "after", "keep"])
) | st.builds(Rhythm, monthday=st.integers(1, 28), on_holiday=SHIFTS, first_week=st.booleans()))  # fmt: skip
def test_asking_in_two_goes_gives_the_same_days(start, length, cut, rhythm):
    end = start + timedelta(days=length)
    middle = min(end, start + timedelta(days=cut))
    whole = days_between(rhythm, start, end)
    assert days_between(rhythm, start, middle) + days_between(rhythm, middle, end) == whole
    assert whole == sorted(set(whole))


@pytest.mark.parametrize(
    ("rhythm", "month", "day"),
    [
        (Rhythm(monthday=3), date(2018, 11, 1), date(2018, 11, 3)),  # a Saturday is no holiday
        (Rhythm(monthday=3, on_holiday="keep"), date(2022, 2, 1), date(2022, 2, 3)),
        (Rhythm(monthday=3, on_holiday="after", first_week=True), date(2022, 2, 1), date(2022, 2, 7)),
        # Tết 2019 takes the rest of the first week: back to the 1st
        (Rhythm(monthday=5, on_holiday="after", first_week=True), date(2019, 2, 1), date(2019, 2, 1)),
        (Rhythm(monthday=5, on_holiday="after"), date(2019, 2, 1), date(2019, 2, 11)),
        # before 1 January lies another month
        (Rhythm(monthday=1, on_holiday="before"), date(2019, 1, 1), date(2019, 1, 2)),
    ],
)
def test_days_of_a_month(rhythm, month, day):
    assert days_between(rhythm, month, add_months(month, 1)) == [day]


def test_a_week_that_is_all_holiday_has_no_meeting():
    fridays = Rhythm(weekday=4, on_holiday="after")
    assert days_between(fridays, date(2019, 2, 4), date(2019, 2, 11)) == []
    kept = Rhythm(weekday=4, on_holiday="keep")
    assert days_between(kept, date(2019, 2, 4), date(2019, 2, 11)) == [date(2019, 2, 8)]


def test_titles_name_the_week_or_the_month():
    assert title_of("Hội ý", Rhythm(weekday=4), date(2018, 11, 2)) == "Hội ý tuần 44/2018"
    assert (
        title_of("Sinh hoạt chi bộ", Rhythm(monthday=3), date(2018, 11, 3))
        == "Sinh hoạt chi bộ tháng 11/2018"
    )
