"""A stopped check leaves its work to be opened anew, and fulfils no plan."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from hatnhan.accounts.actors import MACHINE
from hatnhan.core import clock
from hatnhan.core.errors import RuleBroken
from hatnhan.core.periods import Period
from hatnhan.organization.models import Body
from hatnhan.oversight.actions import opening
from hatnhan.oversight.models import Check, ItemSubject, KinDeclaration, Subject
from hatnhan.oversight.selectors import checks as selector
from hatnhan.oversight.selectors import completion, programmes
from hatnhan.oversight.tests import checked


@pytest.fixture(autouse=True)
def that_day():
    with clock.fixed(checked.LATER):
        yield


def stopped(place, people):
    check = checked.planned(place, people)
    opening.stop_check(by=MACHINE, at=checked.LATER, check=check, reason="Đoàn thay người")
    return check


def opened_again(place, item):
    told = opening.from_item(item, "06-QĐ/UBKT")
    return opening.open_check(
        by=MACHINE, at=checked.LATER, unit=place.commune, body=Body.INSPECTION, data=told
    )


def test_a_work_whose_check_was_stopped_is_opened_anew(place, people):
    item = stopped(place, people).item
    inspector = people.inspector.user
    assert selector.items_to_open(inspector, place.commune) == [item]
    assert selector.item_for(inspector, item.pk) == item
    again = opened_again(place, item)
    assert again.item == item
    assert selector.items_to_open(inspector, place.commune) == []
    with pytest.raises(RuleBroken) as caught:
        opened_again(place, item)
    assert caught.value.code == "item_taken"


def test_two_checks_of_one_work_never_stand_at_once(place, people):
    check = checked.planned(place, people)
    other = stopped_with_item_of(place, people, check)
    with pytest.raises(IntegrityError), transaction.atomic():
        Check.objects.filter(pk=other.pk).update(state="prepare", stopped_on=None, stopped_because="")


def stopped_with_item_of(place, people, check):
    other = checked.opened(place, people)
    opening.stop_check(by=MACHINE, at=checked.LATER, check=other, reason="Nhầm")
    Check.objects.filter(pk=other.pk).update(item=check.item)
    return other


def test_what_a_stopped_check_looked_at_counts_for_no_plan(place, people):
    check = stopped(place, people)
    again = opened_again(place, check.item)
    # Of two cells planned the stopped check looked at both, the concluded one at the first alone.
    ItemSubject.objects.create(item=check.item, unit=place.school)
    Subject.objects.create(of_check=check, unit=place.school)
    Check.objects.filter(pk=again.pk).update(
        concluded_on=checked.LATER.date(), conclusion="Kết luận", comply_by=checked.LATER.date()
    )
    year = Period("2026", date(2026, 1, 1), date(2027, 1, 1))
    counts = completion.completion([place.commune.pk], year, date(2026, 4, 20))
    assert (counts.planned, counts.done) == (1, 0)


def test_a_programme_shows_a_work_as_it_stood_on_a_day(place, people):
    check = stopped(place, people)
    programme = check.item.programme
    user = people.inspector.user
    for day, opened in (
        (date(2026, 3, 1), False),
        (date(2026, 3, 2), True),
        (date(2026, 4, 19), True),
        (date(2026, 4, 20), False),
    ):
        assert programmes.sheet_of(user, programme, day).rows[0].opened is opened, day


def test_kin_are_declared_once_whoever_of_the_two_does_it(people):
    told = {"declared_on": checked.DAY, "declared_by": "x"}
    KinDeclaration.objects.create(member=people.member, kin=people.inspector, **told)
    with pytest.raises(IntegrityError), transaction.atomic():
        KinDeclaration.objects.create(member=people.inspector, kin=people.member, **told)
