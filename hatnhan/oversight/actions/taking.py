"""Recording that a paper of the room was taken out of the system: most of them name people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.audit import actions as audit
from hatnhan.organization.actions.checks import deed
from hatnhan.oversight.models import Case, Complaint, Decision
from hatnhan.oversight.permissions import Action

if TYPE_CHECKING:
    from datetime import datetime

    from hatnhan.accounts.models import User
    from hatnhan.oversight.selectors.papers import Asked


@deed
def record_taken(*, by: User, at: datetime, asked: Asked, form: str) -> None:
    """Record that a person took a paper as "pdf" or "docx". Who may have it was asked before.

    Each member whose own matter it is finds the taking in the own list of readings: one record each. What is of
    discipline is recorded apart, for few may read it.
    """
    action = Action.TAKE_CASE if isinstance(asked.about, Case | Decision | Complaint) else Action.TAKE
    for subject_id in asked.concerned or (None,):
        audit.record(
            by=by,
            at=at,
            action=action,
            target=asked.about,
            unit_id=asked.unit_id,
            subject_id=subject_id,
            details={"paper": asked.key, "form": form},
        )
