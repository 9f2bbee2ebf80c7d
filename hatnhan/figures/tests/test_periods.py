"""Periods as people type them."""

from datetime import date

import pytest

from hatnhan.core.errors import RuleBroken
from hatnhan.figures import periods


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("2017", "2017"),
        ("năm 2017", "2017"),
        ("2017-Q3", "2017-Q3"),
        ("quý III/2017", "2017-Q3"),
        ("Quý 3 năm 2017", "2017-Q3"),
        ("q4/2017", "2017-Q4"),
        ("2017-05", "2017-05"),
        ("5/2017", "2017-05"),
        ("tháng 12/2017", "2017-12"),
        ("31/5/2017", "2017-05-31"),
        ("ngày 31/5/2017", "2017-05-31"),
        ("2017-05-31", "2017-05-31"),
        ("  quý  iv / 2017 ", "2017-Q4"),
    ],
)
def test_periods_are_read_as_people_write_them(typed, key):
    assert periods.read(typed).key == key


@pytest.mark.parametrize("key", ["2017", "2017-Q1", "2017-Q3", "2017-05", "2017-05-31"])
def test_what_the_field_shows_can_be_typed_again(key):
    period = periods.read(key)
    assert periods.read(period.label) == period


@pytest.mark.parametrize(
    "typed", ["", "hôm qua", "13/2017", "31/2/2017", "quý V/2017", "0000", "17", "2017-13"]
)
def test_what_is_no_period_is_refused_in_the_words_typed(typed):
    with pytest.raises(RuleBroken) as refused:
        periods.read(typed)
    assert refused.value.code == "period"
    assert f"“{typed}”" in refused.value.message
    assert "quý III/2017" in refused.value.message


def test_pages_show_no_period_that_has_not_begun_or_was_before_the_party():
    today = date(2018, 10, 29)
    assert periods.read_for_reports("2018-Q4", today).key == "2018-Q4"
    for typed in ("2019", "11/2018", "30/10/2018", "1929", "9999"):
        with pytest.raises(RuleBroken):
            periods.read_for_reports(typed, today)
    assert periods.read_for_reports("1930", today).key == "1930"


@pytest.mark.parametrize(
    ("key", "earlier", "later", "words"),
    [
        ("2017", "2016", "2018", "năm trước"),
        ("2017-Q1", "2016-Q4", "2017-Q2", "quý trước"),
        ("2017-12", "2017-11", "2018-01", "tháng trước"),
        ("2016-02-29", "2015-02-28", "2017-02-28", "năm trước"),
    ],
)
def test_a_period_is_compared_with_its_like(key, earlier, later, words):
    period = periods.read(key)
    assert periods.before(period).key == earlier
    assert periods.after(period).key == later
    assert periods.before_in_words(period) == words


def test_the_course_ends_with_the_period_and_begins_no_earlier_than_the_party():
    assert [one.key for one in periods.latest(periods.read("2017"), 5)] == [
        "2013",
        "2014",
        "2015",
        "2016",
        "2017",
    ]
    assert [one.key for one in periods.latest(periods.read("1931"), 5)] == ["1930", "1931"]
