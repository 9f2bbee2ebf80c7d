"""What staff look at, cell by cell: what each gives themself, what was proposed, what the conditions open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from hatnhan.core.errors import Missing
from hatnhan.organization.models import Unit
from hatnhan.organization.powers import powers_of
from hatnhan.reviews import permissions
from hatnhan.reviews.models import ORDER, Cycle, Entry, Score
from hatnhan.reviews.selectors import assessed
from hatnhan.reviews.selectors.caps import by_name
from hatnhan.reviews.selectors.entries import name_of
from hatnhan.reviews.selectors.law import law_of

if TYPE_CHECKING:
    from decimal import Decimal

    from django_stubs_ext import StrOrPromise

    from hatnhan.accounts.models import User
    from hatnhan.reviews.rules.engine import Assessment


@dataclass(frozen=True, slots=True)
class Part:
    """A unit with how many of its entries are proposed and how many of these staff have looked at."""

    unit: Unit
    waiting: int
    appraised: int
    decided: int


@dataclass(frozen=True, slots=True)
class Row:
    """One entry as staff see it: the grades in words, what is open, whether somebody must decide."""

    entry: Entry
    name: str
    own: str
    proposed: str
    appraised: str
    allowed: tuple[str, ...]
    allowed_words: str
    needs: str
    open: bool


def require_reader(user: User, cycle: Cycle) -> None:
    """Raise Missing unless a person may see appraisal, caps, decisions: who decides, who reads the tree."""
    powers = powers_of(user)
    inside = cycle.unit_id in permissions.decides_in(powers) | powers.units_led
    if not (inside or permissions.runs_cycle(user, cycle.unit_id)):
        raise Missing


def may_appraise(user: User, cycle: Cycle) -> bool:
    """Tell whether a person appraises in a cycle."""
    return permissions.runs_cycle(user, cycle.unit_id) or permissions.decides_above(user, cycle)


def parts_of(cycle: Cycle) -> list[Part]:
    """Return the units of a cycle that have something proposed, those that wait first, then by name. Two queries."""
    state = Entry.State
    rows = (
        Entry.objects.filter(cycle=cycle)
        .due_grade()
        .values("unit")
        .annotate(
            waiting=Count("pk", filter=Q(state=state.PROPOSED)),
            appraised=Count("pk", filter=Q(state=state.APPRAISED)),
            decided=Count("pk", filter=Q(state=state.DECIDED)),
        )
        .order_by()
    )
    listed = [row for row in rows if row["waiting"] or row["appraised"] or row["decided"]]
    units = Unit.objects.in_bulk([row["unit"] for row in listed])
    found = [Part(units[row["unit"]], row["waiting"], row["appraised"], row["decided"]) for row in listed]
    return sorted(found, key=lambda one: (not one.waiting, one.unit.name, one.unit.pk))


def entries_in(cycle: Cycle, unit: Unit) -> list[Entry]:
    """Return the entries of a unit that were proposed, collectives and organisation first, then people by name."""
    states = (Entry.State.PROPOSED, Entry.State.APPRAISED, Entry.State.DECIDED)
    rows = Entry.objects.filter(cycle=cycle, unit=unit, state__in=states).due_grade()
    found = list(rows.select_related("member", "unit"))
    for row in found:
        row.cycle = cycle
    return sorted(found, key=lambda one: (one.of == Entry.Of.MEMBER, by_name(one)))


def rows_of(entries: list[Entry]) -> list[Row]:
    """Return entries as staff see them."""
    told = assessed.assessments(entries)
    return [_row(one, told[one.pk]) for one in entries]


def grade_words(entry: Entry, grade: str) -> str:
    """Return what a grade of an entry is called on paper under the law of its cycle."""
    organisation = entry.of == Entry.Of.ORGANISATION
    return law_of(entry.cycle).grade_name(grade, organisation=organisation)


def grade_options(cycle: Cycle, *, organisation: bool = False) -> list[tuple[str, StrOrPromise]]:
    """Return the grades as a form lists them, best first."""
    law = law_of(cycle)
    return [(str(one), law.grade_name(one, organisation=organisation)) for one in ORDER]


def grade_options_of(entry: Entry) -> list[tuple[str, StrOrPromise]]:
    """Return the grades that an entry may have as a form lists them, best first."""
    return grade_options(entry.cycle, organisation=entry.of == Entry.Of.ORGANISATION)


def points_now(entry: Entry) -> tuple[str, dict[str, Decimal]]:
    """Return the latest points or levels of an entry by criterion, and the latest stage among them in words.

    A criterion that a later stage left out keeps what an earlier one gave. One query.
    """
    given: dict[str, dict[str, Decimal]] = {}
    for stage, key, points in Score.objects.filter(entry=entry).values_list("stage", "criterion", "points"):
        given.setdefault(stage, {})[key] = points
    order = (Score.Stage.SELF, Score.Stage.SITTING, Score.Stage.FINAL)
    known = [stage for stage in order if stage in given]
    found = {key: points for stage in known for key, points in given[stage].items()}
    return (str(known[-1].label) if known else "", found)


def is_open(cycle: Cycle) -> bool:
    """Tell whether a cycle still takes writes."""
    return cycle.state == Cycle.State.OPEN


def _row(entry: Entry, told: Assessment) -> Row:
    return Row(
        entry=entry,
        name=name_of(entry),
        own=grade_words(entry, entry.self_grade),
        proposed=grade_words(entry, entry.proposed_grade),
        appraised=grade_words(entry, entry.appraised_grade),
        allowed=tuple(told.allowed),
        allowed_words="; ".join(grade_words(entry, one) for one in told.allowed),
        needs=told.needs_decision,
        open=entry.state != Entry.State.DECIDED,
    )
