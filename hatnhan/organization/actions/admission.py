"""Admission, probation, and how it ends."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.organization import permissions
from hatnhan.organization.actions.checks import (
    cite,
    deed,
    moved_on,
    require_decision,
    require_not_before,
    require_past,
)
from hatnhan.organization.actions.ending import current_membership, leave
from hatnhan.organization.actions.people import (
    changed,
    checked,
    join,
    new_member,
    open_probation,
    require_free_card,
)
from hatnhan.organization.models import Membership, Probation
from hatnhan.organization.permissions import Action
from hatnhan.organization.rules import probation_due, tidy_card
from hatnhan.organization.selectors.law import law_at
from hatnhan.rulebook import topics

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Member, Unit
    from hatnhan.organization.rules import MemberData

#: By how much one decision may lengthen probation; more is a typing mistake.
_MOST_MONTHS: Final = 24


@deed
def admit_member(
    *, by: Actor, at: datetime, cell: Unit, data: MemberData, admitted_on: date, decision_no: str
) -> Member:
    """Admit a person in a cell; probation runs from the ceremony (``admitted_on``) for as long as the rulebook says.

    Over the oldest age needs a consent from above that is on paper, so only the youngest age is refused. Raises
    Denied, and RuleBroken with the codes of `members.register_member` and ``decision_missing``.
    """
    permissions.require(by, Action.MEMBER_ADMIT, cell)
    decision_no = require_decision(decision_no)
    data = checked(dataclasses.replace(data, admitted_on=admitted_on, official_on=None), cell)
    require_free_card(by, data.card_number)
    member = new_member(data)
    join(member, cell, admitted_on, Membership.StartReason.ADMITTED, decision_no, field="admitted_on")
    probation = open_probation(member, cell)
    details = {"cell": cell.code, "probation_due": probation.due, "decision_no": decision_no}
    details |= {"member": dataclasses.asdict(data)}
    _record(by, Action.MEMBER_ADMIT, at, member, details)
    return member


@deed
def confirm_official(
    *,
    by: Actor,
    at: datetime,
    member: Member,
    official_on: date,
    decided_on: date,
    decision_no: str,
    card_number: str = "",
) -> None:
    """End probation: the member is official from ``official_on``, the day it was due even when decided later.

    Raises Denied, and RuleBroken with codes ``not_on_probation``, ``not_over`` (before the day it is due), ``future``,
    ``decided_before``, ``decision_missing``, ``card_not_digits``, ``card_taken``.
    """
    permissions.require_for_member(by, Action.PROBATION_DECIDE, member)
    decision_no = require_decision(decision_no)
    probation = _running(member, decided_on)
    require_past(official_on, field="official_on")
    _require_over(probation, official_on, current_membership(member).unit)
    card = _issued(by, card_number, member)
    _decide(probation, Probation.Outcome.OFFICIAL, decided_on, decision_no)
    changes = changed(member, {"official_on": official_on, **card})
    details = {
        "outcome": "official",
        "due": probation.due,
        "decided_on": decided_on,
        "decision_no": decision_no,
    }
    _record(by, Action.PROBATION_DECIDE, at, member, details | {"changes": changes})


@deed
def extend_probation(
    *, by: Actor, at: datetime, member: Member, months: int, decided_on: date, decision_no: str
) -> None:
    """Lengthen probation by some months, from the day it was due.

    Raises Denied, and RuleBroken with codes ``not_on_probation``, ``months``, ``future``, ``decided_before``,
    ``decision_missing``.
    """
    permissions.require_for_member(by, Action.PROBATION_DECIDE, member)
    decision_no = require_decision(decision_no)
    if not 1 <= months <= _MOST_MONTHS:
        message = _("Số tháng kéo dài phải từ 1 đến %(most)d. Ghi lại.")
        raise RuleBroken("months", message % {"most": _MOST_MONTHS}, field="months")
    probation = _running(member, decided_on)
    _decide(probation, Probation.Outcome.EXTENDED, decided_on, decision_no)
    longer = Probation.objects.create(
        member=member, start=probation.due, due=probation_due(probation.due, months)
    )
    details = {"outcome": "extended", "due": [probation.due, longer.due], "decided_on": decided_on}
    _record(by, Action.PROBATION_DECIDE, at, member, details | {"decision_no": decision_no})


@deed
def strike_off_probation(
    *, by: Actor, at: datetime, member: Member, decided_on: date, decision_no: str
) -> None:
    """Strike a probationary member off: from the day of the decision the person is no member.

    Raises Denied, and RuleBroken with codes ``not_on_probation``, ``future``, ``decided_before``,
    ``decision_missing`` and those of `ending.leave`.
    """
    permissions.require_for_member(by, Action.PROBATION_DECIDE, member)
    decision_no = require_decision(decision_no)
    probation = _running(member, decided_on)
    _decide(probation, Probation.Outcome.STRUCK_OFF, decided_on, decision_no)
    reason = Membership.EndReason.STRUCK_OFF
    left = leave(member, decided_on, reason, decision_no, field="decided_on")
    details = {"outcome": "struck_off", "cell": left.unit.code, "decided_on": decided_on}
    _record(by, Action.PROBATION_DECIDE, at, member, details | {"decision_no": decision_no})


def _running(member: Member, decided_on: date) -> Probation:
    require_past(decided_on, field="decided_on")
    probation: Probation | None = Probation.objects.filter(member=member, outcome="").first()
    if probation is None:
        message = _("Đồng chí %(name)s không đang dự bị. Mở lại trang để xem.")
        raise RuleBroken("not_on_probation", message % {"name": member})
    what = _("Thời gian dự bị này bắt đầu")
    require_not_before(decided_on, probation.start, code="decided_before", field="decided_on", what=what)
    return probation


def _require_over(probation: Probation, official_on: date, unit: Unit) -> None:
    if official_on < probation.due:
        rule = law_at(topics.Probation, probation.start, unit)
        message = _("Hết hạn dự bị ngày %(due)s. Ghi ngày ấy hoặc sau đó.")
        values = {"due": written(probation.due)}
        raise RuleBroken("not_over", message % values, citation=cite(rule), field="official_on")


def _issued(by: Actor, card_number: str, member: Member) -> dict[str, str]:
    """Return the new card's number as a change, nothing when none was given."""
    card = tidy_card(card_number)
    if card is None:
        return {}
    if not (card.isascii() and card.isdigit()):
        message = _("Số thẻ đảng viên chỉ gồm chữ số. Ghi như trên thẻ.")
        raise RuleBroken("card_not_digits", message, field="card_number")
    require_free_card(by, card, member)
    return {"card_number": card}


def _decide(probation: Probation, outcome: str, decided_on: date, decision_no: str) -> None:
    undecided = Probation.objects.filter(pk=probation.pk, outcome="")
    if undecided.update(outcome=outcome, decided_on=decided_on, decision_no=decision_no) != 1:
        raise moved_on()


def _record(by: Actor, action: Action, at: datetime, member: Member, details: dict[str, Any]) -> None:
    official = Membership.objects.filter(member=member, kind=Membership.Kind.OFFICIAL).order_by("-start")
    cell_id = official.values_list("unit_id", flat=True)[0]
    record(by=by, action=action, at=at, target=member, unit_id=cell_id, subject_id=member.pk, details=details)
