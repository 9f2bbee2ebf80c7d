"""Recording that a check was read: its subjects see who did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.audit.actions import record
from hatnhan.organization.actions.checks import deed
from hatnhan.organization.actions.readings import read_lately
from hatnhan.oversight.permissions import Action

if TYPE_CHECKING:
    from datetime import datetime

    from hatnhan.accounts.models import User
    from hatnhan.oversight.models import Check


@deed
def record_read(*, by: User, at: datetime, check: Check) -> bool:
    """Record that a person opened a check, once for each member it looks at; return whether this began a new reading.

    Turning its pages within ten minutes is one reading. Vouched: the page asked who may read.
    """
    if read_lately(by=by, at=at, action=Action.READ_CHECK, target=check):
        return False
    members: list[int | None] = [one.member_id for one in check.subjects.all() if one.member_id]
    for subject_id in members or [None]:
        record(
            by=by,
            action=Action.READ_CHECK,
            at=at,
            target=check,
            unit_id=check.unit_id,
            subject_id=subject_id,
        )
    return True
