"""A case from its opening to the decision: what each deed needs, refuses, writes and records."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Q

from hatnhan.accounts.actors import MACHINE
from hatnhan.audit import scopes
from hatnhan.audit.models import Entry
from hatnhan.ballots.models import Ballot
from hatnhan.core import clock
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.organization.models import Body, Exemption, Position, Post
from hatnhan.organization.tests import make
from hatnhan.oversight import permissions
from hatnhan.oversight.actions import cases, deciding, filing, voting
from hatnhan.oversight.actions.case_hearing import hear
from hatnhan.oversight.actions.self_review import refuse_self_review, submit_self_review
from hatnhan.oversight.models import Case, Decision, KinDeclaration
from hatnhan.oversight.permissions import Action
from hatnhan.oversight.selectors import pending
from hatnhan.oversight.selectors.limitation import limitation_of
from hatnhan.oversight.tests.make_case import (
    ACTS,
    OPENED,
    REVIEWED,
    VOTED,
    case_of,
    formed,
    handler,
    heard,
    moment,
    reviewed,
    taken,
    vote,
)

pytestmark = pytest.mark.django_db
SIGNED = VOTED + timedelta(days=5)


@pytest.fixture
def cell(place, people):
    """Return who there is in the village cell: the subject, the tellers, who hears, and all of them."""
    everybody = [people.secretary, people.deputy, people.village_secretary, people.member]
    people.everybody = everybody + make.members(place.village, 6)
    people.tellers = (people.deputy, people.secretary)
    return people


@pytest.fixture
def case(place, cell):
    return case_of(place, cell.member, [cell.village_secretary])


def decided(case, on=SIGNED, **fields):
    told = {"number": "01-QĐ/CB", "signed_on": on, "reason": "Vi phạm Điều 24 Điều lệ Đảng."} | fields
    with clock.fixed(moment(on)):
        return deciding.decide(by=MACHINE, at=moment(on), case=case, **told)


def refused(code):
    class Refused:
        def __enter__(self):
            self.raised = pytest.raises(RuleBroken)
            self.told = self.raised.__enter__()
            return self.told

        def __exit__(self, *args):
            caught = self.raised.__exit__(*args)
            assert self.told.value.code == code
            return caught

    return Refused()


# --- opening ---------------------------------------------------------------------------------------------------------
def test_a_case_keeps_its_law_and_makes_its_file(case, place, cell):
    assert case.standing == Case.Standing.OFFICIAL
    assert case.deciding_unit == place.village
    assert case.rule_version
    assert case.limitation_version
    assert sum(step.papers.count() for step in case.dossier.steps.all()) == 16
    (entry,) = Entry.objects.filter(action=Action.OPEN_CASE)
    assert entry.subject_id == cell.member.pk
    rows = {one.form: one for one in limitation_of(case, OPENED).rows}
    assert rows["reprimand"].last_day == date(2023, 3, 15)
    assert rows["warning"].last_day == date(2028, 3, 15)
    assert rows["expulsion"].last_day is None
    assert "15/3/2018" in rows["reprimand"].basis


def test_a_probationary_member_faces_the_forms_of_probation(place, cell):
    young = make.member(place.village, "Bùi Văn Tám", admitted_on=date(2018, 1, 5), official_on=None)
    found = case_of(place, young, [cell.village_secretary])
    assert found.standing == Case.Standing.PROBATIONARY
    assert [one.form for one in limitation_of(found, OPENED).rows] == ["reprimand", "warning"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"acts": ()}, "no_act"),
        ({"acts": (("Việc ấy", OPENED + timedelta(days=1)),)}, "act_future"),
        ({"acts": (("  ", OPENED),)}, "act_missing"),
        ({"body": Body.COMMITTEE}, "body"),
        ({"head": "nothing"}, "head"),
        ({"handlers": []}, "no_handler"),
    ],
)
def test_what_opening_refuses(place, cell, changes, code):
    handlers = changes.pop("handlers", [cell.village_secretary])
    with refused(code):
        case_of(place, cell.member, handlers, **changes)


def test_the_inspection_committee_does_not_decide_while_the_law_is_unread(place, cell):
    with refused("body"):
        case_of(place, cell.member, [handler(place.commune)], unit=place.commune, body=Body.INSPECTION)


def test_who_may_not_have_a_case_in_hand(place, cell):
    inspector = handler(place.commune)
    with refused("not_handler"):
        case_of(place, cell.member, [cell.everybody[-1]])
    with refused("is_subject"):
        case_of(place, cell.village_secretary, [cell.village_secretary])
    KinDeclaration.objects.create(member=inspector, kin=cell.member, declared_on=OPENED, declared_by="x")
    with refused("kin"):
        case_of(place, cell.member, [inspector], unit=place.commune)
    # The chair of inspection belongs to the school's cell: no case of a committee about one of that cell.
    with refused("own_cell"):
        case_of(place, cell.school_secretary, [cell.inspector], unit=place.commune)


def test_only_the_committee_directly_above_disciplines_an_organisation(place, cell):
    inspector = handler(place.commune)
    made = case_of(place, None, [inspector], unit=place.commune, organisation=place.village)
    assert made.standing == Case.Standing.ORGANISATION
    assert [one.form for one in limitation_of(made, OPENED).rows] == ["reprimand", "warning", "dissolution"]
    with refused("not_below"):
        case_of(place, None, [inspector], unit=place.province, organisation=place.village)


def test_members_do_not_open_cases_nor_subjects_their_own(place, cell):
    for by in (cell.member.user, cell.school_secretary.user):
        with pytest.raises(Denied):
            case_of(place, cell.member, [cell.village_secretary], by=by)
    with pytest.raises(Denied):
        case_of(place, cell.village_secretary, [handler(place.commune)], by=cell.village_secretary.user)


# --- the whole way ---------------------------------------------------------------------------------------------------
def test_the_whole_way(case, cell, place):
    case = formed(case, cell.village_secretary, cell.tellers, cell.everybody)
    assert (case.state, case.form, case.votes_for, case.votes_needed) == ("formed", "warning", 9, 6)
    decision = decided(case)
    case.refresh_from_db()
    assert (case.state, case.closed_on) == ("decided", SIGNED)
    # A cell's warning holds from the day the vote was announced; it ends after twelve months.
    assert (decision.announced_on, decision.effective_on) == (VOTED, VOTED)
    assert decision.ends_on == date(2019, 10, 3)
    assert decision.signed_by == "Đỗ Văn Hải"
    done = Entry.objects.filter(object_type="oversight.case", object_id=str(case.pk)).order_by("pk")
    assert list(done.values_list("action", flat=True)) == [
        Action.OPEN_CASE, Action.SELF_REVIEW, Action.HEARING, Action.VOTE, Action.COUNTED, Action.VOTE,
        Action.COUNTED, Action.DECIDE,
    ]  # fmt: skip
    assert all(entry.subject_id == cell.member.pk for entry in done)


def test_a_committee_decides_from_the_signature_and_needs_a_majority_of_its_seats(place, cell):
    inspector = handler(place.commune)
    standing = [cell.secretary, cell.deputy, cell.standing]
    made = case_of(place, cell.member, [inspector], unit=place.commune)
    made = formed(made, cell.standing, (cell.deputy, cell.secretary), standing, form_place=4)
    assert (made.form, made.votes_for, made.votes_needed) == ("removal", 3, 2)
    decision = decided(made)
    assert (decision.announced_on, decision.effective_on) == (None, SIGNED)
    assert decision.signed_by == "Phùng Minh Thông"


def test_nothing_can_be_left_out(case, cell):
    at = moment(VOTED)
    with clock.fixed(at):
        with refused("not_now"):
            hear(by=MACHINE, at=at, case=case, heard_by=cell.village_secretary, on=VOTED, said="Có.")
        for number in (1, 2):
            with refused("not_now"):
                voting.open_round(by=MACHINE, at=at, case=case, round=number, tellers=cell.tellers)
        with refused("not_now"):
            voting.take_result(by=MACHINE, at=at, case=case)
    with refused("not_now"):
        decided(case)
    heard(reviewed(case), cell.village_secretary)
    with clock.fixed(at):
        with refused("not_counted"):
            voting.take_result(by=MACHINE, at=at, case=case)
        voting.open_round(by=MACHINE, at=at, case=case, round=1, tellers=cell.tellers)
        with refused("asked_already"):
            voting.open_round(by=MACHINE, at=at, case=case, round=1, tellers=cell.tellers)
        with refused("round_open"):
            cases.drop_case(by=MACHINE, at=at, case=case, reason="Không đủ căn cứ")
    with refused("not_now"):
        decided(case)
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("state", "fields"),
    [("heard", {}), ("formed", {"self_review_refused": "Vắng", "form": "warning"}), ("dropped", {})],
)
def test_the_database_refuses_what_skips_a_step(case, state, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state=state, **fields)


def test_half_of_all_members_is_not_a_majority_and_the_subject_counts_among_them(case, cell):
    """Ten official members, the subject one of them: of the nine with a vote five are not more than half of ten."""
    heard(reviewed(case), cell.village_secretary)
    vote(case, 1, cell.tellers, cell.everybody, {1: 5, 2: 4})
    now = taken(case)
    assert now.state == Case.State.DROPPED
    assert now.closed_on == VOTED
    assert "cần 6" in now.dropped_because


def test_who_is_excused_and_stays_away_counts_too(case, cell, place):
    """Two exempt members who stay away are official members: twelve of them, so that six votes do not carry."""
    for one in make.members(place.village, 2):
        Exemption.objects.create(member=one, start=date(2017, 1, 1))
    heard(reviewed(case), cell.village_secretary)
    vote(case, 1, cell.tellers, cell.everybody, {1: 6, 2: 3})
    assert taken(case).state == Case.State.DROPPED


def test_votes_for_harder_forms_are_added_to_milder_ones(case, cell):
    heard(reviewed(case), cell.village_secretary)
    vote(case, 1, cell.tellers, cell.everybody, {1: 9})
    taken(case)
    # 1 none, 2 reprimand, 3 warning, 4 removal, 5 expulsion.
    vote(case, 2, cell.tellers, cell.everybody, {1: 1, 2: 2, 3: 4, 4: 1, 5: 1})
    now = taken(case)
    assert (now.state, now.form, now.votes_for, now.votes_needed) == ("formed", "warning", 6, 6)


def test_no_form_reaches_its_share(case, cell):
    heard(reviewed(case), cell.village_secretary)
    vote(case, 1, cell.tellers, cell.everybody, {1: 9})
    taken(case)
    vote(case, 2, cell.tellers, cell.everybody, {1: 5, 2: 4})
    assert taken(case).state == Case.State.DROPPED


def test_a_vote_called_off_is_held_again(case, cell):
    heard(reviewed(case), cell.village_secretary)
    at = moment(VOTED)
    with clock.fixed(at):
        made = voting.open_round(by=MACHINE, at=at, case=case, round=1, tellers=cell.tellers)
        Ballot.objects.filter(pk=made.ballot_id).update(state=Ballot.State.CANCELLED)
    vote(case, 1, cell.tellers, cell.everybody, {1: 9})
    assert taken(case).state == Case.State.AGREED


# --- upward ----------------------------------------------------------------------------------------------------------
def test_a_cell_proposes_removal_and_the_committee_hears_and_votes_for_itself(case, cell, place):
    case = formed(case, cell.village_secretary, cell.tellers, cell.everybody, form_place=4)
    with refused("not_theirs"):
        decided(case)
    at = moment(VOTED, 21)
    with clock.fixed(at):
        voting.propose_upward(by=MACHINE, at=at, case=case)
    case.refresh_from_db()
    assert (case.state, case.form, case.deciding_unit, case.deciding_body) == (
        "reviewed", "", place.commune, Body.STANDING,
    )  # fmt: skip
    with clock.fixed(at), refused("not_now"):
        voting.open_round(by=MACHINE, at=at, case=case, round=1, tellers=cell.tellers)
    with clock.fixed(at), refused("heard_by"):
        hear(by=MACHINE, at=at, case=case, heard_by=cell.village_secretary, on=VOTED, said="Có.")
    day = VOTED + timedelta(days=7)
    standing = [cell.secretary, cell.deputy, cell.standing]
    heard(case, cell.standing, day)
    vote(case, 1, cell.tellers, standing, {1: 3}, day)
    taken(case, day)
    vote(case, 2, cell.tellers, standing, {4: 3}, day)
    case = taken(case, day)
    decision = decided(case, day + timedelta(days=2))
    assert (decision.form, decision.unit, decision.body) == ("removal", place.commune, Body.STANDING)
    assert case.hearings.count() == 2
    (entry,) = Entry.objects.filter(action=Action.PROPOSE)
    assert entry.details["form"] == "removal"


def own_member_case(place, cell, post=Post.COMMITTEE_MEMBER):
    """Return a case of the commune's standing committee against one who sits in a body of the same committee."""
    held = make.post(cell.member, place.commune, post)
    made = case_of(place, cell.member, [handler(place.commune)], unit=place.commune)
    return made, held, [cell.secretary, cell.deputy, cell.standing]


