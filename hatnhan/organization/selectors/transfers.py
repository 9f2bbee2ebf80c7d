"""Transfers as a page lists them: those that wait first, with how their limit stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core import clock
from hatnhan.deadlines.types import Deadline
from hatnhan.organization import permissions, rules
from hatnhan.organization.models import Transfer
from hatnhan.organization.permissions import Action
from hatnhan.organization.selectors.law import laws_at
from hatnhan.rulebook import topics

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from hatnhan.accounts.models import User
    from hatnhan.organization.models import Unit
    from hatnhan.rulebook.types import Rule


@dataclass(frozen=True, slots=True)
class Waiting:
    """A transfer that waits for an answer: its limit, whether to remind, and what this person may do."""

    transfer: Transfer
    deadline: Deadline
    remind: bool
    may_answer: bool
    may_withdraw: bool


def answering_unit(transfer: Transfer) -> Unit:
    """Return the unit that records the answer: the one it goes to, or where the member is, when it goes outside."""
    unit = transfer.to_unit or transfer.from_unit
    assert unit is not None  # noqa: S101 - a constraint keeps one end here
    return unit


def waiting(user: User) -> list[Waiting]:
    """Return the transfers that wait for an answer and that the person may see, the oldest first."""
    rows = Transfer.objects.visible_to(user).open().select_related("member", "from_unit", "to_unit")
    found = list(rows.order_by("proposed_on", "pk"))
    rule_of = laws_at(topics.Transfer, clock.today(), {answering_unit(transfer).pk for transfer in found})
    return [_waiting(user, one, rule_of(answering_unit(one).pk)) for one in found]


def decided(user: User) -> QuerySet[Transfer]:
    """Return the transfers that were answered or withdrawn, latest first."""
    rows = Transfer.objects.visible_to(user).exclude(state=Transfer.State.PROPOSED)
    found: QuerySet[Transfer] = rows.select_related("member", "from_unit", "to_unit")
    return found.order_by("-decided_on", "-pk")


def _waiting(user: User, transfer: Transfer, rule: Rule[topics.Transfer]) -> Waiting:
    remind, last = rules.transfer_days(
        transfer.proposed_on, remind=rule.value.remind_working_days, overdue=rule.value.overdue_working_days
    )
    unit = answering_unit(transfer)
    deadline = Deadline(
        key=f"organization.transfer:{transfer.pk}",
        due=last,
        title=_("Chuyển sinh hoạt đ/c %(name)s") % {"name": transfer.member.full_name},
        detail="",
        unit_id=unit.pk,
        unit_name=unit.name,
        url="",
        action="",
        rule=rule,
    )
    return Waiting(
        transfer=transfer,
        deadline=deadline,
        remind=remind < clock.today() <= last,
        may_answer=permissions.allowed(user, Action.TRANSFER_ACCEPT, unit.pk),
        may_withdraw=permissions.allowed(user, Action.TRANSFER_WITHDRAW, transfer.from_unit_id or unit.pk),
    )
