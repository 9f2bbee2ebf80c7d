"""Recording that a person opened another's entry: how far the review is, and the grades on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.audit.actions import record
from hatnhan.organization.actions.checks import deed
from hatnhan.organization.actions.readings import read_lately
from hatnhan.reviews import permissions
from hatnhan.reviews.permissions import Action

if TYPE_CHECKING:
    from datetime import datetime

    from hatnhan.accounts.models import User
    from hatnhan.reviews.models import Entry


@deed
def record_read(*, by: User, at: datetime, entry: Entry) -> bool:
    """Record that a person opened the entry of another; return whether this began a new reading.

    Turning its pages within ten minutes is one reading; one's own is none. Vouched: the page asked who may know of it.
    """
    if permissions.is_own(by, entry) or read_lately(by=by, at=at, action=Action.READ_ENTRY, target=entry):
        return False
    record(
        by=by,
        action=Action.READ_ENTRY,
        at=at,
        target=entry,
        unit_id=entry.unit_id,
        subject_id=entry.member_id,
    )
    return True
