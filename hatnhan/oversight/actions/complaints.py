"""A complaint against a decision is received, admitted or refused with a ground of the rulebook, or taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.core.vietnamese import nfc
from hatnhan.organization.actions.checks import (
    day_of,
    deed,
    moved_on,
    require_not_before,
    require_past,
    require_text,
)
from hatnhan.organization.selectors.bodies import seats
from hatnhan.organization.selectors.law import law_for
from hatnhan.oversight import permissions
from hatnhan.oversight.actions.handing_over import record_about
from hatnhan.oversight.models import CaseHandler, Complaint, Decision
from hatnhan.oversight.permissions import Action
from hatnhan.oversight.rules import complaints as rules
from hatnhan.oversight.selectors import complaint_places as places
from hatnhan.rulebook import resolver
from hatnhan.rulebook.topics.oversight import Complaints

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Member, Unit

LATE = "late"


# --- received --------------------------------------------------------------------------------------------------------
@deed
def receive_complaint(
    *, by: Actor, at: datetime, decision: Decision, content: str, received_on: date | None = None
) -> Complaint:
    """Receive a complaint of a decision. The subject writes it here today, or who has the case in hand types it.

    One that came late is received all the same; whoever settles it may refuse it on that ground.

    Raises Denied, and RuleBroken with codes ``not_standing``, ``content_missing``, ``future``, ``before_signed``,
    ``running`` (one is being settled), ``nobody_above``.
    """
    if not permissions.may_complain(by, decision.case):
        raise Denied(_("Người bị kỷ luật tự khiếu nại; đơn giấy do người thụ lý vụ việc ghi vào."))
    own = permissions.is_case_subject(by, decision.case)
    received_on = day_of(at) if own or received_on is None else received_on
    _require_complainable(decision, received_on)
    message = _("Chưa ghi nội dung khiếu nại.")
    content = require_text(nfc(content), code="content_missing", field="content", message=message)
    unit, body = places.usual_place(decision, received_on)
    version = _version(decision, received_on)
    rule = resolver.of_version(Complaints, version)
    made = Complaint.objects.create(
        decision=decision,
        unit=unit,
        body=body,
        received_on=received_on,
        content=content,
        typed_by="" if own else str(by)[:120],
        due=rules.handle_by(received_on, rule.value),
        rule_version=version,
    )
    details = {"received_on": received_on, "due": made.due, "unit": str(unit), "body": body, "typed": not own}
    record_about(by, Action.COMPLAIN, at, decision, details, made)
    return made


def _require_complainable(decision: Decision, on: date) -> None:
    if decision.state not in (Decision.State.IN_FORCE, Decision.State.ENDED):
        message = _("Quyết định này đã được thay đổi hoặc xóa bỏ. Khiếu nại quyết định thay thế, nếu có.")
        raise RuleBroken("not_standing", message)
    require_past(on, field="received_on")
    what = _("Quyết định ký")
    require_not_before(on, decision.signed_on, code="before_signed", field="received_on", what=what)
    if Complaint.objects.filter(decision=decision, state__in=places.OPEN).exists():
        message = _("Đang có khiếu nại về quyết định này. Chờ giải quyết xong, hoặc rút trước.")
        raise RuleBroken("running", message)


def _version(decision: Decision, on: date) -> str:
    """Return the version of the rule by which its last day was told, or of the rule of the day before it was."""
    return decision.complaint_version or law_for(Complaints, on, decision.unit).version


# --- admitted or not -------------------------------------------------------------------------------------------------
@deed
def accept_complaint(
    *,
    by: Actor,
    at: datetime,
    complaint: Complaint,
    handler: Member | None,
    unit: Unit | None = None,
    body: str = "",
    accepted_on: date | None = None,
) -> None:
    """Admit a complaint for settling by a body, the usual one unless another is named; its last day stays.

    ``handler`` sits in that body; None only where nobody of it stands in the roster.

    Raises Denied, and RuleBroken with codes ``already_done``, ``future``, ``before_received``, ``wrong_body``,
    ``same_body`` (it has settled one of this decision before), ``handler_missing``, ``not_in_body``, ``of_case``,
    ``is_subject``, ``kin``.
    """
    unit, body = unit or complaint.unit, body or complaint.body
    decision, on = complaint.decision, accepted_on or day_of(at)
    _require_issuer(by, complaint, unit, body)
    _require_day(complaint, on, "accepted_on")
    _require_place(complaint, unit, body, on)
    _require_handler(decision, handler, unit, body, on)
    changes = {
        "state": Complaint.State.ACCEPTED,
        "unit": unit,
        "body": body,
        "handler": handler,
        "accepted_on": on,
    }
    write(complaint, (Complaint.State.RECEIVED,), changes)
    details = {"accepted_on": on, "unit": str(unit), "body": body, "due": complaint.due}
    details |= {"handler": str(handler)} if handler else {}
    record_about(by, Action.COMPLAINT, at, decision, details, complaint)


def _require_issuer(by: Actor, complaint: Complaint, unit: Unit, body: str) -> None:
    """Raise Denied unless the person acts for the body that has it, or for the one that takes it."""
    case = complaint.decision.case
    either = ((complaint.unit_id, complaint.body), (unit.pk, body))
    if not any(permissions.settles(by, case, *place) for place in either):
        raise Denied(_("Việc này do nơi giải quyết khiếu nại làm."))


def _require_day(complaint: Complaint, on: date, field: str) -> None:
    require_past(on, field=field)
    what = _("Khiếu nại nhận")
    require_not_before(on, complaint.received_on, code="before_received", field=field, what=what)


def _require_place(complaint: Complaint, unit: Unit, body: str, on: date) -> None:
    if not places.may_settle(complaint.decision, unit, body, on):
        message = _("Nơi ra quyết định, hoặc cấp dưới nơi ấy, không giải quyết được. Chọn cấp trên.")
        raise RuleBroken("wrong_body", message, field="place")
    before = Complaint.objects.filter(decision=complaint.decision, unit=unit, body=body)
    if before.filter(state=Complaint.State.SETTLED).exists():
        message = _("Nơi này đã giải quyết một khiếu nại về quyết định này. Chọn cấp trên nữa.")
        raise RuleBroken("same_body", message, field="place")


def _require_handler(decision: Decision, handler: Member | None, unit: Unit, body: str, on: date) -> None:
    there = {seat.member.pk for seat in seats(unit, body, on)}
    if handler is None:
        if there:
            raise RuleBroken("handler_missing", _("Chưa chọn người giải quyết."), field="handler")
        return
    name = {"name": handler}
    if handler.pk not in there:
        message = _("Đ/c %(name)s không ở trong nơi giải quyết. Chọn người khác.")
        raise RuleBroken("not_in_body", message % name, field="handler")
    case = decision.case
    if CaseHandler.objects.filter(case=case, member=handler).exists():
        message = _("Đ/c %(name)s đã thụ lý vụ việc này. Chọn người khác giải quyết khiếu nại.")
        raise RuleBroken("of_case", message % name, field="handler")
    if handler.pk == case.member_id:
        message = _("Đ/c %(name)s là người khiếu nại. Chọn người khác.")
        raise RuleBroken("is_subject", message % name, field="handler")
    if case.member_id in permissions.kin_of(handler.pk):
        message = _("Đ/c %(name)s là người thân của người khiếu nại. Chọn người khác.")
        raise RuleBroken("kin", message % name, field="handler")


@deed
def refuse_complaint(
    *, by: Actor, at: datetime, complaint: Complaint, ground: str, words: str, refused_on: date | None = None
) -> None:
    """Refuse to admit a complaint, on one of the grounds of the rulebook, with words to the one who complained.

    Raises Denied, and RuleBroken with codes ``ground``, ``not_late`` (the ground says late, the days do not),
    ``words_missing``, ``future``, ``before_received``, ``already_done``.
    """
    permissions.require_settle(by, complaint)
    on = refused_on or day_of(at)
    _require_day(complaint, on, "refused_on")
    rule = resolver.of_version(Complaints, complaint.rule_version)
    if ground not in {one.key for one in rule.value.refusals}:
        raise RuleBroken("ground", _("Chưa chọn căn cứ. Chọn một căn cứ trong danh sách."), field="ground")
    if ground == LATE and not places.is_late(complaint):
        message = _("Khiếu nại này không quá hạn. Chọn căn cứ khác, hoặc thụ lý.")
        raise RuleBroken("not_late", message, field="ground", citation=str(rule.source))
    message = _("Chưa ghi lời trả lời. Ghi vì sao không thụ lý.")
    words = require_text(nfc(words), code="words_missing", field="words", message=message)
    changes = {
        "state": Complaint.State.REFUSED,
        "refused_ground": ground,
        "refused_because": words,
        "settled_on": on,
    }
    write(complaint, (Complaint.State.RECEIVED,), changes)
    details = {"refused_on": on, "ground": ground, "reason": words}
    record_about(by, Action.COMPLAINT, at, complaint.decision, details, complaint)


@deed
def withdraw_complaint(*, by: Actor, at: datetime, complaint: Complaint) -> None:
    """Take a complaint back: the subject alone does. Raises Denied, and RuleBroken ``already_done``."""
    if not isinstance(by, Machine) and not permissions.is_case_subject(by, complaint.decision.case):
        raise Denied(_("Chỉ người khiếu nại rút được khiếu nại."))
    on = day_of(at)
    write(complaint, places.OPEN, {"state": Complaint.State.WITHDRAWN, "settled_on": on})
    record_about(by, Action.COMPLAINT, at, complaint.decision, {"withdrawn_on": on}, complaint)


def write(complaint: Complaint, states: tuple[str, ...], changes: dict[str, Any]) -> None:
    """Write to a complaint that stands in one of some states. Raises RuleBroken ``already_done`` otherwise."""
    if Complaint.objects.filter(pk=complaint.pk, state__in=states).update(**changes) != 1:
        raise moved_on()
    for name, value in changes.items():
        setattr(complaint, name, value)