@pytest.mark.parametrize("post", [Post.COMMITTEE_MEMBER, Post.STANDING_MEMBER, Post.INSPECTION_MEMBER])
@pytest.mark.parametrize("place_of_form", [4, 5], ids=["removal", "expulsion"])
def test_a_committee_proposes_to_remove_or_expel_its_own_member(place, cell, post, place_of_form):
    made, _held, standing = own_member_case(place, cell, post)
    present = [*standing, cell.member] if post == Post.STANDING_MEMBER else standing
    made = formed(made, cell.standing, (cell.deputy, cell.secretary), present, form_place=place_of_form)
    with refused("not_theirs") as told:
        decided(made)
    assert "Điều 36" in told.value.message
    with clock.fixed(moment(VOTED, 21)):
        voting.propose_upward(by=MACHINE, at=moment(VOTED, 21), case=made)
    made.refresh_from_db()
    assert (made.deciding_unit, made.state) == (place.province, "reviewed")
    assert not Decision.objects.exists()


def test_a_committee_itself_warns_its_own_member(place, cell):
    made, _held, standing = own_member_case(place, cell)
    made = formed(made, cell.standing, (cell.deputy, cell.secretary), standing, form_place=3)
    assert decided(made).form == "warning"


@pytest.mark.parametrize(("last", "own"), [(VOTED, False), (VOTED + timedelta(days=1), True)])
def test_the_seat_counts_on_the_day_of_the_vote(place, cell, last, own):
    """Who left the committee by the day of the vote is no member of it; who left later was."""
    made, held, standing = own_member_case(place, cell)
    Position.objects.filter(pk=held.pk).update(end=last)
    made = formed(made, cell.standing, (cell.deputy, cell.secretary), standing, form_place=4)
    if own:
        with refused("not_theirs"):
            decided(made)
    else:
        assert decided(made).form == "removal"


