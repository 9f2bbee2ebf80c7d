"""Cells and groups are shared out among a committee; charges end with the post; gaps are known by their first day."""

from __future__ import annotations

from datetime import date

import pytest

from hatnhan.assignments.actions import charges
from hatnhan.assignments.actions.opening import TaskData, open_tasks
from hatnhan.assignments.models import CellCharge, GroupCharge, Task
from hatnhan.assignments.selectors.charges import in_charge_of
from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.organization.actions import memberships, positions, reshaping
from hatnhan.organization.models import Position
from hatnhan.organization.tests import make

pytestmark = pytest.mark.django_db
DAY = date(2017, 11, 20)
START = date(2016, 1, 1)


@pytest.fixture(autouse=True)
def today():
    with clock.fixed(DAY):
        yield


@pytest.fixture
def sharing(people, place):
    """The committee's sharing out, as its secretary does it."""

    def call(action, **fields):
        return action(by=people.secretary.user, at=clock.now(), **fields)

    return call


@pytest.fixture
def charge(sharing, people, place):
    def make_charge(member=None, cell=None, start=START):
        fields = {"member": member or people.standing, "unit": place.commune, "cell": cell or place.village}
        return sharing(charges.charge_cell, start=start, decision_no="15-QĐ/ĐU", **fields)

    return make_charge


@pytest.fixture
def group(sharing, place):
    return sharing(charges.create_group, unit=place.commune, name="Nông nghiệp", start=START)


def test_a_cell_may_have_several_in_charge(charge, people, place):
    charge()
    charge(people.deputy, start=date(2017, 1, 1))
    assert in_charge_of(place.village, DAY) == [people.standing, people.deputy]
    assert in_charge_of(place.village, date(2016, 6, 1)) == [people.standing]
    assert Entry.objects.filter(action="assignments:charge:cell").count() == 2


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"start": date(2017, 11, 21)}, "future"),
        ({"start": date(2009, 1, 1)}, "before_founding"),
        ({"member": "member"}, "not_in_committee"),
        ({"member": "inspector"}, "not_in_committee"),
        ({"cell": "commune"}, "not_a_cell"),
        ({"cell": "elsewhere"}, "not_below"),
    ],
)
def test_what_a_charge_of_a_cell_cannot_be(charge, people, place, fields, code):
    place.elsewhere = make.unit("xa-khac", "cell", place.province, "Chi bộ nơi khác")
    if "member" in fields:
        fields["member"] = getattr(people, fields["member"])
    if "cell" in fields:
        fields["cell"] = getattr(place, fields["cell"])
    with pytest.raises(RuleBroken) as refused:
        charge(**fields)
    assert refused.value.code == code


def test_nobody_is_put_in_charge_of_the_same_twice(charge, group, sharing, people, place):
    charge()
    with pytest.raises(RuleBroken) as refused:
        charge(start=date(2017, 1, 1))
    assert refused.value.code == "already_charged"
    fields = {"member": people.standing, "unit": place.commune, "group": group, "start": START}
    sharing(charges.charge_group, decision_no="15-QĐ/ĐU", **fields)
    with pytest.raises(RuleBroken) as refused:
        sharing(charges.charge_group, decision_no="16-QĐ/ĐU", **fields)
    assert refused.value.code == "already_charged"


def test_only_who_leads_the_committee_shares_out(people, place):
    for role in ("standing", "village_secretary", "member"):
        with pytest.raises(Denied):
            charges.create_group(
                by=getattr(people, role).user, at=clock.now(), unit=place.commune, name="X", start=START
            )


def test_a_charge_ends_once(charge, sharing):
    made = charge()
    sharing(charges.end_charge, charge=made, end=DAY, reason="Phân công lại")
    with pytest.raises(RuleBroken) as refused:
        sharing(charges.end_charge, charge=made, end=DAY, reason="Phân công lại")
    assert refused.value.code == "already_done"
    assert CellCharge.objects.get().end == DAY


