"""What the shell writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hatnhan.accounts.models import new_calendar_token
from hatnhan.audit.actions import record

if TYPE_CHECKING:
    from datetime import datetime

    from hatnhan.accounts.models import User

RENEW, EXPORT = "site:calendar:renew", "site:deadlines:export"
WORDS = {RENEW: _("Đổi địa chỉ lịch"), EXPORT: _("Tải danh sách việc đến hạn")}
DETAILS = {"count": _("số dòng")}


@transaction.atomic
def renew_calendar(*, by: User, at: datetime) -> None:
    """Give the person's calendar a new address; the old one answers no more. The token itself is not recorded."""
    by.calendar_token = new_calendar_token()
    by.save(update_fields=["calendar_token"])
    record(by=by, action=RENEW, at=at, target=by)


def record_export(*, by: User, at: datetime, unit_id: int | None, count: int) -> None:
    """Record that a person took away the list of what is due in a unit: it names people."""
    record(by=by, action=EXPORT, at=at, unit_id=unit_id, details={"count": count})
