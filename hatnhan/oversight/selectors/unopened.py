"""The works of issued programmes that are to begin by now and that nobody has opened, for deadlines."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from hatnhan.oversight.models import Check, Watch
from hatnhan.oversight.selectors.completion import of_units, standing_on

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.db.models import QuerySet

    from hatnhan.oversight.models import ProgrammeItem

#: So many days before its first day a work is told of: as on the page of the programme.
NEAR = timedelta(days=14)


def to_open(unit_ids: Collection[int], on: date) -> QuerySet[ProgrammeItem]:
    """Return the works of some units' programmes to be opened, the first to end first. Two queries.

    Left out is what has a check (one that was stopped by then is none) or supervision given out, whether of all its
    subjects or not: from then on the check and the supervision tell their own days.
    """
    stood = Q(stopped_on=None) | Q(stopped_on__gt=on)
    checks = Check.objects.filter(stood, item=OuterRef("pk"), opened_on__lte=on)
    watches = Watch.objects.filter(item=OuterRef("pk"))
    rows = of_units(unit_ids, on).filter(standing_on(on), starts_on__lte=on + NEAR)
    rows = rows.filter(~Exists(checks), ~Exists(watches))
    return rows.select_related("programme__unit").prefetch_related("subjects__unit").order_by("ends_on", "pk")
