"""Writing the record. The only door through which a row comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, models, transaction

from hatnhan.accounts.models import User
from hatnhan.audit.models import GENESIS, READ_FILE, Entry, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from hatnhan.accounts.actors import Actor

#: One writer at a time on PostgreSQL; SQLite has one writer anyway.
_LOCK = 7_401_926

__all__ = ["READ_FILE", "record"]


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
    with transaction.atomic(savepoint=False):
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
        )
        _chain([entry])
    return entry


def record_many(
    *,
    by: Actor,
    action: str,
    at: datetime,
    about: Sequence[tuple[int, str, dict[str, Any]]],
    target_type: str,
    unit_id: int | None = None,
    subjects: Mapping[int, int | None] | None = None,
    units: Mapping[int, int] | None = None,
) -> None:
    """Append a row for each of many things: ``about`` holds id, name and details of each.

    They are members, each its own subject, unless ``subjects`` says by id which member each concerns. They are of one
    unit, unless ``units`` says by id of which.
    """
    user = by if isinstance(by, User) else None
    entries = [
        Entry(
            at=at,
            actor=user,
            actor_name=str(by),
            action=action,
            object_type=target_type,
            object_id=str(pk),
            object_name=name[:200],
            unit_id=unit_id if units is None else units[pk],
            subject_id=pk if subjects is None else subjects.get(pk),
            details=plain(details),
        )
        for pk, name, details in about
    ]
    with transaction.atomic(savepoint=False):
        _chain(entries)


def record_for(
    *,
    by: Actor,
    action: str,
    at: datetime,
    target: models.Model,
    unit_id: int,
    subjects: Iterable[int],
    details: dict[str, Any],
) -> None:
    """Append a row about one thing for each of the members whom it concerns: each finds it in the own list."""
    user = by if isinstance(by, User) else None
    entries = [
        Entry(
            at=at,
            actor=user,
            actor_name=str(by),
            action=action,
            object_type=target._meta.label_lower,
            object_id=str(target.pk),
            object_name=str(target)[:200],
            unit_id=unit_id,
            subject_id=one,
            details=plain(details),
        )
        for one in dict.fromkeys(subjects)
    ]
    with transaction.atomic(savepoint=False):
        _chain(entries)


def _chain(entries: list[Entry]) -> None:
    """Tie new rows to the last one and to each other, and write them."""
    # Written by hand: this runs with every deed, and takes a tenth of the time so.
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute("SELECT hash FROM audit_entry ORDER BY id DESC LIMIT 1")
        last = cursor.fetchone()
    previous = last[0] if last else GENESIS
    for entry in entries:
        entry.previous_hash = previous
        previous = entry.hash = entry.fingerprint()
    Entry.objects.bulk_create(entries, batch_size=500)
