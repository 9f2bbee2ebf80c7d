"""Who read a request to look again is in the record, unless it is one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.audit.actions import record
from hatnhan.reviews import permissions
from hatnhan.reviews.permissions import Action

if TYPE_CHECKING:
    from datetime import datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.reviews.models import LookAgain


def record_again_read(*, by: Actor, at: datetime, again: LookAgain) -> None:
    """Write that a request was read by somebody else than who asked."""
    entry = again.entry
    if permissions.is_own(by, entry):
        return
    record(
        by=by,
        action=Action.READ_ENTRY,
        at=at,
        target=again,
        unit_id=entry.unit_id,
        subject_id=entry.member_id,
    )
