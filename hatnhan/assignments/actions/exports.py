"""Recording that a list of tasks was taken out of the system: it names people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from hatnhan.assignments.permissions import Action
from hatnhan.audit.actions import record

if TYPE_CHECKING:
    from datetime import datetime

    from hatnhan.accounts.models import User
    from hatnhan.organization.models import Unit


@transaction.atomic
def record_export(*, by: User, at: datetime, unit: Unit | None, count: int) -> None:
    """Record that a person took away a list of so many tasks, of a unit or (None) of the person's own."""
    unit_id = unit.pk if unit else None
    record(by=by, action=Action.EXPORT, at=at, target=unit, unit_id=unit_id, details={"count": count})
