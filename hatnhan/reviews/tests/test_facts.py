"""What is known of entries: counted, typed, from other rooms; always in as many queries however many they are."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hatnhan.core import clock
from hatnhan.organization.tests import make as people_make
from hatnhan.reviews.models import Entry, FaultLine, Score, TypedFact, WorkLine
from hatnhan.reviews.selectors import assessed, facts
from hatnhan.reviews.selectors.law import law_of
from hatnhan.reviews.tests import make

pytestmark = pytest.mark.django_db
NOW = clock.at(date(2026, 11, 23), 10)


@pytest.fixture(autouse=True)
def november():
    with clock.fixed(NOW):
        yield


@pytest.fixture
def cycle(place, people):
    return make.cycle(place.commune)


def work(entry, *outcomes, agreed=""):
    WorkLine.objects.bulk_create(
        WorkLine(entry=entry, place=n, title=f"Việc {n}", said=one, agreed=agreed)
        for n, one in enumerate(outcomes)
    )


def score(entry, share, stage="sitting", leave=0):
    rubric = law_of(entry.cycle).rubric.value.of(entry.subject)
    Score.objects.bulk_create(
        Score(entry=entry, criterion=one.key, stage=stage, points=one.points * Decimal(share))
        for one in rubric[leave:]
    )


def of(entry):
    return facts.facts_of([entry])[entry.pk]


def test_work_counts_what_the_meeting_agreed_before_what_one_says(cycle, people):
    entry = make.entry(cycle, people.member)
    work(entry, *["exceeded"] * 3, *["on_time"] * 11)
    found = of(entry)
    assert (found["tasks_exceeded"].numerator, found["tasks_exceeded"].denominator) == (3, 14)
    assert found["tasks_exceeded"].value == Decimal("21.43")
    assert found["tasks_done"].value == found["tasks_on_time"].value == 100
    WorkLine.objects.filter(entry=entry, said="exceeded").update(agreed="not_done")
    assert of(entry)["tasks_done"].numerator == 11
    assert of(entry)["tasks_not_done"].numerator == 3


def test_a_line_that_says_nothing_yet_is_not_done(cycle, people):
    entry = make.entry(cycle, people.member)
    work(entry, "on_time", "")
    assert of(entry)["tasks_done"].numerator == 1


@pytest.mark.parametrize(("part", "whole", "bound"), [(29999, 100000, 30), (2, 3, 67), (69999, 100000, 70)])
def test_a_share_is_never_rounded_onto_a_bound(part, whole, bound):
    assert facts.share(part, whole) < bound


def test_the_latest_stage_that_scored_everything_counts(cycle, people):
    entry = make.entry(cycle, people.member)
    assert of(entry)["score"].value is None
    score(entry, 1, "self")
    assert of(entry)["score"].value == 100
    score(entry, "0.5", "sitting", leave=1)
    assert of(entry)["score"].value == 100
    Score.objects.filter(stage="sitting").delete()
    score(entry, "0.5", "sitting")
    assert of(entry)["score"].value == 50
    assert "hội nghị" in facts.told_of([entry])[entry.pk]["score"].where


def test_no_earlier_fault_does_not_arise(cycle, people):
    entry = make.entry(cycle, people.member)
    make.submitted(cycle)
    entry.refresh_from_db()
    assert not of(entry)["faults_fixed"].applies
    FaultLine.objects.create(
        entry=entry, place=1, noted="Bản 2025", text="Chậm", said="fixed", agreed="doing"
    )
    assert of(entry)["faults_fixed"].value == 0


def test_what_nobody_wrote_of_is_not_so_or_does_not_arise(cycle, people):
    found = of(make.entry(cycle, people.member))
    assert found["degenerated"].value == found["disciplined"].value == found["months_sick"].value == 0
    assert not found["official_grade"].applies
    assert not found["targets_missed"].applies
    assert "members_good" not in found


def test_what_was_typed_stands_with_its_source(cycle, people):
    entry = make.entry(cycle, people.member)
    told = {"entry": entry, "by_name": "A", "at": datetime(2026, 11, 1, tzinfo=UTC)}
    TypedFact.objects.create(**told, fact="disciplined", value=1, source="15-QĐ/ĐU", withdrawn_at=NOW)
    assert of(entry)["disciplined"].value == 0
    TypedFact.objects.create(**told, fact="disciplined", value=1, source="16-QĐ/ĐU")
    found = facts.told_of([entry])[entry.pk]["disciplined"]
    assert (found.fact.value, found.where, found.typed) == (1, "16-QĐ/ĐU", True)


def test_a_lifted_trigger_opens_what_the_conditions_open(cycle, people):
    entry = make.entry(cycle, people.member)
    make.submitted(cycle)
    entry.refresh_from_db()
    score(entry, "0.8")
    work(entry, "on_time")
    told = {"entry": entry, "by_name": "A", "at": NOW, "value": 1}
    TypedFact.objects.create(**told, fact="disciplined", source="15-QĐ/ĐU")
    found = assessed.assessments([entry])[entry.pk]
    assert (found.best, found.needs_decision) == ("kht", "liftable")
    TypedFact.objects.create(**told, fact="lifted:m_discipline", source="20-QĐ/ĐU: đã khắc phục")
    found = assessed.assessments([entry])[entry.pk]
    assert (found.best, found.triggers[0].lifted) == ("t", True)


def test_cells_and_the_committee_count_grades_known_so_far(cycle, place, people):
    cell = make.entry(cycle, place.village)
    assert of(cell)["members_good"].value is None
    rows = Entry.objects.filter(cycle=cycle, of="member", unit=place.village, standing="graded")
    rows.update(proposed_grade="t")
    first = rows.first()
    Entry.objects.filter(pk=first.pk).update(appraised_grade="kht")
    found = of(cell)
    assert found["members_failed"].numerator == 1
    assert found["members_good"].denominator == rows.count()
    assert of(make.entry(cycle, place.commune))["members_failed"].numerator == 1


def test_a_leader_answers_for_the_collective(cycle, place, people):
    entry = make.entry(cycle, people.village_secretary)
    assert entry.subject == "leader"
    assert not of(entry)["unit_tasks_done"].applies
    rows = Entry.objects.filter(cycle=cycle, of="collective", unit=place.village)
    collective = rows.first() or Entry.objects.create(
        cycle=cycle, of="collective", subject="collective", unit=place.village, body="committee"
    )
    work(collective, "exceeded", "late", "not_done", "on_time")
    found = of(entry)
    assert (found["unit_tasks_done"].numerator, found["unit_tasks_exceeded"].numerator) == (3, 1)


def test_queries_do_not_grow_with_entries(place, people):
    people_make.members(place.village, 60)
    cycle = make.cycle(place.commune)
    entries = list(Entry.objects.filter(cycle=cycle).select_related("cycle__unit", "member", "unit"))
    entries.sort(key=lambda one: (one.subject in ("non_leader", "outside"), one.pk))

    def count(some):
        cycle = type(entries[0].cycle).objects.get(pk=entries[0].cycle_id)
        for one in some:
            one.cycle = cycle
        with CaptureQueriesContext(connection) as caught:
            found = assessed.assessments(some)
        assert len(found) == sum(one.standing == "graded" for one in some)
        return len(caught)

    assert len(entries) > 60
    few = count(entries[:20])
    assert few == count(entries) <= 16
