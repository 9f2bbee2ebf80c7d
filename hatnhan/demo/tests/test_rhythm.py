"""The meetings as data: every month of every cell is told, believably, and no sentence comes back too soon."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise

import pytest

from hatnhan.demo.monthly import evenings
from hatnhan.demo.places import CELLS
from hatnhan.demo.rhythm import FORGOT, NOT_YET, all_cell_sittings, weekly_sittings
from hatnhan.demo.tale import tell_all
from hatnhan.demo.weekly import reviews

TODAY = date(2026, 11, 23)
#: A Monday as any, a first of January, a day after a meeting, a leap day, a Friday, a day of a cell's meeting.
DAYS = [TODAY, date(2026, 1, 1), date(2027, 3, 4), date(2028, 2, 29), date(2026, 12, 18), date(2027, 6, 3)]


@pytest.fixture(scope="module", params=DAYS, ids=str)
def tale(request):
    return tell_all(request.param)


@pytest.fixture(scope="module")
def told(tale):
    return evenings(tale)


def test_every_cell_meets_every_month_but_the_named_exceptions(tale):
    sittings = list(all_cell_sittings(tale.today, tale.seed))
    months = Counter((one.unit, one.due.year, one.due.month) for one in sittings)
    assert set(months.values()) == {1}
    assert {one.unit for one in sittings} == {place.code for place in CELLS}
    assert {one.unit for one in sittings if not one.held and not one.cancelled} == {FORGOT, NOT_YET}
    assert sum(bool(one.cancelled) for one in sittings) <= 1
    due = [one for one in sittings if not one.cancelled]
    assert 0.95 <= sum(one.held for one in due) / len(due) < 1
    assert all(one.on < tale.today for one in sittings if one.on)


def test_the_committee_meets_every_week_but_the_holidays(tale):
    weeks = weekly_sittings(tale.today)
    assert 100 <= len(weeks) <= 105
    assert weeks[-1].held
    assert weeks[-1].locked is None
    assert all(one.cancelled for one in weeks if not one.held)
    assert sum(not one.held for one in weeks) <= 4


def test_attendance_and_scores_are_such_as_officials_know(told):
    shares = [len(e.here) / (len(e.here) + len(e.away)) for e in told]
    assert 0.91 <= sum(shares) / len(shares) <= 0.96
    assert min(shares) > 0.8
    assert all(e.chair in e.here and e.recorder in e.here and e.chair is not e.recorder for e in told)
    themed = sum(bool(e.theme) for e in told)
    # Two years touch nine quarters; nearly each has its theme.
    assert 18 * 9 * 0.8 <= themed <= 18 * 9


def test_most_of_what_was_given_to_do_was_done_in_time(tale, told):
    over = [
        errand for e in told for errand in e.errands if errand.due < tale.today and errand.fate != "withdrawn"
    ]
    assert 0.8 <= sum(errand.in_time for errand in over) / len(over) <= 0.9
    assert any(errand.fate == "open" for errand in over)
    assert all(errand.settled is None or errand.settled < tale.today for errand in over)


def test_no_text_comes_again_in_a_cell_within_half_a_year(told):
    said = defaultdict(list)
    for evening in told:
        for text in _texts(evening):
            said[evening.place.code, text].append(evening.on)
    again = {key: days for key, days in said.items() if _soon(days)}
    assert not again


def _texts(evening):
    yield from (text for text in (evening.results, evening.directions, *evening.steps.values()) if text)
    for talk in evening.talks:
        yield from (text for _person, text in talk.says)
        yield from (errand.title for errand in talk.errands)
        if not talk.again:
            yield talk.title
        if talk.conclusion:
            yield talk.conclusion


def _soon(days):
    return any(later - earlier < timedelta(days=180) for earlier, later in pairwise(days))


def test_reviews_say_what_is_good_and_slow_and_conclude_on_every_remedy(tale):
    told = reviews(tale)
    assert [review.over for review in told] == [True] * (len(told) - 1) + [False]
    assert all(12 <= len(review.rows) <= 15 for review in told[:-1])
    assert 0 < len(told[-1].rows) < 15
    assert not told[-1].verdicts
    given = [remedy for review in told[:-3] for remedy in review.remedies]
    ended = [
        remedy
        for review in told
        for remedy, verdict, _note in review.verdicts
        if verdict in {"done", "dropped"}
    ]
    assert len({id(remedy) for remedy in ended}) == len(ended)
    assert len(given) - 20 <= len(ended) <= len(given) + 20
    assert all(row.remedy is None or row.remedy.due > review.on for review in told for row in review.rows)
    assert all(note for review in told for _remedy, verdict, note in review.verdicts if verdict == "dropped")


def test_what_is_said_of_a_post_does_not_come_again_soon(tale):
    said = defaultdict(list)
    for review in reviews(tale):
        for row in review.rows:
            for text in (row.strengths, row.shortcomings):
                if text not in {"", "Không"}:
                    said[row.desk.key if row.desk else row.person.full_name, text].append(review.on)
    assert not [key for key, days in said.items() if _soon(days)]


def test_the_same_day_and_seed_tell_the_same_months():
    first, second = (_outline(evenings(tell_all(TODAY))) for _time in range(2))
    assert first == second


def _outline(told):
    return [
        (e.place.code, e.on, len(e.away), e.theme, [talk.title for talk in e.talks], e.given) for e in told
    ]
