"""Sets of forms as one file: which a person may ask for, what stands in them, the person's own so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from hatnhan.core.errors import Missing
from hatnhan.organization.models import Unit
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors.units import reading_order
from hatnhan.reviews import permissions
from hatnhan.reviews.models import Entry, FormSet
from hatnhan.reviews.selectors import papers

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from hatnhan.accounts.models import User
    from hatnhan.reviews.models import Cycle

#: Which papers can be had as a set, by the word in addresses.
KINDS = {"ban-kiem-diem": papers.FORM, "mau-trong": papers.BLANK}
_HANDED_IN = Q(self_review__submitted_at__isnull=False) | Q(self_review__typed_by__gt="")


def units_for(user: User, cycle: Cycle) -> list[Unit]:
    """Return the units of a cycle whose every form a person may read: the whole first, then cells. Two queries.

    The deciding committee has all of them, the committee of a cell its own.
    """
    powers = powers_of(user)
    rows = Unit.objects.filter(review_entries__cycle=cycle).distinct()
    if cycle.unit_id not in permissions.decides_in(powers):
        rows = rows.filter(pk__in=permissions.seated_in(powers))
    cells = sorted(rows.exclude(pk=cycle.unit_id), key=lambda one: reading_order(one.name))
    whole = [cycle.unit] if cycle.unit_id in permissions.decides_in(powers) else []
    return [*whole, *cells]


def rows_of(cycle: Cycle, unit: Unit, paper: str) -> QuerySet[Entry]:
    """Return the entries whose forms stand in a set: those handed in; for blank forms, those that are not."""
    rows = Entry.objects.filter(cycle=cycle).exclude(standing=Entry.Standing.LEFT_OUT)
    if unit.pk != cycle.unit_id:
        rows = rows.filter(unit=unit)
    return rows.exclude(_HANDED_IN) if paper == papers.BLANK else rows.filter(_HANDED_IN)


def sets_of(user: User, cycle: Cycle) -> list[FormSet]:
    """Return the sets that a person asked for in a cycle, newest first. One query."""
    return list(FormSet.objects.filter(by=user, cycle=cycle).select_related("unit")[:10])


def set_for(user: User, pk: int) -> FormSet:
    """Return a set that a person asked for and may still read all of. Raises Missing."""
    rows = FormSet.objects.filter(by=user, pk=pk).select_related("unit", "cycle__unit")
    found: FormSet | None = rows.first()
    if found is None or found.unit not in units_for(user, found.cycle):
        raise Missing
    return found
