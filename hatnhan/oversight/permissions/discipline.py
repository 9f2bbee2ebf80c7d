"""Who may know of a discipline case, has it in hand, or is its subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.core.errors import Denied
from hatnhan.organization.models import Body, Level
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors.bodies import bodies_sat_in
from hatnhan.oversight.models import Case, CaseHandler
from hatnhan.oversight.permissions.kin import kin_of
from hatnhan.oversight.permissions.units import INSPECTORS, below, chaired_by, headed_by, is_below

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from hatnhan.accounts.actors import Actor
    from hatnhan.accounts.models import User

#: While a case stands here its deciding body may read it.
AT_DECISION = (Case.State.HEARD, Case.State.AGREED, Case.State.FORMED)


def _in_office(user: User) -> Q:
    """Return the condition on a case's ``unit`` that a person still holds a post by which one has cases in hand.

    An inspector's there or above it, any post of a cell: whoever left it has no case in hand any more.
    """
    held = powers_of(user).held
    cells = {unit for unit, _post, level in held if level == Level.CELL}
    condition = Q(unit__in=cells)
    if inspects := {unit for unit, post, _level in held if post in INSPECTORS}:
        condition |= Q(unit__in=below(inspects, user))
    return condition


def cases_for(user: User) -> QuerySet[Case]:
    """Return the discipline cases that a person may know of."""
    powers = powers_of(user)
    if powers.member_id is None:
        return Case.objects.none()
    subject = Q(member_id=powers.member_id) | Q(organisation__in=headed_by(powers))
    named = CaseHandler.objects.filter(member_id=powers.member_id).values("case")
    handled = Q(pk__in=named) & _in_office(user)
    chairs = chaired_by(user)
    chaired = Q(unit__in=below(chairs, user)) if chairs else Q(pk__in=())
    deciding = Q(pk__in=())
    for body, units in bodies_sat_in(powers).items():
        if body != Body.MEMBERS and units:
            deciding |= Q(deciding_body=body, deciding_unit__in=units)
    # In a cell all members decide, at their meeting; its secretary has the case in hand and presents it there.
    return Case.objects.filter(subject | handled | chaired | deciding & Q(state__in=AT_DECISION))


def is_case_subject(by: Actor, case: Case) -> bool:
    """Tell whether a case is about a person, or about a unit that the person heads."""
    if isinstance(by, Machine):
        return False
    powers = powers_of(by)
    if case.member_id is not None:
        return case.member_id == powers.member_id
    return case.organisation_id in headed_by(powers)


def handles(by: Actor, case: Case) -> bool:
    """Tell whether a person may write in a case: its handlers, the inspection chair over it; never subject or kin."""
    if isinstance(by, Machine):
        return True
    member_id = powers_of(by).member_id
    if member_id is None or is_case_subject(by, case) or case.member_id in kin_of(member_id):
        return False
    named = Case.objects.filter(_in_office(by), pk=case.pk, handlers__member_id=member_id)
    return named.exists() or is_below(case.unit_id, chaired_by(by), by)


def require_handle(by: Actor, case: Case) -> None:
    """Raise Denied unless the person may write in a case."""
    if not handles(by, case):
        message = _("Việc này do người thụ lý vụ việc làm; đối tượng và người thân không tham gia.")
        raise Denied(message)
