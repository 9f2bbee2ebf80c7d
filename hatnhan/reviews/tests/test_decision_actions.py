"""Appraisal, decisions, notice, looking again, re-grading: what each refuses, what it writes, what stays."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hatnhan.accounts.actors import MACHINE
from hatnhan.assignments import origins
from hatnhan.assignments.models import Task
from hatnhan.audit.models import Entry as Recorded
from hatnhan.core import clock
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.organization.tests import make as places
from hatnhan.reviews.actions import deciding, looking_again, notifying
from hatnhan.reviews.actions.appraising import appraise
from hatnhan.reviews.actions.drafting import LineData
from hatnhan.reviews.actions.regrading import regrade
from hatnhan.reviews.models import Entry, FollowUp, LookAgain, PastGrade, Score
from hatnhan.reviews.selectors.law import law_of
from hatnhan.reviews.selectors.standing_grades import with_grade
from hatnhan.reviews.selectors.titles import results_of_year, run_of
from hatnhan.reviews.tests import graded, make

pytestmark = pytest.mark.django_db
NOW = graded.NOW
TODAY = date(2026, 12, 28)


@pytest.fixture(autouse=True)
def that_day():
    with clock.fixed(NOW):
        yield


@pytest.fixture
def cycle(place, people):
    made = graded.cycle(place.commune)
    graded.collectives_decided(made)
    return made


def refused(code, deed, **fields):
    with pytest.raises(RuleBroken) as told:
        deed(**fields)
    assert told.value.code == code, told.value.message
    return told.value


def anew(cycle, person):
    return make.entry(cycle, person)


# --- appraisal -------------------------------------------------------------------------------------------------------
@pytest.fixture
def proposed(cycle):
    Entry.objects.filter(cycle=cycle).members().update(
        state="proposed", appraised_grade="", appraised_on=None
    )
    return cycle


def test_staff_appraise_with_a_reason_for_another_grade(proposed, people):
    one = anew(proposed, people.member)
    told = {"by": people.secretary.user, "at": NOW}
    refused("reason_missing", appraise, **told, entries={one: ("ht", "")})
    refused("reason_missing", appraise, **told, entries={one: ("t", "")})
    refused("before_proposed", appraise, **told, entries={one: ("ht", "Chậm việc")}, on=date(2026, 12, 1))
    with pytest.raises(Denied):
        appraise(by=people.village_secretary.user, at=NOW, entries={one: ("ht", "Chậm việc")})
    appraise(**told, entries={one: ("ht", "Chậm việc")})
    now = anew(proposed, people.member)
    assert (now.state, now.appraised_grade, now.appraised_reason) == ("appraised", "ht", "Chậm việc")
    refused("changed_meanwhile", appraise, **told, entries={one: ("t", "Nghĩ lại")})
    appraise(**told, entries={now: ("t", "Nghĩ lại")})
    last = Recorded.objects.filter(action="reviews:entry:appraise").first()
    assert (last.subject_id, last.details["before"], last.details["grade"]) == (people.member.pk, "ht", "t")


def test_final_points_are_whole_and_within_the_frame(proposed, people):
    one = anew(proposed, people.member)
    criteria = law_of(proposed).rubric.value.of(one.subject)
    full = {each.key: each.points for each in criteria}
    told = {"by": MACHINE, "at": NOW, "entries": {one: ("t", "Theo điểm")}}
    refused("points_missing", appraise, **told, points={one.pk: {criteria[0].key: Decimal(1)}})
    over = full | {criteria[0].key: criteria[0].points + 1}
    refused("points", appraise, **told, points={one.pk: over})
    appraise(**told, points={one.pk: full})
    assert Score.objects.filter(entry=one, stage="final").count() == len(criteria)


# --- drafts ----------------------------------------------------------------------------------------------------------
def test_a_draft_is_of_one_level_and_holds_an_entry_once(cycle, people, place):
    one, other = anew(cycle, people.member), anew(cycle, people.secretary)
    draft = graded.draft(cycle, {one: "t"})
    assert (draft.unit_id, draft.body) == (place.commune.pk, "committee")
    refused("in_draft", graded.draft, of=cycle, grades={one: "t"})
    whole = Entry.objects.select_related("cycle__unit", "unit").get(cycle=cycle, subject="organisation")
    refused("two_deciders", graded.draft, of=cycle, grades={other: "t", whole: "t"})
    above = graded.draft(cycle, {whole: "t"})
    assert above.unit_id == place.province.pk
    with pytest.raises(Denied):
        graded.draft(cycle, {other: "t"}, by=people.village_secretary.user)
    with pytest.raises(Denied):
        deciding.set_lines(by=people.member.user, at=NOW, decision=draft, lines={other: graded.line("t")})
    deciding.set_lines(by=MACHINE, at=NOW, decision=draft, lines={other: graded.line("ht")})
    [line] = draft.lines.all()
    assert (line.entry_id, line.grade) == (other.pk, "ht")
    details = Recorded.objects.filter(action="reviews:decision:draft").first().details
    assert (details["added"], details["removed"]) == ([other.pk], [one.pk])
    stale = type(draft).objects.get(pk=draft.pk)
    deciding.drop_decision(by=MACHINE, at=NOW, decision=draft)
    refused("signed", deciding.drop_decision, by=MACHINE, at=NOW, decision=stale)


def test_the_paper_of_a_body_not_in_the_tree_is_named(cycle, people):
    whole = Entry.objects.select_related("cycle__unit", "unit").get(cycle=cycle, subject="organisation")
    made = graded.draft(cycle, {whole: "t"}, outside="Ban Thường vụ Tỉnh ủy", by=people.secretary.user)
    assert (made.unit, made.outside) == (None, "Ban Thường vụ Tỉnh ủy")
    one = anew(cycle, people.member)
    refused("wrong_decider", graded.draft, of=cycle, grades={one: "t"}, outside="Tỉnh ủy")


# --- signing ---------------------------------------------------------------------------------------------------------
def test_signing_needs_a_reason_where_the_conditions_do_not_open_the_grade(cycle, people):
    one = anew(cycle, people.member)
    bare = deciding.draft_decision(by=MACHINE, at=NOW, cycle=cycle, title="Xếp loại", entries={one: "t"})
    told = {"by": people.secretary.user, "at": NOW, "decision": bare, "number": "31-QĐ/ĐU"}
    error = refused("needs_reason", deciding.sign_decision, **told)
    assert "Nguyễn Thị Hòa" in error.message
    deciding.set_lines(by=MACHINE, at=NOW, decision=bare, lines={one: LineData("t", "Ốm nặng", "5-CV/TU")})
    refused("too_early", deciding.sign_decision, **told, signed_on=date(2026, 12, 20))
    refused("number_missing", deciding.sign_decision, **told | {"number": " "})
    with pytest.raises(Denied):
        deciding.sign_decision(**told | {"by": people.member.user})
    deciding.sign_decision(**told)
    now = anew(cycle, people.member)
    assert (now.state, now.grade, now.decided_on) == ("decided", "t", TODAY)
    assert (now.override_reason, now.override_no) == ("Ốm nặng", "5-CV/TU")
    assert now.explained["allowed"] is not None
    assert bare.signed_by == people.secretary.full_name
    refused("signed", deciding.drop_decision, by=MACHINE, at=NOW, decision=bare)
    one_each = Recorded.objects.filter(action="reviews:decision:sign")
    assert [row.object_type for row in one_each] == ["reviews.entry", "reviews.gradedecision"]


def test_lower_before_upper_members_before_their_cell_collective_before_its_head(cycle, people, place):
    cell = make.entry(cycle, place.village)
    whole = make.entry(cycle, place.commune)
    refused("members_first", graded.decide, of=cycle, grades={cell: "t"})
    refused("members_first", graded.decide, of=cycle, grades={whole: "t"})
    Entry.objects.filter(cycle=cycle, of="collective", unit=place.commune).update(
        state="appraised", grade="", decided_on=None
    )
    head = anew(cycle, people.secretary)
    error = refused("members_first", graded.decide, of=cycle, grades={head: "t"})
    assert "Đảng bộ xã Tam Hồng" in error.message
    graded.collectives_decided(cycle)
    theirs = {row: "t" for row in graded.members(cycle) if row.unit_id == place.village.pk}
    graded.decide(cycle, theirs | {cell: "t"})
    assert make.entry(cycle, place.village).grade == "t"


def test_a_closed_cycle_decides_no_more(cycle, people):
    draft = graded.draft(cycle, {anew(cycle, people.member): "t"})
    type(cycle).objects.update(state="closed", closed_on=TODAY)
    refused("closed", deciding.sign_decision, by=MACHINE, at=NOW, decision=draft, number="1")
    refused("closed", deciding.draft_decision, by=MACHINE, at=NOW, cycle=cycle, title="x", entries={})


def test_signing_takes_the_same_queries_however_many_lines(place, people):
    counts = []
    for more in (2, 12):
        places.members(place.village, more)
    cycle = graded.cycle(place.commune)
    graded.collectives_decided(cycle)
    rows = [row for row in graded.members(cycle) if row.subject != "leader"]
    for number, part in enumerate((rows[:3], rows[3:])):
        draft = graded.draft(cycle, dict.fromkeys(part, "t"))
        with CaptureQueriesContext(connection) as queries:
            deciding.sign_decision(by=MACHINE, at=NOW, decision=draft, number=f"{number}", signed_by="Thông")
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert len(rows) > 10


def test_the_lowest_grade_gives_the_cell_a_task_of_helping(cycle, people, place):
    one = anew(cycle, people.member)
    graded.decide(cycle, {one: "kht"})
    follow = FollowUp.objects.get(entry=one)
    assert follow.until == date(2027, 12, 28)
    assert (follow.task.owner_unit_id, follow.task.owner_body) == (place.village.pk, "committee")
    # A task stands on boards and agendas: it names nobody, and leads to the page that does.
    assert people.member.full_name not in follow.task.title + follow.task.detail
    assert origins.of([follow.task_id])[follow.task_id].url == f"/kiem-diem/muc/{one.pk}/"
    now = anew(cycle, people.member)
    told = {"ground": "error", "reason": "Tính sót việc", "number": "9-QĐ/ĐU", "signed_by": "Thông"}
    regrade(
        by=MACHINE, at=NOW, entry=now, new_grade="ht", **told, override_reason="Rà lại", override_no="6-CV"
    )
    assert Task.objects.get(pk=follow.task_id).state == "withdrawn"
    back = {"override_reason": "Rà lại", "override_no": "7-CV", **told, "number": "10-QĐ/ĐU"}
    regrade(by=MACHINE, at=NOW, entry=anew(cycle, people.member), new_grade="kht", **back)
    again = FollowUp.objects.get(entry=one)
    assert (again.task_id != follow.task_id, again.task.state) == (True, "open")


# --- notice, again, anew ---------------------------------------------------------------------------------------------
@pytest.fixture
def decided(cycle, people):
    graded.decide(cycle, {anew(cycle, people.member): "ht"})
    return anew(cycle, people.member)


def test_a_notice_is_written_once_and_corrected_until_somebody_asked(decided, cycle, people):
    told = {"by": people.village_secretary.user, "at": NOW, "to": "Trao tại họp chi bộ"}
    refused("before_decision", notifying.notify, **told, entries=[decided], on=TODAY - timedelta(1))
    with pytest.raises(Denied):
        notifying.notify(**told | {"by": people.school_secretary.user}, entries=[decided], on=TODAY)
    notifying.notify(**told, entries=[decided], on=TODAY)
    now = anew(cycle, people.member)
    refused("already_notified", notifying.notify, **told, entries=[now], on=TODAY)
    with clock.fixed(NOW + timedelta(days=2)):
        later = TODAY + timedelta(days=1)
        notifying.correct_notice(**told, entry=now, on=later, because="Ghi nhầm ngày")
        assert anew(cycle, people.member).notified_on == later
        looking_again.ask_again(by=people.member.user, at=NOW + timedelta(days=2), entry=now, text="Xem lại")
        refused("asked", notifying.correct_notice, **told, entry=now, on=TODAY, because="Nhầm")


def test_one_asks_again_withdraws_and_is_answered(decided, cycle, people):
    told = {"at": NOW, "entry": decided, "text": "Tôi hoàn thành cả 12 việc."}
    with pytest.raises(Denied):
        looking_again.ask_again(by=people.standing.user, **told)
    first = looking_again.ask_again(by=people.member.user, **told)
    refused("running", looking_again.ask_again, by=people.member.user, **told)
    with pytest.raises(Denied):
        looking_again.withdraw_again(by=people.secretary.user, at=NOW, again=first)
    looking_again.withdraw_again(by=people.member.user, at=NOW, again=first)
    second = looking_again.ask_again(by=people.village_secretary.user, **told)
    assert second.typed_by
    with pytest.raises(Denied):
        looking_again.keep_grade(by=people.village_secretary.user, at=NOW, again=second, answer="Đúng")
    looking_again.keep_grade(by=people.secretary.user, at=NOW, again=second, answer="Hai việc chậm hạn.")
    refused(
        "already_done", looking_again.keep_grade, by=people.secretary.user, at=NOW, again=second, answer="Lại"
    )
    texts = [str(row.details) for row in Recorded.objects.filter(subject_id=people.member.pk)]
    assert not any("12 việc" in one for one in texts)


def test_a_grade_given_anew_keeps_the_old_one_and_answers_the_request(decided, cycle, people):
    notifying.notify(by=MACHINE, at=NOW, entries=[decided], on=TODAY, to="Trao tận tay")
    type(cycle).objects.update(state="closed", closed_on=TODAY)
    later = NOW + timedelta(days=20)
    on = TODAY + timedelta(days=20)
    with clock.fixed(later):
        now = anew(cycle, people.member)
        asked = looking_again.ask_again(by=people.member.user, at=later, entry=now, text="Xem lại")
        told = {
            "by": people.secretary.user,
            "at": later,
            "entry": now,
            "reason": "Tính sót",
            "number": "2-QĐ/ĐU",
        }
        refused("asked", regrade, **told, ground="error", new_grade="t")
        refused("same_grade", regrade, **told, ground="asked", new_grade="ht", again=asked)
        refused("needs_reason", regrade, **told, ground="asked", new_grade="t", again=asked)
        grant = {"override_reason": "Kết luận xác minh", "override_no": "7-TB/ĐU"}
        made = regrade(**told, ground="asked", new_grade="t", again=asked, **grant)
        assert (made.old_grade, made.old_decided_on, made.new_grade) == ("ht", TODAY, "t")
        after = anew(cycle, people.member)
        assert (after.grade, after.decided_on, after.notified_on) == ("t", on, None)
        assert LookAgain.objects.get().state == "changed"
        stood = {
            day: with_grade(Entry.objects.filter(pk=after.pk), day).get().grade_then
            for day in (TODAY - timedelta(1), TODAY, on - timedelta(1), on)
        }
        assert list(stood.values()) == ["", "ht", "ht", "t"]


def test_a_base_that_shrinks_over_its_cap_needs_a_paper(place, people):
    places.members(place.village, 4)
    cycle = graded.cycle(place.commune)
    graded.collectives_decided(cycle)
    Entry.objects.filter(cycle=cycle).members().update(group="outside")
    rows = graded.members(cycle)
    Entry.objects.filter(pk__in=[row.pk for row in rows[6:]]).update(
        standing="not_graded", standing_because="mới", proposed_grade="", appraised_grade=""
    )
    graded.decide(cycle, {row: "xs" if place == 0 else "t" for place, row in enumerate(rows[:6])})
    last = anew(cycle, rows[5].member)
    told = {
        "by": MACHINE,
        "at": NOW,
        "entry": last,
        "ground": "dishonest",
        "reason": "Khai sai",
        "number": "3",
    }
    Entry.objects.filter(pk=last.pk).update(explained={})
    refused("needs_reason", regrade, **told, new_grade="ht", signed_by="Thông")
    best = {"override_reason": "Cho phép", "override_no": "8-CV"}
    refused("over_cap", regrade, **told, new_grade="xs", signed_by="Thông", **best)
    regrade(**told, new_grade="ht", signed_by="Thông", **best)
    assert anew(cycle, rows[5].member).grade == "ht"


# --- titles ----------------------------------------------------------------------------------------------------------
def test_years_running_join_what_was_typed_and_what_was_decided(cycle, place):
    for year in (2021, 2023, 2024, 2025):
        PastGrade.objects.create(
            unit=place.commune, year=year, grade="xs", title="Trong sạch, vững mạnh", decision_no=f"{year}"
        )
    run = run_of(place.commune, TODAY)
    assert (run.years, run.first, run.last, run.title) == (3, 2023, 2025, "Trong sạch, vững mạnh")
    Entry.objects.filter(cycle=cycle, subject="organisation").update(
        state="decided", grade="xs", decided_on=TODAY
    )
    assert run_of(place.commune, TODAY - timedelta(1)).years == 3
    assert run_of(place.commune, TODAY).years == 4
    assert results_of_year([place.commune.pk], 2026, TODAY)[place.commune.pk].grade == "xs"
    assert run_of(place.village, TODAY).years == 0
