"""Reading the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from hatnhan.audit import scopes
from hatnhan.audit.models import GENESIS, READ_FILE, Entry
from hatnhan.core import clock

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet

    from hatnhan.accounts.models import User

ONE_DAY = timedelta(days=1)


def readings_of(member_id: int) -> QuerySet[Entry]:
    """Return who read a member's file, latest first."""
    return Entry.objects.filter(subject_id=member_id, action=READ_FILE).select_related("actor")


def of_object(object_type: str, object_id: str) -> QuerySet[Entry]:
    """Return all that was recorded of one thing (its model's label, its id), latest first."""
    return Entry.objects.filter(object_type=object_type, object_id=object_id)


def of_objects(object_type: str, object_ids: Sequence[str]) -> QuerySet[Entry]:
    """Return all that was recorded of several things of one kind, latest first."""
    return Entry.objects.filter(object_type=object_type, object_id__in=object_ids)


def about(member_id: int) -> QuerySet[Entry]:
    """Return all that was recorded of a member's file, readings included, latest first."""
    return Entry.objects.filter(subject_id=member_id).select_related("actor")


@dataclass(frozen=True, slots=True)
class Filter:
    """What to look for: part of a name, a deed, days (both included), rows before a number."""

    person: str = ""
    action: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of the record, latest first, and the number of the row before which the next page starts."""

    entries: list[Entry]
    next_before: int | None


def may_read(user: User) -> bool:
    """Tell whether the person may read any of the record."""
    return scopes.of(user) is not None


def leaf(user: User, wanted: Filter, size: int = 50) -> Leaf:
    """Return a page of what the person may read. Its cost does not grow with the length of the record."""
    scope = scopes.of(user)
    if scope is None:
        return Leaf([], None)
    found = _filtered(Entry.objects.filter(scope), wanted).order_by("-id")
    entries = list(found[: size + 1])
    more = len(entries) > size
    return Leaf(entries[:size], entries[size - 1].pk if more else None)


def _filtered(found: QuerySet[Entry], wanted: Filter) -> QuerySet[Entry]:
    if wanted.person:
        found = found.filter(actor_name__icontains=wanted.person)
    if wanted.action:
        found = found.filter(action=wanted.action)
    if wanted.since:
        found = found.filter(at__gte=clock.at(wanted.since, 0))
    if wanted.until:
        found = found.filter(at__lt=clock.at(wanted.until + ONE_DAY, 0))
    if wanted.before is not None:
        found = found.filter(pk__lt=wanted.before)
    return found


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking the chain found.

    ``rows`` read; ``broken_at`` the first row that does not fit, None when all do; ``seal`` the hash of the last good
    row: noted elsewhere, it shows later whether rows were cut off the end.
    """

    rows: int
    broken_at: int | None = None
    seal: str = GENESIS


def verify() -> Verdict:
    """Walk the whole chain from its first row and compare every hash."""
    previous, rows = GENESIS, 0
    for entry in Entry.objects.order_by("id").iterator(chunk_size=2000):
        rows += 1
        if entry.previous_hash != previous or entry.hash != entry.fingerprint():
            return Verdict(rows, entry.pk, previous)
        previous = entry.hash
    return Verdict(rows, None, previous)
