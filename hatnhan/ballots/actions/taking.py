"""Recording that the tellers' minutes were taken out of the system: they name people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.audit import actions as audit
from hatnhan.ballots.permissions import Action
from hatnhan.organization.actions.checks import deed

if TYPE_CHECKING:
    from datetime import datetime

    from hatnhan.accounts.models import User
    from hatnhan.ballots.models import Ballot


@deed
def record_taken(*, by: User, at: datetime, ballot: Ballot, form: str) -> None:
    """Record that a person took the tellers' minutes as "pdf" or "docx"; who may, the page asked before."""
    audit.record(
        by=by, at=at, action=Action.TAKE, target=ballot, unit_id=ballot.unit_id, details={"form": form}
    )
