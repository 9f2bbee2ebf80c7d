"""Recording that a discipline case was read: its subject sees who did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.audit.models import Entry
from hatnhan.organization.actions.checks import deed
from hatnhan.organization.actions.readings import ONE_READING
from hatnhan.oversight.actions.case_guards import note
from hatnhan.oversight.permissions import Action

if TYPE_CHECKING:
    from datetime import datetime

    from hatnhan.accounts.models import User
    from hatnhan.oversight.models import Case


@deed
def record_case_read(*, by: User, at: datetime, case: Case) -> bool:
    """Record that a person opened a case; return whether this began a new reading.

    Turning its pages within ten minutes is one reading. Vouched: the page asked who may read.
    """
    seen = Entry.objects.filter(
        actor=by,
        action=Action.READ_CASE,
        object_type=case._meta.label_lower,
        object_id=str(case.pk),
        at__gt=at - ONE_READING,
    )
    if seen.exists():
        return False
    note(by, at, Action.READ_CASE, case)
    return True
