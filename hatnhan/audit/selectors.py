"""Reading the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hatnhan.audit.actions import READ_FILE
from hatnhan.audit.models import GENESIS, Entry

if TYPE_CHECKING:
    from django.db.models import QuerySet


def readings_of(member_id: int) -> QuerySet[Entry]:
    """Return who read a member's file, latest first."""
    return Entry.objects.filter(subject_id=member_id, action=READ_FILE).select_related("actor")


def about(member_id: int) -> QuerySet[Entry]:
    """Return all that was recorded of a member's file, readings included, latest first."""
    return Entry.objects.filter(subject_id=member_id).select_related("actor")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking the chain found: rows read, and the first row that does not fit (None when all do)."""

    rows: int
    broken_at: int | None = None


def verify() -> Verdict:
    """Walk the whole chain from its first row and compare every hash."""
    previous, rows = GENESIS, 0
    for entry in Entry.objects.order_by("id").iterator(chunk_size=2000):
        rows += 1
        if entry.previous_hash != previous or entry.hash != entry.fingerprint():
            return Verdict(rows, entry.pk)
        previous = entry.hash
    return Verdict(rows)
