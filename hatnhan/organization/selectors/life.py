"""What waits for a decision in members' lives, as it stood on a day: each question is one query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from hatnhan.core.dated import in_force
from hatnhan.organization import rules
from hatnhan.organization.models import Badge, Membership, Probation, Term, Transfer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date


def running_probations(unit_ids: Collection[int], on: date, until: date) -> QuerySet[Any]:
    """Return the probations not decided on a day and due by ``until``, of people who belonged to the units that day.

    Each has the id and the name of the cell as ``cell_id`` and ``cell_name``.
    """
    undecided = Q(outcome="") | Q(decided_on__gt=on)
    there = in_force(on, "member__memberships__") & Q(
        member__memberships__kind=Membership.Kind.OFFICIAL, member__memberships__unit__in=unit_ids
    )
    rows = Probation.objects.filter(undecided, there, start__lte=on, due__lte=until).select_related("member")
    return rows.annotate(
        cell_id=F("member__memberships__unit_id"), cell_name=F("member__memberships__unit__name")
    )


def waiting_transfers(unit_ids: Collection[int], on: date) -> QuerySet[Transfer]:
    """Return the transfers from or to the units that nobody had answered on a day."""
    unanswered = Q(state=Transfer.State.PROPOSED) | Q(decided_on__gt=on)
    side = Q(from_unit__in=unit_ids) | Q(to_unit__in=unit_ids)
    rows = Transfer.objects.filter(unanswered, side, proposed_on__lte=on)
    found: QuerySet[Transfer] = rows.select_related("member", "from_unit", "to_unit")
    return found


def reaching(
    unit_ids: Collection[int], on: date, spans: Iterable[tuple[date, date]], levels: Iterable[int]
) -> QuerySet[Membership]:
    """Return the memberships of a day of those who reach one of the levels in one of the spans of days.

    A span is the day after which (exclusive) and the day until which (inclusive) the years are full. The badges awarded
    by that day come along as ``member.given``.
    """
    steps = list(levels)
    condition = Q(pk__in=())
    for after, until in spans:
        for years in steps:
            condition |= Q(
                member__admitted_on__gt=rules.latest_start(after, years),
                member__admitted_on__lte=rules.latest_start(until, years),
            )
    given = Prefetch("member__badges", Badge.objects.filter(awarded_on__lte=on), to_attr="given")
    rows = Membership.objects.on(on).filter(condition, kind=Membership.Kind.OFFICIAL, unit__in=unit_ids)
    found: QuerySet[Membership] = rows.select_related("member", "unit").prefetch_related(given)
    return found


def last_terms(unit_ids: Collection[int], on: date, until: date) -> QuerySet[Term]:
    """Return each unit's latest term begun by a day, where it ends by ``until`` (inclusive) and the unit exists."""
    later = Term.objects.filter(unit=OuterRef("unit"), start__gt=OuterRef("start"), start__lte=on)
    exists = Q(unit__dissolved_on__isnull=True) | Q(unit__dissolved_on__gt=on)
    rows = Term.objects.filter(exists, ~Exists(later), unit__in=unit_ids, start__lte=on)
    found: QuerySet[Term] = rows.filter(end__lte=rules.day_after(until)).select_related("unit")
    return found