def test_dissolution_is_decided_two_levels_above(case, cell, place):
    """The committee directly above only proposes it; the next one above hears and votes for itself, and decides."""
    sits = make.member(None, "Lê Văn Tỉnh")
    others = [make.member(None, f"Đào Văn {name}") for name in ("Một", "Hai")]
    for one in (sits, *others):
        make.post(one, place.province, Post.STANDING_MEMBER)
    made = case_of(place, None, [handler(place.commune)], unit=place.commune, organisation=place.village)
    standing = [cell.secretary, cell.deputy, cell.standing]
    made = formed(made, cell.standing, (cell.deputy, cell.secretary), standing, form_place=4)
    assert made.form == "dissolution"
    with refused("not_theirs"):
        decided(made)
    with clock.fixed(moment(VOTED, 21)):
        voting.propose_upward(by=MACHINE, at=moment(VOTED, 21), case=made)
    day = VOTED + timedelta(days=7)
    made.refresh_from_db()
    heard(made, sits, day)
    vote(made, 1, tuple(others), [sits, *others], {1: 3}, day)
    taken(made, day)
    vote(made, 2, tuple(others), [sits, *others], {4: 3}, day)
    made = taken(made, day)
    assert decided(made, day, signed_by="Lê Văn Tỉnh").unit == place.province


