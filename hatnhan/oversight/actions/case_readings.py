"""Recording that a discipline case was read: its subject sees who did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.organization.actions.checks import deed
from hatnhan.organization.actions.readings import read_lately
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
    if read_lately(by=by, at=at, action=Action.READ_CASE, target=case):
        return False
    note(by, at, Action.READ_CASE, case)
    return True
