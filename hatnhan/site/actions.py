"""What the shell writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from hatnhan.accounts.models import new_calendar_token
from hatnhan.audit.actions import record

if TYPE_CHECKING:
    from datetime import datetime

    from hatnhan.accounts.models import User


@transaction.atomic
def renew_calendar(*, by: User, at: datetime) -> None:
    """Give the person's calendar a new address; the old one answers no more. The token itself is not recorded."""
    by.calendar_token = new_calendar_token()
    by.save(update_fields=["calendar_token"])
    record(by=by, action="site:calendar:renew", at=at, target=by)
