"""The room's actions and who may do them. Everything not granted here is denied."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.ballots.models import Teller
from hatnhan.core.errors import Denied
from hatnhan.organization.powers import powers_of

if TYPE_CHECKING:
    from hatnhan.accounts.actors import Actor
    from hatnhan.ballots.models import Ballot


class Action(StrEnum):
    """Names of the deeds, as they stand in the audit record. To vote is not among them: README.md says why."""

    DRAFT = "ballots:ballot:draft"
    OPEN = "ballots:ballot:open"
    CLOSE = "ballots:ballot:close"
    CANCEL = "ballots:ballot:cancel"
    TAKE = "ballots:minutes:take"


def leads(by: Actor, unit_id: int) -> bool:
    """Tell whether a person holds ballots in a unit today: its head, or who keeps it from above."""
    if isinstance(by, Machine):
        return True
    powers = powers_of(by)
    return unit_id in powers.cells_led or powers.may_keep(unit_id)


def counts(by: Actor, ballot: Ballot) -> bool:
    """Tell whether a person is one of a ballot's two tellers."""
    if isinstance(by, Machine):
        return True
    member_id = powers_of(by).member_id
    return member_id is not None and Teller.objects.filter(ballot=ballot, member_id=member_id).exists()


def allowed(by: Actor, action: Action, ballot: Ballot) -> bool:
    """Tell whether a person may do something today about a ballot; a command on the machine may do all."""
    return leads(by, ballot.unit_id) or (action is Action.CLOSE and counts(by, ballot))


def require(by: Actor, action: Action, ballot: Ballot) -> None:
    """Raise Denied unless the person may do something today about a ballot."""
    if not allowed(by, action, ballot):
        message = _("Việc này do Bí thư, Phó Bí thư làm; kiểm phiếu thì người kiểm phiếu cũng làm được.")
        raise Denied(message)


def require_lead(by: Actor, unit_id: int) -> None:
    """Raise Denied unless the person holds ballots in a unit today."""
    if not leads(by, unit_id):
        raise Denied(_("Việc này do Bí thư, Phó Bí thư làm. Đồng chí không giữ chức vụ ấy hôm nay."))
