"""The tale of oversight as data: its days hold together whenever it is told, and nobody looks at themselves."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hatnhan.core import clock
from hatnhan.demo.lives import World
from hatnhan.demo.oversight import oversight_deeds
from hatnhan.demo.oversight.cases import stories
from hatnhan.demo.oversight.chain import suspect
from hatnhan.demo.oversight.checks import STEPS
from hatnhan.demo.oversight.plan import PAPER, chain_opened, fit, plans_of
from hatnhan.demo.oversight.room import Room
from hatnhan.demo.places import CELLS, COMMUNE
from hatnhan.demo.tale import Tale, tell_all
from hatnhan.demo.wording import texts
from hatnhan.rulebook import resolver
from hatnhan.rulebook.topics import oversight as topics

TODAY = date(2026, 11, 23)
DAYS = [TODAY, date(2026, 8, 1), date(2026, 1, 2), date(2028, 2, 29)]


@pytest.fixture(scope="module")
def tale():
    return tell_all(TODAY)


def told_on(tale, today):
    """Return the tale as if of another day: its people stay, which these tests do not look at."""
    return Tale(World(today, tale.world.people), tale.offices, tale.seed)


def told(plans):
    return [(plan.unit, plan.body, plan.year, [_line(work) for work in plan.works]) for plan in plans]


def _line(work):
    people = [one.full_name for one in (*work.people, *work.team)]
    return (work.key, work.content, work.units, people, work.starts, work.ends, work.opened, work.concluded)


@pytest.mark.parametrize("today", DAYS)
def test_each_work_lies_within_its_year_after_the_programme_and_is_done_in_time(tale, today):
    plans = plans_of(told_on(tale, today))
    assert {plan.year for plan in plans} == {*PAPER, today.year - 1, today.year}
    assert len(plans) == 4 * (2 + len(CELLS))
    for plan in plans:
        for work in plan.works:
            assert work.starts.year == work.ends.year == plan.year
            assert work.starts <= work.ends
            assert work.team
            assert work.units or work.people
            if work.opened:
                assert plan.approved <= work.opened <= work.ends
                assert plan.amended_on is None or not work.added or plan.amended_on < work.opened
            if work.concluded:
                assert work.concluded <= work.ends


@pytest.mark.parametrize("today", DAYS)
def test_nobody_looks_at_themselves_or_at_the_own_cell(tale, today):
    for plan in plans_of(told_on(tale, today)):
        for work in plan.works:
            team = {id(one) for one in work.team}
            assert not team & {id(one) for one in work.people}
            if plan.unit == COMMUNE:
                on = work.opened or work.starts
                assert not {one.stay_on(on).cell for one in work.team if one.stay_on(on)} & set(work.units)


def test_in_the_years_of_the_newspaper_all_that_was_planned_was_done(tale):
    for plan in (plan for plan in plans_of(tale) if plan.year in PAPER):
        assert all(work.concluded or work.removed for work in plan.works)
        assert 4 <= len(plan.works) <= 6 or plan.unit != COMMUNE
        assert bool(plan.reason) == any(work.added or work.removed for work in plan.works)
        kinds = {work.kind for work in plan.works}
        assert kinds == ({"compliance", "regular"} | ({"thematic"} if plan.unit == COMMUNE else set()))


def test_what_runs_stands_in_each_stage_and_one_is_late(tale):
    works = [work for plan in plans_of(tale) for work in plan.works]
    stages = {work.stage: work for work in works if work.stage}
    assert set(stages) == {"prepare", "launched", "late", "reported"}
    assert stages["launched"].units == ("dong-sen",)
    assert TODAY < stages["launched"].opened + timedelta(days=12) <= TODAY + timedelta(days=5)
    assert stages["late"].opened + timedelta(days=20) < TODAY
    overdue = next(work for work in works if work.key == "overdue")
    assert overdue.opened is None
    assert overdue.ends < TODAY


@pytest.mark.parametrize("today", DAYS)
def test_the_case_follows_from_the_supervision_step_by_step(tale, today):
    room = Room(told_on(tale, today))
    main, waiting, old, wronged = stories(room)
    assert main.person is suspect(room)
    assert chain_opened(room.tale) + timedelta(days=STEPS["report"]) < main.opened
    for one in (main, old, wronged):
        assert max(one.acts) <= one.opened < one.reviewed < one.heard < one.voted < one.signed <= one.handed
        assert (one.signed - one.voted).days <= 10
    for one in (main, wronged):
        assert one.handed < one.complained <= one.handed + timedelta(days=28)
        assert one.complained < one.accepted < one.settled
    assert waiting.voted is None
    assert waiting.heard < today
    assert old.ended == date(old.voted.year + 1, old.voted.month, old.voted.day)
    assert len({id(one.person) for one in (main, waiting, old, wronged)}) == 4


@pytest.mark.parametrize(
    ("on", "span", "found"),
    [
        (date(2026, 4, 22), 45, date(2026, 4, 22)),
        (date(2026, 12, 20), 45, date(2026, 11, 9)),
        (date(2026, 1, 21), 45, date(2025, 11, 9)),
        (date(2026, 1, 22), 45, date(2026, 1, 22)),
    ],
)
def test_a_work_is_moved_into_one_year(on, span, found):
    assert fit(on, span) == found


def test_the_same_day_and_seed_tell_the_same(tale):
    again = tell_all(TODAY)
    assert told(plans_of(tale)) == told(plans_of(again))
    mine, other = stories(Room(tale)), stories(Room(again))
    assert [(one.key, one.person.full_name, one.opened) for one in mine] == [
        (one.key, one.person.full_name, one.opened) for one in other
    ]
    days = [[(deed.day, deed.order) for deed in oversight_deeds(one)] for one in (tale, again)]
    assert days[0] == days[1]


@pytest.mark.parametrize("today", DAYS)
def test_no_deed_lies_ahead(tale, today):
    assert all(deed.day < today for deed in oversight_deeds(told_on(tale, today)))


def test_a_story_of_an_earlier_day_tells_the_same_of_the_newspaper(tale):
    earlier = plans_of(told_on(tale, date(2026, 8, 1)))
    for year in PAPER:
        both = [[one for one in plans if one.year == year] for plans in (plans_of(tale), earlier)]
        assert told(both[0]) == told(both[1])


def test_every_topic_has_words_and_notes_speak_of_work_alone(tale):
    words = texts("oversight")
    listed = {
        one.key: one.notes == "yes"
        for one in resolver.at(topics.OversightTopics, on=clock.today()).value.topics
    }
    for plan in plans_of(tale):
        for work in plan.works:
            assert work.topic in listed
            if plan.unit == COMMUNE and work.kind != "regular" and work.key != "chain":
                assert set(words["topics"][work.topic]) == {"good", "lacking", "mended", "self"}
    for kind in ("good", "remind"):
        assert all(listed[topic] for topic in words["notes"][kind])
        assert all(len(text) <= 600 for lines in words["notes"][kind].values() for text in lines)
    assert {place.kind for place in CELLS} <= set(words["cells"])
