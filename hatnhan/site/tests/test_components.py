"""Small pieces that every page draws the same way."""

from datetime import date

import pytest

from hatnhan.site.templatetags.components import due

ON = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("last", "loud"),
    [
        (date(2026, 11, 20), "Trễ 3 ngày"),
        (date(2026, 11, 22), "Trễ 1 ngày"),
        (ON, "Hôm nay"),
        (date(2026, 11, 24), ""),
    ],
)
def test_a_last_day_is_loud_from_the_day_itself_in_the_same_words_everywhere(last, loud):
    drawn = due(last, ON)
    assert ("hn-st" in drawn) is bool(loud)
    assert loud in drawn
    assert f"hạn {last.day}/11/2026" in drawn
    assert "hạn" not in due(last, ON, mark_only=True)


def test_no_last_day_draws_nothing():
    assert due(None, ON) == ""
