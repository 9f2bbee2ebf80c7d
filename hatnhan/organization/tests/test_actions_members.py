"""Members are recorded, admitted, confirmed, corrected, excused, and leave."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pytest

from hatnhan.accounts.actors import MACHINE
from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.organization.actions import admission, exemptions, members, memberships
from hatnhan.organization.models import Exemption, Member, Membership, Position, Probation, Transfer
from hatnhan.organization.rules import MemberData
from hatnhan.organization.tests import make

TODAY = date(2026, 11, 23)
D = date(2025, 3, 3)
DATA = MemberData(
    full_name="  nguyễn văn   đức ",
    born_year=1990,
    born_on=date(1990, 6, 1),
    sex="M",
    admitted_on=date(2015, 9, 2),
    official_on=date(2016, 9, 2),
    card_number="00 123 456",
    phone="0912345678",
)


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


def signed(by=MACHINE):
    return {"by": by, "at": clock.now()}


def broken(code, field=None):
    return pytest.raises(RuleBroken, check=lambda error: error.code == code and field in {None, error.field})


def register(place, by=MACHINE, start=D, data=DATA, **fields):
    return members.register_member(
        **signed(by), cell=place.village, data=dataclasses.replace(data, **fields), start=start
    )


def admit(place, admitted_on=D, **fields):
    data = dataclasses.replace(DATA, card_number=None, **fields)
    return admission.admit_member(
        **signed(), cell=place.village, data=data, admitted_on=admitted_on, decision_no="7-QĐ/ĐU"
    )


def confirm(member, official_on, decided_on=TODAY, **fields):
    admission.confirm_official(
        **signed(),
        member=member,
        official_on=official_on,
        decided_on=decided_on,
        decision_no="9-QĐ/ĐU",
        **fields,
    )


# --- recorded
def test_a_recorded_member_belongs_to_the_cell_and_is_found_by_name(place):
    member = register(place)
    assert (member.full_name, member.given_key, member.card_number) == ("Nguyễn Văn Đức", "duc", "00123456")
    membership = member.memberships.get()
    assert (membership.unit, membership.start, membership.start_reason) == (place.village, D, "recorded")
    assert not member.probations.exists()
    entry = Entry.objects.get()
    assert (entry.subject_id, entry.unit_id) == (member.pk, place.village.pk)


def test_a_recorded_member_on_probation_gets_it_opened(place):
    member = register(place, admitted_on=date(2026, 2, 3), official_on=None, start=date(2026, 2, 3))
    probation = member.probations.get()
    assert (probation.start, probation.due) == (date(2026, 2, 3), date(2027, 2, 3))


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"full_name": " "}, "name_missing", "full_name"),
        ({"born_on": date(1991, 1, 1)}, "birth_day_not_in_year", "born_on"),
        ({"admitted_on": date(2007, 1, 1)}, "too_young", "admitted_on"),
        ({"official_on": date(2015, 1, 1)}, "official_before_admission", "official_on"),
        ({"card_number": "12A"}, "card_not_digits", "card_number"),
        ({"sex": ""}, "choice", "sex"),
        ({"schooling": "12/12"}, "choice", "schooling"),
        ({"hamlet": "x" * 81}, "too_long", "hamlet"),
        ({"email": "an"}, "email", "email"),
        ({"start": date(2015, 9, 1)}, "before_admission", "start"),
        ({"start": TODAY + timedelta(days=1)}, "future", "start"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(place, fields, code, field):
    with broken(code, field) as caught:
        register(place, **fields)
    assert caught.value.message
    assert not Member.objects.exists()
    assert not Entry.objects.exists()


def test_too_young_an_age_names_the_instrument(place):
    with broken("too_young") as caught:
        register(place, admitted_on=date(2007, 1, 1))
    assert caught.value.citation


def test_a_card_belongs_to_one_person(place):
    register(place)
    with broken("card_taken", "card_number"):
        register(place, full_name="Trần Thị Bé")


def test_members_belong_to_cells_that_exist(place):
    with broken("not_a_cell", "cell"):
        members.register_member(**signed(), cell=place.commune, data=DATA, start=D)
    with broken("start_reason"):
        members.register_member(**signed(), cell=place.village, data=DATA, start=D, start_reason="fancy")
    with broken("before_founding", "cell"):
        late = make.unit("moi", "cell", place.commune, start=date(2026, 1, 1))
        members.register_member(**signed(), cell=late, data=DATA, start=D)


def test_only_those_who_keep_the_roster_record_members(place, people):
    for person in (people.village_secretary, people.standing, people.member):
        with pytest.raises(Denied):
            register(place, by=person.user)
    register(place, by=people.deputy.user)


# --- corrected
def test_a_correction_says_what_was_and_what_is(place):
    member = register(place)
    members.edit_member(**signed(), member=member, data=dataclasses.replace(DATA, full_name="Nguyễn Văn Dục"))
    member.refresh_from_db()
    assert (member.full_name, member.search_key) == ("Nguyễn Văn Dục", "nguyen van duc")
    entry = Entry.objects.first()
    assert entry.details["changes"] == {"full_name": ["Nguyễn Văn Đức", "Nguyễn Văn Dục"]}


def test_becoming_official_is_a_decision_and_no_correction(place):
    member = admit(place, admitted_on=date(2026, 2, 3))
    data = dataclasses.replace(DATA, admitted_on=date(2026, 2, 3), card_number=None, official_on=TODAY)
    with broken("use_probation", "official_on"):
        members.edit_member(**signed(), member=member, data=data)


def test_the_probation_follows_a_corrected_admission(place):
    member = admit(place, admitted_on=date(2026, 2, 3))
    data = dataclasses.replace(DATA, admitted_on=date(2026, 2, 2), card_number=None, official_on=None)
    members.edit_member(**signed(), member=member, data=data)
    assert member.probations.get().due == date(2027, 2, 2)
    with broken("admitted_after_joining", "admitted_on"):
        later = dataclasses.replace(data, admitted_on=date(2026, 3, 1))
        members.edit_member(**signed(), member=member, data=later)


def test_who_was_recorded_as_official_by_mistake_goes_back_on_probation(place):
    member = register(place)
    members.edit_member(**signed(), member=member, data=dataclasses.replace(DATA, official_on=None))
    assert member.probations.get().outcome == ""


def test_the_head_of_the_cell_keeps_contact_details_and_nothing_else(place, people):
    contact = {"phone": "0900000000", "email": "", "hamlet": "Thôn Chùa", "occupation": "Làm ruộng"}
    by = signed(people.village_secretary.user)
    members.edit_contact(**by, member=people.member, **contact)
    people.member.refresh_from_db()
    assert people.member.phone == "0900000000"
    with pytest.raises(Denied):
        members.edit_contact(**by, member=people.standing, **contact)
    with pytest.raises(Denied):
        members.edit_member(**by, member=people.member, data=DATA)


def test_contact_details_are_kept_up_to_date_beside_an_old_mistake(place):
    member = make.member(place.village, born_year=1975, admitted_on=date(1990, 5, 19))
    contact = {"phone": " 0900000000 ", "hamlet": "", "occupation": ""}
    members.edit_contact(**signed(), member=member, email="", **contact)
    assert Member.objects.get().phone == "0900000000"
    with broken("email", "email"):
        members.edit_contact(**signed(), member=member, email="an@", **contact)


# --- probation
def test_admission_opens_a_probation_of_twelve_months(place):
    member = admit(place)
    assert (member.admitted_on, member.official_on) == (D, None)
    assert member.memberships.get().start_reason == "admitted"
    assert member.probations.get().due == date(2026, 3, 3)
    with broken("decision_missing", "decision_no"):
        admission.admit_member(**signed(), cell=place.village, data=DATA, admitted_on=D, decision_no="")


def test_somebody_over_sixty_is_admitted_with_the_consent_that_is_on_paper(place):
    assert admit(place, born_year=1950, born_on=None).pk


def test_a_late_decision_still_makes_official_from_the_day_it_was_due(place):
    member = admit(place)
    with broken("not_over", "official_on") as caught:
        confirm(member, date(2026, 3, 2))
    assert caught.value.citation
    confirm(member, date(2026, 3, 3), date(2026, 5, 6), card_number="00.777.888")
    member.refresh_from_db()
    assert (member.official_on, member.card_number) == (date(2026, 3, 3), "00777888")
    probation = member.probations.get()
    assert (probation.outcome, probation.decided_on) == ("official", date(2026, 5, 6))
    with broken("not_on_probation"):
        confirm(member, date(2026, 3, 3))


def test_an_extension_runs_from_the_day_it_was_due(place):
    member = admit(place)
    row = {"member": member, "decided_on": date(2026, 3, 20), "decision_no": "1-NQ/CB"}
    admission.extend_probation(**signed(), months=6, **row)
    first, second = member.probations.order_by("start")
    assert (first.outcome, second.outcome) == ("extended", "")
    assert (second.start, second.due) == (date(2026, 3, 3), date(2026, 9, 3))
    with broken("not_over", "official_on"):
        confirm(member, date(2026, 3, 3))
    with broken("months", "months"):
        admission.extend_probation(**signed(), months=0, **row)
    with broken("decided_before", "decided_on"):
        admission.extend_probation(**signed(), months=6, **row | {"decided_on": date(2026, 1, 1)})


def test_who_is_struck_off_is_no_member_from_the_day_of_the_decision(place):
    member = admit(place)
    admission.strike_off_probation(
        **signed(), member=member, decided_on=date(2026, 4, 1), decision_no="2-QĐ/ĐU"
    )
    membership = member.memberships.get()
    assert (membership.end, membership.end_reason) == (date(2026, 4, 1), "struck_off")
    assert member.probations.get().outcome == "struck_off"
    assert Entry.objects.count() == 2


# --- the end
def test_with_the_membership_ends_all_that_hangs_on_it(place):
    member = make.member(place.village)
    post = make.post(member, place.commune, "committee_member")
    Exemption.objects.create(member=member, start=date(2020, 1, 1))
    Membership.objects.create(
        member=member, unit=place.school, kind="temporary", start=date(2020, 1, 1), start_reason="temporary"
    )
    Transfer.objects.create(
        member=member, from_unit=place.village, to_unit=place.school, proposed_on=D, letter_no="1"
    )
    memberships.end_membership(**signed(), member=member, end=TODAY, reason="died", decision_no="")
    post.refresh_from_db()
    assert post.end == TODAY
    assert set(member.memberships.values_list("end", flat=True)) == {TODAY}
    assert member.exemptions.get().end == TODAY
    assert member.transfers.get().state == "withdrawn"
    with broken("not_a_member"):
        memberships.end_membership(**signed(), member=member, end=TODAY, reason="died", decision_no="")


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"reason": "transferred"}, "end_reason", "reason"),
        ({"reason": "expelled"}, "decision_missing", "decision_no"),
        ({"end": TODAY + timedelta(days=2)}, "future", "end"),
        ({"end": make.LONG_AGO}, "end_before_start", "end"),
    ],
)
def test_an_end_that_cannot_be_is_refused(place, fields, code, field):
    known = {"end": TODAY, "reason": "died", "decision_no": ""}
    with broken(code, field):
        memberships.end_membership(**signed(), member=make.member(place.village), **known | fields)


def test_a_membership_does_not_end_before_a_post_begins(place):
    member = make.member(place.village)
    make.post(member, place.village, start=D)
    with broken("later_post", "end"):
        memberships.end_membership(**signed(), member=member, end=D, reason="died", decision_no="")
    assert member.memberships.get().end is None
    assert Position.objects.get().end is None


# --- temporary activity, exemption
def test_temporary_activity_stands_beside_the_official_one(place):
    member = make.member(place.village)
    row = {"member": member, "end": None, "decision_no": "3"}
    made = memberships.start_temporary(**signed(), cell=place.school, start=D, **row)
    assert Membership.objects.on(D).filter(member=member).count() == 2
    for cell, start, code in (
        (place.village, D, "same_cell"),
        (place.school, D, "already_there"),
        (place.commune, D, "not_a_cell"),
        (place.school, date(2009, 1, 1), "before_founding"),
    ):
        with broken(code):
            memberships.start_temporary(**signed(), cell=cell, start=start, **row)
    with broken("end_before_start", "end"):
        memberships.start_temporary(**signed(), cell=place.school, start=D, **row | {"end": D})
    memberships.end_temporary(**signed(), membership=made, end=date(2025, 6, 1))
    with broken("already_done"):
        memberships.end_temporary(**signed(), membership=made, end=date(2025, 6, 1))


def test_a_member_is_excused_once_at_a_time(place):
    member = make.member(place.village)
    row = {"member": member, "decision_no": "7-NQ/CB"}
    made = exemptions.exempt(**signed(), start=D, **row)
    with broken("already_exempt", "start"):
        exemptions.exempt(**signed(), start=TODAY, **row)
    with broken("end_before_start", "end"):
        exemptions.end_exemption(**signed(), exemption=made, end=D)
    exemptions.end_exemption(**signed(), exemption=made, end=TODAY)
    with broken("already_done"):
        exemptions.end_exemption(**signed(), exemption=made, end=TODAY)
    exemptions.exempt(**signed(), start=TODAY, **row)
    assert Exemption.objects.on(TODAY).get().pk != made.pk
    assert not Probation.objects.exists()
