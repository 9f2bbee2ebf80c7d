"""Recording that a decision, a complaint or a denunciation was read. Vouched: the page asked who may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.audit.actions import record
from hatnhan.audit.models import Entry
from hatnhan.organization.actions.checks import deed
from hatnhan.organization.actions.readings import ONE_READING
from hatnhan.oversight import permissions
from hatnhan.oversight.permissions import Action

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model

    from hatnhan.accounts.models import User
    from hatnhan.oversight.models import Complaint, Decision, Denunciation


@deed
def record_decision_read(*, by: User, at: datetime, decision: Decision) -> None:
    """Record that a decision was read, under the member it is about; nothing when that is the reader."""
    _of_case(by, at, decision, decision)


@deed
def record_complaint_read(*, by: User, at: datetime, complaint: Complaint) -> None:
    """Record that a complaint was read, under the member who complained; nothing when that is the reader."""
    _of_case(by, at, complaint.decision, complaint)


@deed
def record_denunciation_read(*, by: User, at: datetime, denunciation: Denunciation) -> None:
    """Record that a denunciation was read: under its number, and in no member's own file."""
    if not _just_read(by, at, Action.READ_DENUNCIATION, denunciation):
        unit_id = denunciation.unit_id
        record(by=by, action=Action.READ_DENUNCIATION, at=at, target=denunciation, unit_id=unit_id)


def _of_case(by: User, at: datetime, decision: Decision, target: Model) -> None:
    case = decision.case
    if permissions.is_case_subject(by, case) or _just_read(by, at, Action.READ_CASE, target):
        return
    record(
        by=by, action=Action.READ_CASE, at=at, target=target, unit_id=case.unit_id, subject_id=case.member_id
    )


def _just_read(by: User, at: datetime, action: str, target: Model) -> bool:
    """Tell whether this goes on with a reading that was recorded: turning pages within some minutes is one."""
    seen = Entry.objects.filter(
        actor=by, action=action, object_type=target._meta.label_lower, object_id=str(target.pk)
    )
    return seen.filter(at__gt=at - ONE_READING, at__lte=at).exists()
