"""The pages of findings and remedies: who opens them, what they say, what they cost."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hatnhan.accounts.actors import MACHINE
from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.oversight.actions import findings
from hatnhan.oversight.actions.findings import FindingData
from hatnhan.oversight.models import Finding, Remedy
from hatnhan.oversight.permissions import Action
from hatnhan.oversight.tests import checked
from hatnhan.oversight.tests.checked import LATER, NOW

pytestmark = pytest.mark.django_db
TEXT = "Nộp đảng phí chậm hai tháng."
READ = "oversight:check:read"


@pytest.fixture(autouse=True)
def that_day():
    with clock.fixed(LATER):
        yield


def page(client, name, *args, **query):
    return client.get(reverse(f"oversight:{name}", args=args), query)


def found(check, *texts):
    for subject in check.subjects.all():
        data = [FindingData("shortcoming", "dues", text) for text in texts or (TEXT,)]
        findings.write_findings(by=MACHINE, at=NOW, subject=subject, data=data)


@pytest.fixture
def check(place, people):
    return checked.planned(place, people)


@pytest.fixture
def remedy(check, people):
    found(check)
    checked.concluded(check, people)
    return Remedy.objects.get()


def test_the_team_writes_corrects_and_takes_out_on_pages(check, cast):
    subject = check.subjects.get()
    for client in (cast.village_secretary, cast.member, cast.administrator, cast.outsider):
        assert page(client, "finding-new", subject.pk).status_code == 404
    address = reverse("oversight:finding-new", args=[subject.pk])
    typed = {"kind": "shortcoming", "topic": "dues", "text": TEXT, "due": "15/5/2026", "verifier": ""}
    assert cast.inspector.post(address, typed | {"text": ""}).status_code == 422
    answer = cast.inspector.post(address, typed)
    assert answer.url == reverse("oversight:check", args=[check.pk]) + "#phat-hien"
    one = Finding.objects.get()
    assert one.remedy_due == date(2026, 5, 15)
    shown = page(cast.inspector, "check", check.pk)
    assert TEXT in shown.content.decode()
    edit = reverse("oversight:finding-edit", args=[one.pk])
    assert TEXT in cast.standing.get(edit).content.decode()
    cast.standing.post(edit, typed | {"text": "Đã sửa."})
    assert Finding.objects.get().text == "Đã sửa."
    remove = reverse("oversight:finding-remove", args=[one.pk])
    assert cast.inspector.post(remove).status_code == 200
    cast.inspector.post(remove, {"confirm": "1"})
    assert not Finding.objects.exists()


def test_the_list_of_findings_by_condition(remedy, cast):
    one = remedy.finding
    whole = page(cast.inspector, "findings", don_vi="tam-hong").content.decode()
    assert TEXT in whole
    for query in ({"loai": "sign"}, {"linh_vuc": "land"}, {"den": "2026-03-30"}, {"khac_phuc": "verified"}):
        shown = page(cast.inspector, "findings", don_vi="tam-hong", **query).content.decode()
        assert TEXT not in shown
    shown = page(
        cast.inspector, "findings", tu="2026-03-31", den="31/3/2026", chi_bo="thon-chua", loai="shortcoming"
    )
    assert TEXT in shown.content.decode()
    own = page(cast.village_secretary, "findings").content.decode()
    assert reverse("oversight:my-check", args=[one.of_check_id]) in own
    for client in (cast.member, cast.school_secretary):
        assert TEXT not in page(client, "findings").content.decode()
    assert page(cast.anonymous, "findings").status_code == 302


def test_a_finding_on_a_person_is_not_in_the_list_of_others(place, people, cast):
    check = checked.opened(place, people, units=[], members=[people.member])
    found(check)
    checked.concluded(check, people)
    for name in ("findings", "remedies"):
        assert TEXT not in page(cast.inspector, name).content.decode()
        assert TEXT in page(cast.member, name).content.decode()
        assert "Nguyễn Thị Hòa" not in page(cast.village_secretary, name, don_vi="thon-chua").content.decode()
    # Both lists say of whom something was found: one reading, which the member's own page of the check shows.
    listed = Entry.objects.get(action=Action.READ_FINDINGS)
    assert (listed.actor, listed.subject_id) == (people.inspector.user, people.member.pk)
    assert str(people.inspector.user) in page(cast.member, "my-check", check.pk).content.decode()
    remedy = Remedy.objects.get()
    before = Entry.objects.filter(action=READ).count()
    assert TEXT in page(cast.member, "remedy-report", remedy.pk).content.decode()
    assert Entry.objects.filter(action=READ).count() == before
    assert TEXT in page(cast.inspector, "remedy-report", remedy.pk).content.decode()
    assert Entry.objects.filter(action=READ, subject_id=people.member.pk).count() == before + 1
    assert page(cast.secretary, "remedy-verify", remedy.pk).status_code == 200
    assert page(cast.village_secretary, "remedy-verify", remedy.pk).status_code == 404


def test_from_report_to_verdict_on_pages(remedy, cast):
    parts = {"con": True, "cho": False, "tre": False, "xong": False}
    for part, there in parts.items():
        assert (TEXT in page(cast.inspector, "remedies", loc=part).content.decode()) is there
    report = reverse("oversight:remedy-report", args=[remedy.pk])
    verify = reverse("oversight:remedy-verify", args=[remedy.pk])
    assert report in page(cast.village_secretary, "remedies").content.decode()
    assert cast.village_secretary.get(verify).status_code == 403
    typed = {"result": "Đã thu đủ.", "reported_on": "10/4/2026"}
    answer = cast.village_secretary.post(report, typed)
    assert answer.url == reverse("oversight:remedies") + f"#kp-{remedy.pk}"
    shown = page(cast.standing, "remedies", loc="cho").content.decode()
    assert verify in shown
    assert "Đã thu đủ." in shown
    said = {"good": "yes", "verdict": "Đã xem sổ.", "verified_on": "12/4/2026"}
    cast.standing.post(verify, said)
    assert TEXT in page(cast.inspector, "remedies", loc="xong").content.decode()
    assert TEXT not in page(cast.inspector, "remedies", loc="con").content.decode()
    past = page(cast.inspector, "remedies", loc="con", ngay="2026-04-11").content.decode()
    assert TEXT in past
    # Of the day before it was reported the page tells neither the report nor the verdict.
    early = page(cast.inspector, "remedies", ngay="2026-04-09").content.decode()
    assert "Đã thu đủ." not in early
    assert "Đã xem sổ." not in early
    for day, state in (("2026-04-09", "open"), ("2026-04-11", "reported"), ("2026-04-12", "verified")):
        for asked in Remedy.State.values:
            listed = page(cast.inspector, "findings", ngay=day, khac_phuc=asked)
            assert [row.state for row in listed.context["rows"]] == (
                [Remedy.State(state).label] if asked == state else []
            )
    task = reverse("assignments:task", args=[remedy.task_id])
    assert "07-TB/UBKT" in cast.village_secretary.get(task).content.decode()


@pytest.mark.parametrize(("name", "most"), [("findings", 12), ("remedies", 15)])
def test_twice_the_rows_cost_the_same(check, people, cast, name, most):
    found(check, "Một.", "Hai.")
    checked.concluded(check, people)
    counts = []
    for _round in range(2):
        page(cast.inspector, name)
        with CaptureQueriesContext(connection) as queries:
            assert page(cast.inspector, name).status_code == 200
        counts.append(len(queries))
        for one in Finding.objects.all():
            remedy = one.remedy
            one.pk = None
            one.save(force_insert=True)
            task = remedy.task
            task.pk = None
            task.save(force_insert=True)
            Remedy.objects.create(finding=one, task=task, due=remedy.due, remedied_by=remedy.remedied_by)
    assert counts[0] == counts[1]
    assert counts[0] <= most, queries.captured_queries
