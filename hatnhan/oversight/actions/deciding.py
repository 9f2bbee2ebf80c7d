"""A decision to discipline is written: only of what was heard, voted twice and carried."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.core.errors import Denied
from hatnhan.core.periods import add_months
from hatnhan.organization.actions.checks import day_of, deed, require_text
from hatnhan.organization.models import Body
from hatnhan.organization.powers import powers_of
from hatnhan.oversight import permissions
from hatnhan.oversight.actions import case_guards as guards
from hatnhan.oversight.models import Case, Decision
from hatnhan.oversight.permissions import Action
from hatnhan.oversight.rules.discipline import Event
from hatnhan.oversight.selectors.handlers import signer_of
from hatnhan.oversight.selectors.law import discipline_of, form_named

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor


def may_decide(by: Actor, case: Case) -> bool:
    """Tell whether a person may write the decision: who has the case in hand, or who issues for the deciding body."""
    if permissions.handles(by, case):
        return True
    if isinstance(by, Machine) or permissions.is_case_subject(by, case):
        return False
    member_id = powers_of(by).member_id
    if member_id is None or (case.member_id and case.member_id in permissions.kin_of(member_id)):
        return False
    return permissions.approves(by, case.deciding_unit_id, case.deciding_body)


@deed
def decide(
    *,
    by: Actor,
    at: datetime,
    case: Case,
    number: str,
    signed_on: date,
    reason: str,
    announced_on: date | None = None,
    signed_by: str = "",
) -> Decision:
    """Write the decision of a case whose form was found by vote, and return it.

    A cell's decision holds from the day the vote was announced (the day it was held, unless ``announced_on`` says
    otherwise), all others from the signature; it ends of itself after the months of its form. ``signed_by`` is who
    heads the deciding body where nothing is given. Raises Denied, and RuleBroken with codes ``closed``, ``not_now``,
    ``postponed``, ``not_reviewed``, ``not_heard``, ``not_counted``, ``no_majority``, ``not_theirs``, ``lapsed``,
    ``number_missing``, ``reason_missing``, ``signer_missing``, ``too_early``, ``future``, ``already_done``.
    """
    if not may_decide(by, case):
        raise Denied(_("Việc này do người thụ lý hoặc người đứng đầu cấp quyết định làm."))
    now = guards.lock_running(case)
    standing, state = guards.require(now, Event.DECIDE, day_of(at))
    assert standing.form is not None  # noqa: S101 - it is counted
    voted_on = standing.form.ballot.on
    number = require_text(number, code="number_missing", field="number")
    why = require_text(reason, code="reason_missing", field="reason")
    guards.require_between(signed_on, voted_on, at, field="signed_on")
    guards.require_considered(now, signed_on, field="signed_on")
    cell = now.deciding_body == Body.MEMBERS
    if announced_on is not None:
        guards.require_between(announced_on, voted_on, at, field="announced_on")
    announced = announced_on or (voted_on if cell else None)
    effective = announced if cell and announced else signed_on
    signer = signed_by.strip() or signer_of(now.deciding_unit, now.deciding_body, signed_on)
    signer = require_text(signer, code="signer_missing", field="signed_by")
    guards.write(now, state=state, closed_on=signed_on)
    made: Decision = Decision.objects.create(
        case=now, form=now.form, unit=now.deciding_unit, body=now.deciding_body, number=number, signed_on=signed_on,
        signed_by=signer[:120], reason=why, announced_on=announced, effective_on=effective,
        ends_on=ends_on(now, now.form, effective), rule_version=now.rule_version,
    )  # fmt: skip
    details: dict[str, Any] = {
        "number": number,
        "form": now.form,
        "signed_on": signed_on,
        "effective_on": effective,
    }
    if late := days_late(now, voted_on, signed_on):
        details["late_days"] = late
    guards.note(by, at, Action.DECIDE, now, details)
    return made


def ends_on(case: Case, form: str, effective_on: date) -> date | None:
    """Return the first day on which a decision no longer has effect of itself; None where it does not end so."""
    found = form_named(case, form)
    return add_months(effective_on, found.effect_months) if found and found.effect_months else None


def days_late(case: Case, voted_on: date, signed_on: date) -> int:
    """Return by how many days a decision was written after its time; 0 when in time."""
    return max((signed_on - voted_on).days - discipline_of(case).value.write_days, 0)
