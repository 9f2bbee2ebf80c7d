"""Majorities, marks, counts and outcomes: worked cases, and what must hold of all."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hatnhan.ballots import rules
from hatnhan.ballots.rules import PaperCount, Question, Share, Standing, Tally, Unfit

YES_NO = Question(2)
HALF, TWO_THIRDS = Share(1, 2, more_than=True), Share(2, 3)
P, F, T = Standing.PASSED, Standing.FAILED, Standing.TIED


# --- the majority ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("share", "whole", "needed"),
    [
        (HALF, 1, 1), (HALF, 2, 2), (HALF, 3, 2), (HALF, 30, 16), (HALF, 31, 16), (HALF, 600, 301),
        (TWO_THIRDS, 1, 1), (TWO_THIRDS, 3, 2), (TWO_THIRDS, 4, 3), (TWO_THIRDS, 10, 7), (TWO_THIRDS, 30, 20),
        (Share(1, 2), 30, 15), (Share(3, 4), 587, 441), (Share(1, 1), 9, 9), (Share(1, 1, more_than=True), 9, 10),
        (HALF, 0, 1),
    ],
)  # fmt: skip
def test_how_many_votes_a_share_needs(share, whole, needed):
    assert share.needed(whole) == needed
    assert share.reached(needed, whole)
    assert not share.reached(needed - 1, whole)


SHARES = st.builds(Share, st.integers(1, 100), st.integers(1, 100), st.booleans())


@given(SHARES, st.integers(0, 5000), st.integers(1, 5000))
@settings(max_examples=200)
def test_a_share_is_reached_as_the_fraction_says(share, part, whole):
    exact, wanted = Fraction(part, whole), Fraction(share.numerator, share.denominator)
    assert share.reached(part, whole) == (
        part > 0 and (exact > wanted if share.more_than else exact >= wanted)
    )
    assert share.reached(part, whole) == (part >= share.needed(whole))


# --- the vote --------------------------------------------------------------------------------------------------------
PEOPLE = Question(3, grades=("xs", "t", "k"))


@pytest.mark.parametrize(
    ("question", "choice", "marks"),
    [
        (YES_NO, [1], (1, 0)), (YES_NO, [2], (0, 1)), (YES_NO, [], (0, 0)), (YES_NO, [2, 2], (0, 1)),
        (Question(4, up_to=2), {4, 1}, (1, 0, 0, 1)),
        (PEOPLE, {1: "xs", 3: "k"}, (1, 0, 3)), (PEOPLE, {}, (0, 0, 0)),
    ],
)  # fmt: skip
def test_a_choice_becomes_marks(question, choice, marks):
    assert rules.marks_of(question, choice) == marks
    assert rules.from_number(question, rules.to_number(question, marks)) == marks


@pytest.mark.parametrize(
    ("question", "choice", "code"),
    [
        (YES_NO, [3], "no_such_option"), (YES_NO, [0], "no_such_option"), (YES_NO, [1, 2], "too_many_chosen"),
        (Question(4, up_to=2), [1, 2, 3], "too_many_chosen"),
        (PEOPLE, {1: "giỏi"}, "no_such_grade"), (PEOPLE, [1], "no_such_grade"), (PEOPLE, {4: "xs"}, "no_such_option"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused(question, choice, code):
    with pytest.raises(Unfit) as caught:
        rules.marks_of(question, choice)
    assert caught.value.code == code


def test_a_number_that_no_vote_makes_is_refused():
    for number in (4, 3):  # too large, and two chosen where one may be
        with pytest.raises(Unfit):
            rules.from_number(YES_NO, number)


def test_a_long_list_of_grades_fits_and_one_too_long_does_not():
    room = 511
    assert Question(1700, grades=("a", "b", "c", "d")).fits(room)
    assert not Question(1800, grades=("a", "b", "c", "d")).fits(room)
    assert Question(4088).fits(room)
    assert not Question(4089).fits(room)


@st.composite
def ballots(draw):
    """A question and votes that answer it."""
    options = draw(st.integers(1, 6))
    if draw(st.booleans()):
        grades = tuple("abcd"[: draw(st.integers(2, 4))])
        question = Question(options, grades=grades)
        choices = st.dictionaries(st.integers(1, options), st.sampled_from(grades))
    else:
        question = Question(options, up_to=draw(st.integers(1, options)))
        choices = st.sets(st.integers(1, options), max_size=question.up_to)
    return question, [rules.marks_of(question, one) for one in draw(st.lists(choices, max_size=20))]


@given(ballots(), st.randoms())
@settings(max_examples=100)
def test_every_vote_is_counted_once_in_whatever_order(asked, random):
    question, votes = asked
    tally = rules.count(question, votes)
    assert tally.valid + tally.blank == len(votes)
    assert sum(map(sum, tally.given)) == sum(bool(mark) for marks in votes for mark in marks)
    assert all(sum(row) <= tally.valid for row in tally.given)
    random.shuffle(votes)
    assert rules.count(question, votes) == tally
    half = len(votes) // 2
    assert rules.count(question, votes[:half]) + rules.count(question, votes[half:]) == tally
    back = [rules.from_number(question, rules.to_number(question, marks)) for marks in votes]
    assert back == votes


# --- the paper -------------------------------------------------------------------------------------------------------
@given(ballots(), st.integers(0, 5))
@settings(max_examples=100)
def test_a_true_paper_count_is_accepted_and_adds_up(asked, invalid):
    question, votes = asked
    counted = rules.count(question, votes)
    slips = len(votes) + invalid
    grades = question.grades or ("",)
    choices = {
        (place, grade) if question.grades else place: votes
        for place, row in enumerate(counted.given, start=1)
        for grade, votes in zip(grades, row, strict=True)
    }
    paper = PaperCount(slips, slips, invalid, counted.blank, choices)
    assert rules.count_paper(question, paper, could=slips) == counted


@pytest.mark.parametrize(
    ("question", "paper", "code", "at"),
    [
        (YES_NO, PaperCount(5, 5, 0, 0, {1: 5}), "more_than_could", "issued"),
        (YES_NO, PaperCount(3, 4, 0, 0, {1: 4}), "more_than_issued", "returned"),
        (YES_NO, PaperCount(4, 4, 3, 2, {}), "more_than_returned", "invalid"),
        (YES_NO, PaperCount(4, 4, 1, 1, {1: 1}), "too_few_choices", "choice_1"),
        (YES_NO, PaperCount(4, 4, 1, 1, {1: 2, 2: 1}), "too_many_choices", "choice_1"),
        (YES_NO, PaperCount(4, 4, 0, 0, {2: 5}), "more_than_valid", "choice_2"),
        (YES_NO, PaperCount(1, 1, 0, 0, {3: 1}), "no_such_option", ""),
        (YES_NO, PaperCount(1, 1, -1, 0, {1: 1}), "negative", "invalid"),
        (YES_NO, PaperCount(1, 1, 0, 0, {1: 2, 2: -1}), "negative", "choice_1"),
        (Question(3, up_to=2), PaperCount(2, 2, 0, 0, {1: 2, 2: 2, 3: 1}), "too_many_choices", "choice_1"),
        (PEOPLE, PaperCount(2, 2, 0, 0, {(1, "xs"): 2, (1, "t"): 1}), "more_than_valid", "choice_1"),
        (PEOPLE, PaperCount(2, 2, 0, 0, {1: 2}), "no_such_option", ""),
    ],
)
def test_a_paper_count_that_does_not_add_up_is_refused(question, paper, code, at):
    with pytest.raises(Unfit) as caught:
        rules.count_paper(question, paper, could=4)
    assert (caught.value.code, caught.value.at) == (code, at)


def test_no_paper_is_nothing():
    assert rules.count_paper(YES_NO, PaperCount(), could=0) == Tally(0, 0, ((0,), (0,)))
    assert rules.count_paper(YES_NO, PaperCount(issued=3), could=3).valid == 0, "given out, none came back"


# --- what it comes to ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("votes", "needed", "up_to", "told"),
    [
        ([16, 14], 16, 1, [P, F]), ([15, 15], 16, 1, [F, F]), ([0, 0], 1, 1, [F, F]),
        ([20, 18, 17, 9], 16, 3, [P, P, P, F]), ([20, 18, 17, 9], 16, 2, [P, P, F, F]),
        ([20, 17, 17, 9], 16, 2, [P, T, T, F]), ([17, 17, 17], 16, 2, [T, T, T]), ([17, 17, 17], 16, 3, [P, P, P]),
        ([20, 17, 17, 18], 16, 2, [P, F, F, P]), ([16, 16], 16, 1, [T, T]), ([17], 16, 1, [P]),
    ],
)  # fmt: skip
def test_most_votes_first_and_a_tie_for_the_last_seat_is_said(votes, needed, up_to, told):
    assert rules.outcome(votes, needed=needed, up_to=up_to) == told


@given(st.lists(st.integers(0, 30), max_size=8), st.integers(1, 20), st.integers(1, 8))
@settings(max_examples=200)
def test_an_outcome_never_fills_more_seats_nor_passes_over_anyone(votes, needed, up_to):
    told = rules.outcome(votes, needed=needed, up_to=up_to)
    passed = [count for count, one in zip(votes, told, strict=True) if one is P]
    failed = [count for count, one in zip(votes, told, strict=True) if one is F]
    tied = [count for count, one in zip(votes, told, strict=True) if one is T]
    assert len(passed) <= up_to
    assert min(passed, default=needed) >= needed
    assert len(set(tied)) <= 1
    assert len(passed) + len(tied) > up_to or not tied
    assert all(count < needed or len(passed) + len(tied) >= up_to for count in failed)
    assert max(failed, default=-1) < min([*passed, *tied], default=99)
