"""Transfers: between cells here, out, and in. Nobody is lost between."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pytest

from hatnhan.accounts.actors import MACHINE
from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.organization.actions import transfers
from hatnhan.organization.models import Member, Membership, Position, Transfer
from hatnhan.organization.rules import MemberData
from hatnhan.organization.tests import make

TODAY = date(2026, 11, 23)
D = date(2026, 9, 1)
DATA = MemberData(
    full_name="Trần Thị Bé",
    born_year=1985,
    sex="F",
    admitted_on=date(2010, 9, 2),
    official_on=date(2011, 9, 2),
    card_number="00999888",
)


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


def signed(by=MACHINE):
    return {"by": by, "at": clock.now()}


def broken(code, field=None):
    return pytest.raises(RuleBroken, check=lambda error: error.code == code and field in {None, error.field})


def propose(member, to_unit, by=MACHINE, **fields):
    row = {"outside": "", "proposed_on": D, "letter_no": "05-GTSHĐ", "reason": "Chuyển nơi ở"}
    return transfers.propose_transfer(**signed(by), member=member, to_unit=to_unit, **row | fields)


def receive(cell, effective_on=TODAY, by=MACHINE, **fields):
    return transfers.receive_from_outside(
        **signed(by), cell=cell, data=dataclasses.replace(DATA, **fields), outside="Đảng bộ xã Yên Lạc",
        letter_no="12", effective_on=effective_on,
    )  # fmt: skip


def cell_of(member, on):
    return Membership.objects.on(on).get(member=member, kind="official").unit


def test_until_the_other_side_accepts_a_member_stays_and_then_moves_without_a_gap(place):
    member = make.member(place.village)
    make.post(member, place.village)
    committee = make.post(member, place.commune, "committee_member")
    transfer = propose(member, place.school)
    assert cell_of(member, TODAY) == place.village
    transfers.accept_transfer(**signed(), transfer=transfer, effective_on=date(2026, 10, 1))
    assert cell_of(member, date(2026, 9, 30)) == place.village
    assert cell_of(member, date(2026, 10, 1)) == place.school
    assert Position.objects.get(unit=place.village).end == date(2026, 10, 1)
    committee.refresh_from_db()
    assert committee.end is None
    assert transfer.state == "accepted"
    assert Entry.objects.filter(subject_id=member.pk).count() == 2


def test_a_transfer_is_answered_once(place):
    member = make.member(place.village)
    transfer = propose(member, place.school)
    transfers.refuse_transfer(**signed(), transfer=transfer, answer="Chưa về cư trú")
    assert cell_of(member, TODAY) == place.village
    stale = Transfer.objects.get()
    stale.state = "proposed"
    for answer in (
        lambda: transfers.accept_transfer(**signed(), transfer=stale, effective_on=TODAY),
        lambda: transfers.refuse_transfer(**signed(), transfer=stale, answer="Không"),
        lambda: transfers.withdraw_transfer(**signed(), transfer=stale),
    ):
        with broken("already_done"):
            answer()
    propose(member, place.school)


@pytest.mark.parametrize(
    ("to", "fields", "code", "field"),
    [
        ("village", {}, "same_cell", "to_unit"),
        ("commune", {}, "not_a_cell", "to_unit"),
        (None, {}, "destination", "to_unit"),
        ("school", {"outside": "Đảng bộ khác"}, "destination", "to_unit"),
        ("school", {"letter_no": " "}, "letter_missing", "letter_no"),
        ("school", {"proposed_on": TODAY + timedelta(days=1)}, "future", "proposed_on"),
        ("school", {"proposed_on": date(2009, 1, 1)}, "before_joining", "proposed_on"),
    ],
)
def test_a_proposal_that_cannot_be_is_refused(place, to, fields, code, field):
    with broken(code, field):
        propose(make.member(place.village), to and getattr(place, to), **fields)


def test_one_transfer_at_a_time(place):
    member = make.member(place.village)
    propose(member, place.school)
    with broken("transfer_open"):
        propose(member, None, outside="Đảng bộ khác")


def test_the_day_of_the_move_lies_after_the_proposal_and_not_in_the_future(place):
    transfer = propose(make.member(place.village), place.school)
    with broken("before_proposal", "effective_on"):
        transfers.accept_transfer(**signed(), transfer=transfer, effective_on=D - timedelta(days=1))
    with broken("future", "effective_on"):
        transfers.accept_transfer(**signed(), transfer=transfer, effective_on=TODAY + timedelta(days=1))
    transfer.refresh_from_db()
    assert transfer.state == "proposed"


def test_each_side_does_its_own_part(place, people):
    with pytest.raises(Denied):
        propose(people.member, place.school, by=people.school_secretary.user)
    transfer = propose(people.member, place.school, by=people.village_secretary.user)
    with pytest.raises(Denied):
        transfers.accept_transfer(
            **signed(people.village_secretary.user), transfer=transfer, effective_on=TODAY
        )
    with pytest.raises(Denied):
        transfers.withdraw_transfer(**signed(people.school_secretary.user), transfer=transfer)
    transfers.withdraw_transfer(**signed(people.village_secretary.user), transfer=transfer)
    again = propose(people.member, place.school, by=people.village_secretary.user)
    transfers.accept_transfer(**signed(people.school_secretary.user), transfer=again, effective_on=TODAY)
    assert cell_of(people.member, TODAY) == place.school


def test_temporary_activity_where_one_now_belongs_ends(place):
    member = make.member(place.village)
    Membership.objects.create(
        member=member, unit=place.school, kind="temporary", start=date(2026, 1, 1), start_reason="temporary"
    )
    transfers.accept_transfer(**signed(), transfer=propose(member, place.school), effective_on=TODAY)
    assert [m.kind for m in Membership.objects.on(TODAY).filter(member=member)] == ["official"]


# --- the world outside
def test_who_goes_out_belongs_here_until_the_confirmation_came(place):
    member = make.member(place.village)
    post = make.post(member, place.village)
    transfer = propose(member, None, outside="Đảng bộ phường Tích Sơn")
    transfers.accept_transfer(**signed(), transfer=transfer, effective_on=TODAY)
    membership = member.memberships.get()
    assert (membership.end, membership.end_reason) == (TODAY, "left")
    post.refresh_from_db()
    assert post.end == TODAY


def test_who_comes_from_outside_is_recorded_with_the_letter(place, people):
    member = receive(place.village, by=people.village_secretary.user)
    assert member.memberships.get().start_reason == "arrived"
    transfer = member.transfers.get()
    assert (transfer.state, transfer.outside, transfer.to_unit) == (
        "accepted",
        "Đảng bộ xã Yên Lạc",
        place.village,
    )
    with pytest.raises(Denied):
        receive(place.school, by=people.village_secretary.user, card_number="00999777")


def test_who_comes_back_is_the_same_person(place):
    member = receive(place.village, effective_on=date(2020, 1, 1))
    out = propose(member, None, outside="Đảng bộ khác")
    transfers.accept_transfer(**signed(), transfer=out, effective_on=date(2026, 10, 1))
    back = receive(place.school, card_number="00 999 888", phone="0911111111")
    assert back.pk == member.pk
    assert Member.objects.count() == 1
    assert Member.objects.get().phone == "0911111111"
    assert cell_of(back, TODAY) == place.school


def test_who_is_here_or_left_for_good_does_not_come_in(place):
    member = receive(place.village, effective_on=date(2020, 1, 1))
    with broken("still_here", "card_number"):
        receive(place.school)
    Membership.objects.filter(member=member).update(end=date(2021, 1, 1), end_reason="died")
    with broken("left_for_good", "card_number"):
        receive(place.school)


def test_nobody_comes_back_before_having_left(place):
    member = receive(place.village, effective_on=date(2020, 1, 1))
    Membership.objects.filter(member=member).update(end=TODAY, end_reason="left")
    with broken("still_here", "effective_on"):
        receive(place.school, effective_on=TODAY - timedelta(days=1))


def test_who_comes_on_probation_goes_on_with_it(place):
    member = receive(place.village, admitted_on=date(2026, 2, 3), official_on=None, card_number=None)
    assert member.probations.get().due == date(2027, 2, 3)
