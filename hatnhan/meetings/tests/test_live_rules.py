from __future__ import annotations

from fractions import Fraction

import pytest

from hatnhan.meetings.live_rules import WRITABLE, WRITING, Tally, tally
from hatnhan.meetings.models import Meeting


def test_every_state_says_whether_it_is_written():
    assert set(WRITING) == set(Meeting.State.values)
    assert WRITABLE == ("open", "closed")


@pytest.mark.parametrize(
    ("marks", "expected", "share"),
    [
        ("", 0, Fraction(0)),
        (["present"] * 27 + ["excused"] * 2 + ["unexcused", ""], 31, Fraction(27, 31)),
        (["present", "exempt", "exempt"], 1, Fraction(1)),
        (["exempt"], 0, Fraction(0)),
    ],
)
def test_the_exempt_are_not_expected(marks, expected, share):
    counted = tally(marks)
    assert (counted.expected, counted.share) == (expected, share)


@pytest.mark.parametrize(
    ("present", "away", "percent", "missing"),
    [(9, 1, 90, 0), (27, 4, 90, 1), (0, 0, 90, 0), (0, 10, 90, 9), (3, 0, 100, 0), (2, 1, 100, 1)],
)
def test_how_many_are_missing_to_the_target(present, away, percent, missing):
    assert Tally(present=present, unexcused=away).missing(percent) == missing
