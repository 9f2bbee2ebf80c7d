"""Recording what is done in rooms that stand below this one or beside it and cannot call it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.dispatch import receiver

from hatnhan.accounts.announcements import done
from hatnhan.audit.actions import record

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model

    from hatnhan.accounts.actors import Actor


@receiver(done)
def announced(
    *,
    by: Actor,
    at: datetime,
    action: str,
    target: Model,
    unit_id: int | None,
    details: dict[str, Any],
    **_signal: Any,
) -> int:
    """Record it, in the transaction of the deed; return the number of the row."""
    return record(by=by, at=at, action=action, target=target, unit_id=unit_id, details=details).pk
