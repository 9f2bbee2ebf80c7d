"""Transfers of Party activity. Until the receiving side accepts, a member belongs where they were."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.organization import permissions
from hatnhan.organization.actions.checks import (
    day_of,
    deed,
    moved_on,
    require_cell,
    require_not_before,
    require_past,
    require_text,
)
from hatnhan.organization.actions.ending import close_membership, current_membership, end_posts, leave
from hatnhan.organization.actions.handing_over import end_temporary_in
from hatnhan.organization.actions.people import (
    card_elsewhere,
    changed,
    checked,
    holder_of,
    join,
    may_name,
    new_member,
    open_probation,
)
from hatnhan.organization.models import Member, Membership, Probation, Transfer
from hatnhan.organization.permissions import Action

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Unit
    from hatnhan.organization.rules import MemberData

_State, _Start, _End = Transfer.State, Membership.StartReason, Membership.EndReason


@deed
def propose_transfer(
    *,
    by: Actor,
    at: datetime,
    member: Member,
    to_unit: Unit | None,
    outside: str,
    proposed_on: date,
    letter_no: str,
    reason: str,
) -> Transfer:
    """Introduce a member to another cell, or (``to_unit`` None) to the organisation ``outside``.

    Raises Denied, and RuleBroken with codes ``not_a_member``, ``destination``, ``same_cell``, ``not_a_cell``,
    ``dissolved``, ``before_founding``, ``letter_missing``, ``future``, ``before_joining``, ``transfer_open``.
    """
    permissions.require_for_member(by, Action.TRANSFER_PROPOSE, member)
    membership = current_membership(member)
    permissions.require(by, Action.TRANSFER_PROPOSE, membership.unit_id)
    letter_no = _require_letter(letter_no)
    require_past(proposed_on, field="proposed_on")
    what = _("Đồng chí về chi bộ")
    require_not_before(proposed_on, membership.start, code="before_joining", field="proposed_on", what=what)
    _require_destination(membership, to_unit, outside, proposed_on)
    _require_none_open(member)
    transfer: Transfer = Transfer.objects.create(
        member=member,
        from_unit=membership.unit,
        to_unit=to_unit,
        outside=outside.strip(),
        proposed_on=proposed_on,
        letter_no=letter_no,
        reason=reason.strip(),
    )
    details = {"proposed_on": proposed_on, "letter_no": letter_no, "reason": reason}
    _record(by, Action.TRANSFER_PROPOSE, at, transfer, details)
    return transfer


@deed
def accept_transfer(*, by: Actor, at: datetime, transfer: Transfer, effective_on: date) -> None:
    """Take the member in: from ``effective_on`` they belong to the receiving cell, or no longer here.

    The receiving cell's head or those who keep its roster accept; for a transfer to the outside the proposing side
    records that the confirmation came. Raises Denied, and RuleBroken with codes ``already_done``, ``moved_meanwhile``,
    ``future``, ``before_proposal``, ``end_before_start``, ``dissolved``, ``before_founding``, ``later_post``.
    """
    permissions.require(by, Action.TRANSFER_ACCEPT, _answering(transfer))
    require_past(effective_on, field="effective_on")
    what = _("Giới thiệu chuyển sinh hoạt")
    require_not_before(
        effective_on, transfer.proposed_on, code="before_proposal", field="effective_on", what=what
    )
    _settle(transfer, _State.ACCEPTED, day_of(at), effective_on=effective_on)
    member, destination = transfer.member, transfer.to_unit
    membership = current_membership(member)
    if membership.unit_id != transfer.from_unit_id:
        message = _("Đồng chí %(name)s không còn ở %(unit)s. Rút giới thiệu này và giới thiệu lại.")
        raise RuleBroken("moved_meanwhile", message % {"name": member, "unit": transfer.from_unit})
    if destination is None:
        leave(member, effective_on, _End.LEFT, transfer.letter_no, field="effective_on")
    else:
        _move(membership, destination, effective_on, transfer.letter_no)
    _record(by, Action.TRANSFER_ACCEPT, at, transfer, {"effective_on": effective_on})


@deed
def refuse_transfer(*, by: Actor, at: datetime, transfer: Transfer, answer: str) -> None:
    """Do not take the member in: they stay where they are.

    Raises Denied, and RuleBroken with codes ``answer_missing``, ``already_done``.
    """
    permissions.require(by, Action.TRANSFER_REFUSE, _answering(transfer))
    message = _("Chưa ghi lý do không nhận. Ghi để nơi giới thiệu biết.")
    answer = require_text(answer, code="answer_missing", field="answer", message=message)
    _settle(transfer, _State.REFUSED, day_of(at), answer=answer)
    _record(by, Action.TRANSFER_REFUSE, at, transfer, {"answer": answer})


@deed
def withdraw_transfer(*, by: Actor, at: datetime, transfer: Transfer) -> None:
    """Take the proposal back; the proposing side may. Raises Denied, and RuleBroken with code ``already_done``."""
    if transfer.from_unit_id is None:
        raise Denied(_("Nơi giới thiệu ở ngoài Đảng bộ."))
    permissions.require(by, Action.TRANSFER_WITHDRAW, transfer.from_unit_id)
    _settle(transfer, _State.WITHDRAWN, day_of(at))
    _record(by, Action.TRANSFER_WITHDRAW, at, transfer, {})


@deed
def receive_from_outside(
    *,
    by: Actor,
    at: datetime,
    cell: Unit,
    data: MemberData,
    outside: str,
    letter_no: str,
    effective_on: date,
) -> Member:
    """Take in a member who comes from outside; who was here before under the same card comes back as the same person.

    Raises Denied, and RuleBroken with codes ``outside_missing``, ``letter_missing``, ``still_here``, ``left_for_good``,
    ``card_taken`` (by somebody of whom the person may not know) and those of `members.register_member`.
    """
    permissions.require(by, Action.TRANSFER_ACCEPT, cell)
    message = _("Chưa ghi nơi chuyển đến. Ghi tên tổ chức đảng nơi đi.")
    outside = require_text(outside, code="outside_missing", field="outside", message=message)
    letter_no = _require_letter(letter_no)
    data = checked(data, cell)
    known = holder_of(data.card_number)
    member = _welcome_back(by, known, data) if known else new_member(data)
    join(member, cell, effective_on, _Start.ARRIVED, letter_no, field="effective_on")
    if member.official_on is None and not Probation.objects.filter(member=member, outcome="").exists():
        open_probation(member, cell)
    transfer: Transfer = Transfer.objects.create(
        member=member,
        to_unit=cell,
        outside=outside,
        state=_State.ACCEPTED,
        proposed_on=effective_on,
        decided_on=effective_on,
        effective_on=effective_on,
        letter_no=letter_no,
    )
    details = {"effective_on": effective_on, "letter_no": letter_no, "came_back": known is not None}
    _record(by, Action.TRANSFER_ACCEPT, at, transfer, details | {"member": dataclasses.asdict(data)})
    return member


def _require_letter(letter_no: str) -> str:
    message = _("Chưa ghi số giấy giới thiệu. Ghi như trên giấy.")
    return require_text(letter_no, code="letter_missing", field="letter_no", message=message)


def _require_destination(membership: Membership, to_unit: Unit | None, outside: str, on: date) -> None:
    if (to_unit is None) == (not outside.strip()):
        message = _("Chọn một chi bộ trong Đảng bộ, hoặc ghi tên tổ chức đảng ở ngoài: chỉ một trong hai.")
        raise RuleBroken("destination", message, field="to_unit")
    if to_unit is None:
        return
    require_cell(to_unit, on, field="to_unit")
    if to_unit.pk == membership.unit_id:
        message = _("Đồng chí đang sinh hoạt ở chi bộ này. Chọn chi bộ khác.")
        raise RuleBroken("same_cell", message, field="to_unit")


def _require_none_open(member: Member) -> None:
    waiting = Transfer.objects.open().filter(member=member).first()
    if waiting is not None:
        message = _(
            "Đồng chí đã được giới thiệu đến %(there)s ngày %(day)s. Chờ trả lời, hoặc rút giới thiệu ấy trước."
        )
        values = {"there": waiting.destination, "day": written(waiting.proposed_on)}
        raise RuleBroken("transfer_open", message % values)


def _answering(transfer: Transfer) -> int:
    """Return the unit that answers: the receiving cell; for the outside the proposing one, which hears of it."""
    unit_id = transfer.to_unit_id or transfer.from_unit_id
    assert unit_id is not None  # noqa: S101 - a constraint keeps one of them
    return unit_id


def _settle(transfer: Transfer, state: Transfer.State, on: date, **more: Any) -> None:
    """Move a waiting transfer to its end state, once. The object handed in is brought up to date."""
    values = {"state": state, "decided_on": on, **more}
    if Transfer.objects.filter(pk=transfer.pk, state=_State.PROPOSED).update(**values) != 1:
        raise moved_on()
    transfer.refresh_from_db()


def _move(membership: Membership, cell: Unit, on: date, letter_no: str) -> None:
    require_cell(cell, on, field="effective_on")
    close_membership(membership, on, _End.TRANSFERRED, field="effective_on")
    end_posts(
        [membership.member_id],
        on,
        _("Chuyển sinh hoạt đảng"),
        unit=membership.unit,
        field="effective_on",
    )
    end_temporary_in(cell, [membership.member_id], on)
    Membership.objects.create(
        member_id=membership.member_id,
        unit=cell,
        start=on,
        start_reason=_Start.TRANSFERRED,
        decision_no=letter_no,
    )


def _welcome_back(by: Actor, member: Member, data: MemberData) -> Member:
    """Bring the row of one who left up to date. Raises RuleBroken when the person is here, or did not merely leave."""
    _require_left(by, member)
    changed(member, dataclasses.asdict(data))
    return member


def _require_left(by: Actor, member: Member) -> None:
    last = Membership.objects.filter(member=member, kind=Membership.Kind.OFFICIAL).order_by("-start").first()
    if last is None or (last.end is not None and last.end_reason == _End.LEFT):
        return
    if not may_name(by, member):
        raise card_elsewhere(member.card_number)
    if last.end is None:
        message = _("Số thẻ này của đồng chí %(name)s, đang sinh hoạt ở %(unit)s. Xem lại số thẻ.")
        raise RuleBroken("still_here", message % {"name": member, "unit": last.unit}, field="card_number")
    message = _("Số thẻ này của đồng chí %(name)s: %(reason)s ngày %(day)s. Xem lại số thẻ.")
    values = {"name": member, "reason": last.get_end_reason_display(), "day": written(last.end)}
    raise RuleBroken("left_for_good", message % values, field="card_number")


def _record(by: Actor, action: Action, at: datetime, transfer: Transfer, details: dict[str, Any]) -> None:
    ends = {"from": transfer.origin, "to": transfer.destination, "state": str(transfer.state)}
    record(
        by=by,
        action=action,
        at=at,
        target=transfer,
        unit_id=transfer.to_unit_id or transfer.from_unit_id,
        subject_id=transfer.member_id,
        details=ends | details,
    )
