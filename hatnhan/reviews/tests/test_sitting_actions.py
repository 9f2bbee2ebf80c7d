"""Review meetings: held in order, voted, proposed; what must come first is asked each time."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from hatnhan.accounts.actors import MACHINE
from hatnhan.audit.models import Entry as AuditEntry
from hatnhan.ballots.actions.counting import PaperCount, close_ballot
from hatnhan.ballots.actions.opening import open_ballot
from hatnhan.core import clock
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.organization.models import Body
from hatnhan.organization.tests import make
from hatnhan.reviews.actions import agreeing, proposing, sittings, voting
from hatnhan.reviews.actions.unholding import unhold_sitting
from hatnhan.reviews.models import Cycle, Entry, FaultLine, Place, Score, SelfReview, Sitting, WorkLine
from hatnhan.reviews.permissions import Action
from hatnhan.reviews.selectors.law import law_of
from hatnhan.reviews.selectors.sittings import next_of, places_of
from hatnhan.reviews.selectors.votes import votes_of
from hatnhan.reviews.tests import make as reviews

AT = datetime(2026, 12, 10, 2, tzinfo=UTC)
HELD = date(2026, 12, 9)


@pytest.fixture(autouse=True)
def december():
    with clock.fixed(AT):
        yield


@pytest.fixture
def cycle(place, people):
    for name in ("Vũ Văn Nông", "Vũ Thị Ruộng"):
        make.member(place.village, name)
    return reviews.cycle(place.commune)


def submit(cycle, at=datetime(2026, 12, 1, 2, tzinfo=UTC)):
    reviews.submitted(cycle)
    rows = Entry.objects.filter(cycle=cycle, state="submitted")
    SelfReview.objects.bulk_create(
        SelfReview(entry=one, form="x", started_at=at, saved_at=at, submitted_at=at) for one in rows
    )


def hold(by, sitting, **more):
    more = {"held_on": HELD, "entitled": 6, "present": 5} | more
    sittings.hold_sitting(by=by, at=AT, sitting=sitting, **more)


def refused(code, action, **kwargs):
    with pytest.raises(RuleBroken) as error:
        action(**kwargs)
    assert error.value.code == code, error.value.message
    return error.value


def proposing_places(sitting):
    return list(Place.objects.filter(sitting=sitting, proposes=True).select_related("entry__member"))


def all_grade(sitting, grade="t", because="Hội nghị thống nhất"):
    return {one.pk: (grade, because) for one in proposing_places(sitting)}


# --- planning ---------------------------------------------------------------------------------------------------------
def test_another_than_the_head_chairs_while_the_head_is_reviewed(place, people, cycle):
    sitting = reviews.sitting(cycle, place.village)
    common = {"by": people.village_secretary.user, "at": AT, "sitting": sitting}
    plan = {**common, "planned_on": date(2026, 12, 20)}
    refused("head_chairs", sittings.plan_sitting, **plan, chaired_by=people.village_secretary)
    refused("not_seated", sittings.plan_sitting, **plan, chaired_by=people.school_secretary)
    refused("past", sittings.plan_sitting, **common, planned_on=date(2026, 12, 1))
    sittings.plan_sitting(**plan, chaired_by=people.deputy)
    sitting.refresh_from_db()
    assert (sitting.planned_on, sitting.chaired_by) == (date(2026, 12, 20), people.deputy)
    assert AuditEntry.objects.get(action=Action.SITTING).details["planned_on"] == "2026-12-20"


def test_only_who_runs_the_cell_or_the_cycle_writes(place, people, cycle):
    sitting = reviews.sitting(cycle, place.village)
    for who in (people.member, people.school_secretary, people.inspector, people.standing):
        with pytest.raises(Denied):
            sittings.plan_sitting(by=who.user, at=AT, sitting=sitting, planned_on=date(2026, 12, 20))
    sittings.plan_sitting(by=people.deputy.user, at=AT, sitting=sitting, planned_on=date(2026, 12, 20))


# --- holding ----------------------------------------------------------------------------------------------------------
def test_nobody_is_reviewed_who_has_not_handed_in(place, people, cycle):
    sitting = reviews.sitting(cycle, place.village)
    error = refused(
        "not_submitted", sittings.hold_sitting, by=people.village_secretary.user, at=AT, sitting=sitting,
        held_on=HELD, entitled=6, present=5,
    )  # fmt: skip
    assert "Đỗ Văn Hải" in error.message


def test_a_sitting_reviews_all_but_the_absent(place, people, cycle):
    submit(cycle)
    sitting = reviews.sitting(cycle, place.village)
    away = Place.objects.get(sitting=sitting, entry__member=people.member)
    common = {"by": people.village_secretary.user, "at": AT, "sitting": sitting, "held_on": HELD}
    counts = {"entitled": 6, "present": 5}
    refused("present_more", sittings.hold_sitting, **common, entitled=4, present=5)
    refused("because_missing", sittings.hold_sitting, **common, **counts, absent={away.pk: " "})
    cell = Place.objects.get(sitting=sitting, entry__of="organisation")
    refused("collective_first", sittings.hold_sitting, **common, **counts, absent={cell.pk: "để sau"})
    hold(people.village_secretary.user, sitting, absent={away.pk: "nằm viện"})
    away.refresh_from_db()
    assert (away.absent_because, away.reviewed_on, away.entry.state) == ("nằm viện", None, "submitted")
    head = reviews.entry(cycle, people.village_secretary)
    assert (head.state, head.reviewed_on) == ("reviewed", HELD)
    record = AuditEntry.objects.get(action=Action.HELD, object_type="reviews.sitting")
    assert record.details["absent"] == 1
    assert AuditEntry.objects.filter(action=Action.HELD, subject_id=people.village_secretary.pk).count() == 1
    refused("already_done", sittings.hold_sitting, **common, **counts)
    sittings.review_absent(by=people.village_secretary.user, at=AT, place=away, on=date(2026, 12, 10))
    away.refresh_from_db()
    assert away.reviewed_on == date(2026, 12, 10)


def test_a_meeting_written_down_by_mistake_is_taken_back_while_bare(place, people, cycle):
    submit(cycle)
    cell, standing = (
        reviews.sitting(cycle, place.village),
        reviews.sitting(cycle, place.commune, Body.STANDING),
    )
    by = people.secretary.user
    for one in (cell, reviews.sitting(cycle, place.school)):
        hold(by, one, held_on=date(2026, 12, 8))
    told = {"by": by, "at": AT, "because": "Ghi nhầm ngày"}
    refused("because_missing", unhold_sitting, **told | {"because": " "}, sitting=cell)
    hold(by, standing, entitled=3, present=3)
    # Its leaders were reviewed on by the committee.
    refused("built_upon", unhold_sitting, **told, sitting=cell)
    unhold_sitting(**told, sitting=standing)
    head = reviews.entry(cycle, people.secretary)
    assert (head.state, head.reviewed_on) == ("reviewed", date(2026, 12, 8))
    unhold_sitting(**told, sitting=cell)
    mine = reviews.entry(cycle, people.member)
    assert (mine.state, mine.reviewed_on) == ("submitted", None)
    assert not cell.places.filter(reviewed_on__isnull=False).exists()
    record = AuditEntry.objects.filter(action=Action.HELD, subject_id=people.member.pk).latest("pk")
    assert record.details == {"held_taken_back": "2026-12-08"}
    hold(by, reviews.sitting(cycle, place.village), held_on=date(2026, 12, 9))
    work = WorkLine.objects.create(entry=mine, place=1, title="Việc", said="late", agreed="late")
    refused("built_upon", unhold_sitting, **told, sitting=reviews.sitting(cycle, place.village))
    work.delete()
    with pytest.raises(Denied):
        unhold_sitting(**told | {"by": people.member.user}, sitting=reviews.sitting(cycle, place.village))


def test_leaders_are_reviewed_in_their_cell_first(place, people, cycle):
    submit(cycle)
    standing = reviews.sitting(cycle, place.commune, Body.STANDING)
    common = {"by": people.secretary.user, "at": AT, "sitting": standing, "held_on": HELD}
    error = refused("cell_first", sittings.hold_sitting, **common, entitled=3, present=3)
    assert "Phùng Minh Thông" in error.message
    assert error.citation
    for unit in (place.village, place.school):
        hold(people.secretary.user, reviews.sitting(cycle, unit), held_on=date(2026, 12, 8))
    hold(people.secretary.user, standing, entitled=3, present=3)
    entry = reviews.entry(cycle, people.secretary)
    # The day of the first review stays.
    assert (entry.state, entry.reviewed_on) == ("reviewed", date(2026, 12, 8))
    assert set(Place.objects.filter(entry=entry).values_list("proposes", "reviewed_on")) == {
        (False, date(2026, 12, 8)),
        (True, HELD),
    }


@pytest.mark.parametrize(("held_on", "ok"), [(date(2026, 12, 9), False), (date(2026, 12, 10), True)])
def test_texts_of_leaders_are_read_three_working_days(place, people, cycle, held_on, ok):
    # Handed in on Saturday 5/12: three working days later is Wednesday 9/12; on Monday 7/12 it is Thursday 10/12.
    submit(cycle, at=datetime(2026, 12, 7, 2, tzinfo=UTC))
    sitting = reviews.sitting(cycle, place.village)
    common = {"by": people.village_secretary.user, "at": AT, "sitting": sitting, "entitled": 6, "present": 6}
    if ok:
        sittings.hold_sitting(**common, held_on=held_on)
    else:
        error = refused("too_soon", sittings.hold_sitting, **common, held_on=held_on)
        assert "10/12/2026" in error.message
        sittings.hold_sitting(**common, held_on=held_on, sooner_because="Cấp trên cho phép")
        record = AuditEntry.objects.get(action=Action.HELD, object_type="reviews.sitting")
        assert record.details["sooner_because"] == "Cấp trên cho phép"


def test_a_closed_cycle_takes_nothing(place, people, cycle):
    submit(cycle)
    sitting = reviews.sitting(cycle, place.village)
    Cycle.objects.filter(pk=cycle.pk).update(state="closed", closed_on=HELD)
    refused("closed", hold, by=people.village_secretary.user, sitting=sitting)


# --- agreeing ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def held(place, people, cycle):
    submit(cycle)
    sitting = reviews.sitting(cycle, place.village)
    hold(people.village_secretary.user, sitting, present=6)
    return reviews.sitting(cycle, place.village)


def place_of(sitting, member):
    rows = Place.objects.select_related("entry__member", "sitting__cycle__unit")
    return rows.get(sitting=sitting, entry__member=member)


def test_the_sitting_agrees_or_says_why_not(people, held):
    mine = place_of(held, people.member)
    work = WorkLine.objects.create(entry=mine.entry, place=1, title="Thu đảng phí", said="exceeded")
    fault = FaultLine.objects.create(entry=mine.entry, place=1, noted="Năm 2025", text="Chậm", said="fixed")
    common = {"by": people.village_secretary.user, "at": AT, "place": mine}
    error = refused("because_missing", agreeing.agree_work, **common, agreed={work.pk: ("on_time", "")})
    assert error.field == f"work_because_{work.pk}"
    refused("no_line", agreeing.agree_work, **common, agreed={work.pk + 99: ("on_time", "")})
    refused("outcome", agreeing.agree_work, **common, agreed={work.pk: ("great", "")})
    agreeing.agree_work(**common, agreed={work.pk: ("on_time", "Không vượt chỉ tiêu")})
    agreeing.agree_faults(**common, agreed={fault.pk: ("fixed", "")})
    work.refresh_from_db()
    fault.refresh_from_db()
    assert (work.agreed, work.agreed_because) == ("on_time", "Không vượt chỉ tiêu")
    assert (fault.agreed, fault.agreed_because) == ("fixed", "")
    assert AuditEntry.objects.filter(action=Action.AGREE, subject_id=people.member.pk).count() == 2
    stale = place_of(held, people.member)
    agreeing.agree_work(**common, agreed={work.pk: ("exceeded", "")})
    refused("changed_meanwhile", agreeing.agree_work, by=people.village_secretary.user, at=AT, place=stale,
            agreed={work.pk: ("late", "x")})  # fmt: skip


def test_points_are_all_there_and_within_their_criterion(people, held):
    mine = place_of(held, people.member)
    criteria = law_of(held.cycle).rubric.value.of(mine.entry.subject)
    full = {one.key: one.points for one in criteria}
    common = {"by": people.village_secretary.user, "at": AT, "place": mine}
    key = criteria[0].key
    refused("over", agreeing.score, **common, points=full | {key: criteria[0].points + Decimal("0.5")})
    refused("points_missing", agreeing.score, **common, points={key: Decimal(1)})
    refused("no_criterion", agreeing.score, **common, points=full | {"zzz": Decimal(1)})
    agreeing.score(**common, points=full)
    agreeing.score(**common, points=full | {key: Decimal(0)})
    kept = Score.objects.filter(entry=mine.entry, stage="sitting")
    assert kept.count() == len(criteria)
    assert kept.get(criterion=key).points == 0


def test_the_cell_only_gives_its_opinion_on_who_is_graded_elsewhere(people, held):
    leader = place_of(held, people.secretary)
    refused(
        "opinion_only", agreeing.agree_work, by=people.village_secretary.user, at=AT, place=leader, agreed={}
    )


def test_agreeing_with_all_fills_only_what_is_open(people, held):
    mine = place_of(held, people.member)
    said = WorkLine.objects.create(entry=mine.entry, place=1, title="Một", said="exceeded")
    other = WorkLine.objects.create(
        entry=mine.entry, place=2, title="Hai", said="exceeded", agreed="late", agreed_because="Chậm"
    )
    Score.objects.create(entry=mine.entry, criterion="a", stage="self", points=3)
    common = {"by": people.village_secretary.user, "at": AT, "sitting": held}
    assert agreeing.agree_all(**common) == 1
    said.refresh_from_db()
    other.refresh_from_db()
    assert (said.agreed, other.agreed) == ("exceeded", "late")
    assert Score.objects.filter(entry=mine.entry, stage="sitting", criterion="a").exists()
    refused("nobody", agreeing.agree_all, **common)


# --- voting -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("votes", "chosen"),
    [
        ({"t": 4, "ht": 2}, "t"),
        ({"t": 3, "ht": 3}, ""),  # a half of six is not more than a half
        ({"xs": 4}, "xs"),
        ({"kht": 0}, None),
    ],
)
def test_raised_cards_and_their_majority(people, held, votes, chosen):
    mine = place_of(held, people.member)
    voting.count_cards(by=people.village_secretary.user, at=AT, sitting=held, votes={mine.pk: votes})
    found = votes_of(held).get(mine.pk)
    assert (found and found.chosen) == chosen


def test_no_more_cards_than_people(people, held):
    mine, leader = place_of(held, people.member), place_of(held, people.secretary)
    common = {"by": people.village_secretary.user, "at": AT, "sitting": held}
    refused("more_than_present", voting.count_cards, **common, votes={mine.pk: {"t": 4, "ht": 3}})
    refused("negative", voting.count_cards, **common, votes={mine.pk: {"t": -1}})
    refused("no_grade", voting.count_cards, **common, votes={mine.pk: {"good": 1}})
    refused("no_place", voting.count_cards, **common, votes={leader.pk: {"t": 1}})
    voting.count_cards(**common, votes={mine.pk: {"t": 4, "ht": 2}})
    voting.count_cards(**common, votes={mine.pk: {"t": 6}})
    held.refresh_from_db()
    assert votes_of(held)[mine.pk].by_grade == {"t": 6}
    assert AuditEntry.objects.filter(action=Action.COUNTED).latest("pk").details == {"lines": 1, "changed": 1}


def test_the_secret_vote_is_read_back_by_person_and_organisation(people, held):
    tellers = (people.deputy, people.member)
    ballot = voting.open_vote(
        by=people.village_secretary.user, at=AT, sitting=held, tellers=tellers, on=AT.date()
    )
    places = proposing_places(held)
    assert ballot.options.count() == len(places)
    refused("asked_already", voting.open_vote, by=people.village_secretary.user, at=AT, sitting=held,
            tellers=tellers)  # fmt: skip
    refused("not_counted", voting.take_votes, by=people.village_secretary.user, at=AT, sitting=held)
    present = [people.secretary.pk, people.deputy.pk, people.village_secretary.pk, people.member.pk]
    open_ballot(by=MACHINE, at=AT, ballot=ballot, present=present, passphrases=("mat khau 1", "mat khau 2"))
    options = ballot.options.all()
    choices = {(one.place, "t" if one.member_id else "ht"): 4 for one in options}
    paper = PaperCount(issued=4, returned=4, choices=choices)
    close_ballot(by=MACHINE, at=AT, ballot=ballot, passphrases=("mat khau 1", "mat khau 2"), paper=paper)
    held.refresh_from_db()
    voting.take_votes(by=people.village_secretary.user, at=AT, sitting=held)
    found = votes_of(Sitting.objects.get(pk=held.pk))
    assert found[place_of(held, people.member).pk].by_grade == {"t": 4}
    cell = Place.objects.get(sitting=held, entry__of="organisation")
    assert found[cell.pk].by_grade == {"ht": 4}
    refused("by_ballot", voting.count_cards, by=people.village_secretary.user, at=AT,
            sitting=Sitting.objects.get(pk=held.pk), votes={})  # fmt: skip
    # Whoever is reviewed after the grades were proposed was on no slip: their votes are typed in.
    late = place_of(held, people.member)
    Place.objects.filter(sitting=held, proposes=True).exclude(pk=late.pk).update(grade="t")
    Sitting.objects.filter(pk=held.pk).update(state="proposed")
    late.votes.all().delete()
    now = Sitting.objects.select_related("cycle", "ballot").get(pk=held.pk)
    assert next_of(MACHINE, now, places_of(now)).url.endswith("/ket-qua/ghi/")
    voting.count_cards(by=people.village_secretary.user, at=AT, sitting=held, votes={late.pk: {"t": 3}})
    assert votes_of(Sitting.objects.get(pk=held.pk))[late.pk].by_grade == {"t": 3}


# --- proposing --------------------------------------------------------------------------------------------------------
def test_a_proposal_names_everyone_and_reasons_where_they_are_due(people, held):
    common = {"by": people.village_secretary.user, "at": AT, "sitting": held, "proposal_no": "05-BC/CB"}
    grades = all_grade(held)
    one = place_of(held, people.member)
    refused("unfinished", proposing.propose, **common, grades={one.pk: ("t", "")})
    refused("no_grade", proposing.propose, **common, grades=grades | {one.pk: ("a", "")})
    refused("number_missing", proposing.propose, **common | {"proposal_no": " "}, grades=grades)
    error = refused("needs_reason", proposing.propose, **common, grades=grades | {one.pk: ("t", " ")})
    assert error.field == f"because_{one.pk}"
    leader = place_of(held, people.secretary)
    refused("no_place", proposing.propose, **common, grades=grades | {leader.pk: ("t", "x")})
    proposing.propose(**common, grades=grades)
    entry = reviews.entry(held.cycle, people.member)
    assert (entry.state, entry.proposed_grade, entry.proposed_on) == ("proposed", "t", AT.date())
    assert reviews.entry(held.cycle, people.secretary).proposed_grade == ""
    held.refresh_from_db()
    assert (held.state, held.proposal_no) == ("proposed", "05-BC/CB")
    record = AuditEntry.objects.get(action=Action.PROPOSE, subject_id=people.member.pk)
    assert record.details == {"grade": "t", "reason": "Hội nghị thống nhất"}


def test_a_proposal_is_taken_back_until_it_was_appraised(people, held):
    by = people.village_secretary.user
    proposing.propose(by=by, at=AT, sitting=held, grades=all_grade(held), proposal_no="05-BC/CB")
    held.refresh_from_db()
    back = {"by": by, "at": AT, "sitting": held}
    refused("because_missing", proposing.take_back_proposal, **back, because="")
    Entry.objects.filter(member=people.member).update(state="appraised")
    refused("appraised", proposing.take_back_proposal, **back, because="Ghi nhầm")
    Entry.objects.filter(member=people.member).update(state="proposed")
    proposing.take_back_proposal(**back, because="Ghi nhầm")
    entry = reviews.entry(held.cycle, people.member)
    assert (entry.state, entry.proposed_grade, entry.proposed_on) == ("reviewed", "", None)
    held.refresh_from_db()
    assert (held.state, held.proposal_no, held.proposed_on) == ("held", "", None)
    proposing.propose(by=by, at=AT, sitting=held, grades=all_grade(held, "ht"), proposal_no="06-BC/CB")
    assert reviews.entry(held.cycle, people.member).proposed_grade == "ht"


def test_who_was_absent_is_proposed_later(place, people, cycle):
    submit(cycle)
    sitting = reviews.sitting(cycle, place.village)
    away = place_of(sitting, people.member)
    by = people.village_secretary.user
    hold(by, sitting, absent={away.pk: "nằm viện"})
    sitting.refresh_from_db()
    grades = {key: value for key, value in all_grade(sitting).items() if key != away.pk}
    proposing.propose(by=by, at=AT, sitting=sitting, grades=grades, proposal_no="05-BC/CB")
    sitting.refresh_from_db()
    sittings.review_absent(by=by, at=AT, place=away, on=AT.date())
    later = {away.pk: ("ht", "Nghỉ ốm")}
    proposing.propose(by=by, at=AT, sitting=sitting, grades=later, proposal_no="07-BC/CB")
    sitting.refresh_from_db()
    assert sitting.proposal_no == "05-BC/CB; 07-BC/CB"
    assert reviews.entry(cycle, people.member).state == "proposed"
