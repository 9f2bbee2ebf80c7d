from datetime import datetime, time

import pytest

from hatnhan.core import clock
from hatnhan.core.vietnamese.clock_times import TimeError, clock_time, moment, parse_time


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("19:30", time(19, 30)),
        ("19.30", time(19, 30)),
        ("19h30", time(19, 30)),
        ("19g30", time(19, 30)),
        ("19 giờ 30", time(19, 30)),
        ("19 giờ 30 phút", time(19, 30)),
        (" 7 giờ ", time(7)),
        ("0:05", time(0, 5)),
    ],
)
def test_times_are_read_as_people_write_them(text, meant):
    assert parse_time(text) == meant


@pytest.mark.parametrize("text", ["", "chiều", "24:00", "19:60", "1930", "19:30:00"])
def test_what_is_no_time_says_so(text):
    with pytest.raises(TimeError) as error:
        parse_time(text)
    assert error.value.message_vi


def test_moments_are_written_as_pages_have_them():
    assert moment(datetime(2018, 11, 2, 14, tzinfo=clock.HERE)) == "thứ Sáu, 2/11/2018, 14 giờ"
    assert moment(datetime(2018, 11, 4, 19, 30, tzinfo=clock.HERE)) == "Chủ nhật, 4/11/2018, 19 giờ 30"
    assert clock_time(time(7, 5)) == "7 giờ 05"
