"""Recording that personal data was read: a file opened, a list taken away."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction

from hatnhan.audit import actions as audit
from hatnhan.audit import selectors as recorded
from hatnhan.organization import permissions
from hatnhan.organization.permissions import Action

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model

    from hatnhan.accounts.models import User
    from hatnhan.organization.models import Member, Unit

#: Turning the pages of one file within so long is one reading.
ONE_READING = timedelta(minutes=10)


def read_lately(*, by: User, at: datetime, action: str, target: Model) -> bool:
    """Tell whether a person opened a thing so lately that this goes on with the reading then recorded. One query.

    Every room asks this before it records an opening, so that turning pages is one reading everywhere.
    """
    rows = recorded.of_object(target._meta.label_lower, str(target.pk))
    return rows.filter(actor=by, action=action, at__gt=at - ONE_READING, at__lte=at).exists()


def record_reading(*, by: User, at: datetime, member: Member, unit_id: int | None, part: str) -> bool:
    """Record that a person opened a member's file at ``part``; return whether this began a new reading."""
    since = at - ONE_READING
    with transaction.atomic():
        if recorded.readings_of(member.pk).filter(actor=by, at__gt=since).exists():
            return False
        audit.record(
            by=by,
            at=at,
            action=audit.READ_FILE,
            target=member,
            unit_id=unit_id,
            subject_id=member.pk,
            details={"part": part},
        )
    return True


@transaction.atomic
def record_export(
    *, by: User, at: datetime, unit: Unit, cell_ids: frozenset[int] | None, details: dict[str, Any]
) -> None:
    """Record that a list of members was taken out of the system. Raises Denied where the person may not.

    ``cell_ids`` are the cells it was narrowed to, None for all below the unit; ``details`` say what was in it.
    """
    for unit_id in cell_ids or {unit.pk}:
        permissions.require(by, Action.ROSTER_EXPORT, unit_id)
    audit.record(by=by, at=at, action=Action.ROSTER_EXPORT, target=unit, unit_id=unit.pk, details=details)


@transaction.atomic
def record_own_download(*, by: User, at: datetime, member: Member, unit_id: int | None) -> None:
    """Record that a member took a copy of all that is held of them."""
    audit.record(
        by=by, at=at, action=Action.MEMBER_EXPORT_FILE, target=member, unit_id=unit_id, subject_id=member.pk
    )
