"""Reading cycles: the one of a unit and a year, the newest, all of a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q

from hatnhan.core.errors import Missing
from hatnhan.organization.models import UnitAncestry
from hatnhan.organization.powers import powers_of
from hatnhan.reviews import permissions
from hatnhan.reviews.models import (
    Cycle,
    Entry,
    GradeDecision,
    PastGrade,
    RaisedCap,
    Remark,
    SelfReview,
    Sitting,
    StepDay,
    TypedFact,
)

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from hatnhan.accounts.models import User
    from hatnhan.organization.models import Unit


def cycle_for(user: User, unit: Unit, year: int) -> Cycle:
    """Return the cycle of a year in which a unit is reviewed: its own, else that of the committee above it.

    Raises Missing for what is not there or not open to the person.
    """
    found = _first(_of_line(user, unit).filter(year=year), unit)
    if found is None:
        raise Missing
    return found


def cycle_by_pk(user: User, pk: int) -> Cycle:
    """Return a cycle. Raises Missing."""
    found = permissions.cycles_for(user).select_related("unit").filter(pk=pk).first()
    if found is None:
        raise Missing
    return found


def cycles(user: User, unit: Unit) -> list[Cycle]:
    """Return the cycles in which a unit is reviewed and that a person may know of, newest first."""
    return list(_of_line(user, unit).order_by("-year", "pk"))


def latest(user: User, unit: Unit, on: date | None = None) -> Cycle | None:
    """Return the newest cycle in which a unit is reviewed, opened by a day (inclusive; None: any)."""
    rows = _of_line(user, unit)
    return (rows if on is None else rows.filter(opened_on__lte=on)).order_by("-year", "pk").first()


def past_grades(user: User, unit: Unit) -> list[PastGrade]:
    """Return the grades of an organisation from before cycles were kept here, newest first; for who knows the unit."""
    if unit.pk not in powers_of(user).units_seen:
        return []
    return list(PastGrade.objects.filter(unit=unit))


def _of_line(user: User, unit: Unit) -> QuerySet[Cycle]:
    above = UnitAncestry.objects.filter(unit=unit).values("ancestor_id")
    return permissions.cycles_for(user).filter(unit__in=above).select_related("unit")


def _first(rows: QuerySet[Cycle], unit: Unit) -> Cycle | None:
    """Return the unit's own cycle before that of a unit above; a unit was under one committee in a year."""
    found = sorted(rows, key=lambda one: (one.unit_id != unit.pk, one.pk))
    return found[0] if found else None


def sees_results(user: User, unit: Unit) -> bool:
    """Tell whether a person may know how a unit was graded from year to year: of the own line, and all below."""
    return unit.pk in powers_of(user).units_seen


def step_for(user: User, pk: int) -> StepDay:
    """Return the last day of a step, with its cycle. Raises Missing."""
    rows = StepDay.objects.filter(cycle__in=permissions.cycles_for(user).values("pk"))
    found = rows.select_related("cycle__unit").filter(pk=pk).first()
    if found is None:
        raise Missing
    return found


def past_for(user: User, pk: int) -> PastGrade:
    """Return a grade typed from paper. Raises Missing."""
    found = (
        PastGrade.objects.filter(pk=pk, unit__in=powers_of(user).units_kept).select_related("unit").first()
    )
    if found is None:
        raise Missing
    return found


def counts(cycle: Cycle) -> dict[str, int]:
    """Return how many members of a cycle there are by standing. One query."""
    rows = Entry.objects.filter(cycle=cycle).members().values("standing").annotate(many=Count("pk"))
    known = dict.fromkeys(Entry.Standing.values, 0)
    return known | {one["standing"]: one["many"] for one in rows.order_by("standing")}


def is_open(cycle: Cycle) -> bool:
    """Tell whether a cycle still takes what is written."""
    return cycle.state == Cycle.State.OPEN


def is_untouched(cycle: Cycle) -> bool:
    """Tell whether nobody has written anything in a cycle since its list was drawn up. One query."""
    moved = ~Q(state=Sitting.State.PLANNED) | Q(planned_on__isnull=False) | Q(meeting__isnull=False)
    written = (
        Entry.objects.filter(cycle=OuterRef("pk")).exclude(state=Entry.State.DUE),
        SelfReview.objects.filter(entry__cycle=OuterRef("pk")),
        Remark.objects.filter(entry__cycle=OuterRef("pk")),
        TypedFact.objects.filter(entry__cycle=OuterRef("pk")),
        Sitting.objects.filter(moved, cycle=OuterRef("pk")),
        GradeDecision.objects.filter(cycle=OuterRef("pk")),
        RaisedCap.objects.filter(cycle=OuterRef("pk")),
    )
    rows = Cycle.objects.filter(pk=cycle.pk, state=Cycle.State.OPEN)
    return rows.filter(*(~Exists(one) for one in written)).exists()
