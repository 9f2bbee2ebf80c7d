"""What becomes of a denunciation: taken up by a check, left with a reason, answered, concluded point by point."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import nfc
from hatnhan.organization.actions.checks import (
    changed_meanwhile,
    day_of,
    deed,
    moved_on,
    require_not_before,
    require_past,
    require_text,
)
from hatnhan.organization.selectors.law import law_for
from hatnhan.oversight import permissions
from hatnhan.oversight.actions.denunciations import note
from hatnhan.oversight.actions.silence import require_silent, require_silent_check
from hatnhan.oversight.models import Check, DenouncedPoint, Denunciation, Kind, Restoration
from hatnhan.oversight.permissions import Action
from hatnhan.rulebook.topics.oversight import OversightTerms

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor

State, Result = Denunciation.State, DenouncedPoint.Result
OPEN = (State.RECEIVED, State.ACCEPTED)
#: Results by which the one whom a point is about did no wrong.
CLEARED = (Result.FALSE, Result.UNFOUNDED)


@deed
def accept_denunciation(
    *, by: Actor, at: datetime, denunciation: Denunciation, check: Check, accepted_on: date | None = None
) -> None:
    """Take up a denunciation by a check that was opened for it.

    Raises Denied, and RuleBroken with codes ``check`` (of another kind, unit or subject, or taken),
    ``names_denouncer`` (what was written at its opening), ``future``, ``before_received``, ``already_done``.
    """
    permissions.require_denunciation(by, denunciation)
    on = _require_day(denunciation, accepted_on or day_of(at), "accepted_on")
    about = {"member": denunciation.about_member, "unit": denunciation.about_unit}
    fits = check.kind == Kind.DENUNCIATION and check.unit_id == denunciation.unit_id
    if not fits or not check.subjects.filter(**about).exists():
        message = _("Cuộc kiểm tra này không phải để giải quyết đơn này. Mở cuộc đúng đối tượng, rồi chọn.")
        raise RuleBroken("check", message, field="check")
    if Denunciation.objects.filter(of_check=check).exists():
        message = _("Cuộc này đang giải quyết một đơn khác. Nhập đơn ấy vào, hoặc mở cuộc khác.")
        raise RuleBroken("check", message, field="check")
    _require_silent_from_the_start(check)
    _move(denunciation, (State.RECEIVED,), State.ACCEPTED, on, of_check=check, accepted_on=on)
    note(by, Action.DENUNCIATION_STATE, at, denunciation, {"accepted_on": on, "check": check.decision_no})


def _require_silent_from_the_start(check: Check) -> None:
    """Raise RuleBroken ``names_denouncer`` for a check opened before the letter came, in words that name its writer."""
    try:
        require_silent_check(check, title=check.title, content=check.content, ground=check.ground)
    except RuleBroken as error:
        error.field = "check"
        raise


@deed
def dismiss(
    *, by: Actor, at: datetime, denunciation: Denunciation, reason: str, on: date | None = None
) -> None:
    """Do not take up a denunciation, with a reason.

    Raises Denied, and RuleBroken with codes ``reason_missing``, ``names_denouncer``, ``future``,
    ``before_received``, ``already_done``.
    """
    details = _leave(by, denunciation, State.DISMISSED, on or day_of(at), reason)
    note(by, Action.DENUNCIATION_STATE, at, denunciation, details)


@deed
def withdraw(
    *, by: Actor, at: datetime, denunciation: Denunciation, reason: str, on: date | None = None
) -> None:
    """Write that who wrote it took it back. Raises as `dismiss`."""
    details = _leave(by, denunciation, State.WITHDRAWN, on or day_of(at), reason)
    note(by, Action.DENUNCIATION_STATE, at, denunciation, details)


@deed
def pass_on(*, by: Actor, at: datetime, denunciation: Denunciation, to: str, on: date | None = None) -> None:
    """Write to whom it was sent that may settle it. Raises as `dismiss`; the field is ``to``."""
    details = _leave(by, denunciation, State.PASSED_ON, on or day_of(at), to)
    note(by, Action.DENUNCIATION_STATE, at, denunciation, details)


def _leave(by: Actor, denunciation: Denunciation, state: str, on: date, reason: str) -> dict[str, Any]:
    """Leave a denunciation for a reason; return the details for the record."""
    permissions.require_denunciation(by, denunciation)
    field = "to" if state == State.PASSED_ON else "reason"
    _require_day(denunciation, on, "on")
    message = _("Chưa ghi chuyển đến đâu.") if field == "to" else _("Chưa ghi lý do.")
    because = require_text(nfc(reason), code="reason_missing", field=field, message=message)
    require_silent(denunciation, because, field)
    # Who wrote it may take it back while it is being handled; the rest is decided before.
    _move(denunciation, OPEN if state == State.WITHDRAWN else (State.RECEIVED,), state, on, because=because)
    return {"state": state, "on": on, "reason": because}


@deed
def combine(
    *, by: Actor, at: datetime, denunciation: Denunciation, into: Denunciation, on: date | None = None
) -> None:
    """Handle a denunciation together with another of the same subject, which is open.

    Raises Denied (of both), and RuleBroken with codes ``oneself``, ``other_subject``, ``closed``, ``future``,
    ``before_received``, ``already_done``.
    """
    permissions.require_denunciation(by, denunciation)
    permissions.require_denunciation(by, into)
    on = _require_day(denunciation, on or day_of(at), "on")
    if into.pk == denunciation.pk:
        raise RuleBroken("oneself", _("Đây là cùng một đơn. Chọn đơn khác."), field="into")
    now = Denunciation.objects.select_for_update().get(pk=into.pk)
    same = ("unit_id", "about_member_id", "about_unit_id")
    if any(getattr(now, name) != getattr(denunciation, name) for name in same):
        raise RuleBroken("other_subject", _("Đơn kia về đối tượng khác. Chọn lại."), field="into")
    if now.state not in OPEN:
        raise RuleBroken("closed", _("Đơn kia đã xong, không nhập vào được."), field="into")
    _move(denunciation, (State.RECEIVED,), State.COMBINED, on, combined_into=into)
    note(by, Action.DENUNCIATION_STATE, at, denunciation, {"combined_into": str(into), "on": on})


@deed
def told_denouncer(*, by: Actor, at: datetime, denunciation: Denunciation, on: date) -> None:
    """Write on which day who wrote it was told whether it is taken up.

    Raises Denied, and RuleBroken with codes ``not_yet`` (nothing was decided), ``future``, ``before_received``,
    ``already_done``.
    """
    permissions.require_denunciation(by, denunciation)
    on = _require_day(denunciation, on, "on")
    if denunciation.state == State.RECEIVED:
        message = _("Chưa quyết định thụ lý hay không. Ghi việc ấy trước, rồi ghi ngày báo.")
        raise RuleBroken("not_yet", message)
    rows = Denunciation.objects.filter(pk=denunciation.pk, answered_on=None).exclude(state=State.RECEIVED)
    if rows.update(answered_on=on) != 1:
        raise moved_on()
    denunciation.answered_on = on
    note(by, Action.DENUNCIATION_STATE, at, denunciation, {"told_on": on})


@deed
def write_result(*, by: Actor, at: datetime, point: DenouncedPoint, result: str, finding: str) -> None:
    """Write what was found on one point, until the denunciation is concluded.

    Raises Denied, and RuleBroken with codes ``result``, ``finding_missing``, ``names_denouncer``, ``closed``,
    ``changed_meanwhile``.
    """
    denunciation = point.denunciation
    permissions.require_denunciation(by, denunciation)
    if result not in Result.values:
        raise RuleBroken("result", _("Chưa chọn kết quả."), field="result")
    message = _("Chưa ghi qua thẩm tra thấy gì.")
    finding = require_text(nfc(finding), code="finding_missing", field="finding", message=message)
    require_silent(denunciation, finding, "finding")
    now = Denunciation.objects.select_for_update().get(pk=denunciation.pk)
    if now.state != State.ACCEPTED:
        raise RuleBroken("closed", _("Đơn này không đang được giải quyết, không ghi kết quả được."))
    before = point.result
    rows = DenouncedPoint.objects.filter(pk=point.pk, result=before, finding=point.finding)
    if rows.update(result=result, finding=finding) != 1:
        raise changed_meanwhile()
    point.result, point.finding = result, finding
    details = {"point": point.place, "result": {"before": before, "after": result} if before else result}
    note(by, Action.POINT, at, denunciation, details)


@deed
def conclude_denunciation(
    *, by: Actor, at: datetime, denunciation: Denunciation, concluded_on: date | None = None
) -> Restoration | None:
    """Conclude a denunciation; return the good name to be restored in public when no point of it was right.

    Raises Denied, and RuleBroken with codes ``no_result`` (of a point), ``check_open`` (its check has no conclusion),
    ``future``, ``before_conclusion``, ``already_done``.
    """
    permissions.require_denunciation(by, denunciation)
    on = _require_day(denunciation, concluded_on or day_of(at), "concluded_on")
    if denunciation.state != State.ACCEPTED:
        raise moved_on()
    check = denunciation.of_check
    if check is None or check.concluded_on is None:
        message = _("Cuộc kiểm tra giải quyết đơn chưa có kết luận. Kết luận cuộc ấy trước.")
        raise RuleBroken("check_open", message)
    what = _("Cuộc kiểm tra kết luận")
    require_not_before(on, check.concluded_on, code="before_conclusion", field="concluded_on", what=what)
    Denunciation.objects.select_for_update().get(pk=denunciation.pk)
    results = list(DenouncedPoint.objects.filter(denunciation=denunciation).values_list("result", flat=True))
    if not all(results):
        message = _("Còn nội dung chưa ghi kết quả. Ghi kết quả từng nội dung trước.")
        raise RuleBroken("no_result", message)
    _move(denunciation, (State.ACCEPTED,), State.CONCLUDED, on)
    wrong = all(one in CLEARED for one in results)
    note(by, Action.DENUNCIATION_STATE, at, denunciation, {"concluded_on": on, "good_name": wrong})
    if not wrong:
        return None
    days = law_for(OversightTerms, on, denunciation.unit).value.restore_days
    return Restoration.objects.create(
        denunciation=denunciation, kind=Restoration.Kind.GOOD_NAME, due=on + timedelta(days=days)
    )


def _require_day(denunciation: Denunciation, on: date, field: str) -> date:
    require_past(on, field=field)
    what = _("Đơn nhận")
    require_not_before(on, denunciation.received_on, code="before_received", field=field, what=what)
    return on


def _move(denunciation: Denunciation, states: tuple[str, ...], state: str, on: date, **changes: Any) -> None:
    changes |= {"state": state, "state_on": on}
    if Denunciation.objects.filter(pk=denunciation.pk, state__in=states).update(**changes) != 1:
        raise moved_on()
    for name, value in changes.items():
        setattr(denunciation, name, value)
