"""A decision after it is made: announced, handed over, ended; complained of and settled; made good."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.organization.models import Body, Post
from hatnhan.organization.tests import make
from hatnhan.oversight import permissions
from hatnhan.oversight.actions import complaints, handing_over, restoring, settling
from hatnhan.oversight.models import Act, Case, Complaint, Decision, Hearing, KinDeclaration, Restoration
from hatnhan.oversight.selectors import decisions, pending
from hatnhan.oversight.tests import punished

NOW = clock.at(date(2027, 6, 1), 9)
RECEIVED = date(2026, 3, 20)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def that_day():
    with clock.fixed(NOW):
        yield


@pytest.fixture
def case(place, people):
    return punished.case(place, people.member, people.village_secretary)


@pytest.fixture
def decision(case):
    return punished.decision(case, complaint_version="")


def signed(person):
    return {"by": person.user, "at": NOW}


def broken(action, **named):
    with pytest.raises(RuleBroken) as caught:
        action(**named)
    return caught.value.code


def complain(decision, person, **fields):
    told = {"content": "Mức kỷ luật nặng so với lỗi.", "received_on": RECEIVED} | fields
    return complaints.receive_complaint(**signed(person), decision=decision, **told)


def accepted(decision, people, handler=None):
    made = complain(decision, people.village_secretary)
    complaints.accept_complaint(
        **signed(people.inspector),
        complaint=made,
        handler=handler or people.inspector,
        accepted_on=date(2026, 3, 23),
    )
    return made


def settle(complaint, person, result, **fields):
    told = {"reply_no": "09-TB/UBKT", "reply": "Đã xem xét.", "settled_on": date(2026, 5, 4)} | fields
    return settling.settle_complaint(**signed(person), complaint=complaint, result=result, **told)


# --- announced, handed over, ended -----------------------------------------------------------------------------------
def test_what_a_cell_decides_holds_from_its_announcement(people, decision):
    handing_over.announce(
        **signed(people.village_secretary), decision=decision, announced_on=date(2026, 3, 3)
    )
    decision.refresh_from_db()
    assert (decision.effective_on, decision.ends_on) == (date(2026, 3, 3), date(2027, 3, 3))
    code = broken(
        handing_over.announce,
        **signed(people.inspector),
        decision=decision,
        announced_on=date(2026, 3, 4),
    )
    assert code == "already_done"


def test_what_a_committee_decides_holds_from_its_signature(place, people, case):
    made = punished.decision(case, unit=place.commune, body=Body.STANDING)
    told = {**signed(people.inspector), "decision": made}
    assert broken(handing_over.announce, **told, announced_on=date(2026, 3, 9)) == "before_signed"
    handing_over.announce(**told, announced_on=date(2026, 3, 12))
    made.refresh_from_db()
    assert (made.announced_on, made.effective_on) == (date(2026, 3, 12), punished.SIGNED)


def test_the_time_to_complain_runs_from_the_hand_over_and_keeps_its_rule(people, decision):
    told = {**signed(people.village_secretary), "decision": decision}
    assert broken(handing_over.hand_over, **told, handed_on=RECEIVED, note=" ") == "note_missing"
    assert (
        broken(handing_over.hand_over, **told, handed_on=date(2026, 3, 9), note="Ký nhận") == "before_signed"
    )
    handing_over.hand_over(**told, handed_on=date(2026, 3, 31), note="Trao tại cuộc họp, có ký nhận")
    decision.refresh_from_db()
    assert decision.complain_by == date(2026, 5, 4)  # 30 April, 1 May, and the weekend after them
    assert decision.complaint_version.startswith("oversight.complaints@")
    entry = Entry.objects.get(action="oversight:decision:hand_over")
    assert entry.subject_id == people.member.pk
    code = broken(handing_over.hand_over, **told, handed_on=date(2026, 4, 1), note="Ký nhận")
    assert code == "already_done"


def test_effect_ends_by_its_days_whether_written_or_not(people, decision):
    last, first = date(2027, 3, 9), date(2027, 3, 10)
    assert list(decisions.standing(last)) == [decision]
    assert not decisions.standing(first)
    told = {**signed(people.village_secretary), "decision": decision}
    assert broken(handing_over.end_effect, **told, on=last) == "before_end"
    handing_over.end_effect(**told, on=first)
    decision.refresh_from_db()
    assert decision.state == Decision.State.ENDED
    assert list(decisions.standing(last)) == [decision]


def test_effect_does_not_end_after_a_new_violation_within_it(place, people, decision):
    again = punished.case(place, people.member, people.village_secretary)
    Act.objects.create(case=again, text="Tái phạm", done_on=date(2026, 9, 1))
    punished.decision(again)
    told = {**signed(people.village_secretary), "decision": decision}
    assert broken(handing_over.end_effect, **told, on=date(2027, 3, 10)) == "new_violation"


def test_only_who_has_the_case_in_hand_writes(people, decision):
    for person in (people.member, people.deputy, people.school_secretary):
        with pytest.raises(Denied):
            handing_over.hand_over(**signed(person), decision=decision, handed_on=RECEIVED, note="Ký nhận")


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Decision, {"handed_on": date(2026, 3, 31)}),  # without the last day to complain
        (Decision, {"handed_on": date(2026, 3, 9), "complain_by": date(2026, 4, 9)}),  # before it was signed
        (Decision, {"state": "annulled"}),
        (Complaint, {"state": "accepted"}),
        (Complaint, {"state": "refused"}),
        (Case, {"postponed_since": RECEIVED}),
        (Hearing, {"absent_because": "Đang bị tạm giam"}),
    ],
)
def test_the_database_refuses_what_says_too_little(place, people, decision, model, fields):
    Decision.objects.update(complaint_version="oversight.complaints@2011-01-19")
    complain(decision, people.village_secretary)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**fields)


# --- received --------------------------------------------------------------------------------------------------------
def test_the_subject_complains_today_to_the_body_above(place, people, decision):
    made = complain(decision, people.member, received_on=date(2026, 3, 1))
    assert (made.unit, made.body, made.received_on) == (place.commune, Body.INSPECTION, date(2027, 6, 1))
    assert made.typed_by == ""
    assert broken(complain, decision=decision, person=people.village_secretary) == "running"
    with pytest.raises(Denied):
        complain(decision, people.deputy)


def test_who_has_the_case_types_a_paper_with_its_day(people, decision):
    made = complain(decision, people.village_secretary)
    assert (made.typed_by, made.received_on) == (str(people.village_secretary.user), RECEIVED)


def test_a_complaint_of_what_a_committee_decided_goes_higher(place, people, case):
    of_standing = punished.decision(case, unit=place.commune, body=Body.STANDING)
    made = complain(of_standing, people.member)
    assert (made.unit, made.body) == (place.commune, Body.COMMITTEE)
    complaints.withdraw_complaint(**signed(people.member), complaint=made)
    Decision.objects.filter(pk=of_standing.pk).update(body=Body.COMMITTEE)
    of_standing.refresh_from_db()
    made = complain(of_standing, people.member)
    assert (made.unit, made.body) == (place.province, Body.INSPECTION)


# --- admitted or not -------------------------------------------------------------------------------------------------
def test_it_is_settled_within_its_days_by_one_of_the_body(people, decision):
    made = accepted(decision, people)
    made.refresh_from_db()
    assert (made.state, made.handler) == (Complaint.State.ACCEPTED, people.inspector)
    # Ninety working days from the day it was received, the twentieth; not from its admission on the twenty-third.
    assert made.due == date(2026, 7, 29)


@pytest.mark.parametrize(
    ("case_of", "code"),
    [
        ("own", "wrong_body"),
        ("strange", "not_in_body"),
        ("handled", "of_case"),
        ("kin", "kin"),
        ("none", "handler_missing"),
    ],
)
def test_nobody_close_to_it_settles_it(place, people, decision, case_of, code):
    made = complain(decision, people.village_secretary)
    told = {**signed(people.inspector), "complaint": made, "handler": people.inspector}
    if case_of == "own":
        told |= {"unit": place.village, "body": Body.MEMBERS}
    if case_of == "strange":
        told["handler"] = people.standing
    if case_of == "handled":
        make.post(people.village_secretary, place.commune, Post.INSPECTION_MEMBER)
        told["handler"] = people.village_secretary
    if case_of == "kin":
        second = make.member(place.school, "Trần Văn Bình")
        make.post(second, place.commune, Post.INSPECTION_MEMBER)
        KinDeclaration.objects.create(
            member=second, kin=people.member, declared_on=RECEIVED, declared_by="Trần Văn Bình"
        )
        told["handler"] = second
    if case_of == "none":
        told["handler"] = None
    assert broken(complaints.accept_complaint, **told) == code


def test_an_inspection_committee_does_not_settle_what_its_own_standing_committee_decided(place, people, case):
    made = complain(punished.decision(case, unit=place.commune, body=Body.STANDING), people.member)
    told = {**signed(people.secretary), "complaint": made, "handler": people.inspector}
    code = broken(complaints.accept_complaint, **told, unit=place.commune, body=Body.INSPECTION)
    assert code == "wrong_body"


def test_late_is_no_ground_for_one_that_came_on_the_last_day(people, decision):
    handing_over.hand_over(
        **signed(people.village_secretary),
        decision=decision,
        handed_on=date(2026, 3, 10),
        note="Ký nhận",
    )
    assert decision.complain_by == date(2026, 4, 10)
    told = {"ground": "late", "words": "Đơn gửi quá một tháng.", **signed(people.inspector)}
    made = complain(decision, people.village_secretary, received_on=date(2026, 4, 10))
    assert broken(complaints.refuse_complaint, complaint=made, **told) == "not_late"
    assert broken(complaints.refuse_complaint, complaint=made, **told | {"ground": "x"}) == "ground"
    complaints.withdraw_complaint(**signed(people.member), complaint=made)
    late = complain(decision, people.village_secretary, received_on=date(2026, 4, 13))
    complaints.refuse_complaint(complaint=late, **told)
    late.refresh_from_db()
    assert (late.state, late.refused_ground) == (Complaint.State.REFUSED, "late")
    entry = Entry.objects.filter(action="oversight:complaint:handle").order_by("pk").last()
    assert entry.details["reason"] == "Đơn gửi quá một tháng."


def test_only_the_subject_takes_it_back(people, decision):
    made = complain(decision, people.member)
    with pytest.raises(Denied):
        complaints.withdraw_complaint(**signed(people.inspector), complaint=made)
    complaints.withdraw_complaint(**signed(people.member), complaint=made)
    assert broken(complaints.withdraw_complaint, **signed(people.member), complaint=made) == "already_done"


# --- settled ---------------------------------------------------------------------------------------------------------
def test_who_left_the_body_settles_nothing_any_more(place, people, decision):
    second = make.member(place.school, "Trần Văn Bình")
    post = make.post(second, place.commune, Post.INSPECTION_MEMBER)
    make.account("second", second)
    made = accepted(decision, people, handler=second)
    user = type(second.user).objects.get(pk=second.user.pk)
    assert permissions.may_settle(user, made)
    assert pending.complaints(second.pk, date(2027, 6, 1)).exists()
    type(post).objects.filter(pk=post.pk).update(end=date(2027, 1, 1))
    user = type(user).objects.get(pk=user.pk)
    assert not permissions.may_settle(user, made)
    assert not permissions.complaints_for(user).exists()
    assert not pending.complaints(second.pk, date(2027, 6, 1)).exists()


def test_its_last_day_stands_from_its_receipt_though_nobody_admits_it(people, decision):
    made = complain(decision, people.village_secretary)
    assert made.due == date(2026, 7, 29)


def test_kept(people, decision):
    made = accepted(decision, people)
    assert settle(made, people.inspector, "kept") == decision
    made.refresh_from_db()
    assert (made.state, made.result, decision.state) == ("settled", "kept", Decision.State.IN_FORCE)
    # What this body has settled goes to the next one above.
    again = complain(decision, people.village_secretary, received_on=date(2026, 5, 8))
    told = {**signed(people.inspector), "complaint": again, "handler": people.inspector}
    assert broken(complaints.accept_complaint, **told) == "same_body"


def test_changed_to_a_milder_form_counts_the_time_served(place, people, decision):
    made = accepted(decision, people)
    new = settle(made, people.inspector, "changed", form="reprimand")
    decision.refresh_from_db()
    assert (decision.state, decision.state_since) == (Decision.State.CHANGED, date(2026, 5, 4))
    assert (new.form, new.instead_of, new.unit, new.body) == (
        "reprimand", decision, place.commune, Body.INSPECTION
    )  # fmt: skip
    assert (new.effective_on, new.ends_on) == (date(2026, 5, 4), date(2027, 3, 10))
    assert list(decisions.standing(date(2026, 5, 3))) == [decision]
    assert list(decisions.standing(date(2026, 5, 4))) == [new]


@pytest.mark.parametrize(
    ("result", "form", "code"),
    [
        ("changed", "", "form"),
        ("changed", "warning", "form"),  # the same
        ("changed", "dissolution", "form"),  # not against a member
        ("changed", "expulsion", "form"),  # harder: without a hearing and two votes on it nobody is expelled
        ("changed", "removal", "form"),
        ("kept", "reprimand", "form_kept"),
        ("", "", "result"),
    ],
)
def test_only_to_a_form_open_by_rule(people, decision, result, form, code):
    made = accepted(decision, people)
    assert broken(settle, complaint=made, person=people.inspector, result=result, form=form) == code


def test_annulled_leaves_what_is_to_be_made_good(people, decision):
    made = accepted(decision, people)
    settle(made, people.inspector, "annulled")
    decision.refresh_from_db()
    assert decision.state == Decision.State.ANNULLED
    assert not decisions.standing(date(2026, 5, 4))
    rows = list(Restoration.objects.order_by("kind"))
    assert [one.kind for one in rows] == ["apology", "good_name", "rights"]
    assert {one.due for one in rows} == {date(2026, 6, 3)}
    told = {**signed(people.inspector), "restoration": rows[0], "where": "Họp chi bộ thôn Chùa"}
    assert broken(restoring.restore, **told, done_on=date(2026, 5, 3)) == "before"
    with pytest.raises(Denied):
        restoring.restore(**told | signed(people.member), done_on=date(2026, 5, 20))
    restoring.restore(**told, done_on=date(2026, 5, 20))
    assert broken(restoring.restore, **told, done_on=date(2026, 5, 21)) == "already_done"
    assert Entry.objects.get(action="oversight:restoration:write").subject_id == people.member.pk


def test_it_is_settled_once_and_not_before_it_is_admitted(people, decision):
    made = complain(decision, people.village_secretary)
    assert broken(settle, complaint=made, person=people.inspector, result="kept") == "already_done"
    complaints.accept_complaint(**signed(people.inspector), complaint=made, handler=people.inspector)
    told = {"complaint": made, "person": people.inspector, "result": "kept"}
    assert broken(settle, **told, settled_on=date(2026, 5, 4)) == "before_accepted"
    stale = Complaint.objects.select_related("decision__case").get(pk=made.pk)
    settle(made, people.inspector, "kept", settled_on=date(2027, 6, 1))
    assert broken(settle, **told | {"complaint": stale}, settled_on=date(2027, 6, 1)) == "already_done"
    with pytest.raises(Denied):
        settle(stale, people.member, "annulled")
