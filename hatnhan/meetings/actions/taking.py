"""Recording that a paper of a meeting was taken out of the system: it names people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.audit import actions as audit
from hatnhan.meetings.permissions import Action
from hatnhan.organization.actions.checks import deed

if TYPE_CHECKING:
    from datetime import datetime

    from hatnhan.accounts.models import User
    from hatnhan.meetings.models import Meeting


@deed
def record_taken(*, by: User, at: datetime, meeting: Meeting, paper: str, form: str) -> None:
    """Record that a person took a paper: its key, and "pdf" or "docx". Who may have it, the page asked before."""
    details = {"paper": paper, "form": form}
    audit.record(by=by, at=at, action=Action.TAKE, target=meeting, unit_id=meeting.unit_id, details=details)
