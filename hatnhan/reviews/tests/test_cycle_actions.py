"""The list changed by hand and brought up to date, its days moved, the cycle closed, past grades."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from hatnhan.audit.models import Entry as AuditEntry
from hatnhan.core import clock
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.organization.models import Membership, Post
from hatnhan.organization.tests import make
from hatnhan.reviews.actions.closing import close_cycle
from hatnhan.reviews.actions.dropping import drop_cycle
from hatnhan.reviews.actions.guards import require_open, require_state
from hatnhan.reviews.actions.past import record_past, remove_past
from hatnhan.reviews.actions.refreshing import refresh_list
from hatnhan.reviews.actions.sittings import review_absent
from hatnhan.reviews.actions.standings import set_group, set_standing, set_subject
from hatnhan.reviews.actions.steps import move_step
from hatnhan.reviews.models import (
    Cycle,
    Entry,
    PastGrade,
    Place,
    Remark,
    SelfReview,
    Sitting,
    TypedFact,
)
from hatnhan.reviews.permissions import Action
from hatnhan.reviews.tests import make as reviews

AT = datetime(2026, 12, 1, 2, tzinfo=UTC)
State = Entry.State


@pytest.fixture(autouse=True)
def december():
    with clock.fixed(AT):
        yield


@pytest.fixture
def cycle(place, people):
    return reviews.cycle(place.commune)


@pytest.fixture
def runner(people):
    return {"by": people.secretary.user, "at": AT}


def code_of(act, **told):
    with pytest.raises(RuleBroken) as error:
        act(**told)
    return error.value.code


# --- standing --------------------------------------------------------------------------------------------------------
def test_left_out_by_hand_and_back(cycle, people, runner):
    entry = reviews.entry(cycle, people.member)
    set_standing(**runner, entry=entry, standing="left_out", because="Bị đình chỉ từ 1/9", source="5-QĐ/UBKT")
    entry.refresh_from_db()
    assert (entry.standing, entry.standing_source) == ("left_out", "5-QĐ/UBKT")
    assert not Place.objects.filter(entry=entry).exists()
    told = AuditEntry.objects.get(action=Action.STANDING)
    assert told.details["standing_before"] == "graded"
    assert told.subject_id == people.member.pk
    set_standing(**runner, entry=entry, standing="graded", because="Quyết định đã hủy")
    place = Place.objects.get(entry=entry)
    last = place.sitting.places.get(entry__of="organisation")
    assert place.proposes
    assert place.order < last.order


def test_a_leader_of_the_commune_comes_back_to_both_meetings(cycle, people, runner):
    entry = reviews.entry(cycle, people.secretary)
    set_standing(**runner, entry=entry, standing="left_out", because="Nghỉ", source="1-QĐ")
    set_standing(**runner, entry=entry, standing="graded", because="Đã về")
    found = Place.objects.filter(entry=entry).values_list("sitting__body", "proposes")
    assert dict(found) == {"members": False, "standing": True}


def test_reviewed_but_not_graded_has_a_place_that_proposes_nothing(cycle, people, runner):
    entry = reviews.entry(cycle, people.member)
    set_standing(**runner, entry=entry, standing="not_graded", because="Mới kết nạp", source="21-HD/BTCTW")
    assert not Place.objects.get(entry=entry).proposes


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"standing": "graded", "because": "x"}, "same"),
        ({"standing": "away", "because": "x"}, "standing"),
        ({"standing": "left_out", "because": " "}, "because"),
        ({"standing": "left_out", "because": "x"}, "source"),
        ({"standing": "left_out", "because": "x" * 301, "source": "y"}, "too_long"),
    ],
)
def test_what_stands_against_a_standing(cycle, people, runner, told, code):
    assert code_of(set_standing, **runner, entry=reviews.entry(cycle, people.member), **told) == code


def test_not_after_a_grade_was_proposed_nor_over_anothers_words(cycle, people, runner):
    entry = reviews.entry(cycle, people.member)
    told = {"standing": "left_out", "because": "x", "source": "y"}
    Entry.objects.filter(pk=entry.pk).update(version=3)
    assert code_of(set_standing, **runner, entry=entry, **told) == "changed_meanwhile"
    entry.refresh_from_db()
    entry.state = State.PROPOSED
    assert code_of(set_standing, **runner, entry=entry, **told) == "proposed"


@pytest.mark.parametrize("role", ["standing", "village_secretary", "member"])
def test_only_who_runs_the_cycle_changes_the_list(cycle, people, role):
    by = getattr(people, role).user
    entry = reviews.entry(cycle, people.member)
    with pytest.raises(Denied):
        set_standing(by=by, at=AT, entry=entry, standing="left_out", because="x", source="y")
    with pytest.raises(Denied):
        set_subject(by=by, at=AT, entry=entry, subject="leader", because="x")
    with pytest.raises(Denied):
        set_group(by=by, at=AT, entry=entry, group="leader", because="x")
    with pytest.raises(Denied):
        refresh_list(by=by, at=AT, cycle=cycle)
    with pytest.raises(Denied):
        close_cycle(by=by, at=AT, cycle=cycle)
    with pytest.raises(Denied):
        move_step(by=by, at=AT, step=cycle.steps.first(), due=date(2026, 12, 9), because="x")
    with pytest.raises(Denied):
        record_past(
            by=by, at=AT, unit=cycle.unit, year=2015, grade="xs", title="Trong sạch", decision_no="1-QĐ"
        )


def test_another_subject_takes_another_group(cycle, people, runner):
    entry = reviews.entry(cycle, people.member)
    assert (entry.subject, entry.group) == ("outside", "outside")
    set_subject(**runner, entry=entry, subject="non_leader", because="Công chức xã")
    assert (entry.subject, entry.group) == ("non_leader", "non_leader")
    assert code_of(set_subject, **runner, entry=entry, subject="non_leader", because="x") == "same"
    assert code_of(set_subject, **runner, entry=entry, subject="cell", because="x") == "subject"
    entry.state = State.SUBMITTED
    assert code_of(set_subject, **runner, entry=entry, subject="leader", because="x") == "state"
    set_group(**runner, entry=entry, group="leader", because="Kiêm nhiệm")
    assert code_of(set_group, **runner, entry=entry, group="nobody", because="x") == "group"
    assert code_of(set_group, **runner, entry=entry, group="leader", because="x") == "same"
    entry.state = State.DECIDED
    assert code_of(set_group, **runner, entry=entry, group="outside", because="x") == "decided"


# --- the list --------------------------------------------------------------------------------------------------------
def test_who_joined_and_who_left_since(cycle, place, people, runner):
    assert code_of(refresh_list, **runner, cycle=cycle) == "nothing"
    come = make.member(place.village, "An Văn Mới", start=date(2026, 11, 25))
    gone = Membership.objects.filter(member=people.member)
    gone.update(end=date(2026, 11, 26), end_reason="left")
    found = refresh_list(**runner, cycle=cycle)
    assert [one.member for one in found.joined] == [come]
    entry = reviews.entry(cycle, people.member)
    assert entry.standing == "left_out"
    assert "26/11/2026" in entry.standing_because
    sitting = reviews.sitting(cycle, place.village)
    assert list(sitting.places.values_list("entry__member__full_name", flat=True))[-2:] == [
        "An Văn Mới",
        None,
    ]
    assert AuditEntry.objects.filter(action=Action.LIST).count() == 1
    assert AuditEntry.objects.filter(action=Action.STANDING).count() == 2
    assert code_of(refresh_list, **runner, cycle=cycle) == "nothing"


def test_a_review_once_held_stays(cycle, people, runner, place):
    Entry.objects.filter(member=people.member).update(state=State.REVIEWED, reviewed_on=date(2026, 11, 24))
    Membership.objects.filter(member=people.member).update(end=date(2026, 11, 26), end_reason="left")
    assert code_of(refresh_list, **runner, cycle=cycle) == "nothing"


def test_a_new_cell_and_a_new_committee_get_their_meeting(cycle, place, people, runner):
    cell = make.unit("thon-moi", "cell", place.commune, "Chi bộ thôn Mới", start=date(2026, 11, 25))
    for post in (Post.SECRETARY, Post.DEPUTY, Post.COMMITTEE_MEMBER):
        make.post(make.member(cell, "Vũ Văn Ba", start=date(2026, 11, 25)), cell, post, date(2026, 11, 25))
    refresh_list(**runner, cycle=cycle)
    places = reviews.sitting(cycle, cell).places.all()
    assert [one.entry.of for one in places] == ["collective", "member", "member", "member", "organisation"]


# --- days ------------------------------------------------------------------------------------------------------------
def test_a_day_is_moved(cycle, runner):
    step = cycle.steps.get(key="self_review", of="cell")
    before = step.due
    move_step(**runner, step=step, due=date(2026, 12, 8), because="Bão số 12")
    assert cycle.steps.get(pk=step.pk).due == date(2026, 12, 8)
    assert AuditEntry.objects.get(action=Action.STEP).details["due_before"] == before.isoformat()
    for due, why, code in (
        (date(2026, 12, 8), "x", "same"),
        (date(2028, 1, 1), "x", "outside"),
        (date(2026, 11, 1), "x", "outside"),
        (date(2026, 12, 9), "", "because"),
    ):
        assert code_of(move_step, **runner, step=step, due=due, because=why) == code
    step.due = before
    assert code_of(move_step, **runner, step=step, due=date(2026, 12, 9), because="x") == "changed_meanwhile"


# --- closing ---------------------------------------------------------------------------------------------------------
def test_closing_asks_that_all_are_decided_and_forbids_the_rest(cycle, people, runner):
    with pytest.raises(RuleBroken) as error:
        close_cycle(**runner, cycle=cycle)
    assert error.value.code == "unfinished"
    assert "người khác" in error.value.message
    Entry.objects.filter(cycle=cycle).update(state=State.DECIDED, grade="t", decided_on=date(2026, 11, 30))
    assert code_of(close_cycle, **runner, cycle=cycle, closed_on=date(2026, 12, 2)) == "future"
    assert code_of(close_cycle, **runner, cycle=cycle, closed_on=date(2026, 11, 29)) == "unfinished"
    assert code_of(close_cycle, **runner, cycle=cycle, closed_on=date(2026, 11, 1)) == "before_opening"
    draft = cycle.decisions.create(title="Xếp loại chi bộ", outside="Ban Thường vụ Tỉnh ủy")
    assert code_of(close_cycle, **runner, cycle=cycle) == "unfinished"
    draft.delete()
    close_cycle(**runner, cycle=cycle)
    assert (cycle.state, cycle.closed_on) == (Cycle.State.CLOSED, date(2026, 12, 1))
    entry = reviews.entry(cycle, people.member)
    for act, told in (
        (close_cycle, {"cycle": cycle}),
        (refresh_list, {"cycle": cycle}),
        (set_standing, {"entry": entry, "standing": "left_out", "because": "x", "source": "y"}),
        (set_subject, {"entry": entry, "subject": "leader", "because": "x"}),
        (set_group, {"entry": entry, "group": "leader", "because": "x"}),
        (move_step, {"step": cycle.steps.first(), "due": date(2026, 12, 9), "because": "x"}),
    ):
        assert code_of(act, **runner, **told) == "closed"


def test_what_a_deed_asks_first(cycle, people):
    entry = reviews.entry(cycle, people.member)
    require_open(cycle)
    require_state(entry, State.DUE)
    assert code_of(lambda: require_state(entry, State.PROPOSED)) == "state"
    Entry.objects.filter(pk=entry.pk).update(standing="left_out", standing_because="x")
    assert code_of(lambda: require_state(entry, State.DUE)) == "left_out"
    Sitting.objects.all().delete()
    Cycle.objects.filter(pk=cycle.pk).delete()
    assert code_of(lambda: require_open(cycle)) == "already_done"


# --- past grades -----------------------------------------------------------------------------------------------------
def test_a_past_grade(place, people, runner):
    told = {
        "unit": place.commune,
        "year": 2016,
        "grade": "xs",
        "title": "Trong sạch, vững mạnh",
        "decision_no": "5-QĐ/HU",
    }
    made = record_past(**runner, **told, decided_on=date(2017, 2, 1))
    assert code_of(record_past, **runner, **told) == "twice"
    for change, code in (
        ({"year": 2027}, "year"),
        ({"year": 2015, "grade": "a"}, "grade"),
        ({"year": 2015, "title": " "}, "title"),
        ({"year": 2015, "decision_no": " "}, "decision_missing"),
        ({"year": 2015, "decision_no": "x" * 61}, "too_long"),
        ({"year": 2015, "decided_on": date(2014, 1, 1)}, "day"),
        ({"year": 2015, "decided_on": date(2027, 1, 1)}, "future"),
    ):
        assert code_of(record_past, **runner, **(told | change)) == code
    reviews.cycle(place.commune)
    assert code_of(record_past, **runner, **(told | {"year": 2026})) == "cycle"
    remove_past(**runner, past=made, because="Ghi nhầm năm")
    assert not PastGrade.objects.exists()
    assert AuditEntry.objects.filter(action=Action.PAST).order_by("pk").last().details["removed"] is True


# --- opened by mistake -----------------------------------------------------------------------------------------------
def test_a_cycle_opened_by_mistake_is_dropped_while_nothing_was_written(cycle, place, people, runner):
    with pytest.raises(Denied):
        drop_cycle(by=people.village_secretary.user, at=AT, cycle=cycle, because="Nhầm năm")
    assert code_of(drop_cycle, **runner, cycle=cycle, because=" ") == "because"
    drop_cycle(**runner, cycle=cycle, because="Nhầm năm")
    assert not Entry.objects.exists()
    told = AuditEntry.objects.get(action=Action.DROP)
    assert (told.unit_id, told.details["year"], told.details["because"]) == (
        place.commune.pk,
        2026,
        "Nhầm năm",
    )
    with pytest.raises(RuleBroken):
        require_open(cycle)
    assert reviews.cycle(place.commune).state == "open"


@pytest.mark.parametrize("what", ["review", "plan", "remark", "fact"])
def test_what_was_written_in_stays(cycle, place, people, runner, what):
    entry = reviews.entry(cycle, people.member)
    if what == "review":
        SelfReview.objects.create(entry=entry, form="2C", started_at=AT, saved_at=AT)
    elif what == "plan":
        Sitting.objects.filter(cycle=cycle, unit=place.village).update(planned_on=AT.date())
    elif what == "remark":
        Remark.objects.create(
            entry=entry, kind="residence", source="Chi ủy", on=AT.date(), text="Tốt", by_name="A"
        )
    else:
        TypedFact.objects.create(entry=entry, fact="months_sick", value=1, source="GRV", by_name="A", at=AT)
    assert code_of(drop_cycle, **runner, cycle=cycle, because="Nhầm") == "written"


# --- who comes to the list after the meeting -------------------------------------------------------------------------
def test_who_joins_after_the_meeting_is_reviewed_later_there(cycle, place, runner):
    sitting = Sitting.objects.get(cycle=cycle, unit=place.village)
    Sitting.objects.filter(pk=sitting.pk).update(state="held", held_on=AT.date(), entitled=5, present=5)
    new = make.member(place.village, "Trần Văn Mới", start=AT.date())
    refresh_list(**runner, cycle=cycle)
    there = Place.objects.get(entry__member=new)
    assert (there.sitting_id, there.proposes, there.reviewed_on) == (sitting.pk, True, None)
    Entry.objects.filter(member=new).update(state="submitted")
    review_absent(**runner, place=there, on=AT.date())
    there.refresh_from_db()
    assert there.reviewed_on == AT.date()


def test_one_place_proposes_for_an_entry(cycle, place, people):
    entry = reviews.entry(cycle, people.secretary)
    assert Place.objects.filter(entry=entry).count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.filter(entry=entry).update(proposes=True)
