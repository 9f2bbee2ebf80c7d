"""Small makers of cycles for tests: opened as people open them, then brought along by straight updates."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from hatnhan.accounts.actors import MACHINE
from hatnhan.organization.models import Member, Unit
from hatnhan.reviews.actions.cycles import open_cycle
from hatnhan.reviews.models import Cycle, Entry, FaultLine, Score, Sitting, WorkLine
from hatnhan.reviews.selectors.law import law_of


def cycle(unit, year=2026, **fields) -> Cycle:
    """Open a cycle on 20 November of its year, or on ``opened_on``; ``at`` is that day's morning unless given."""
    at = fields.pop("at", datetime(year, 11, 20, 2, tzinfo=UTC))
    return open_cycle(by=MACHINE, at=at, unit=unit, year=year, **fields)


def entry(of: Cycle, whose: Member | Unit, body: str = "") -> Entry:
    """Return the entry of a member, of a body of a unit, or (without ``body``) of a unit itself."""
    rows = Entry.objects.select_related("cycle__unit", "member", "unit").filter(cycle=of)
    if isinstance(whose, Member):
        return rows.get(member=whose)
    if body:
        return rows.get(unit=whose, body=body, of=Entry.Of.COLLECTIVE)
    return rows.get(unit=whose, of=Entry.Of.ORGANISATION)


def sitting(of: Cycle, unit: Unit, body: str = "members") -> Sitting:
    """Return the review meeting of a body."""
    return Sitting.objects.select_related("cycle__unit", "unit").get(cycle=of, unit=unit, body=body)


def submitted(of: Cycle) -> None:
    """Mark everyone who is to be reviewed as having handed in."""
    rows = Entry.objects.filter(cycle=of).exclude(standing=Entry.Standing.LEFT_OUT)
    rows.update(state=Entry.State.SUBMITTED, self_grade="t")


def told_88(of: Cycle, member: Member) -> Entry:
    """Make an entry that has 88 points and did 14 of 14 tasks, 3 of them beyond what was asked."""
    found = entry(of, member)
    rubric = law_of(of).rubric.value.of(found.subject)
    rows = [Score(entry=found, criterion=one.key, stage="sitting", points=one.points) for one in rubric]
    left = Decimal(12)
    for one in sorted(rows, key=lambda row: -row.points):
        took = min(left, Decimal(one.points))
        one.points -= took
        left -= took
    Score.objects.bulk_create(rows)
    outcomes = ["exceeded"] * 3 + ["on_time"] * 11
    WorkLine.objects.bulk_create(
        WorkLine(entry=found, place=n, title=f"Việc số {n}", said=one, agreed=one)
        for n, one in enumerate(outcomes)
    )
    FaultLine.objects.create(
        entry=found, place=1, noted="2025", text="Chậm báo cáo", said="fixed", agreed="fixed"
    )
    Entry.objects.filter(pk=found.pk).update(
        state="proposed", proposed_grade="t", proposed_on=date(2026, 11, 20), reviewed_on=date(2026, 11, 18)
    )
    return entry(of, member)
