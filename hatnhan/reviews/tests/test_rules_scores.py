"""Points and levels, votes on grades, the days of the year's steps, years running with a title."""

from datetime import date
from decimal import Decimal

import pytest

from hatnhan import rulebook
from hatnhan.reviews.rules.scoring import ScoreRefused, by_stage, fits_frame, require, totals
from hatnhan.reviews.rules.steps import due_days, finish_before, title_run
from hatnhan.reviews.rules.voting import chosen
from hatnhan.rulebook.topics import ReviewRegime, ReviewRubric, ReviewSteps
from hatnhan.rulebook.topics.reviews import SUBJECTS

OLD, NEW = date(2023, 12, 1), date(2026, 12, 1)
LEVELS = rulebook.at(ReviewRubric, on=OLD).value.of("non_leader")
POINTS = rulebook.at(ReviewRubric, on=NEW).value.of("non_leader")
FULL = {one.key: one.points for one in POINTS}


def level(**given):
    return {one.key: Decimal(given.get(one.key, 3)) for one in LEVELS}


# --- Points and levels ------------------------------------------------------------------------------------


@pytest.mark.parametrize("subject", [one for one in SUBJECTS if one != "member"])
def test_the_criteria_of_every_kind_of_subject_add_up_to_the_frames(subject):
    for on in (OLD, NEW, date(2017, 12, 1), date(2019, 1, 1), date(2020, 12, 1)):
        criteria = rulebook.at(ReviewRubric, on=on).value.of(subject)
        regime = rulebook.at(ReviewRegime, on=on).value
        assert fits_frame(criteria, regime)
        assert {one.part for one in criteria} == {"common", "result"}
        assert any(one.key == "directive" and one.part == "common" for one in criteria)
        assert any(one.core == "yes" for one in criteria)
    assert not fits_frame(criteria, rulebook.at(ReviewRegime, on=NEW).value), "levels have no points"


def test_points_are_summed_by_part():
    found = totals(POINTS, FULL, scored=True)
    assert (found.common, found.result, found.total, found.missing) == (30, 70, 100, ())
    assert (found.lowest_result, found.lowest_other, found.lowest_core) == (None, None, None)
    found = totals(POINTS, FULL | {"politics": Decimal("5.25"), "quality": Decimal(0)}, scored=True)
    assert (found.common, found.result, found.total) == (Decimal("29.25"), 40, Decimal("69.25"))


def test_there_is_no_sum_until_all_that_it_needs_is_there():
    some = {key: one for key, one in FULL.items() if key != "quality"}
    found = totals(POINTS, some, scored=True)
    assert (found.common, found.result, found.total, found.missing) == (30, None, None, ("quality",))
    assert totals(POINTS, {}, scored=True).common is None
    assert (
        totals(POINTS, {one.key: one.points for one in POINTS if one.part == "result"}, scored=True).total
        is None
    )


def test_the_lowest_levels_by_part_and_of_what_is_core():
    found = totals(LEVELS, level(duties=2, ethics=4, politics=1), scored=False)
    assert (found.lowest_result, found.lowest_other, found.lowest_core) == (2, 1, 2)
    assert (found.common, found.result, found.total) == (None, None, None)
    some = level()
    del some["politics"]
    found = totals(LEVELS, some, scored=False)
    assert (found.lowest_result, found.lowest_other, found.missing) == (3, None, ("politics",))
    assert totals((), {}, scored=False).lowest_result is None


def test_each_stage_is_summed_by_itself():
    scores = [("self", key, one) for key, one in FULL.items()]
    scores += [("sitting", key, one - 1) for key, one in FULL.items()]
    found = by_stage(POINTS, scores, scored=True)
    assert {stage: one.total for stage, one in found.items()} == {"self": 100, "sitting": 100 - len(POINTS)}
    assert by_stage(POINTS, [], scored=True) == {}


