"""Recording that a decision, a complaint or a denunciation was read. Vouched: the page asked who may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.audit.actions import record
from hatnhan.organization.actions.checks import deed
from hatnhan.organization.actions.readings import read_lately
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
    if not read_lately(by=by, at=at, action=Action.READ_DENUNCIATION, target=denunciation):
        unit_id = denunciation.unit_id
        record(by=by, action=Action.READ_DENUNCIATION, at=at, target=denunciation, unit_id=unit_id)


def _of_case(by: User, at: datetime, decision: Decision, target: Model) -> None:
    case = decision.case
    if permissions.is_case_subject(by, case):
        return
    if read_lately(by=by, at=at, action=Action.READ_CASE, target=target):
        return
    record(
        by=by, action=Action.READ_CASE, at=at, target=target, unit_id=case.unit_id, subject_id=case.member_id
    )
