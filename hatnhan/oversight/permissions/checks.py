"""Who may know of a check, write in it, or is its subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.core.errors import Denied
from hatnhan.organization.models import Level
from hatnhan.organization.powers import powers_of
from hatnhan.oversight.models import Check, Kind, Subject, TeamMember
from hatnhan.oversight.permissions.kin import kin_of
from hatnhan.oversight.permissions.units import chaired_by, headed_by, run_by, within_reach

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from hatnhan.accounts.actors import Actor
    from hatnhan.accounts.models import User


def checks_for(user: User) -> QuerySet[Check]:
    """Return the checks that a person may know of; the subject's own share of one is narrower: `is_subject`."""
    powers = powers_of(user)
    if powers.member_id is None:
        return Check.objects.none()
    theirs = Q(member_id=powers.member_id) | Q(unit__in=headed_by(powers))
    mine = Subject.objects.filter(theirs).values("of_check")
    teams = TeamMember.objects.filter(member_id=powers.member_id, left_on=None).values("of_check")
    reach = within_reach(user) & (~Q(kind=Kind.DENUNCIATION) | Q(unit__in=chaired_by(user)))
    return Check.objects.filter(Q(pk__in=mine) | Q(pk__in=teams) | reach)


def is_subject(by: Actor, check: Check) -> bool:
    """Tell whether a check looks at a person, or at a unit that the person heads."""
    if isinstance(by, Machine):
        return False
    powers = powers_of(by)
    headed = headed_by(powers)
    # Subjects never change after the opening: those fetched with the check are asked, with no query of their own.
    rows = check.subjects.all()
    return any(one.member_id == powers.member_id if one.member_id else one.unit_id in headed for one in rows)


def is_personally_concerned(member_id: int, check: Check) -> bool:
    """Tell whether a member is a subject of a check in person, or declared close kin of one."""
    members = {one.member_id for one in check.subjects.all() if one.member_id}
    return bool(members) and (member_id in members or not members.isdisjoint(kin_of(member_id)))


def works_on(by: Actor, check: Check) -> bool:
    """Tell whether a person may write in a check: its team, or who runs it; never its subject or the subject's kin."""
    if isinstance(by, Machine):
        return True
    powers = powers_of(by)
    if powers.member_id is None or is_personally_concerned(powers.member_id, check):
        return False
    if check.team.filter(member_id=powers.member_id, left_on=None).exists():
        return True
    if check.kind == Kind.DENUNCIATION:
        return check.unit_id in chaired_by(by)
    return check.unit_id in run_by(by) and not (
        check.unit.level != Level.CELL and check.subjects.filter(unit__in=powers.cells_led).exists()
    )


def require_work(by: Actor, check: Check) -> None:
    """Raise Denied unless the person may write in a check."""
    if not works_on(by, check):
        message = _(
            "Việc này do đoàn kiểm tra và người điều hành làm; đối tượng và người thân không tham gia."
        )
        raise Denied(message)
