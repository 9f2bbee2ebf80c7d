"""What other rooms know, laid beside a form; the lines a self-review begins with."""

from __future__ import annotations

from datetime import date

import pytest

from hatnhan.assignments.models import Task
from hatnhan.core import clock
from hatnhan.reviews.models import FaultLine
from hatnhan.reviews.selectors import evidence
from hatnhan.reviews.tests import make
from hatnhan.rulebook.topics.reviews import EVIDENCE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def november():
    with clock.fixed(date(2026, 11, 23)):
        yield


@pytest.fixture
def cycle(place, people):
    return make.cycle(place.commune)


def task(place, owner, title, due, done=None, **fields):
    state = fields.pop("state", "verified" if done else "open")
    return Task.objects.create(
        unit=place.commune, title=title, owner=owner, given_on=date(2026, 1, 5), due=due, done_on=done, state=state,
        closed_on=done, **fields,
    )  # fmt: skip


def test_the_years_tasks_begin_the_review_with_what_their_days_say(cycle, place, people):
    who = people.member
    task(place, who, "A", date(2026, 3, 1), date(2026, 3, 1))
    task(place, who, "B", date(2026, 4, 1), date(2026, 4, 2), outcome="Đã làm")
    task(place, who, "C", date(2026, 5, 1))
    task(place, who, "D", date(2026, 12, 30))
    task(place, who, "E", date(2027, 1, 2))
    task(place, who, "F", date(2026, 6, 1), state="withdrawn", closed_reason="Thôi")
    entry = make.entry(cycle, who)
    found = evidence.suggested_work(entry)
    assert [(one.title, one.said) for one in found] == [
        ("A", "on_time"),
        ("B", "late"),
        ("C", "not_done"),
        ("D", ""),
    ]
    assert found[1].product == "Đã làm"
    told = evidence.evidence_of(entry, "tasks")
    assert told.summary == "4 việc có hạn trong năm: 1 xong đúng hạn, 2 chậm hoặc quá hạn."


@pytest.mark.parametrize("key", sorted(EVIDENCE))
def test_every_room_answers_for_people_and_for_bodies(cycle, place, people, cast, key):
    for whose in (people.member, place.village):
        told = evidence.evidence_of(make.entry(cycle, whose), key, reader=cast.users.secretary)
        assert bool(told.summary) == bool(key)


def test_faults_not_put_right_last_year_come_back(cycle, place, people):
    with clock.fixed(date(2025, 12, 1)):
        before = make.cycle(place.commune, 2025)
    last = make.entry(before, people.member)
    FaultLine.objects.create(entry=last, place=1, noted="Bản 2024", text="Chậm báo cáo", said="doing")
    FaultLine.objects.create(
        entry=last, place=2, noted="Bản 2024", text="Vắng họp", said="doing", agreed="fixed"
    )
    found = evidence.suggested_faults(make.entry(cycle, people.member))
    assert [(one.noted, one.text, one.said) for one in found] == [("Bản 2024", "Chậm báo cáo", "")]
