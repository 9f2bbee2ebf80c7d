"""How checks stood on a day: told by the days written on them and on the steps of their files, not by today's state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Case, CharField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from hatnhan.oversight.models import Check, Step

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from hatnhan.oversight.models.check import CheckQuerySet

_STATES = Check.State


def stopped(on: date) -> Q:
    """Return the condition that a check was stopped by a day."""
    return Q(stopped_on__lte=on)


def laid_away(on: date) -> Q:
    """Return the condition that the file of a check was whole and laid away by a day."""
    return Q(dossier__closed_on__lte=on)


def running(on: date) -> Q:
    """Return the condition that a check was opened by a day and neither stopped nor laid away by then."""
    return Q(opened_on__lte=on) & ~stopped(on) & ~laid_away(on)


def overdue(on: date) -> Q:
    """Return the condition that a check ran on a day past its last one, not concluded by then."""
    return running(on) & Q(ends_by__lt=on) & ~Q(concluded_on__lte=on)


def first_open_steps(on: date) -> QuerySet[Step]:
    """Return the steps not done by a day of the file of the outer query's ``dossier``, the first first.

    A step left out has no day of its own: it counts as left out from the beginning.
    """
    undone = Q(done_on=None) | Q(done_on__gt=on)
    rows = Step.objects.filter(undone, dossier=OuterRef("dossier"), skipped_because="")
    return rows.order_by("place")


def with_state(rows: CheckQuerySet, on: date) -> CheckQuerySet:
    """Return checks, each with ``state_on`` a day, and ``next_title`` and ``next_due`` of its first step open then."""
    open_steps = first_open_steps(on)
    stage = Coalesce(Subquery(open_steps.values("stage")[:1]), Value(str(_STATES.CONCLUDE)))
    marked: CheckQuerySet = rows.annotate(
        state_on=Case(
            When(stopped(on), then=Value(str(_STATES.STOPPED))),
            When(laid_away(on), then=Value(str(_STATES.DONE))),
            default=stage,
            output_field=CharField(),
        ),
        next_title=Subquery(open_steps.values("title")[:1]),
        next_due=Subquery(open_steps.values("due")[:1]),
    )
    return marked


def as_stood(rows: Iterable[Check]) -> list[Check]:
    """Return the checks of `with_state` in the state of that day, to be shown; they are never saved."""
    found = list(rows)
    for one in found:
        one.state = one.state_on  # type: ignore[attr-defined] # of `with_state`
    return found
