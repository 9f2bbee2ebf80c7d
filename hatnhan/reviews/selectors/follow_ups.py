"""Help after the lowest grade: who gets it, by when, how far the task is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan.assignments.origins import Origin
from hatnhan.organization.models import Unit
from hatnhan.reviews import permissions
from hatnhan.reviews.models import FollowUp

if TYPE_CHECKING:
    from collections.abc import Collection
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


def of_tasks(task_ids: Collection[int]) -> dict[int, Origin]:
    """Return the review that each task of helping comes from: its page says whom to help. One query."""
    rows = FollowUp.objects.filter(task__in=task_ids).select_related("entry__cycle")
    label = _("Xếp loại năm %(year)d: người được giúp đỡ")
    return {
        one.task_id: Origin(
            label % {"year": one.entry.cycle.year}, reverse("reviews:entry", args=[one.entry_id])
        )
        for one in rows
    }