def test_a_group_is_renamed_and_ends_with_those_in_charge(group, sharing, people, place):
    fields = {"member": people.standing, "unit": place.commune, "group": group, "start": START}
    sharing(charges.charge_group, decision_no="15-QĐ/ĐU", **fields)
    sharing(charges.rename_group, group=group, name="Nông nghiệp, nông thôn mới")
    with pytest.raises(RuleBroken) as refused:
        sharing(charges.create_group, unit=place.commune, name="Nông nghiệp, nông thôn mới", start=DAY)
    assert refused.value.code == "name_taken"
    sharing(charges.end_group, group=group, end=DAY)
    assert GroupCharge.objects.get().end == DAY
    sharing(charges.create_group, unit=place.commune, name="Nông nghiệp, nông thôn mới", start=DAY)


# --- what follows when a post ends ---------------------------------------------------------------------------------
def post_of(member):
    return Position.objects.get(member=member)


def leave_post(people, member, end):
    position = post_of(member)
    positions.end_position(
        by=people.secretary.user, at=clock.now(), position=position, end=end, reason="Chuyển công tác"
    )


def test_the_charge_ends_with_the_post(charge, group, sharing, people, place):
    fields = {"member": people.standing, "unit": place.commune, "group": group, "start": START}
    sharing(charges.charge_group, decision_no="15-QĐ/ĐU", **fields)
    charge()
    kept = charge(people.deputy)
    leave_post(people, people.standing, date(2017, 11, 1))
    assert [one.end for one in (*CellCharge.objects.order_by("pk"), GroupCharge.objects.get())] == [
        date(2017, 11, 1),
        None,
        date(2017, 11, 1),
    ]
    assert in_charge_of(place.village, DAY) == [kept.member]


def test_another_post_in_the_committee_keeps_the_charge(charge, people, place):
    made = charge()
    make.post(people.standing, place.commune, "committee_member", start=date(2017, 11, 1))
    standing = Position.objects.get(member=people.standing, post="standing_member")
    positions.end_position(
        by=people.secretary.user, at=clock.now(), position=standing, end=date(2017, 11, 1), reason="Thôi BTV"
    )
    made.refresh_from_db()
    assert made.end is None


def test_a_post_in_another_unit_does_not_keep_it(charge, people, place):
    made = charge()
    make.post(people.standing, place.school, "committee_member")
    standing = Position.objects.get(member=people.standing, post="standing_member")
    positions.end_position(
        by=people.secretary.user, at=clock.now(), position=standing, end=DAY, reason="Thôi BTV"
    )
    made.refresh_from_db()
    assert made.end == DAY


def test_it_ends_with_the_membership_too(charge, people):
    made = charge()
    memberships.end_membership(
        by=people.secretary.user,
        at=clock.now(),
        member=people.standing,
        end=date(2017, 11, 10),
        reason="died",
        decision_no="",
    )
    made.refresh_from_db()
    assert made.end == date(2017, 11, 10)


def test_a_charge_written_down_late_ends_with_the_post(charge, people):
    leave_post(people, people.standing, date(2017, 6, 1))
    assert charge(start=date(2017, 1, 1)).end == date(2017, 6, 1)


def test_a_charge_dated_after_the_seat_was_left_was_never_one(charge, people):
    charge(start=date(2017, 11, 15))
    leave_post(people, people.standing, date(2017, 11, 10))
    assert not CellCharge.objects.exists()


def test_a_cell_that_ends_hands_its_tasks_over(charge, people, place):
    make.members(place.village, 3)
    made = charge()
    by = people.secretary.user
    given = TaskData("Kiểm tra sổ sách", DAY, owner_unit=place.village, owner_body="committee")
    open_tasks(by=by, at=clock.now(), unit=place.commune, data=[given])
    open_tasks(
        by=by, at=clock.now(), unit=place.village, data=[TaskData("Dọn nhà", DAY, owner=people.member)]
    )
    reshaping.merge_cells(
        by=by, at=clock.now(), unit=place.village, into=place.school, on=DAY, decision_no="20-QĐ/ĐU"
    )
    made.refresh_from_db()
    assert made.end == DAY
    assert {(task.unit, task.owner_unit) for task in Task.objects.all()} == {
        (place.commune, place.school),
        (place.school, None),
    }
    assert {task.events.last().kind for task in Task.objects.all()} == {"handed_over"}
