"""What is due in the yearly review: steps of units without a name, one's own part for that person alone."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hatnhan.core import clock
from hatnhan.deadlines import registry
from hatnhan.organization.tests import make as places
from hatnhan.reviews.models import Entry, LookAgain, Remark, SelfReview, StepDay
from hatnhan.reviews.tests import make, written

TODAY, FAR = date(2026, 11, 25), date(2027, 3, 31)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def that_day():
    with clock.fixed(clock.at(TODAY, 9)):
        yield


@pytest.fixture
def cycle(place, people):
    return make.cycle(place.commune)


def due(*units, on=TODAY, until=FAR):
    found = registry.due([one.pk for one in units], on=on, until=until)
    return {one.key.removeprefix("reviews."): one for one in found if one.key.startswith("reviews.")}


def own(person, on=TODAY, until=FAR):
    found = registry.due_for(person.pk, on=on, until=until)
    return {one.source: one for one in found if one.key.startswith("reviews.")}


def steps(found, of):
    return {key.rsplit(":", 1)[1] for key in found if f":{of}:" in key}


def test_each_cell_and_the_committee_owe_their_steps_and_nobody_is_named(cycle, place, people):
    cell, committee = due(place.village), due(place.commune)
    days = dict(StepDay.objects.filter(cycle=cycle, of="cell").values_list("key", "due"))
    assert {"self_review", "sitting", "propose"} <= steps(cell, "cell")
    one = next(one for key, one in cell.items() if key.endswith(":sitting"))
    assert (one.due, one.unit_id) == (days["sitting"], place.village.pk)
    assert {"appraise", "decide"} & steps(committee, "committee")
    names = [one.full_name for one in vars(people).values()]
    assert not [
        one
        for one in (*cell.values(), *committee.values())
        if any(n in one.title + one.detail for n in names)
    ]


def test_a_step_is_gone_once_nothing_is_left_of_it(cycle, place):
    make.submitted(cycle)
    assert "self_review" not in steps(due(place.village), "cell")
    Entry.objects.filter(cycle=cycle).update(reviewed_on=TODAY)
    assert "sitting" not in steps(due(place.village), "cell")
    assert not due(place.village, until=date(2026, 1, 1))


def test_one_hands_in_ones_own(cycle, people):
    assert own(people.member)["reviews.own_review"].action == "Viết"
    written.filled(make.entry(cycle, people.member), submitted_at=written.NOW)
    assert "reviews.own_review" not in own(people.member)


def test_what_was_typed_waits_to_be_confirmed(cycle, people):
    entry = make.entry(cycle, people.member)
    written.filled(entry, submitted_at=written.NOW)
    SelfReview.objects.filter(entry=entry).update(typed_by="Đ/c Hải", typed_note="Bản giấy")
    assert own(people.member)["reviews.own_confirm"].url.endswith(f"/muc/{entry.pk}/ban-kiem-diem/")
    SelfReview.objects.filter(entry=entry).update(confirmed_at=clock.now())
    assert "reviews.own_confirm" not in own(people.member)


def test_a_prompt_waits_for_an_answer(cycle, people):
    told = {"source": "Ban Thường vụ", "text": "Nợ việc", "on": TODAY, "by_name": "A"}
    Remark.objects.create(entry=make.entry(cycle, people.member), kind="prompt", **told)
    assert "reviews.own_prompt" in own(people.member)
    assert "reviews.own_prompt" not in own(people.deputy)


def test_a_notice_stands_for_its_days_and_a_request_waits_for_the_committee(cycle, place, people):
    entry = make.entry(cycle, people.member)
    Entry.objects.filter(pk=entry.pk).update(state="decided", grade="t", decided_on=TODAY, notified_on=TODAY)
    assert "reviews.own_notice" in own(people.member)
    assert "reviews.own_notice" not in own(people.member, on=date(2027, 3, 1))
    LookAgain.objects.create(entry=entry, text="Xin xem lại", asked_on=TODAY)
    assert [key for key in due(place.commune) if key.startswith("again:")]
    assert not [key for key in due(place.village) if key.startswith("again:")]


def test_more_cells_take_no_more_queries(cycle, place):
    def queries(*units):
        with CaptureQueriesContext(connection) as caught:
            due(*units)
        return len(caught)

    few = queries(place.village, place.commune)
    cells = [places.unit(f"thon-{number}", "cell", place.commune) for number in range(4)]
    for cell in cells:
        person = places.member(cell)
        Entry.objects.create(cycle=cycle, of="member", subject="outside", unit=cell, member=person)
    assert queries(place.village, place.commune, place.school, *cells) == few
