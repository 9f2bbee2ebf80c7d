from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatnhan.core.vietnamese import (
    DayError,
    PartialDay,
    day,
    decimal,
    number,
    paper_day,
    parse_day,
    parse_day_or_year,
    percent,
)


def test_days_are_written_as_on_screen_and_as_on_paper():
    assert day(date(2018, 11, 5)) == "5/11/2018"
    assert paper_day(date(2026, 2, 5)) == "ngày 05 tháng 02 năm 2026"
    assert paper_day(date(2025, 8, 30)) == "ngày 30 tháng 8 năm 2025"
    assert paper_day(date(2025, 10, 9)) == "ngày 09 tháng 10 năm 2025"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (number(1234567), "1.234.567"),
        (number(-1234), "-1.234"),
        (number(587), "587"),
        (decimal(2.665, 2), "2,67"),
        (decimal(Decimal("1234.5"), 1), "1.234,5"),
        (decimal(Fraction(8, 3), 2), "2,67"),
        (decimal(-0.001, 2), "0,00"),
        (decimal(37, 0), "37"),
        (percent(Fraction(800, 300)), "2,67%"),
        (percent(50), "50%"),
        (percent(100), "100%"),
        (percent(0), "0%"),
        (percent(12.5), "12,5%"),
        (percent(12.5, 2), "12,50%"),
    ],
)
def test_numbers(written, expected):
    assert written == expected


@pytest.mark.parametrize(
    "text",
    ["5/11/2018", "05/11/2018", "5.11.2018", "5-11-2018", "2018-11-05", " 5 / 11 / 2018 ", "2018-11-05 00:00:00",
     "ngày 05 tháng 11 năm 2018"],
)  # fmt: skip
def test_days_are_read_in_every_usual_writing(text):
    assert parse_day(text) == date(2018, 11, 5)


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("31/2/1986", "day", "Tháng 2 không có ngày 31"),
        ("31.4.1986", "day", "Tháng 4 không có ngày 31"),
        ("29/2/2023", "day", "Tháng 2 năm 2023 không có ngày 29"),
        ("0/2/2023", "day", "Tháng 2 không có ngày 0"),
        ("1/13/1986", "month", "Không có tháng 13"),
        ("1/2/86", "year_digits", "Năm phải có bốn chữ số"),
        ("1/2/19866", "year_digits", "Năm phải có bốn chữ số"),
        ("1/2/0000", "year", "Không có năm 0"),
        ("5/1986", "incomplete", "Thiếu ngày hoặc tháng"),
        ("1986", "incomplete", "Thiếu ngày hoặc tháng"),
        ("hôm qua", "unreadable", "“hôm qua” không phải là ngày"),
        ("", "unreadable", "“” không phải là ngày"),
    ],
)
def test_a_wrong_day_says_what_is_wrong(text, code, message):
    with pytest.raises(DayError) as caught:
        parse_day(text)
    assert (caught.value.code, caught.value.message_vi) == (code, message)


def test_a_year_alone_stays_a_year():
    assert parse_day_or_year("1965") == PartialDay(1965)
    assert parse_day_or_year("năm 1965") == PartialDay(1965)
    assert parse_day_or_year("00/00/1965") == PartialDay(1965)
    assert parse_day_or_year("5/11/1965") == PartialDay(1965, date(1965, 11, 5))
    for text in ("5/1965", "0000", "65"):
        with pytest.raises(DayError):
            parse_day_or_year(text)


@given(st.dates())
def test_what_is_written_is_read_back(d):
    assert parse_day(day(d)) == d
    assert parse_day(paper_day(d)) == d
    assert parse_day(d.isoformat()) == d
    assert parse_day_or_year(day(d)) == PartialDay(d.year, d)


@given(st.text(max_size=20))
def test_any_text_is_a_day_or_says_why_not(text):
    try:
        parse_day(text)
    except DayError as error:
        assert error.message_vi  # noqa: PT017 - most texts are no day
