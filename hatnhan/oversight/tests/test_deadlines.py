"""What is due: on whose list, on which day, gone once it is done; nobody named where others read."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hatnhan.core import clock
from hatnhan.deadlines import registry
from hatnhan.oversight.actions import findings, notes, remedies
from hatnhan.oversight.actions.findings import FindingData
from hatnhan.oversight.models import (
    Denunciation,
    DenunciationHandler,
    Kind,
    Programme,
    Restoration,
)
from hatnhan.oversight.tests import checked, punished, watched

TODAY = date(2026, 3, 3)
UNTIL = date(2027, 3, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def that_day():
    with clock.fixed(checked.LATER):
        yield


def of_unit(unit, on=TODAY, room="oversight"):
    return {one.key: one for one in registry.due([unit.pk], on=on, until=UNTIL) if one.key.startswith(room)}


def of_person(person, on=TODAY):
    found = registry.due_for(person.pk, on=on, until=UNTIL)
    return {one.key: one for one in found if one.key.startswith("oversight")}


def sources(found):
    return sorted({one.source.removeprefix("oversight.") for one in found.values()})


def dues(found, source):
    return [one.due for one in found.values() if one.source == f"oversight.{source}"]


# --- programmes ------------------------------------------------------------------------------------------------------
def test_a_programme_is_due_until_it_is_issued_and_missed_where_there_was_one(place, people):
    checked.item(place.commune, units=[place.village])
    later = of_unit(place.commune, date(2026, 12, 1), "oversight.programme")
    assert [one.due.year for one in later.values()] == [2027]
    assert "chưa soạn" in next(iter(later.values())).detail
    Programme.objects.create(unit=place.commune, body="inspection", year=2027, drafted_at=checked.NOW)
    draft = of_unit(place.commune, date(2026, 12, 1), "oversight.programme")
    assert [(one.key, "đang soạn" in one.detail) for one in draft.values()] == [(next(iter(later)), True)]


# --- a check ---------------------------------------------------------------------------------------------------------
def test_a_check_waits_for_its_unit_its_team_and_its_subject(place, people):
    check = checked.planned(place, people)
    assert sources(of_unit(place.commune)) == ["check", "programme", "step"]
    assert sources(of_unit(place.village)) == ["self_report"]
    assert sources(of_person(people.inspector)) == ["own_check", "own_step"]
    assert sources(of_person(people.standing)) == ["own_step"]
    assert len(dues(of_person(people.standing), "own_step")) == check.dossier.steps.count()
    assert dues(of_unit(place.commune), "check") == [check.ends_by]
    assert sources(of_person(people.member)) == []
    assert sources(of_unit(place.commune, checked.DAY - timedelta(1))) == ["item", "programme"]


def test_units_lists_name_no_member_and_no_denunciation(place, people):
    checked.opened(place, people, units=[], members=[people.member], title="Kiểm tra đ/c Nguyễn Thị Hòa")
    secret = checked.opened(place, people, kind=Kind.DENUNCIATION, decision_no="9-QĐ/UBKT")
    found = of_unit(place.commune)
    assert found
    assert not [one for one in found.values() if "Hòa" in one.title + one.detail or "9-QĐ" in one.title]
    assert sources(of_person(people.member)) == ["own_report"]
    assert secret.ends_by in dues(of_person(people.inspector), "own_check")


def test_what_is_done_waits_no_more_and_the_past_stays_as_it_was(place, people):
    check = checked.delivered(checked.planned(place, people), people)
    after = date(2026, 4, 10)
    assert "check" not in sources(of_unit(place.commune, after))
    assert "self_report" not in sources(of_unit(place.village, date(2026, 4, 21)))
    assert dues(of_unit(place.commune, date(2026, 3, 20)), "check") == [check.ends_by]
    assert dues(of_unit(place.commune, after), "comply") == [date(2026, 5, 31)]
    assert dues(of_person(people.inspector, after), "own_comply") == [date(2026, 5, 31)]
    assert "own_comply" not in sources(of_person(people.inspector, date(2026, 6, 1)))


def test_a_reported_remedy_waits_for_who_looks_at_it(place, people):
    check = checked.planned(place, people)
    data = [FindingData("shortcoming", "dues", "Nộp chậm", due=date(2026, 5, 31), verifier=people.standing)]
    findings.write_findings(by=checked.MACHINE, at=checked.LATER, subject=check.subjects.get(), data=data)
    checked.delivered(check, people)
    remedy = check.findings.get().remedy
    on, at = date(2026, 4, 20), checked.LATER
    remedies.report_remedy(
        by=people.village_secretary.user, at=at, remedy=remedy, result="Đã nộp", reported_on=on
    )
    assert dues(of_person(people.standing, on), "own_verify") == [date(2026, 5, 31)]
    assert "own_verify" not in sources(of_person(people.inspector, on))
    remedies.verify_remedy(
        by=people.standing.user, at=at, remedy=remedy, verdict="Đúng", good=True, verified_on=on
    )
    assert "own_verify" not in sources(of_person(people.standing, on))


def test_titles_say_whom_a_check_looks_at_where_that_is_a_unit(place, people):
    checked.planned(place, people)
    titles = [one.title for one in of_unit(place.commune).values()]
    assert f"Kết luận: {place.village}" in titles
    assert any(title.endswith(f": {place.village}") and "Kết luận" not in title for title in titles)
    one = checked.opened(place, people, units=[], members=[people.member], decision_no="8-QĐ/UBKT")
    assert "Kết luận: Quyết định số 8-QĐ/UBKT" in [one.title for one in of_unit(place.commune).values()]
    assert one.title not in [one.title for one in of_unit(place.commune).values()]


def test_a_planned_work_that_nobody_opened_is_due_by_its_last_day(place, people):
    work = checked.item(place.commune, units=[place.village])
    begins = work.starts_on
    assert dues(of_unit(place.commune, begins - timedelta(15)), "item") == []
    found = of_unit(place.commune, begins - timedelta(14), "oversight.item")
    assert [(one.due, place.village.name in one.title) for one in found.values()] == [(work.ends_on, True)]
    assert dues(of_unit(place.commune, work.ends_on + timedelta(9)), "item") == [work.ends_on]


# --- regular supervision ---------------------------------------------------------------------------------------------
def test_a_note_waits_for_who_is_observed_and_supervision_for_the_observer(place, people):
    watch = watched.assigned(place, people)
    note = watched.noted(watch)
    assert dues(of_person(people.member), "own_note") == [note.expires_on - timedelta(1)]
    assert sources(of_person(people.member, note.expires_on)) == []
    assert dues(of_person(people.inspector), "own_watch") == [date(2026, 12, 31)]
    with clock.fixed(checked.NOW):
        notes.answer_note(by=people.member.user, at=checked.NOW, note=note, text="Tôi đã rõ.")
    assert sources(of_person(people.member)) == []
    unit = watched.noted(watched.assigned(place, people, of_member=None, of_unit=place.village))
    assert dues(of_unit(place.village), "note") == [unit.expires_on - timedelta(1)]


# --- discipline and denunciations ------------------------------------------------------------------------------------
def test_discipline_waits_for_its_handlers_and_its_subject_alone(place, people):
    case = punished.case(place, people.member, people.inspector)
    on = date(2026, 3, 15)
    assert "own_handled" in sources(of_person(people.inspector, on))
    assert of_unit(place.village, on) == of_unit(place.commune, on) == {}
    titles = [one.title + one.detail for one in of_person(people.inspector, on).values()]
    assert "Ra quyết định kỷ luật bằng văn bản" in " ".join(titles)
    assert not [title for title in titles if "Hòa" in title or case.matter in title]
    made = punished.decision(case)
    assert "Trao quyết định kỷ luật" in [one.title for one in of_person(people.inspector, on).values()]
    made.handed_on, made.complain_by = date(2026, 3, 12), date(2026, 4, 13)
    made.save(update_fields=["handed_on", "complain_by"])
    assert dues(of_person(people.member, on), "own_case") == [date(2026, 4, 13)]
    assert of_person(people.member, date(2026, 4, 14)) == {}
    assert sources(of_person(people.standing, on)) == []


def test_a_review_of_self_is_due_from_the_subject(place, people):
    fresh = {"state": "opened", "form": "", "votes_for": 0, "votes_needed": 0, "self_reviewed_on": None}
    case = punished.case(place, people.member, people.inspector, **fresh)
    assert dues(of_person(people.member), "own_case") == [case.dossier.steps.get(key="self_review").due]


def test_what_an_organisation_owes_and_may_complain_of_waits_for_its_head(place, people):
    fresh = {"state": "opened", "form": "", "votes_for": 0, "votes_needed": 0, "self_reviewed_on": None}
    about = {"organisation": place.village, "standing": "organisation", "unit": place.commune}
    case = punished.case(place, None, people.inspector, **fresh, **about)
    head = people.village_secretary
    assert dues(of_person(head), "own_case") == [case.dossier.steps.get(key="self_review").due]
    assert "own_case" not in sources(of_person(people.member))
    decided = punished.case(place, None, people.inspector, **about)
    days = {"handed_on": date(2026, 3, 12), "complain_by": date(2026, 4, 13)}
    made = punished.decision(decided, unit=place.commune, body="standing", **days)
    on = date(2026, 3, 15)
    assert date(2026, 4, 13) in dues(of_person(head, on), "own_case")
    # One that was taken back leaves the right standing; one that was settled does not.
    on = date(2026, 3, 25)
    complaint = punished.complaint(made, place.commune, state="withdrawn", settled_on=date(2026, 3, 22))
    # As on each day: complained of from the 20th, taken back on the 22nd.
    assert date(2026, 4, 13) not in dues(of_person(head, date(2026, 3, 21)), "own_case")
    assert date(2026, 4, 13) in dues(of_person(head, on), "own_case")
    type(complaint).objects.update(state="refused", refused_ground="late", refused_because="Đã quá hạn.")
    assert date(2026, 4, 13) not in dues(of_person(head, on), "own_case")


def test_a_postponed_case_waits_for_the_end_of_that_time_and_for_nothing_else(place, people):
    punished.case(
        place, people.member, people.inspector, state="heard", form="", votes_for=0, votes_needed=0,
        postponed_since=date(2026, 2, 10), postponed_until=date(2026, 9, 1), postponed_because="pregnant",
    )  # fmt: skip
    assert dues(of_person(people.inspector), "own_handled") == [date(2026, 9, 1)]


def test_a_case_that_was_heard_waits_for_the_head_of_the_body_that_decides(place, people):
    heard = {"state": "heard", "form": "", "votes_for": 0, "votes_needed": 0}
    above = {"deciding_unit": place.commune, "deciding_body": "standing"}
    case = punished.case(place, people.member, people.inspector, **heard, **above)
    assert dues(of_person(people.deputy), "own_decide") == [case.dossier.steps.get(key="votes").due]
    assert "own_decide" not in sources(of_person(people.inspector))
    assert "own_decide" not in sources(of_person(people.village_secretary))
    case.state, case.form, case.votes_for, case.votes_needed = "formed", "reprimand", 9, 8
    case.save()
    assert dues(of_person(people.deputy), "own_decide") == [case.dossier.steps.get(key="decision").due]
    own = punished.case(place, people.deputy, people.inspector, **heard, **above)
    assert len(dues(of_person(people.deputy), "own_decide")) == 1
    assert own.pk


def test_a_complaint_waits_for_the_head_then_for_its_handler(place, people):
    made = punished.complaint(
        punished.decision(punished.case(place, people.member, people.standing)), place.commune
    )
    on = date(2026, 3, 25)
    assert dues(of_person(people.inspector, on), "own_complaint") == [on]
    made.state, made.handler, made.due = "accepted", people.deputy, date(2026, 7, 1)
    made.accepted_on = on
    made.save()
    assert sources(of_person(people.inspector, on)) == []
    assert dues(of_person(people.deputy, on), "own_complaint") == [date(2026, 7, 1)]
    Restoration.objects.create(decision=made.decision, kind="apology", due=date(2026, 8, 1))
    assert dues(of_person(people.deputy, on), "own_restoration") == [date(2026, 8, 1)]


def test_a_denunciation_waits_for_its_handlers_alone(place, people):
    one = Denunciation.objects.create(
        unit=place.commune, year=2026, number=3, received_on=TODAY, about_member=people.member, state_on=TODAY,
        answer_due=date(2026, 3, 20), rule_version="oversight.terms@2011-01-19",
    )  # fmt: skip
    DenunciationHandler.objects.create(denunciation=one, member=people.standing)
    found = of_person(people.standing)
    assert dues(found, "own_denunciation") == [date(2026, 3, 20)]
    assert "Hòa" not in "".join(item.title + item.detail for item in found.values())
    assert of_person(people.inspector) == of_person(people.member) == of_unit(place.commune) == {}
    Denunciation.objects.filter(pk=one.pk).update(answered_on=TODAY)
    assert of_person(people.standing) == {}
