"""Reading findings and what became of them. All but the team's own sheet speak of concluded checks only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q

from hatnhan.oversight.models import Finding, Remedy

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.db.models import QuerySet

    from hatnhan.organization.models import Member, Unit


@dataclass(frozen=True, slots=True)
class OnTime:
    """Of the remedies due in a period: how many, and how many were put right by their last day and verified since."""

    due: int
    on_time: int


def concluded(unit_ids: Collection[int], start: date, end: date) -> QuerySet[Finding]:
    """Return the findings of checks of some units that were concluded in a period (``end`` exclusive)."""
    return Finding.objects.filter(
        of_check__unit__in=unit_ids, of_check__concluded_on__gte=start, of_check__concluded_on__lt=end
    )


def unremedied(units: Unit | Collection[int], on: date) -> QuerySet[Finding]:
    """Return the shortcomings concluded by a day in checks of some units that nobody had verified as put right by then.

    ``units``: one unit, or ids. Check, subject and remedy come along.
    """
    ids = units if isinstance(units, (set, frozenset, list, tuple)) else [units.pk]  # type: ignore[union-attr]
    found = Finding.objects.filter(
        kind=Finding.Kind.SHORTCOMING, of_check__unit__in=ids, of_check__concluded_on__lte=on
    )
    verified = Q(remedy__state=Remedy.State.VERIFIED, remedy__verified_on__lte=on)
    return found.exclude(verified).select_related(
        "of_check__unit", "subject__unit", "subject__member", "remedy"
    )


def of_member(member: Member, year: int) -> QuerySet[Finding]:
    """Return what checks concluded of a member in a year, for the yearly review."""
    return _of_year(year).filter(subject__member=member)


def of_unit(unit: Unit, year: int) -> QuerySet[Finding]:
    """Return what checks concluded of a unit in a year, for the yearly review."""
    return _of_year(year).filter(subject__unit=unit)


def by_topic(unit_ids: Collection[int], start: date, end: date) -> dict[tuple[str, str], int]:
    """Return how many findings were concluded in a period (``end`` exclusive), by topic and kind. One query."""
    rows = concluded(unit_ids, start, end).order_by().values_list("topic", "kind").annotate(n=Count("pk"))
    return {(topic, kind): number for topic, kind, number in rows}


def due_in(unit_ids: Collection[int], start: date, end: date) -> QuerySet[Remedy]:
    """Return the remedies given by some units whose last day lies in a period (``end`` exclusive)."""
    return Remedy.objects.filter(finding__of_check__unit__in=unit_ids, due__gte=start, due__lt=end)


def put_right_on_time(on: date) -> Q:
    """Return the condition that a remedy was reported by its last day, and that report verified by a day."""
    return Q(state=Remedy.State.VERIFIED, verified_on__lte=on, reported_on__lte=F("due"))


def remedies_on_time(unit_ids: Collection[int], start: date, end: date, on: date) -> OnTime:
    """Return how many remedies had their last day in a period and, of these, were put right in time. One query.

    Those whose last day is not over on ``on`` do not count yet, unless they are verified already.
    """
    over = Q(due__lt=on) | Q(state=Remedy.State.VERIFIED, verified_on__lte=on)
    found = due_in(unit_ids, start, end).filter(over)
    counts = found.aggregate(due=Count("pk"), on_time=Count("pk", filter=put_right_on_time(on)))
    return OnTime(counts["due"], counts["on_time"])


def _of_year(year: int) -> QuerySet[Finding]:
    rows = Finding.objects.filter(of_check__concluded_on__year=year)
    return rows.select_related("of_check", "subject", "remedy")
