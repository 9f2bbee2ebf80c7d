"""Until when an act can be disciplined: worked cases at the edges, and what holds whatever the acts are."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatnhan.core.periods import add_months
from hatnhan.oversight.rules.limitation import last_day, terms, within

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("acts", "months", "restarts", "last"),
    [
        ([date(2013, 3, 15)], 60, True, date(2018, 3, 15)),
        ([date(2013, 3, 15)], 120, True, date(2023, 3, 15)),
        # The last day of a month that is shorter then.
        ([date(2016, 2, 29)], 60, True, date(2021, 2, 28)),
        ([date(2016, 2, 29)], 48, True, date(2020, 2, 29)),
        ([date(2015, 2, 28)], 12, True, date(2016, 2, 28)),
        ([date(2017, 8, 31)], 6, True, date(2018, 2, 28)),
        ([date(2019, 8, 31)], 6, True, date(2020, 2, 29)),
        ([date(2013, 12, 31)], 60, True, date(2018, 12, 31)),
        # A new act on the last day of the old one's term still restarts it; a day later it does not.
        ([date(2010, 1, 10), date(2015, 1, 10)], 60, True, date(2020, 1, 10)),
        ([date(2010, 1, 10), date(2015, 1, 11)], 60, True, date(2020, 1, 11)),
        # No limit.
        ([date(1990, 1, 1)], 0, True, None),
        ([date(1990, 1, 1), date(2018, 1, 1)], 0, False, None),
    ],
)
def test_last_day(acts, months, restarts, last):
    assert last_day(acts, months, restarts=restarts) == last
    assert last_day(acts[::-1], months, restarts=restarts) == last


@pytest.mark.parametrize(
    ("on", "inside"),
    [(date(2018, 3, 14), True), (date(2018, 3, 15), True), (date(2018, 3, 16), False)],
)
def test_the_last_day_is_inside_and_the_next_is_not(on, inside):
    assert within([date(2013, 3, 15)], 60, on, restarts=True) is inside


def test_a_new_act_within_the_term_restarts_the_old_one():
    acts = [date(2012, 5, 1), date(2016, 5, 1), date(2021, 4, 30)]
    last = date(2026, 4, 30)
    assert terms(acts, 60, restarts=True) == [(one, last) for one in acts]


def test_a_new_act_outside_the_term_leaves_the_old_one_over():
    acts = [date(2012, 5, 1), date(2017, 5, 2)]
    assert terms(acts, 60, restarts=True) == [(acts[0], date(2017, 5, 1)), (acts[1], date(2022, 5, 2))]


def test_without_restarts_each_act_has_its_own_term():
    acts = [date(2012, 5, 1), date(2016, 5, 1)]
    assert terms(acts, 60, restarts=False) == [(acts[0], date(2017, 5, 1)), (acts[1], date(2021, 5, 1))]


def test_there_is_no_limitation_of_nothing():
    with pytest.raises(ValueError, match="no act"):
        last_day([], 60, restarts=True)


DAYS = st.lists(st.dates(date(1990, 1, 1), date(2026, 12, 31)), min_size=1, max_size=6)


@given(DAYS, st.integers(1, 240), st.booleans())
def test_the_case_lasts_as_long_as_its_last_act(acts, months, restarts):
    last = last_day(acts, months, restarts=restarts)
    assert last == add_months(max(acts), months)
    assert within(acts, months, last, restarts=restarts)
    assert not within(acts, months, last + DAY, restarts=restarts)


@given(DAYS, st.integers(1, 240))
def test_restarting_never_shortens_and_never_revives(acts, months):
    found = terms(acts, months, restarts=True)
    for act, last in found:
        own = add_months(act, months)
        assert last >= own
        # What goes on longer than its own term does so because a new act came before that was over.
        assert last == own or any(act < other <= own for other, _last in found) or acts.count(act) > 1
