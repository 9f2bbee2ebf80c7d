"""Points from scales, bands from totals; the template's own rules. Worked cases at every boundary."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from hatnhan import rulebook
from hatnhan.meetings import score_rules
from hatnhan.rulebook.topics.meetings import Criterion, MeetingScore, read_scale

SCORE = rulebook.history(MeetingScore)[-1].value
SCALES = {one.key: one.steps for one in SCORE.criteria}


@pytest.mark.parametrize(
    ("took", "least", "worth"),
    [
        (90, 90, 5), (200, 90, 5), (89, 90, 4), (75, 90, 4), (74, 90, 3), (60, 90, 3), (59, 90, 2), (45, 90, 2),
        (44, 90, 1), (0, 90, 1), (119, 120, 4), (105, 120, 4), (104, 120, 3), (90, 120, 3), (89, 120, 2),
        (60, 120, 2), (59, 120, 1),
    ],
)  # fmt: skip
def test_length_counts_minutes_short_and_then_halves(took, least, worth):
    short = max(0, least - took)
    assert score_rules.points(SCALES["length"], score_rules.share(took, least), short=short) == worth


@pytest.mark.parametrize(
    ("key", "part", "whole", "worth"),
    [
        ("attendance", 9, 10, 4), ("attendance", 89, 99, 3), ("attendance", 75, 100, 3), ("attendance", 74, 100, 2),
        ("attendance", 65, 100, 2), ("attendance", 64, 100, 1), ("attendance", 0, 5, 1), ("attendance", 5, 5, 4),
        ("streak", 1, 1, 1), ("streak", 0, 1, 0),
        ("papers", 3, 3, 2), ("papers", 2, 3, 1), ("papers", 1, 2, 1), ("papers", 1, 3, 0), ("papers", 0, 1, 0),
        ("speakers", 6, 11, 5), ("speakers", 5, 10, 4), ("speakers", 4, 10, 4), ("speakers", 39, 100, 3),
        ("speakers", 30, 100, 3), ("speakers", 29, 100, 2), ("speakers", 0, 9, 2),
        ("resolution", 9, 10, 30), ("resolution", 89, 100, 27), ("resolution", 8, 10, 27), ("resolution", 7, 10, 24),
        ("resolution", 69, 100, 20), ("resolution", 6, 10, 20), ("resolution", 1, 2, 15), ("resolution", 49, 100, 10),
        ("minutes", 2, 2, 2), ("minutes", 1, 2, 1), ("minutes", 0, 2, 0),
    ],
)  # fmt: skip
def test_shares_become_points_at_their_marks(key, part, whole, worth):
    assert score_rules.points(SCALES[key], score_rules.share(part, whole)) == worth


@pytest.mark.parametrize(
    ("total", "band"),
    [(100, "good"), (90, "good"), ("89.9", "fair"), (70, "fair"), ("69.9", "average"), (50, "average"),
     ("49.9", "poor"), (0, "poor")],
)  # fmt: skip
def test_bands_begin_at_their_marks(total, band):
    assert score_rules.band(Fraction(total), SCORE) == band


@settings(max_examples=60)
@given(st.integers(0, 1000))
def test_every_total_has_one_band_and_a_higher_total_no_lower_one(tenths):
    order = ["poor", "average", "fair", "good"]
    here, above = (order.index(score_rules.band(Fraction(one, 10), SCORE)) for one in (tenths, tenths + 1))
    assert here <= above


@settings(max_examples=80)
@given(
    st.sampled_from([one for one in SCORE.criteria if one.steps]), st.integers(0, 400), st.integers(0, 600)
)
def test_what_is_worked_out_never_exceeds_its_most_and_always_is_something(criterion, percent, short):
    worth = score_rules.points(criterion.steps, Fraction(percent), short=short)
    least = score_rules.points(criterion.steps, Fraction(0), short=600)
    assert least <= worth <= criterion.most


def test_a_scale_is_read_as_it_is_written():
    steps = [step for one in SCORE.criteria for step in one.steps]
    again = Criterion(key="a", title="a", most=100, computed="length", steps="; ".join(map(str, steps)))
    assert list(again.steps) == steps


@pytest.mark.parametrize(
    "broken",
    [
        {"most": 11},
        {"steps": "từ 0%: 6"},
        {"steps": "từ 50%: 1"},
        {"steps": "khoảng 90: 4"},
        {"steps": ""},
        {"computed": ""},
        {"computed": "attendance"},
        {"key": "attendance"},
    ],
)
def test_a_template_that_does_not_hold_together_is_refused(broken):
    whole = SCORE.model_dump()
    whole["criteria"] = [*whole["criteria"]]
    whole["criteria"][0] = whole["criteria"][0] | broken
    with pytest.raises(ValidationError):
        MeetingScore.model_validate(whole)


@pytest.mark.parametrize("bands", [(70, 70, 50), (90, 50, 70)])
def test_bands_out_of_order_are_refused(bands):
    values = dict(zip(("good_from", "fair_from", "average_from"), bands, strict=True))
    with pytest.raises(ValidationError):
        MeetingScore.model_validate(SCORE.model_dump() | values)


def test_points_are_written_without_needless_places():
    assert [score_rules.shown(one) for one in (4, Decimal("4.5"), Decimal("4.0"))] == ["4", "4,5", "4"]
    assert read_scale(" từ 90 : 4 ;") == [{"kind": "from", "at": "90", "points": "4"}]