def test_no_title_of_a_vote_names_the_member(case, cell):
    """Titles go into lists, the record, calendars; who is considered stands on the ballot's own page."""
    formed(case, cell.village_secretary, cell.tellers, cell.everybody)
    assert Ballot.objects.count() == 2
    for ballot in Ballot.objects.all():
        assert cell.member.full_name not in ballot.title
        assert ballot.concerned == cell.member
    drafted = Entry.objects.filter(object_type="ballots.ballot")
    assert drafted.count() == 6
    assert not drafted.filter(object_name__contains=cell.member.full_name).exists()


# --- limitation ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("done_on", "lapsed"),
    [(date(2013, 10, 3), False), (date(2013, 10, 2), True)],
    ids=["last day", "day after"],
)
def test_limitation_runs_until_the_vote(place, cell, done_on, lapsed):
    case = case_of(place, cell.member, [cell.village_secretary], acts=(("Việc cũ", done_on),))
    case = formed(case, cell.village_secretary, cell.tellers, cell.everybody, form_place=2)
    assert case.form == "reprimand"
    if not lapsed:
        assert decided(case).form == "reprimand"
        return
    # The vote is on record; the case ends without discipline.
    with refused("lapsed"):
        decided(case)
    with clock.fixed(moment(SIGNED)):
        cases.drop_case(by=MACHINE, at=moment(SIGNED), case=case, reason="Hết thời hiệu")
    case.refresh_from_db()
    assert (case.state, case.votes_for) == ("dropped", 9)