@pytest.mark.parametrize(
    ("points", "scored", "code"),
    [
        (Decimal(0), True, ""),
        (Decimal(6), True, ""),
        (Decimal("6.01"), True, "over"),
        (Decimal("-0.01"), True, "negative"),
        (Decimal(1), False, ""),
        (Decimal(4), False, ""),
        (Decimal(5), False, "level"),
        (Decimal(0), False, "level"),
        (Decimal("2.5"), False, "level"),
    ],
)
def test_a_score_stays_within_its_criterion(points, scored, code):
    if not code:
        require(POINTS[0], points, scored=scored)
        return
    with pytest.raises(ScoreRefused) as caught:
        totals(POINTS, {POINTS[0].key: points}, scored=scored)
    assert (caught.value.code, caught.value.criterion) == (code, POINTS[0].key)


def test_a_criterion_of_another_rubric_is_refused():
    with pytest.raises(ScoreRefused) as caught:
        totals(POINTS, {"nothing": Decimal(1)}, scored=True)
    assert caught.value.code == "unknown"


# --- Votes --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("votes", "entitled", "more_than", "grade"),
    [
        ({"xs": 11, "t": 9}, 20, True, "xs"),
        ({"xs": 10, "t": 10}, 20, True, None),
        ({"xs": 10, "t": 9}, 20, False, "xs"),
        ({"xs": 10, "t": 10}, 20, False, None),
        ({"t": 11}, 21, True, "t"),
        ({"t": 10, "ht": 6, "xs": 5}, 21, True, None),
        ({"kht": 15}, 20, True, "kht"),
        ({}, 20, True, None),
        ({}, 0, False, None),
        ({"t": 0}, 0, False, None),
    ],
)
def test_the_grade_with_the_needed_share_of_those_entitled(votes, entitled, more_than, grade):
    assert chosen(votes, entitled, numerator=1, denominator=2, more_than=more_than) == grade


def test_of_two_that_reach_a_small_share_the_larger_is_taken_and_no_vote_is_none():
    assert chosen({"xs": 7, "t": 9}, 20, numerator=1, denominator=3, more_than=True) == "t"
    assert chosen({"xs": 14, "t": 6}, 20, numerator=2, denominator=3, more_than=False) == "xs"
    assert chosen({"xs": 13, "t": 7}, 20, numerator=2, denominator=3, more_than=False) is None


# --- Days and years -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [2017, 2018, 2020, 2024, 2026])
def test_the_steps_come_in_order_and_are_decided_before_the_last_day(year):
    on = date(year, 12, 1)
    regime = rulebook.at(ReviewRegime, on=on).value
    found = due_days(rulebook.at(ReviewSteps, on=on).value.steps, year)
    assert [one.due for one in found] == sorted(one.due for one in found)
    assert [one.place for one in found] == list(range(1, len(found) + 1))
    before = finish_before(regime, year)
    assert before == date(year, 12, 31)
    assert all(one.due < before for one in found if one.key != "report")
    assert (found[-1].key, found[-1].of, found[-1].due) == ("report", "committee", date(year + 1, 1, 15))


@pytest.mark.parametrize(
    ("month", "day", "next_year", "due"),
    [
        (2, 31, "yes", date(2027, 2, 28)),
        (2, 29, "no", date(2026, 2, 28)),
        (11, 31, "no", date(2026, 11, 30)),
        (12, 31, "no", date(2026, 12, 31)),
    ],
)
def test_a_day_that_a_month_does_not_have_is_its_last(month, day, next_year, due):
    step = rulebook.at(ReviewSteps, on=NEW).value.steps[0]
    step = step.model_copy(update={"month": month, "day": day, "next_year": next_year})
    assert due_days([step], 2026)[0].due == due


def test_the_step_of_a_leap_year():
    step = rulebook.at(ReviewSteps, on=NEW).value.steps[0].model_copy(update={"month": 2, "day": 30})
    assert due_days([step], 2028)[0].due == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("years", "run"),
    [
        ({}, 0),
        ({2017: "t"}, 0),
        ({2017: "xs"}, 1),
        ({2015: "xs", 2016: "xs", 2017: "xs"}, 3),
        ({2014: "xs", 2016: "xs", 2017: "xs"}, 2),
        ({2015: "xs", 2016: "t", 2017: "xs"}, 1),
        ({2016: "xs", 2017: "ht"}, 0),
    ],
)
def test_years_running_up_to_the_latest_one_known(years, run):
    assert title_run(years) == run


def test_a_run_of_another_grade():
    assert title_run({2016: "t", 2017: "t"}, grade="t") == 2
