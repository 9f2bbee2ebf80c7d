"""Recording that a check, or what was found in checks, was read: the subjects see who did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.audit.actions import record, record_many
from hatnhan.audit.models import Entry
from hatnhan.organization.actions.checks import deed
from hatnhan.organization.actions.readings import ONE_READING, read_lately
from hatnhan.organization.powers import powers_of
from hatnhan.oversight.models import Check
from hatnhan.oversight.permissions import Action

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from hatnhan.accounts.models import User
    from hatnhan.oversight.models import Finding


@deed
def record_read(*, by: User, at: datetime, check: Check) -> bool:
    """Record that a person opened a check, once for each member it looks at; return whether this began a new reading.

    Turning its pages within ten minutes is one reading. Vouched: the page asked who may read.
    """
    if read_lately(by=by, at=at, action=Action.READ_CHECK, target=check):
        return False
    members: list[int | None] = [one.member_id for one in check.subjects.all() if one.member_id]
    for subject_id in members or [None]:
        record(
            by=by,
            action=Action.READ_CHECK,
            at=at,
            target=check,
            unit_id=check.unit_id,
            subject_id=subject_id,
        )
    return True


def record_listed(*, by: User, at: datetime, findings: Iterable[Finding]) -> int:
    """Record that a list told a person what kind of thing was found of which members; return how many readings began.

    The words stand on the check's page alone; that there is a shortcoming or a sign of violation, the list says too.
    What is the reader's own is no secret. Vouched: the page asked who may read. One query, and the writing.
    """
    mine = powers_of(by).member_id
    told = {(one.of_check_id, one.subject.member_id or 0): one.of_check for one in findings}
    told = {key: check for key, check in told.items() if key[1] not in (0, mine)}
    if not told:
        return 0
    seen = Entry.objects.filter(
        actor=by,
        action__in=(Action.READ_FINDINGS, Action.READ_CHECK),
        object_type=Check._meta.label_lower,
        object_id__in=[str(pk) for pk, _member in told],
        at__gt=at - ONE_READING,
    )
    known = set(seen.values_list("object_id", "subject_id"))
    fresh = sorted(key for key in told if (str(key[0]), key[1]) not in known)
    if fresh:
        _write_listed(by, at, fresh, {check.pk: check for check in told.values()})
    return len(fresh)


@deed
def _write_listed(by: User, at: datetime, fresh: list[tuple[int, int]], checks: dict[int, Check]) -> None:
    """Write one row for each check and member: of each check one member at a time, as a row is of one."""
    while fresh:
        now = dict(fresh)
        record_many(
            by=by,
            action=Action.READ_FINDINGS,
            at=at,
            about=[(pk, str(checks[pk]), {}) for pk in now],
            target_type=Check._meta.label_lower,
            subjects=dict(now),
            units={pk: checks[pk].unit_id for pk in now},
        )
        fresh = [pair for pair in fresh if pair not in now.items()]