def test_some_violations_never_lapse(place, cell):
    old = (("Dùng bằng giả", date(1999, 1, 1)),)
    case = case_of(place, cell.member, [cell.village_secretary], acts=old, head="degrees")
    assert all(one.last_day is None for one in limitation_of(case, OPENED).rows)
    case = formed(case, cell.village_secretary, cell.tellers, cell.everybody)
    assert decided(case).form == "warning"


# --- set aside -------------------------------------------------------------------------------------------------------
def test_nothing_goes_on_while_a_case_is_set_aside(case, cell):
    heard(reviewed(case), cell.village_secretary)
    at = moment(VOTED)
    with clock.fixed(at):
        cases.postpone_case(by=MACHINE, at=at, case=case, reason="pregnant", since=REVIEWED)
        with refused("postponed"):
            voting.open_round(by=MACHINE, at=at, case=case, round=1, tellers=cell.tellers)
        cases.resume_case(by=MACHINE, at=at, case=case)
        voting.open_round(by=MACHINE, at=at, case=case, round=1, tellers=cell.tellers)
    case.refresh_from_db()
    # That it was set aside, and from when to when, stays.
    assert (case.postponed_since, case.postponed_until) == (REVIEWED, VOTED)
    first, second = Entry.objects.filter(action=Action.POSTPONE).order_by("pk")
    assert "postponed_since" in first.details
    assert "resumed_on" in second.details
    assert "pregnant" not in str(first.details) + str(second.details)


