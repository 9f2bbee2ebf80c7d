"""Members of the roster: recorded, corrected."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.organization import permissions
from hatnhan.organization.actions.checks import deed
from hatnhan.organization.actions.people import (
    changed,
    checked,
    checked_contact,
    join,
    new_member,
    open_probation,
    require_free_card,
)
from hatnhan.organization.models import Membership, Probation
from hatnhan.organization.permissions import Action
from hatnhan.organization.rules import MemberData, probation_due
from hatnhan.organization.selectors.law import law_at
from hatnhan.rulebook import topics

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Member, Unit

__all__ = ["MemberData", "edit_contact", "edit_member", "register_member"]


@deed
def register_member(
    *,
    by: Actor,
    at: datetime,
    cell: Unit,
    data: MemberData,
    start: date,
    start_reason: str = "recorded",
    decision_no: str = "",
) -> Member:
    """Record a person who is a member already, in a cell from ``start`` on; one on probation gets its row as well.

    Raises Denied, and RuleBroken with the codes of `people.checked`, ``card_taken``, ``not_a_cell``, ``dissolved``,
    ``before_founding``, ``before_admission``, ``future``, ``start_reason``.
    """
    permissions.require(by, Action.MEMBER_REGISTER, cell)
    if start_reason not in Membership.StartReason.values:
        raise RuleBroken(
            "start_reason", _("Chưa chọn lý do đến chi bộ. Chọn trong danh sách."), field="start_reason"
        )
    data = checked(data, cell)
    require_free_card(by, data.card_number)
    member = new_member(data)
    join(member, cell, start, start_reason, decision_no, field="start")
    if data.official_on is None:
        open_probation(member, cell)
    details = {"cell": cell.code, "start": start, "start_reason": start_reason, "decision_no": decision_no}
    details |= {"member": dataclasses.asdict(data)}
    record(
        by=by,
        action=Action.MEMBER_REGISTER,
        at=at,
        target=member,
        unit_id=cell.pk,
        subject_id=member.pk,
        details=details,
    )
    return member


@deed
def edit_member(*, by: Actor, at: datetime, member: Member, data: MemberData) -> None:
    """Correct the roster fields.

    Who is on probation becomes official by a decision (`admission.confirm_official`), not by a correction; who was
    recorded as official by mistake goes back on probation. Raises Denied, and RuleBroken with the codes of
    `people.checked`, ``card_taken``, ``use_probation``, ``admitted_after_joining``.
    """
    permissions.require_for_member(by, Action.MEMBER_EDIT, member)
    first = _first_membership(member)
    data = checked(data, first.unit)
    require_free_card(by, data.card_number, member)
    _require_joined_after(data.admitted_on, first)
    changes = changed(member, dataclasses.asdict(data))
    _keep_probation(member, first.unit, changes)
    record(
        by=by,
        action=Action.MEMBER_EDIT,
        at=at,
        target=member,
        unit_id=_cell_id(member),
        subject_id=member.pk,
        details={"changes": changes},
    )


@deed
def edit_contact(
    *, by: Actor, at: datetime, member: Member, phone: str, email: str, hamlet: str, occupation: str
) -> None:
    """Change contact details: what the head of a cell keeps up to date. Raises Denied, RuleBroken."""
    permissions.require_for_member(by, Action.MEMBER_CONTACT, member)
    contact = {"phone": phone, "email": email, "hamlet": hamlet, "occupation": occupation}
    changes = changed(member, checked_contact(contact))
    record(
        by=by,
        action=Action.MEMBER_CONTACT,
        at=at,
        target=member,
        unit_id=_cell_id(member),
        subject_id=member.pk,
        details={"changes": changes},
    )


def _first_membership(member: Member) -> Membership:
    official = Membership.objects.filter(member=member, kind=Membership.Kind.OFFICIAL).select_related("unit")
    first: Membership | None = official.order_by("start").first()
    if first is None:
        raise RuleBroken("not_a_member", _("Đảng viên này chưa có chi bộ trong Đảng bộ."))
    return first


def _cell_id(member: Member) -> int:
    official = Membership.objects.filter(member=member, kind=Membership.Kind.OFFICIAL).order_by("-start")
    return official.values_list("unit_id", flat=True)[0]


def _require_joined_after(admitted_on: date, first: Membership) -> None:
    if admitted_on > first.start:
        message = _("Ngày vào Đảng sau ngày đồng chí về chi bộ %(unit)s. Xem lại ngày vào Đảng.")
        raise RuleBroken("admitted_after_joining", message % {"unit": first.unit}, field="admitted_on")


def _keep_probation(member: Member, unit: Unit, changes: dict[str, list[date | None]]) -> None:
    """Let the open probation follow the corrected dates."""
    running = Probation.objects.filter(member=member, outcome="").first()
    if running and member.official_on is not None:
        message = _("Đồng chí đang dự bị. Ghi ngày chính thức bằng việc Công nhận chính thức.")
        raise RuleBroken("use_probation", message, field="official_on")
    if running is None and member.official_on is None and "official_on" in changes:
        open_probation(member, unit)
    elif running and "admitted_on" in changes and running.start == changes["admitted_on"][0]:
        months = law_at(topics.Probation, member.admitted_on, unit).value.months
        due = probation_due(member.admitted_on, months)
        Probation.objects.filter(pk=running.pk).update(start=member.admitted_on, due=due)
