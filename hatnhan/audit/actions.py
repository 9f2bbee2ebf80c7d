"""Writing the record. The only door through which a row comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, models, transaction

from hatnhan.accounts.models import User
from hatnhan.audit.models import GENESIS, Entry, plain

if TYPE_CHECKING:
    from datetime import datetime

    from hatnhan.accounts.actors import Actor

#: One writer at a time on PostgreSQL; SQLite has one writer anyway.
_LOCK = 7_401_926

READ_FILE = "organization:member:read"


def record(
    *,
    by: Actor,
    action: str,
    at: datetime,
    target: models.Model | None = None,
    unit_id: int | None = None,
    subject_id: int | None = None,
    details: dict[str, Any] | None = None,
) -> Entry:
    """Append one row, inside the caller's transaction, and return it.

    ``by`` is a person, or the machine for commands run on it. ``details`` must be JSON-like; never put secrets in it.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        last = Entry.objects.order_by("-id").values_list("hash", flat=True).first()
        entry = Entry(
            at=at,
            actor=by if isinstance(by, User) else None,
            actor_name=str(by),
            action=action,
            object_type=target._meta.label_lower if target else "",
            object_id=str(target.pk) if target else "",
            object_name=str(target)[:200] if target else "",
            unit_id=unit_id,
            subject_id=subject_id,
            details=plain(details or {}),
            previous_hash=last or GENESIS,
        )
        entry.hash = entry.fingerprint()
        entry.save(force_insert=True)
    return entry