def test_nursing_lasts_no_longer_than_the_law(case):
    at = moment(VOTED)
    with clock.fixed(at):
        for until in (None, date(2019, 10, 4)):
            with refused("nursing"):
                cases.postpone_case(by=MACHINE, at=at, case=case, reason="nursing", since=VOTED, until=until)
        cases.postpone_case(
            by=MACHINE, at=at, case=case, reason="nursing", since=VOTED, until=date(2019, 10, 3)
        )
    # It ends of itself: nothing depends on a click.
    with clock.fixed(moment(date(2019, 10, 3))):
        reviewed(case, date(2019, 10, 3))


def test_a_vote_under_way_is_called_off_before_a_case_is_set_aside(case, cell):
    heard(reviewed(case), cell.village_secretary)
    at = moment(VOTED)
    with clock.fixed(at):
        made = voting.open_round(by=MACHINE, at=at, case=case, round=1, tellers=cell.tellers)
        case.refresh_from_db()
        told = {"by": MACHINE, "at": at, "case": case, "reason": "pregnant"}
        with refused("round_open"):
            cases.postpone_case(**told, since=VOTED)
        Ballot.objects.filter(pk=made.ballot_id).update(state=Ballot.State.CANCELLED)
        with refused("heard_since"):
            cases.postpone_case(**told, since=REVIEWED - timedelta(days=1))
        cases.postpone_case(**told, since=VOTED)


def test_nothing_is_dated_back_into_the_time_a_case_was_set_aside(case, cell):
    reviewed(case)
    case.refresh_from_db()
    since, until, last = REVIEWED + timedelta(days=2), VOTED, VOTED - timedelta(days=1)
    at = moment(VOTED)
    with clock.fixed(at):
        cases.postpone_case(by=MACHINE, at=at, case=case, reason="in_patient", since=since, until=until)
        with refused("postponed"):
            hear(by=MACHINE, at=at, case=case, heard_by=cell.village_secretary, on=last, said="Có.")
        hear(by=MACHINE, at=at, case=case, heard_by=cell.village_secretary, on=until, said="Có.")
    later = VOTED + timedelta(days=1)
    vote(case, 1, cell.tellers, cell.everybody, {1: 9}, later)
    taken(case, later)
    vote(case, 2, cell.tellers, cell.everybody, {3: 9}, later)
    case = taken(case, later)
    day = later + timedelta(days=9)
    with clock.fixed(moment(day)):
        told = {"reason": "in_patient", "since": later, "until": day}
        cases.postpone_case(by=MACHINE, at=moment(day), case=case, **told)
    with clock.fixed(moment(day)), refused("postponed"):
        deciding.decide(
            by=MACHINE, at=moment(day), case=case, number="1", signed_on=day - timedelta(days=1), reason="Vì"
        )
    assert decided(case, day).signed_on == day


# --- review of self, hearing -----------------------------------------------------------------------------------------
def test_the_subject_reviews_themselves_and_nobody_types_over_it(case, cell):
    at = moment(REVIEWED)
    with clock.fixed(at):
        with pytest.raises(Denied):
            submit_self_review(by=cell.school_secretary.user, at=at, case=case, text="Tôi nhận.")
        submit_self_review(by=cell.member.user, at=at, case=case, text="Tôi nhận.", proposed="warning")
        with refused("own_words"):
            submit_self_review(by=cell.village_secretary.user, at=at, case=case, text="Không nhận.")
        with refused("reviewed"):
            refuse_self_review(by=cell.village_secretary.user, at=at, case=case, reason="Từ chối")
        with refused("changed_meanwhile"):
            submit_self_review(by=cell.member.user, at=at, case=case, text="Viết trên trang mở từ trước.")
        case.refresh_from_db()
        submit_self_review(by=cell.member.user, at=at, case=case, text="Tôi nhận, sẽ sửa.")
    case.refresh_from_db()
    assert case.self_review == "Tôi nhận, sẽ sửa."
    assert case.self_review_typed_by == ""
    heard(case, cell.village_secretary)
    with clock.fixed(at), refused("heard_already"):
        submit_self_review(by=cell.member.user, at=at, case=case, text="Khác.")
    with clock.fixed(at), refused("heard_already"):
        cases.edit_acts(by=MACHINE, at=at, case=case, acts=ACTS)


