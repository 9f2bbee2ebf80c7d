"""Recording that somebody read another's self-review: its writer sees who did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.organization.actions.checks import deed
from hatnhan.organization.actions.readings import read_lately
from hatnhan.reviews import permissions
from hatnhan.reviews.actions.review_guards import note
from hatnhan.reviews.permissions import Action

if TYPE_CHECKING:
    from datetime import datetime

    from hatnhan.accounts.models import User
    from hatnhan.reviews.models import Entry


@deed
def record_review_read(*, by: User, at: datetime, entry: Entry) -> bool:
    """Record that a person opened another's self-review; return whether this began a new reading.

    Turning its pages within ten minutes is one reading; one's own is none. Vouched: the page asked who may read.
    """
    if permissions.is_own(by, entry):
        return False
    if read_lately(by=by, at=at, action=Action.READ_REVIEW, target=entry):
        return False
    note(by, at, Action.READ_REVIEW, entry, {})
    return True
