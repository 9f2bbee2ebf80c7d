"""Recording that registrations of members were read by others: the member sees who read, as with the own file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.audit.actions import READ_FILE, record_many
from hatnhan.audit.models import Entry
from hatnhan.organization.actions.checks import deed
from hatnhan.organization.actions.readings import ONE_READING
from hatnhan.organization.powers import powers_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from hatnhan.accounts.models import User
    from hatnhan.guidance.models import Registration

#: How the record of readings names this part of a member's file.
PART = "lam-theo-bac"


@deed
def record_opened(*, by: User, at: datetime, registrations: Iterable[Registration]) -> int:
    """Record that a person opened others' registrations; return how many new readings that made.

    One's own, and a unit's, are no secret. Turning the pages of these within ten minutes is one reading. Vouched: the
    page asked who may read. Four queries for a cell, whatever the number of members.
    """
    own = powers_of(by).member_id
    rows = {row.member_id: row for row in registrations if row.member_id is not None and row.member_id != own}
    seen = Entry.objects.filter(subject_id__in=rows, actor=by, action=READ_FILE, at__gt=at - ONE_READING)
    known = {key for key, details in seen.values_list("subject_id", "details") if details.get("part") == PART}
    fresh = rows.keys() - known
    for unit_id in {rows[key].unit_id for key in fresh}:
        there = [(key, row) for key, row in rows.items() if key in fresh and row.unit_id == unit_id]
        record_many(
            by=by,
            action=READ_FILE,
            at=at,
            about=[(key, str(row.member), {"part": PART}) for key, row in there],
            target_type="organization.member",
            unit_id=unit_id,
        )
    return len(fresh)
