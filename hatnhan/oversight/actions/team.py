"""Changing who carries out a check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.organization.actions.checks import day_of, deed, moved_on, require_text
from hatnhan.oversight import permissions
from hatnhan.oversight.actions import guards
from hatnhan.oversight.actions.conflicts import require_no_conflict, require_team_of
from hatnhan.oversight.actions.opening import require_team
from hatnhan.oversight.actions.silence import require_silent_check
from hatnhan.oversight.models import TeamMember
from hatnhan.oversight.permissions import Action
from hatnhan.oversight.selectors.steps import law_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Member
    from hatnhan.oversight.models import Check


@deed
def change_team(
    *,
    by: Actor,
    at: datetime,
    check: Check,
    add: Sequence[tuple[Member, str]] = (),
    remove: Mapping[Member, str] | None = None,
) -> None:
    """Take members out of a team, each with the reason, and put others in; until the check is concluded.

    Raises Denied, and RuleBroken with codes ``closed``, ``concluded``, ``reason_missing``, ``already_done`` (not in
    the team), ``twice``, ``no_head``, ``too_many``, ``not_member``, ``is_subject``, ``kin``, ``own_cell``,
    ``names_denouncer``.
    """
    permissions.require_work(by, check)
    permissions.require_run(by, check.unit_id)
    now = guards.lock_open(check)
    on = day_of(at)
    gone = {
        one: require_text(why, code="reason_missing", field="remove") for one, why in (remove or {}).items()
    }
    require_silent_check(now, remove=" | ".join(gone.values()))
    for one, why in gone.items():
        rows = TeamMember.objects.filter(of_check=now, member=one, left_on=None)
        if rows.update(left_on=on, left_because=why) != 1:
            raise moved_on()
    _join(now, [one for one, _role in add], add, on)
    roles = list(now.team.filter(left_on=None).values_list("role", flat=True))
    require_team(roles, law_of(now.dossier))
    details = {
        "added": "; ".join(f"{one} ({TeamMember.Role(role).label})" for one, role in add),
        "removed": "; ".join(f"{one}: {why}" for one, why in gone.items()),
    }
    record(by=by, action=Action.TEAM, at=at, target=now, unit_id=now.unit_id, details=details)


def _join(check: Check, people: Sequence[Member], add: Sequence[tuple[Member, str]], today: date) -> None:
    there = set(check.team.filter(left_on=None).values_list("member_id", flat=True))
    if len({one.pk for one in people}) != len(people) or there & {one.pk for one in people}:
        raise RuleBroken("twice", _("Đồng chí này đã ở trong đoàn. Chọn người khác."), field="team")
    subjects = {
        "units": [one.unit_id for one in check.subjects.all() if one.unit_id],
        "members": [one.member_id for one in check.subjects.all() if one.member_id],
    }
    require_team_of(check.unit, people, today)
    require_no_conflict(check.unit, people, subjects, today)
    TeamMember.objects.bulk_create(TeamMember(of_check=check, member=one, role=role) for one, role in add)
