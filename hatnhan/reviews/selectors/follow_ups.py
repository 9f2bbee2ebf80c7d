"""Help after the lowest grade: who gets it, by when, how far the task is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.organization.models import Unit
from hatnhan.reviews import permissions
from hatnhan.reviews.models import FollowUp

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.accounts.models import User


def follow_ups(user: User, unit: Unit, on: date) -> list[FollowUp]:
    """Return the help given in a unit and below it by a day, that which ends first first. One query."""
    under = Unit.objects.under(unit.pk, on).values("pk")
    known = permissions.entries_for(user).values("pk")
    rows = FollowUp.objects.filter(entry__unit__in=under, entry__in=known, task__given_on__lte=on)
    return list(
        rows.select_related("entry__member", "entry__unit", "entry__cycle", "task").order_by("until", "pk")
    )
