from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from hatnhan.core import clock
from hatnhan.meetings.selectors.home import Waiting, shows_cells, week_review

MONDAY = date(2026, 11, 23)


def review(days, state, kind="weekly_review"):
    starts = clock.at(MONDAY + timedelta(days=days), 14)
    return Waiting(SimpleNamespace(kind=kind, starts_at=starts, state=state), 0, scored=False)


@pytest.mark.parametrize(
    ("waiting", "shown"),
    [
        ([], None),
        ([(4, "draft")], 4),
        ([(4, "invited"), (11, "draft")], 4),
        ([(-3, "open"), (4, "draft")], -3),  # what was not ended comes before what comes next
        ([(-3, "draft"), (4, "draft")], -3),
        ([(-3, "closed"), (4, "draft")], 4),  # held: only its minutes wait
        ([(-10, "invited"), (-3, "open"), (4, "draft")], -10),
        ([(-3, "approved")], None),
    ],
)
def test_the_block_of_the_week_shows_what_was_not_ended_first(waiting, shown):
    found = week_review([review(*one) for one in waiting], MONDAY)
    assert found == (None if shown is None else review(shown, dict(waiting)[shown]))


def test_other_meetings_are_not_the_weeks_review():
    assert week_review([review(1, "draft", "committee")], MONDAY) is None


@pytest.mark.parametrize(("level", "shown"), [("province", False), ("commune", True), ("section", True)])
def test_the_cells_stand_in_one_table_where_they_fit_into_one(level, shown):
    assert shows_cells(SimpleNamespace(level=level)) is shown
