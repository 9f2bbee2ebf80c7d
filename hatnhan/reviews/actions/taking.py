"""Recording that a paper of the room was taken out of the system: most of them name people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hatnhan.audit import actions as audit
from hatnhan.organization.actions.checks import deed
from hatnhan.reviews.permissions import Action

if TYPE_CHECKING:
    from datetime import datetime

    from hatnhan.accounts.models import User
    from hatnhan.reviews.selectors.papers import Asked


@deed
def record_taken(*, by: User, at: datetime, asked: Asked, form: str) -> None:
    """Record that a person took a paper as "pdf" or "docx". Who may have it was asked before.

    Each member whose own matter it is finds the taking in the own list of readings: one record each, written at once.
    A form with the words of another's self-review counts as a reading of it.
    """
    told: dict[str, Any] = {
        "by": by,
        "at": at,
        "action": Action.READ_REVIEW if asked.reads else Action.TAKE,
        "target": asked.about,
        "unit_id": asked.unit_id,
        "details": {"paper": asked.key, "form": form},
    }
    if asked.concerned:
        audit.record_for(subjects=asked.concerned, **told)
    else:
        audit.record(**told)
