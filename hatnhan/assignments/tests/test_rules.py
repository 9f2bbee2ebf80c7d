"""The pure rules, as tables and as properties."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hatnhan.assignments.rules import gap_start, share, tenure_end

D = date(2017, 1, 1)


def day(number):
    return D + timedelta(days=number)


def span(start, end):
    return (day(start), None if end is None else day(end))


@pytest.mark.parametrize(
    ("spans", "on", "end"),
    [
        ([(0, None)], 5, None),
        ([(0, 10)], 5, 10),
        ([(0, 10), (10, 20)], 5, 20),  # one post after the other, without a day between
        ([(0, 10), (11, 20)], 5, 10),
        ([(0, 10), (3, None)], 5, None),  # two posts at once
        ([(0, 30), (5, 10)], 6, 30),
        ([(10, 20)], 5, 5),  # not seated on that day at all
        ([], 5, 5),
    ],
)
def test_a_seat_is_left_when_the_last_post_that_touches_ends(spans, on, end):
    assert tenure_end([span(*one) for one in spans], day(on)) == (None if end is None else day(end))


@pytest.mark.parametrize(
    ("spans", "first", "on", "since"),
    [
        ([], 0, 9, 0),  # never covered
        ([(2, None)], 0, 9, None),
        ([(2, 5)], 0, 9, 5),
        ([(2, 5)], 7, 9, 7),  # founded after the last one left
        ([(2, 5), (1, 7)], 0, 9, 7),
        ([(2, 9)], 0, 9, 9),  # the end is the first day without
        ([(2, 10)], 0, 9, None),
        ([(12, None)], 0, 9, 0),  # somebody comes later: not yet
    ],
)
def test_a_gap_begins_when_the_last_one_left(spans, first, on, since):
    found = gap_start([span(*one) for one in spans], day(first), day(on))
    assert found == (None if since is None else day(since))


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(0, 0, None), (0, 3, 0), (1, 3, 33), (2, 3, 67), (1, 2, 50), (1, 200, 1), (3, 3, 100)],
)
def test_a_share_is_in_whole_percent(part, whole, percent):
    assert share(part, whole) == percent


days = st.integers(0, 30)
spans = st.lists(st.tuples(days, st.none() | st.integers(1, 20)), max_size=4)


@settings(max_examples=60, deadline=None)
@given(spans, days)
def test_a_gap_is_there_exactly_when_no_span_holds_the_day(drawn, on):
    made = [span(start, None if length is None else start + length) for start, length in drawn]
    held = any(start <= day(on) and (end is None or end > day(on)) for start, end in made)
    since = gap_start(made, D, day(on))
    assert (since is None) == held
    if since is not None:
        between = [day(number) for number in range((since - D).days, on + 1)]
        assert not any(start <= one and (end is None or end > one) for start, end in made for one in between)
