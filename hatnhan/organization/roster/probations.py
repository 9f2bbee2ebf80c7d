"""What an import of changed dates does to probations that run, so that nothing waits for what the file has settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.core.bulk import in_parts
from hatnhan.core.periods import add_months
from hatnhan.organization.models import Probation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from hatnhan.organization.roster.plan import PlannedRow


def follow(rows: Iterable[PlannedRow], on: date, months: Callable[[date], int], decision_no: str) -> None:
    """Let the running probations of changed members follow the file.

    One whom the file calls official ends it, decided on the day of the import; a corrected day of admission moves its
    beginning and its end, by the ``months`` of that day. A probation that was extended keeps its days.
    """
    changed = {
        row.known.pk: {change.field: (change.old, change.new) for change in row.changes}
        for row in rows
        if row.known and any(change.field in {"official_on", "admitted_on"} for change in row.changes)
    }
    for probation in _running(list(changed)):
        fields = changed[probation.member_id]
        old, new = fields.get("admitted_on", (None, None))
        if new and probation.start == old:
            probation.start, probation.due = new, add_months(new, months(new))  # type: ignore[assignment,arg-type]
        if fields.get("official_on", (None, None))[1]:
            probation.outcome = Probation.Outcome.OFFICIAL
            probation.decided_on, probation.decision_no = on, decision_no
        probation.save()


def _running(member_ids: list[int]) -> Iterable[Probation]:
    for part in in_parts(member_ids):
        yield from Probation.objects.filter(outcome="", member_id__in=part)