def test_refusal_and_absence_are_written_and_stop_nothing(case, cell):
    at = moment(VOTED)
    by = cell.village_secretary.user
    with clock.fixed(at):
        refuse_self_review(by=by, at=at, case=case, reason="Không nhận giấy mời hai lần")
        with refused("said_missing"):
            hear(by=by, at=at, case=case, heard_by=cell.village_secretary)
        with refused("heard_by"):
            hear(by=by, at=at, case=case, heard_by=cell.member, said="Có.")
        hear(by=by, at=at, case=case, heard_by=cell.village_secretary, absent_because="Đang bị tạm giam")
        # Mended while nothing is built upon it, by who has read what stands.
        with refused("changed_meanwhile"):
            hear(by=by, at=at, case=case, heard_by=cell.village_secretary, absent_because="Đang bị tạm giữ")
        case.refresh_from_db()
        hear(by=by, at=at, case=case, heard_by=cell.village_secretary, absent_because="Đang bị tạm giữ")
    vote(case, 1, cell.tellers, cell.everybody, {1: 9})
    with clock.fixed(at), refused("not_now"):
        hear(by=by, at=at, case=case, heard_by=cell.village_secretary, said="Có.")
    assert taken(case).state == Case.State.AGREED
    assert case.hearings.get().absent_because == "Đang bị tạm giữ"
    before = Entry.objects.filter(action=Action.HEARING).order_by("-pk").first().details["before"]
    assert before["absent_because"] == "Đang bị tạm giam"


# --- who -------------------------------------------------------------------------------------------------------------
def test_subject_kin_and_others_write_nothing(case, cell, place):
    kin = make.member(place.school, "Nguyễn Văn Anh")
    make.post(kin, place.commune, Post.INSPECTION_DEPUTY)
    user = make.account("kin", kin)
    KinDeclaration.objects.create(member=cell.member, kin=kin, declared_on=OPENED, declared_by="x")
    at = moment(VOTED)
    for by in (user, cell.member.user, cell.school_secretary.user, cell.secretary.user):
        with clock.fixed(at), pytest.raises(Denied):
            cases.drop_case(by=by, at=at, case=case, reason="Thôi")
    formed(case, cell.village_secretary, cell.tellers, cell.everybody)
    for by in (user, cell.member.user):
        with clock.fixed(moment(SIGNED)), pytest.raises(Denied):
            deciding.decide(by=by, at=moment(SIGNED), case=case, number="1", signed_on=SIGNED, reason="Vì")


def test_who_left_the_post_has_the_case_in_hand_no_more(case, cell, place):
    user, at = cell.village_secretary.user, moment(VOTED)
    with clock.fixed(at):
        assert permissions.handles(user, case)
    Position.objects.filter(member=cell.village_secretary).update(end=VOTED)
    user = type(user).objects.get(pk=user.pk)
    with clock.fixed(at):
        assert not permissions.handles(user, case)
        assert not permissions.cases_for(user).exists()
        with pytest.raises(Denied):
            cases.drop_case(by=user, at=at, case=case, reason="Thôi")
    until = VOTED + timedelta(days=90)
    assert list(pending.own_case_steps(cell.village_secretary.pk, OPENED, until))
    assert not list(pending.own_case_steps(cell.village_secretary.pk, VOTED, until))


