"""Recording that a paper or a list of the room was taken out of the system: some of them name people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.audit import actions as audit
from hatnhan.guidance.permissions import Action
from hatnhan.organization.actions.checks import deed

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model

    from hatnhan.accounts.models import User


@deed
def record_taken(
    *,
    by: User,
    at: datetime,
    about: Model,
    unit_id: int,
    paper: str,
    form: str,
    subject_id: int | None = None,
) -> None:
    """Record that a person took a paper: its key, and "pdf", "docx" or "xlsx". Who may have it, the page asked before.

    ``subject_id`` is the member whose own paper it is, None where it speaks of many or of none.
    """
    details = {"paper": paper, "form": form}
    audit.record(
        by=by,
        at=at,
        action=Action.TAKE,
        target=about,
        unit_id=unit_id,
        subject_id=subject_id,
        details=details,
    )
