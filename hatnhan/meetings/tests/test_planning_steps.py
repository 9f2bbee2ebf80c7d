"""What comes next about a meeting, and how it stands, by its state and the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hatnhan.core import clock
from hatnhan.meetings.models import Meeting
from hatnhan.meetings.standing import standing_of
from hatnhan.meetings.steps import next_step
from hatnhan.organization.models import Unit

DAY = date(2018, 11, 3)


def meeting(place, state, kind="cell_monthly", **fields):
    unit = place.village if kind == "cell_monthly" else place.commune
    ended = {"ended_at": clock.at(DAY, 21)} if state in {"closed", "approved", "locked"} else {}
    given = {"pk": 7, "unit": unit, "kind": kind, "state": state, "starts_at": clock.at(DAY, 19)}
    return Meeting(**given | ended | fields)


@pytest.mark.parametrize(
    "case",
    [
        ("draft", "cell_monthly", -9, 0, "village_secretary", "agenda-template"),
        ("draft", "cell_monthly", -9, 3, "village_secretary", "invite"),
        ("draft", "weekly_review", -2, 0, "secretary", "invite"),
        ("draft", "committee", -2, 0, "secretary", "item-add"),
        ("invited", "cell_monthly", -2, 3, "village_secretary", ""),
        ("invited", "cell_monthly", 0, 3, "village_secretary", "open"),
        ("draft", "cell_monthly", 4, 0, "village_secretary", "open"),
        ("open", "cell_monthly", 0, 3, "village_secretary", "roll"),
        ("open", "weekly_review", 0, 0, "secretary", "review"),
        ("closed", "cell_monthly", 1, 3, "village_secretary", "minutes"),
        ("approved", "cell_monthly", 1, 3, "village_secretary", "minutes"),
        ("locked", "cell_monthly", 1, 3, "village_secretary", "score"),
        ("locked", "weekly_review", 1, 3, "secretary", ""),
        ("cancelled", "cell_monthly", 1, 3, "village_secretary", ""),
        ("draft", "cell_monthly", 0, 3, "member", ""),
        ("open", "cell_monthly", 0, 3, "member", ""),
        ("closed", "cell_monthly", 0, 3, "inspector", ""),
    ],
)
def test_one_step_by_state_day_and_person(place, people, case):
    state, kind, days, items, role, step = case
    with clock.fixed(DAY):
        user = getattr(people, role).user
        found = next_step(
            user, meeting(place, state, kind), DAY + timedelta(days=days), items=items, scored=False
        )
    assert (found.name if found else "") == step


def test_the_recorder_writes_the_minutes_but_locks_nothing(place, people):
    with clock.fixed(DAY):
        at_the_table = {"recorder": people.member}
        closed, approved = (meeting(place, state, **at_the_table) for state in ("closed", "approved"))
        steps = [next_step(people.member.user, one, DAY, items=1, scored=False) for one in (closed, approved)]
    assert [step and step.name for step in steps] == ["minutes", None]


@pytest.mark.parametrize(
    ("state", "days", "key", "late"),
    [
        ("draft", -30, "ahead", False),
        ("invited", -7, "soon", False),
        ("draft", 0, "today", False),
        ("draft", 1, "not_met", True),
        ("open", 0, "open", False),
        ("open", 1, "not_closed", True),
        ("closed", 2, "minutes", False),
        ("closed", 3, "minutes_late", True),
        ("approved", 30, "done", False),
        ("locked", 30, "done", False),
        ("cancelled", 30, "off", False),
    ],
)
def test_how_a_meeting_stands(state, days, key, late):
    made = Meeting(unit=Unit(), state=state, starts_at=clock.at(DAY, 19), ended_at=clock.at(DAY, 21))
    standing = standing_of(made, DAY + timedelta(days=days), minutes_days=2)
    assert (standing.key, standing.is_late, standing.moved) == (key, late, False)
