"""Who may know of a complaint, enter, handle and settle it, and put right what was wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.core import clock
from hatnhan.core.errors import Denied
from hatnhan.organization.models import Body, Position
from hatnhan.organization.powers import KEEPERS, powers_of
from hatnhan.oversight.models import Case, Complaint, Restoration
from hatnhan.oversight.permissions.denunciations import handles_denunciation
from hatnhan.oversight.permissions.discipline import cases_for, handles, is_case_subject
from hatnhan.oversight.permissions.kin import kin_of
from hatnhan.oversight.permissions.units import CHAIRS, chaired_by, headed_by

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from hatnhan.accounts.actors import Actor
    from hatnhan.accounts.models import User


def complaints_for(user: User) -> QuerySet[Complaint]:
    """Return the complaints that a person may know of: the own ones, those to settle, those of a case in hand."""
    powers = powers_of(user)
    if powers.member_id is None:
        return Complaint.objects.none()
    mine = Q(decision__case__member_id=powers.member_id)
    mine |= Q(decision__case__organisation__in=headed_by(powers))
    inspects = Q(body=Body.INSPECTION)
    # Whoever was named settles it while holding a post there.
    named = Q(handler_id=powers.member_id, unit__in={unit for unit, _post, _level in powers.held})
    settled = named | Q(unit__in=powers.keeps) & ~inspects
    settled |= Q(unit__in=chaired_by(user)) & inspects
    of_case = Q(decision__case__in=cases_for(user).values("pk"))
    strange = ~Q(decision__case__member_id__in=kin_of(powers.member_id))
    # "Not in" of a column that may be empty: a case against an organisation is about nobody's kin.
    strange |= Q(decision__case__member_id=None)
    return Complaint.objects.filter(mine | (settled | of_case) & strange)


def may_complain(by: Actor, case: Case) -> bool:
    """Tell whether a person may enter a complaint: the subject, or whoever has the case in hand, from paper."""
    return is_case_subject(by, case) or handles(by, case)


def may_restore(by: Actor, restoration: Restoration) -> bool:
    """Tell whether a person may write that a wrong was put right: who has the matter in hand, never who is owed it."""
    if restoration.denunciation is not None:
        return handles_denunciation(by, restoration.denunciation)
    decision = restoration.decision
    if decision is None:
        return False
    case = decision.case
    return handles(by, case) or settles(by, case, decision.unit_id, decision.body)


def settles(by: Actor, case: Case, unit_id: int, body: str) -> bool:
    """Tell whether a person may admit, refuse or settle a complaint before a body: the head of that body, no other.

    Where the head has no account, the letters of the body are entered by whoever has the case in hand. Never the
    subject or the subject's kin.
    """
    if isinstance(by, Machine):
        return True
    member_id = powers_of(by).member_id
    if member_id is None or is_case_subject(by, case) or case.member_id in kin_of(member_id):
        return False
    heads = chaired_by(by) if body == Body.INSPECTION else powers_of(by).keeps
    return unit_id in heads or (not _has_head_here(unit_id, body) and handles(by, case))


def _has_head_here(unit_id: int, body: str) -> bool:
    posts = CHAIRS if body == Body.INSPECTION else KEEPERS
    held = Position.objects.on(clock.today()).filter(unit_id=unit_id, post__in=posts)
    return held.filter(member__user__isnull=False).exists()


def may_settle(by: Actor, complaint: Complaint) -> bool:
    """Tell whether a person handles a complaint, or issues for the body that settles it."""
    case = complaint.decision.case
    if settles(by, case, complaint.unit_id, complaint.body):
        return True
    if isinstance(by, Machine) or complaint.handler_id is None:
        return False
    powers = powers_of(by)
    named = powers.member_id == complaint.handler_id
    in_office = any(unit == complaint.unit_id for unit, _post, _level in powers.held)
    return named and in_office and case.member_id not in kin_of(complaint.handler_id)


def require_settle(by: Actor, complaint: Complaint) -> None:
    """Raise Denied unless the person handles a complaint or issues for the body that settles it."""
    if not may_settle(by, complaint):
        raise Denied(_("Việc này do nơi giải quyết khiếu nại làm."))
