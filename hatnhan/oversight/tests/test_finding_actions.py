"""Findings until the conclusion; then each shortcoming a task, a report, and the verdict of somebody else."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from hatnhan.accounts.actors import MACHINE
from hatnhan.assignments import origins
from hatnhan.assignments.actions import tasks as task_actions
from hatnhan.assignments.models import Task
from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.organization.tests import make
from hatnhan.oversight.actions import findings, remedies
from hatnhan.oversight.actions.findings import FindingData
from hatnhan.oversight.models import Finding, Kind, Remedy
from hatnhan.oversight.selectors import findings as reading
from hatnhan.oversight.selectors import holdings
from hatnhan.oversight.selectors import remedies as remedy_reading
from hatnhan.oversight.tests import checked
from hatnhan.oversight.tests.checked import DAY, LATER, NOW

pytestmark = pytest.mark.django_db
SHORTCOMING = FindingData("shortcoming", "dues", "Nộp đảng phí chậm hai tháng.")
REPORTED = date(2026, 4, 10)


@pytest.fixture(autouse=True)
def that_day():
    with clock.fixed(LATER):
        yield


@pytest.fixture
def check(place, people):
    return checked.planned(place, people)


@pytest.fixture
def member_check(place, people):
    return checked.opened(place, people, units=[], members=[people.member])


def refused(code, action, **told):
    with pytest.raises(RuleBroken) as caught:
        action(**told)
    assert caught.value.code == code


def write(check, *data, by=MACHINE):
    return findings.write_findings(by=by, at=NOW, subject=check.subjects.get(), data=data or [SHORTCOMING])


def remedied(check, people, *data, **fields):
    write(check, *data)
    checked.concluded(check, people, **fields)
    return Remedy.objects.get(finding__of_check=check)


def report(remedy, by=MACHINE, on=REPORTED, result="Đã thu đủ."):
    remedies.report_remedy(by=by, at=LATER, remedy=remedy, result=result, reported_on=on)


def verify(remedy, by=MACHINE, *, good=True, on=date(2026, 4, 15)):
    remedies.verify_remedy(by=by, at=LATER, remedy=remedy, verdict="Đã xem sổ.", good=good, verified_on=on)


# --- findings --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (FindingData("other", "dues", "x"), "kind"),
        (FindingData("sign", "belief", "x"), "topic"),
        (FindingData("sign", "dues", " "), "text_missing"),
        (FindingData("strength", "dues", "x", due=DAY), "not_a_shortcoming"),
        (FindingData("shortcoming", "dues", "x", due=date(2026, 3, 1)), "due_before_found"),
    ],
)
def test_what_is_no_finding(check, data, code):
    with pytest.raises(RuleBroken) as caught:
        write(check, data)
    assert caught.value.code == code


def test_findings_are_written_by_the_team_until_concluded(check, people):
    with pytest.raises(Denied):
        write(check, by=people.village_secretary.user)
    (one,) = write(check, by=people.standing.user)
    again = Finding.objects.get(pk=one.pk)
    findings.edit_finding(
        by=people.inspector.user, at=NOW, finding=one, data=FindingData("sign", "dues", "Không ghi sổ.")
    )
    refused("changed_meanwhile", findings.edit_finding, by=MACHINE, at=NOW, finding=again, data=SHORTCOMING)
    refused("changed_meanwhile", findings.remove_finding, by=MACHINE, at=NOW, finding=again)
    assert Finding.objects.get(pk=one.pk).found_on == DAY
    entry = Entry.objects.filter(action="oversight:finding:write").order_by("-pk").first()
    assert entry.details == {"changed": "kind, text"}
    assert "Không ghi sổ" not in str(entry.details) + entry.object_name
    findings.remove_finding(by=MACHINE, at=NOW, finding=Finding.objects.get(pk=one.pk))
    assert not Finding.objects.exists()


def test_nothing_is_written_after_the_conclusion(check, people):
    (one,) = write(check, FindingData("strength", "dues", "Thu đủ."))
    checked.concluded(check, people)
    refused("check_over", findings.edit_finding, by=MACHINE, at=LATER, finding=one, data=SHORTCOMING)
    refused("check_over", findings.remove_finding, by=MACHINE, at=LATER, finding=one)
    with pytest.raises(RuleBroken):
        write(check)
    assert not Remedy.objects.exists()


def test_nobody_verifies_the_own_remedy_by_name(member_check, people):
    with pytest.raises(RuleBroken) as caught:
        write(member_check, FindingData("shortcoming", "dues", "x", verifier=people.member))
    assert caught.value.code == "verifier_is_subject"


# --- remedies --------------------------------------------------------------------------------------------------------
def test_each_shortcoming_becomes_a_task_that_does_not_tell_what_was_found(member_check, people):
    strength = FindingData("strength", "duties", "Gương mẫu.")
    remedy = remedied(member_check, people, SHORTCOMING, strength)
    assert (remedy.due, remedy.remedied_by) == (date(2026, 5, 31), people.member)
    assert (remedy.task.owner, remedy.task.given_on) == (people.member, date(2026, 3, 31))
    assert "chậm hai tháng" not in remedy.task.title + remedy.task.detail
    assert "07-TB/UBKT" in origins.of([remedy.task_id])[remedy.task_id].label
    assert remedies.open_remedies(by=MACHINE, at=LATER, check=member_check) == []


def test_a_unit_puts_right_by_its_committee_with_the_day_the_finding_names(check, people, place):
    due = date(2026, 4, 30)
    remedy = remedied(check, people, FindingData("shortcoming", "dues", "x", due=due))
    assert (remedy.due, remedy.remedied_by) == (due, people.village_secretary)
    assert (remedy.task.owner_unit, remedy.task.owner_body) == (place.village, "committee")


def test_reported_and_verified_by_another(check, people):
    remedy = remedied(check, people)
    with pytest.raises(Denied):
        report(remedy, people.member.user)
    report(remedy, people.village_secretary.user)
    report(remedy, people.village_secretary.user, result="Đã thu đủ, ghi sổ.")
    told = Entry.objects.filter(action="oversight:remedy:report").order_by("-pk").first().details
    assert told["result"] is True
    assert "Đã thu đủ" not in str(told)
    assert Task.objects.get(pk=remedy.task_id).state == Task.State.DONE
    with pytest.raises(RuleBroken) as caught:
        report(remedy, people.inspector.user)
    assert caught.value.code == "own_report"
    for who in (people.village_secretary, people.member):
        with pytest.raises(Denied):
            verify(remedy, who.user)
    verify(remedy, people.standing.user)
    remedy.refresh_from_db()
    assert (remedy.state, remedy.verified_by, remedy.typed_by) == ("verified", people.standing, "")
    assert "Đã xem sổ" not in str(Entry.objects.get(action="oversight:remedy:verify").details)
    task = Task.objects.get(pk=remedy.task_id)
    assert (task.state, task.verified_by, task.done_on) == ("verified", people.standing, REPORTED)
    with pytest.raises(RuleBroken) as caught:
        report(remedy)
    assert caught.value.code == "already_done"


def test_one_not_done_comes_back(check, people, place):
    remedy = remedied(check, people)
    with pytest.raises(RuleBroken) as caught:
        verify(remedy)
    assert caught.value.code == "not_reported"
    report(remedy, people.inspector.user)
    assert Remedy.objects.get().typed_by == str(people.inspector.user)
    report(remedy, people.inspector.user, result="Đã thu đủ, theo giấy báo cáo.")
    verify(remedy, people.standing.user, good=False)
    assert Task.objects.get(pk=remedy.task_id).state == Task.State.OPEN
    units = place.commune
    assert [one.pk for one in reading.unremedied(units, date(2026, 4, 20))] == [remedy.finding_id]
    report(remedy, on=date(2026, 4, 18))
    verify(remedy, on=date(2026, 4, 19))
    assert not reading.unremedied([units.pk], date(2026, 4, 20)).exists()
    assert reading.unremedied([units.pk], date(2026, 4, 18)).exists()
    assert not reading.unremedied([units.pk], date(2026, 3, 30)).exists()


def test_days_of_report_and_verdict(check, people):
    remedy = remedied(check, people)
    for on, code in ((date(2026, 3, 30), "before_given"), (date(2026, 4, 21), "future")):
        with pytest.raises(RuleBroken) as caught:
            report(remedy, on=on)
        assert caught.value.code == code
    report(remedy)
    with pytest.raises(RuleBroken) as caught:
        verify(remedy, on=date(2026, 4, 9))
    assert caught.value.code == "before_report"


def test_an_unreported_one_past_its_day_is_found_not_done(check, people):
    remedy = remedied(check, people, comply_by=date(2026, 4, 10))
    verify(remedy, good=False)
    assert Remedy.objects.get().state == "failed"


def test_of_two_verdicts_at_once_the_first_holds(check, people):
    remedy = remedied(check, people)
    report(remedy)
    other = Remedy.objects.get()
    verify(remedy)
    with pytest.raises(RuleBroken) as caught:
        verify(other, good=False)
    assert caught.value.code == "already_done"


def test_a_task_that_ended_on_its_own_page_does_not_stop_the_verdict(check, people):
    remedy = remedied(check, people)
    Task.objects.update(state="withdrawn", closed_on=REPORTED, closed_reason="Trùng việc.")
    report(remedy)
    verify(remedy)
    assert Remedy.objects.get().state == "verified"


# --- reading ---------------------------------------------------------------------------------------------------------
def test_the_task_of_a_remedy_is_settled_in_this_room_alone(check, people, place, client):
    remedy = remedied(check, people)
    task = remedy.task
    head = people.secretary.user
    for action, told in (
        (task_actions.verify_task, {}),
        (task_actions.withdraw_task, {"reason": "Thôi"}),
        (task_actions.postpone_task, {"due": date(2027, 1, 1), "reason": "Lùi"}),
        (task_actions.hand_over_task, {"owner": people.inspector, "reason": "Đổi"}),
        (task_actions.report_done, {"outcome": "Xong", "evidence": "", "done_on": REPORTED}),
    ):
        with pytest.raises(Denied):
            action(by=head, at=LATER, task=Task.objects.get(pk=task.pk), **told)
    client.force_login(head)
    page = client.get(reverse("assignments:task", args=[task.pk])).content.decode()
    assert f'class="btn btn-primary" href="{origins.of([task.pk])[task.pk].url}"' in page
    for name in ("task-withdraw", "task-postpone", "task-hand-over"):
        assert reverse(f"assignments:{name}", args=[task.pk]) not in page
        assert client.get(reverse(f"assignments:{name}", args=[task.pk])).status_code == 403


def test_the_subject_reads_its_own_findings_after_the_conclusion_only(member_check, people, place):
    write(member_check)
    assert not reading.findings_for(people.member.user).exists()
    assert reading.own_sheet(member_check.subjects.get()).subjects == []
    checked.concluded(member_check, people)
    assert reading.findings_for(people.member.user).count() == 1
    assert not reading.findings_for(people.village_secretary.user).exists()
    assert not reading.findings_for(people.school_secretary.user).exists()
    assert reading.findings_for(people.inspector.user).count() == 1
    assert reading.of_member(people.member, 2026).count() == 1
    assert not reading.of_unit(place.village, 2026).exists()


def test_two_subjects_do_not_read_of_each_other(place, people):
    other = make.member(place.village, "Đỗ Thị Mai", sex="F")
    check = checked.opened(place, people, units=[], members=[people.member, other])
    for subject in check.subjects.all():
        findings.write_findings(by=MACHINE, at=NOW, subject=subject, data=[SHORTCOMING])
    checked.concluded(check, people)
    own = reading.findings_for(people.member.user)
    assert [one.subject.member for one in own] == [people.member]
    assert [one.finding.subject.member for one in remedy_reading.remedies_for(people.member.user)] == [
        people.member
    ]


def test_counts_and_the_share_put_right_on_time(check, people, place):
    remedy = remedied(check, people, SHORTCOMING)
    year = (date(2026, 1, 1), date(2027, 1, 1))
    assert reading.by_topic([place.commune.pk], *year) == {("dues", "shortcoming"): 1}
    on = date(2026, 4, 20)
    assert reading.remedies_on_time([place.commune.pk], *year, on) == reading.OnTime(0, 0)
    report(remedy)
    verify(remedy)
    assert reading.remedies_on_time([place.commune.pk], *year, on) == reading.OnTime(1, 1)
    Remedy.objects.update(reported_on=date(2026, 6, 2), verified_on=date(2026, 6, 3))
    assert reading.remedies_on_time([place.commune.pk], *year, date(2026, 6, 10)) == reading.OnTime(1, 0)


def test_the_own_copy_holds_all_of_it(member_check, people):
    write(member_check)
    assert list(holdings.findings(people.member)) == []
    checked.concluded(member_check, people)
    (told,) = holdings.findings(people.member)
    assert told["nội dung"] == SHORTCOMING.text
    (share,) = holdings.shares(people.member)
    assert share["kết luận"] == "Chi bộ chấp hành tốt."


def test_the_kinds_of_check_that_a_denunciation_is(place, people):
    check = checked.opened(place, people, kind=Kind.DENUNCIATION, units=[], members=[people.member])
    remedied(check, people)
    assert reading.findings_for(people.inspector.user).exists()
    assert not reading.findings_for(people.secretary.user).exists()
