"""Acts that another case of the same subject is about: one act is disciplined once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from hatnhan.oversight.models import Act, Case, Decision

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hatnhan.organization.models import Member, Unit


def other_acts(
    member: Member | None, organisation: Unit | None, days: Iterable[date], besides: Case | None = None
) -> list[Act]:
    """Return the acts of some days that other cases of a subject are about, running or disciplined. One query.

    Not those of a case that ended without discipline, nor of one whose decision was annulled.
    """
    rows = Act.objects.filter(case__member=member, case__organisation=organisation, done_on__in=set(days))
    undone = Q(case__decisions__state=Decision.State.ANNULLED)
    standing = Decision.objects.exclude(state=Decision.State.ANNULLED).values("case")
    rows = rows.exclude(case__state=Case.State.DROPPED).exclude(undone & ~Q(case__in=standing))
    if besides is not None:
        rows = rows.exclude(case=besides)
    return list(rows.order_by("done_on", "pk"))