def test_handlers_are_changed_and_both_are_on_record(case, cell, place):
    inspector = handler(place.commune)
    at = moment(VOTED)
    with clock.fixed(at):
        cases.name_handlers(by=MACHINE, at=at, case=case, handlers=[inspector])
        with refused("changed_meanwhile"):
            cases.name_handlers(by=MACHINE, at=at, case=case, handlers=[cell.village_secretary])
        case.refresh_from_db()
        with refused("no_handler"):
            cases.name_handlers(by=MACHINE, at=at, case=case, handlers=[])
    assert [one.member for one in case.handlers.all()] == [inspector]
    entry = Entry.objects.filter(action=Action.EDIT_CASE).get()
    assert entry.details == {"added": ["Trần Thị Mai"], "removed": ["Đỗ Văn Hải"]}


def test_acts_are_edited_with_before_and_after(case):
    at = moment(VOTED)
    with clock.fixed(at):
        cases.edit_acts(by=MACHINE, at=at, case=case, acts=(("Việc khác", date(2018, 2, 1)),))
        # A second page, opened on the same state, writes nothing over it.
        with refused("changed_meanwhile"):
            cases.edit_acts(by=MACHINE, at=at, case=case, acts=ACTS)
    assert [one.text for one in case.acts.all()] == ["Việc khác"]
    entry = Entry.objects.get(action=Action.EDIT_CASE)
    assert entry.details["acts_before"][0]["done_on"] == "2018-03-15"
    assert entry.details["acts"][0]["text"] == "Việc khác"


def test_a_late_decision_is_written_and_says_so(case, cell):
    case = formed(case, cell.village_secretary, cell.tellers, cell.everybody)
    with refused("too_early"):
        decided(case, VOTED - timedelta(days=1))
    decided(case, VOTED + timedelta(days=12))
    assert Entry.objects.get(action=Action.DECIDE).details["late_days"] == 2


def test_two_at_once_write_one(case, cell):
    case = formed(case, cell.village_secretary, cell.tellers, cell.everybody)
    decided(case)
    with refused("closed"):
        decided(case)
    assert Decision.objects.count() == 1


def test_the_file_of_a_case_is_on_record_for_those_who_read_of_cases(case, place, people):
    paper = case.dossier.steps.first().papers.first()
    with clock.fixed(moment(OPENED)):
        filing.file_paper(by=MACHINE, at=moment(OPENED), paper=paper, kept_at="Tủ 2, cặp 2018")
    row = Entry.objects.get(action=Action.FILE_CASE)
    assert (row.unit_id, row.subject_id) == (case.unit_id, case.member_id)
    assert Entry.objects.filter(scopes.of(people.inspector.user), pk=row.pk).exists()
    for person in (people.secretary, people.village_secretary, people.member):
        assert not Entry.objects.filter(scopes.of(person.user) or Q(pk=0), pk=row.pk).exists()


def test_one_act_is_disciplined_once(case, cell, place):
    same = ((ACTS[0][0].upper(), ACTS[0][1]),)
    with refused("act_twice"):
        case_of(place, cell.member, [cell.village_secretary], acts=same)
    other = case_of(place, cell.member, [cell.village_secretary], acts=(("Việc khác", ACTS[0][1]),))
    with clock.fixed(moment(VOTED)), refused("act_twice"):
        cases.edit_acts(by=MACHINE, at=moment(VOTED), case=other, acts=ACTS)
    # A case may say its own acts anew, and what was dropped was not disciplined.
    with clock.fixed(moment(VOTED)):
        cases.edit_acts(by=MACHINE, at=moment(VOTED), case=case, acts=ACTS)
        cases.drop_case(by=MACHINE, at=moment(VOTED), case=case, reason="Nhẹ", on=VOTED)
        other.refresh_from_db()
        cases.edit_acts(by=MACHINE, at=moment(VOTED), case=other, acts=ACTS)
    assert [one.text for one in other.acts.all()] == [ACTS[0][0]]
