"""The quiz's pure rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatnhan.guidance.rules import quiz as rules


@pytest.mark.parametrize(
    ("right", "asked", "percent", "passed"),
    [
        (3, 5, 60, True),
        (2, 5, 60, False),
        (2, 3, 66, True),
        (2, 3, 67, False),
        (0, 0, 1, False),
        (1, 1, 100, True),
    ],
)
def test_whole_numbers_decide_what_passes(right, asked, percent, passed):
    assert rules.passes(right, asked, percent) is passed


@given(st.sets(st.integers(1, 10**9), max_size=30), st.integers(1, 50), st.text(max_size=20))
def test_a_try_asks_some_of_the_bank_each_once_and_the_same_again(bank, how_many, seed):
    asked = rules.chosen(bank, how_many, seed=seed)
    assert len(asked) == len(set(asked)) == min(how_many, len(bank))
    assert set(asked) <= bank
    assert asked == rules.chosen(sorted(bank, reverse=True), how_many, seed=seed)


def test_each_try_draws_anew():
    seeds = [rules.seed_of(document=1, member=2, tries=tries) for tries in range(8)]
    assert len({tuple(rules.chosen(range(20), 5, seed=seed)) for seed in seeds}) > 1


@given(
    st.dictionaries(st.integers(1, 9), st.integers(1, 9)),
    st.dictionaries(st.integers(1, 9), st.integers(1, 9)),
)
def test_right_answers_are_never_more_than_were_given(answers, right):
    assert 0 <= rules.right_of(answers, right) <= len(answers)
    assert rules.right_of(right, right) == len(right)
