"""What stands first on a page: what is due, the own, and every guarantee a subject has; what is over says so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from hatnhan.core import clock
from hatnhan.oversight.actions import findings, remedies
from hatnhan.oversight.actions.findings import FindingData
from hatnhan.oversight.selectors import programmes as of_programmes
from hatnhan.oversight.selectors import remedies as of_remedies
from hatnhan.oversight.selectors.case_facts import standing_of
from hatnhan.oversight.selectors.guarantees import guarantees
from hatnhan.oversight.selectors.limitation import limitation_of
from hatnhan.oversight.tests import checked, punished

pytestmark = pytest.mark.django_db
HANDED, COMPLAIN_BY = date(2026, 3, 12), date(2026, 4, 13)


def mine(cast, case):
    return cast.member.get(reverse("oversight:my-case", args=[case.pk])).content.decode()


@pytest.fixture
def case(place, people):
    made = punished.case(place, people.member, people.inspector)
    punished.decision(made, handed_on=HANDED, complain_by=COMPLAIN_BY)
    made.refresh_from_db()
    return made


def test_a_subject_reads_how_to_complain_until_the_last_day_and_then_that_it_is_over(case, cast):
    with clock.fixed(clock.at(COMPLAIN_BY, 9)):
        assert "Không đồng ý thì khiếu nại" in mine(cast, case)
    with clock.fixed(clock.at(COMPLAIN_BY + timedelta(1), 9)):
        page = mine(cast, case)
    assert "Không đồng ý thì khiếu nại" not in page
    assert "Hạn khiếu nại đã hết ngày 13/4/2026" in page


def test_every_guarantee_stands_in_one_list(case, place):
    on = date(2026, 5, 1)
    rows = guarantees(case, standing_of(case, on), limitation_of(case, on))
    assert len(rows) == 11
    words = {one.title: one.words for one in rows}
    assert "đến hết ngày 13/4/2026" in words["Được khiếu nại"]
    assert "từ ngày 10/3/2027" in " ".join(words.values())
    punished.complaint(
        case.decisions.get(),
        place.commune,
        state="settled",
        result="kept",
        reply="Giữ nguyên.",
        settled_on=on,
    )
    words = {one.title: one.words for one in guarantees(case, standing_of(case, on))}
    assert words["Được khiếu nại"].endswith("đã khiếu nại ngày 20/3/2026: giữ nguyên quyết định")


def test_what_is_still_to_be_remedied_stands_before_what_is_verified(place, people):
    check = checked.planned(place, people)
    data = [
        FindingData("shortcoming", "dues", text, due=due, verifier=people.standing)
        for text, due in (("Nộp chậm", date(2026, 5, 1)), ("Ghi thiếu", date(2026, 6, 1)))
    ]
    findings.write_findings(by=checked.MACHINE, at=checked.LATER, subject=check.subjects.get(), data=data)
    checked.delivered(check, people)
    first, second = (one.remedy for one in check.findings.order_by("remedy__due"))
    day, at = date(2026, 4, 20), checked.LATER
    remedies.report_remedy(
        by=people.village_secretary.user, at=at, remedy=first, result="Đã nộp", reported_on=day
    )
    user = people.standing.user
    assert list(of_remedies.listed(user, place.commune, day)) == [first, second]
    remedies.verify_remedy(by=user, at=at, remedy=first, verdict="Đúng", good=True, verified_on=day)
    assert list(of_remedies.listed(user, place.commune, day)) == [second, first]


def test_the_own_programmes_stand_before_those_below(place, people):
    own = checked.item(place.commune, units=[place.village]).programme
    below = checked.item(place.village, members=[people.member]).programme
    listed = of_programmes.programmes_for(people.inspector.user, place.commune, date(2026, 12, 1), own.year)
    assert list(listed) == [own, below]


def test_the_subject_reads_by_when_to_report(place, people, cast):
    check = checked.planned(place, people)
    with clock.fixed(checked.LATER):
        page = cast.village_secretary.get(reverse("oversight:my-check", args=[check.pk])).content.decode()
    due = check.dossier.steps.get(key="self_report").due
    assert f"{due.day}/{due.month}/{due.year}" in page


def test_a_stage_that_is_done_is_one_line_and_the_next_step_stands_before_rare_deeds(place, people, cast):
    check = checked.planned(place, people)
    prepare = [one for one in check.dossier.steps.all() if one.stage == "prepare"]
    address = reverse("oversight:check", args=[check.pk])
    with clock.fixed(checked.LATER):
        page = cast.inspector.get(address).content.decode()
    assert page.index("Dừng cuộc") > page.index('class="ck-now"') > page.index("<h1>")
    assert "<details>\n          <summary>\n            <b>Chuẩn bị</b>" not in page
    for step in prepare:
        step.papers.update(state="excused", because="Không phải lập", filed_at=checked.LATER)
        type(step).objects.filter(pk=step.pk).update(done_on=check.opened_on)
    with clock.fixed(checked.LATER):
        page = cast.inspector.get(address).content.decode()
    folded = page.partition('<div class="ck-stage">')[2].partition("</summary>")[0]
    assert "<details>" in folded
    assert "Chuẩn bị" in folded


def test_a_verified_remedy_is_one_line_in_the_list(place, people, cast):
    check = checked.planned(place, people)
    one = FindingData("shortcoming", "dues", "Ghi thiếu", due=date(2026, 5, 1), verifier=people.standing)
    findings.write_findings(by=checked.MACHINE, at=checked.LATER, subject=check.subjects.get(), data=[one])
    checked.delivered(check, people)
    remedy = check.findings.get().remedy
    day = date(2026, 4, 20)
    told = {"by": people.village_secretary.user, "at": checked.LATER, "remedy": remedy}
    remedies.report_remedy(**told, result="Đã ghi lại", reported_on=day)
    address = f"{reverse('oversight:remedies')}?ngay=2026-06-01"
    row = f'id="kp-{remedy.pk}"'
    assert (
        "<details>" not in cast.standing.get(address).content.decode().partition(row)[2].partition("</li>")[0]
    )
    told = {"by": people.standing.user, "at": checked.LATER, "remedy": remedy}
    remedies.verify_remedy(**told, verdict="Đúng", good=True, verified_on=day)
    assert "<details>" in cast.standing.get(address).content.decode().partition(row)[2].partition("</li>")[0]
