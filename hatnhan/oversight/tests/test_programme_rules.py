"""What a programme goes by: completion, gaps, days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatnhan.oversight.rules import programme as rules


@pytest.mark.parametrize(
    ("planned", "done", "share"),
    [(0, 0, None), (4, 0, Decimal(0)), (4, 4, Decimal(100)), (4, 3, Decimal(75)), (12, 5, Decimal(500) / 12)],
)
def test_completion_is_what_was_concluded_on_terms_of_what_was_planned(planned, done, share):
    found = rules.completion(planned, done)
    assert found.share == share
    assert found.left == planned - done


@given(st.integers(0, 500), st.integers(0, 500))
def test_completion_is_whole_only_when_nothing_is_left(planned, done):
    if done > planned:
        with pytest.raises(ValueError, match="of"):
            rules.completion(planned, done)
        return
    found = rules.completion(planned, done)
    assert found.share is None or (found.share == 100) == (found.left == 0)


@pytest.mark.parametrize(
    ("last", "founded", "on", "gap"),
    [
        (date(2016, 1, 15), date(2010, 1, 1), date(2018, 1, 14), False),
        (date(2016, 1, 15), date(2010, 1, 1), date(2018, 1, 15), True),
        (None, date(2010, 1, 1), date(2018, 1, 15), True),
        (None, date(2016, 6, 1), date(2018, 1, 15), False),
        (date(2016, 2, 29), date(2010, 1, 1), date(2018, 2, 27), False),
        (date(2016, 2, 29), date(2010, 1, 1), date(2018, 2, 28), True),
    ],
)
def test_a_cell_is_a_gap_from_the_day_on_which_its_years_are_full(last, founded, on, gap):
    assert rules.is_gap(last, founded, on, 2) is gap


@given(st.integers(0, 60), st.integers(2000, 2100), st.integers(1, 400))
def test_suggested_days_lie_in_the_year_in_order(place, year, days):
    first, last = rules.suggested_days(place, year, days)
    assert first <= last
    assert rules.inside_year(first, last, year)
    assert 3 <= first.month <= 9


def test_days_at_the_edges_of_a_year():
    assert rules.inside_year(date(2018, 1, 1), date(2018, 12, 31), 2018)
    assert not rules.inside_year(date(2017, 12, 31), date(2018, 1, 30), 2018)
    assert not rules.inside_year(date(2018, 12, 1), date(2019, 1, 1), 2018)


@pytest.mark.parametrize(("months", "first"), [(24, date(2016, 3, 1)), (0, date(2017, 3, 1))])
def test_the_period_examined_ends_where_the_work_begins(months, first):
    assert rules.looked_back(date(2018, 3, 1), months) == (first, date(2018, 3, 1))
