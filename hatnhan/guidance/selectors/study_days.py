"""By when a document has to be studied: by the line of the cell, one definition for pages and deadlines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.guidance.models import CellRollOut, Session
from hatnhan.guidance.selectors.following import there_on
from hatnhan.guidance.selectors.steps import due_in_cell, rules_of
from hatnhan.organization.actions.checks import day_of
from hatnhan.organization.models import Membership, UnitAncestry

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date


def cells_of(member_id: int, on: date) -> list[int]:
    """Return the ids of the cells whose line a member follows on a day. One query."""
    rows = Membership.objects.on(on).filter(member_id=member_id, kind=Membership.Kind.OFFICIAL)
    return list(rows.values_list("unit_id", flat=True))


def last_days(documents: Collection[int], cells: Collection[int], on: date) -> dict[int, date]:
    """Return by when (inclusive) some cells have to have studied documents, as it stood on a day; the first of several.

    Roll-outs that the cells were given say it; of a document without, the sessions held by these cells or by units
    above them. No word of it: left out. Three queries at most, and those of local rules.
    """
    rule = rules_of()
    days: dict[int, date] = {}
    given = CellRollOut.objects.filter(there_on(on), cell_id__in=cells, roll_out__document__in=documents)
    for one in given.select_related("roll_out__unit"):
        due = due_in_cell(one, "study", rule(one.roll_out))
        key = one.roll_out.document_id
        days[key] = min(due, days.get(key, due))
    rest = [key for key in documents if key not in days]
    if rest:
        line = UnitAncestry.objects.on(on).filter(unit_id__in=cells).values("ancestor_id")
        held = Session.objects.filter(document_id__in=rest, unit_id__in=line)
        for key, until, starts_at in held.exclude(state=Session.State.CANCELLED).values_list(
            "document_id", "until", "starts_at"
        ):
            due = until or day_of(starts_at)
            days[key] = min(due, days.get(key, due))
    return days
