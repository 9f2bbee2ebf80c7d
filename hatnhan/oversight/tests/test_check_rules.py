"""When steps are due, and when they may be called done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatnhan.oversight.rules import steps as rules
from hatnhan.oversight.rules.steps import StepState


@dataclass(frozen=True)
class Planned:
    days: int
    working: str = "no"
    needs: str = ""


@pytest.mark.parametrize(
    ("opened_on", "days", "working", "due"),
    [
        (date(2026, 3, 2), 0, False, date(2026, 3, 2)),
        (date(2026, 3, 2), 3, True, date(2026, 3, 5)),
        (date(2026, 3, 6), 1, True, date(2026, 3, 9)),  # over a weekend
        (date(2026, 4, 29), 1, True, date(2026, 5, 4)),  # over 30/4 and 1/5
        (date(2024, 2, 28), 1, False, date(2024, 2, 29)),
        (date(2025, 12, 31), 30, False, date(2026, 1, 30)),
    ],
)
def test_due_day(opened_on, days, working, due):
    assert rules.due_day(opened_on, days, working=working) == due


def test_less_time_than_the_procedure_gives():
    steps = [Planned(0), Planned(20), Planned(30, needs="conclusion"), Planned(33)]
    start = date(2026, 3, 2)
    days = [(day - start).days for day in rules.due_days(steps, start, start + timedelta(15))]
    assert days == [0, 15, 15, 18]
    whole = [(day - start).days for day in rules.due_days(steps, start, start + timedelta(40))]
    assert whole == [0, 20, 30, 33]


def test_more_time_moves_only_what_is_not_late():
    on, more = date(2026, 3, 20), timedelta(10)
    assert rules.moved_due(date(2026, 3, 19), more, on) == date(2026, 3, 19)
    assert rules.moved_due(date(2026, 3, 20), more, on) == date(2026, 3, 30)
    assert rules.moved_due(None, more, on) is None


@pytest.mark.parametrize(
    ("changed", "facts", "blocked"),
    [
        ({}, {"report"}, ""),
        ({"settled": True}, {"report"}, "settled"),
        ({"papers": ("filed", "missing")}, {"report"}, "papers"),
        ({"papers": ("filed", "excused")}, {"report"}, ""),
        ({}, set(), "needs"),
        ({"stage": "conclude"}, {"report"}, "earlier_stage"),
        ({"place": 9}, {"report"}, "not_last"),
    ],
)
def test_may_finish(changed, facts, blocked):
    told = {
        "place": 2,
        "stage": "conduct",
        "needs": "report",
        "settled": False,
        "papers": ("filed",),
    } | changed
    one = StepState(**told)
    others = [StepState(1, "prepare", "", settled=True), StepState(3, "conduct", "", settled=False)]
    assert rules.may_finish(one, [*others, one], frozenset(facts)) == blocked


_states = st.sampled_from(["missing", "filed", "excused"])
_steps = st.lists(
    st.tuples(
        st.sampled_from(rules.STAGES),
        st.sampled_from(["", "report", "hearing", "conclusion"]),
        st.booleans(),
        st.lists(_states, max_size=3),
    ),
    min_size=1,
    max_size=8,
)


@given(_steps, st.sets(st.sampled_from(["report", "hearing", "conclusion"])))
def test_no_step_is_done_without_its_papers_and_what_it_stands_on(rows, facts):
    rows = sorted(rows, key=lambda row: rules.STAGES.index(row[0]))
    states = [
        StepState(place, stage, needs, settled, tuple(papers))
        for place, (stage, needs, settled, papers) in enumerate(rows)
    ]
    for one in states:
        if rules.may_finish(one, states, frozenset(facts)) == "":
            assert "missing" not in one.papers
            assert not one.needs or one.needs in facts
            assert all(x.settled for x in states if x.stage < one.stage and x.stage == "prepare")


@pytest.mark.parametrize("needs", ["hearing", "conclusion", "votes", "decision"])
def test_what_no_reason_replaces(needs):
    assert not rules.may_skip(needs)
    assert rules.may_skip("self_report")


def test_what_can_be_drawn_up():
    assert rules.may_draw("minutes", "launch", frozenset(), frozenset({"launch"}))
    assert not rules.may_draw("minutes", "working", frozenset(), frozenset({"launch"}))
    assert not rules.may_draw("", "letter", frozenset({"team"}), frozenset())
    assert rules.may_draw("index", "index", frozenset(), frozenset())
    assert not rules.may_draw("notice", "notice", frozenset({"report"}), frozenset())
