"""Facts held against the law: to whom a breach is charged, what a leader answers for, who decides on whom."""

from __future__ import annotations

from datetime import date

import pytest

from hatnhan.core import clock
from hatnhan.organization.models import Membership, Position, Post
from hatnhan.organization.tests import make as places
from hatnhan.oversight.models import Act, Decision
from hatnhan.oversight.tests import punished
from hatnhan.reviews.models import Entry, WorkLine
from hatnhan.reviews.selectors import deciders, facts, order
from hatnhan.reviews.tests import make

pytestmark = pytest.mark.django_db
NOW = clock.at(date(2026, 12, 20), 10)
MOVED = date(2026, 2, 1)


@pytest.fixture(autouse=True)
def december():
    with clock.fixed(NOW):
        yield


@pytest.fixture
def cycle(place, people):
    return make.cycle(place.commune)


def told(entry):
    return facts.told_of([entry])[entry.pk]


def penalty(place, people, whose, *acts):
    case = punished.case(place, whose, people.deputy)
    Act.objects.bulk_create(Act(case=case, text="Bỏ sinh hoạt", done_on=day) for day in acts)
    return punished.decision(case)


def move(member, unit):
    rows = Membership.objects.filter(member=member, kind="official", end=None)
    rows.update(end=MOVED, end_reason="transferred")
    Membership.objects.create(member=member, unit=unit, start=MOVED, start_reason="transferred")


def disciplined(entry, fact="member_disciplined"):
    return told(entry)[fact].fact.value == 1


def test_a_breach_at_the_old_unit_is_charged_to_the_old_unit(cycle, place, people):
    penalty(place, people, people.member, date(2026, 1, 10))
    move(people.member, place.school)
    assert disciplined(make.entry(cycle, place.village))
    assert not disciplined(make.entry(cycle, place.school))
    assert disciplined(make.entry(cycle, people.member), "disciplined")


def test_breaches_at_both_units_are_charged_by_their_days(cycle, place, people):
    penalty(place, people, people.member, date(2026, 1, 10), date(2026, 2, 20))
    move(people.member, place.school)
    assert disciplined(make.entry(cycle, place.village))
    assert disciplined(make.entry(cycle, place.school))


def test_a_breach_before_the_seat_is_not_charged_to_the_collective(cycle, place, people):
    committee = make.entry(cycle, place.commune, "committee")
    Position.objects.filter(member=people.deputy).update(start=MOVED)
    decision = penalty(place, people, people.deputy, date(2026, 1, 10))
    assert not disciplined(committee)
    assert not disciplined(committee, "unit_disciplined")
    Act.objects.filter(case=decision.case).update(done_on=date(2026, 2, 20))
    assert disciplined(committee)
    assert disciplined(committee, "unit_disciplined")


def test_a_breach_without_a_day_counts_where_one_stood_at_the_penalty(cycle, place, people):
    penalty(place, people, people.member)
    assert disciplined(make.entry(cycle, place.village))


def test_a_breach_of_an_earlier_year_says_its_day(cycle, place, people):
    penalty(place, people, people.member, date(2025, 6, 3))
    assert "vi phạm ngày 3/6/2025" in told(make.entry(cycle, people.member))["disciplined"].where


def test_one_breach_counts_once_though_its_form_is_changed_a_year_later(cycle, place, people):
    first = penalty(place, people, people.member, date(2025, 1, 10))
    gone = {"state": "changed", "state_since": date(2026, 3, 1)}
    Decision.objects.filter(pk=first.pk).update(signed_on=date(2025, 3, 10), **gone)
    first.refresh_from_db()
    punished.decision(first.case, number="04-QĐ/ĐU", form="reprimand", instead_of=first)
    assert not disciplined(make.entry(cycle, people.member), "disciplined")


def test_the_first_unit_decided_does_not_fail_its_leader(cycle, place, people):
    rows = Entry.objects.filter(cycle=cycle, of="organisation", unit=place.village)
    rows.update(state="decided", grade="kht", decided_on=date(2026, 12, 18))
    found = told(make.entry(cycle, people.secretary))["units_failed"]
    assert (found.fact.numerator, found.fact.denominator) == (1, 2)
    assert "1/2" in found.where


def test_a_leader_answers_for_what_a_cell_without_a_committee_wrote(cycle, place, people):
    cell = make.entry(cycle, place.village)
    assert not Entry.objects.filter(cycle=cycle, of="collective", unit=place.village).exists()
    WorkLine.objects.create(entry=cell, place=1, title="Đường thôn", said="exceeded")
    WorkLine.objects.create(entry=cell, place=2, title="Rác thải", said="on_time")
    found = told(make.entry(cycle, people.village_secretary))
    assert (found["unit_tasks_done"].fact.numerator, found["unit_tasks_exceeded"].fact.numerator) == (2, 1)


@pytest.mark.parametrize("year", [2017, 2018, 2020, 2023, 2026])
def test_the_law_itself_says_who_decides_on_the_committee_of_a_cell(place, people, year):
    for number in range(3):
        one = places.member(place.village, f"Đỗ Văn {number}")
        places.post(one, place.village, Post.COMMITTEE_MEMBER)
    cycle = make.cycle(place.commune, year)
    own = Entry.objects.filter(cycle=cycle, of="collective", unit=place.village).first()
    own = own or Entry(
        cycle=cycle, of="collective", subject="collective", unit=place.village, body="committee"
    )
    above = Entry(cycle=cycle, of="collective", subject="collective", unit=place.commune, body="committee")
    assert deciders.decider_of(own).key == "cell_committee"
    assert (deciders.proposer_of(own), deciders.level_of(own)) == ("cell", "committee")
    assert (deciders.proposer_of(above), deciders.level_of(above)) == ("committee", "superior")


def test_who_sits_in_a_collective_comes_after_it(cycle, place, people):
    rows = [make.entry(cycle, people.deputy), make.entry(cycle, people.member)]
    Entry.objects.filter(cycle=cycle, of="collective").update(state="appraised", appraised_grade="t")
    waiting = order.before_their_turn(cycle, rows, date(2026, 12, 20))
    assert [one.member for one, _first in waiting] == [people.deputy]
    done = {"state": "decided", "grade": "t", "decided_on": date(2026, 12, 19)}
    Entry.objects.filter(cycle=cycle, of="collective").update(**done)
    assert order.before_their_turn(cycle, rows, date(2026, 12, 20)) == []
