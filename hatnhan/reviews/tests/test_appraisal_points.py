"""Final points at appraisal, and more people put into a draft: what the pages offer, write and refuse."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from hatnhan.core import clock
from hatnhan.reviews.models import DecisionLine, Entry, Score
from hatnhan.reviews.selectors import assessed, texts
from hatnhan.reviews.tests import graded, make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def that_day():
    with clock.fixed(graded.NOW):
        yield


@pytest.fixture
def cycle(place, people):
    return graded.cycle(place.commune)


@pytest.fixture
def entry(cycle, people):
    return make.entry(cycle, people.member)


def points_page(entry):
    return reverse("reviews:appraise-points", args=[entry.pk])


def typed(entry, share="0.8", **more):
    points = {f"point_{one.key}": str(one.points * Decimal(share)) for one in texts.criteria_of(entry)}
    told = {f"grade_{entry.pk}": "t", f"reason_{entry.pk}": "Chấm lại theo hồ sơ", "on": "26/12/2026"}
    return points | told | more


def send(client, url, status=302, **data):
    slip = client.get(url).context["slip"]
    answer = client.post(url, {"phieu": slip, **data})
    assert answer.status_code == status, answer.content.decode()
    return answer


def test_staff_score_anew_and_their_points_count(cast, entry):
    sheet = reverse("reviews:appraisal", args=[2026], query={"don_vi": "tam-hong", "chi_bo": "thon-chua"})
    assert points_page(entry) in cast.secretary.get(sheet).content.decode()
    send(cast.secretary, points_page(entry), **typed(entry))
    entry.refresh_from_db()
    assert (entry.appraised_grade, entry.appraised_reason) == ("t", "Chấm lại theo hồ sơ")
    assert Score.objects.filter(entry=entry, stage="final").count() == len(texts.criteria_of(entry))
    found = assessed.assessed([entry])[entry.pk]
    assert found.told["score"].fact.value == 80
    assert "thẩm định" in found.told["score"].where
    again = cast.secretary.get(points_page(entry))
    assert again.context["form"].initial[f"grade_{entry.pk}"] == "t"


def test_what_the_meeting_gave_is_there_to_begin_with(cast, entry):
    first = texts.criteria_of(entry)[0]
    Score.objects.create(entry=entry, criterion=first.key, stage="self", points=1)
    Score.objects.create(entry=entry, criterion=first.key, stage="sitting", points=Decimal("1.5"))
    page = cast.secretary.get(points_page(entry))
    assert page.context["form"].initial[f"point_{first.key}"] == "1,5"


def test_points_over_a_criterion_stay_beside_their_field(cast, entry):
    first = texts.criteria_of(entry)[0]
    wrong = {f"point_{first.key}": str(first.points + 1)}
    answer = send(cast.secretary, points_page(entry), 422, **typed(entry, **wrong))
    assert list(answer.context["form"].errors) == [f"point_{first.key}"]
    assert not Score.objects.filter(entry=entry, stage="final").exists()


def test_levels_where_the_regime_does_not_score(cast, place, people):
    cycle = make.cycle(place.commune, 2017)
    graded.appraised(cycle)
    entry = make.entry(cycle, people.member)
    levels = {f"point_{one.key}": "3" for one in texts.criteria_of(entry)}
    told = {f"grade_{entry.pk}": "t", f"reason_{entry.pk}": "", "on": "26/12/2017"}
    send(cast.secretary, points_page(entry), **levels, **told)
    assert set(Score.objects.filter(entry=entry).values_list("points", "stage")) == {(Decimal(3), "final")}


def test_only_who_appraises_and_only_between_proposal_and_decision(cast, entry):
    assert cast.member.get(points_page(entry)).status_code in {403, 404}
    assert cast.village_secretary.get(points_page(entry)).status_code in {403, 404}
    Entry.objects.filter(pk=entry.pk).update(state="decided", grade="t", decided_on=graded.NOW.date())
    assert cast.secretary.get(points_page(entry)).status_code == 403


def test_more_people_are_put_into_a_draft(cast, cycle, people):
    mine = [one for one in graded.members(cycle) if one.unit.code == "thon-chua" and one.subject != "leader"]
    decision = graded.draft(cycle, {mine[0]: "t"})
    page = reverse("reviews:decision-add", args=[decision.pk])
    assert page in cast.secretary.get(reverse("reviews:decision", args=[decision.pk])).content.decode()
    send(cast.secretary, page, groups_chosen=[f"dang-vien:{people_unit(people)}"])
    lines = DecisionLine.objects.filter(decision=decision)
    assert set(lines.values_list("entry__unit__code", flat=True)) == {"thon-chua"}
    assert lines.count() == len([one for one in graded.members(cycle) if one.unit.code == "thon-chua"])
    assert lines.get(entry=mine[0]).paper_no == graded.BECAUSE[1]
    decision.refresh_from_db()
    graded.deciding.drop_decision(by=graded.MACHINE, at=graded.NOW, decision=decision)
    assert cast.secretary.get(page).status_code == 404


def people_unit(people):
    return people.member.memberships.get().unit_id


def test_nobody_is_put_into_what_is_signed(cast, cycle):
    graded.collectives_decided(cycle)
    decision = graded.decide(cycle, dict.fromkeys(graded.members(cycle), "t"))
    assert cast.secretary.get(reverse("reviews:decision-add", args=[decision.pk])).status_code == 403
