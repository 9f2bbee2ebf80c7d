"""A complaint is settled: the decision is kept, changed into another form, or annulled."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core.errors import RuleBroken
from hatnhan.core.periods import add_months
from hatnhan.core.vietnamese import nfc
from hatnhan.organization.actions.checks import (
    deed,
    moved_on,
    require_decision,
    require_not_before,
    require_past,
    require_text,
)
from hatnhan.organization.selectors.law import law_for
from hatnhan.oversight import permissions
from hatnhan.oversight.actions.complaints import write
from hatnhan.oversight.actions.handing_over import record_about
from hatnhan.oversight.models import Complaint, Decision, Restoration
from hatnhan.oversight.permissions import Action
from hatnhan.oversight.selectors.decisions import forms_open
from hatnhan.rulebook import resolver
from hatnhan.rulebook.topics.oversight import Discipline, OversightTerms

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.rulebook.topics.oversight import DisciplineForm

_STANDING = (Decision.State.IN_FORCE, Decision.State.ENDED)
_RESULTS = {
    Complaint.Result.CHANGED: Decision.State.CHANGED,
    Complaint.Result.ANNULLED: Decision.State.ANNULLED,
}
#: What a decision that is annulled must be made good by.
_MADE_GOOD = (Restoration.Kind.APOLOGY, Restoration.Kind.GOOD_NAME, Restoration.Kind.RIGHTS)


@deed
def settle_complaint(
    *,
    by: Actor,
    at: datetime,
    complaint: Complaint,
    result: str,
    reply_no: str,
    reply: str,
    settled_on: date,
    form: str = "",
) -> Decision:
    """Settle a complaint in writing; return the decision that stands by it now (the old one unless it was changed).

    An annulled decision leaves an apology, a good name and rights to be restored within the days of the rulebook.

    Raises Denied, and RuleBroken with codes ``result``, ``reply_missing``, ``decision_missing``, ``future``,
    ``before_accepted``, ``form`` (not open by rule), ``form_kept`` (a form where nothing changes), ``already_done``.
    """
    permissions.require_settle(by, complaint)
    if complaint.state != Complaint.State.ACCEPTED or complaint.accepted_on is None:
        raise moved_on()
    require_past(settled_on, field="settled_on")
    what = _("Khiếu nại thụ lý")
    require_not_before(
        settled_on, complaint.accepted_on, code="before_accepted", field="settled_on", what=what
    )
    chosen = _require_result(complaint.decision, result, form)
    message = _("Chưa ghi nội dung trả lời.")
    changes = {
        "state": Complaint.State.SETTLED,
        "result": result,
        "reply_no": require_decision(reply_no),
        "reply": require_text(nfc(reply), code="reply_missing", field="reply", message=message),
        "settled_on": settled_on,
    }
    write(complaint, (Complaint.State.ACCEPTED,), changes)
    stands = _carry_out(by, complaint, chosen)
    details = {"result": result, "reply_no": reply_no, "settled_on": settled_on}
    details |= {"form": {"before": complaint.decision.form, "after": form}} if chosen else {}
    record_about(by, Action.SETTLE, at, complaint.decision, details, complaint)
    return stands


def _require_result(decision: Decision, result: str, form: str) -> DisciplineForm | None:
    if result not in Complaint.Result.values:
        raise RuleBroken("result", _("Chưa chọn kết quả."), field="result")
    if result != Complaint.Result.CHANGED:
        if form:
            message = _("Chỉ chọn hình thức khi thay đổi hình thức. Bỏ trống ô này.")
            raise RuleBroken("form_kept", message, field="form")
        return None
    found = next((one for one in forms_open(decision) if one.key == form), None)
    if found is None:
        message = _(
            "Chỉ thay đổi thành hình thức nhẹ hơn. Hình thức nặng hơn phải qua vụ việc khác: nghe đối tượng, bỏ phiếu."
        )
        rule = resolver.of_version(Discipline, decision.rule_version)
        raise RuleBroken("form", message, field="form", citation=str(rule.source))
    return found


def _carry_out(by: Actor, complaint: Complaint, chosen: DisciplineForm | None) -> Decision:
    old, on = complaint.decision, complaint.settled_on
    state = _RESULTS.get(Complaint.Result(complaint.result))
    if state is None or on is None:
        return old
    rows = Decision.objects.filter(pk=old.pk, state__in=_STANDING)
    if rows.update(state=state, state_since=on) != 1:
        raise moved_on()
    old.state, old.state_since = state, on
    if chosen is not None:
        return _instead(by, complaint, chosen, on)
    days = law_for(OversightTerms, on, complaint.unit).value.restore_days
    due = on + timedelta(days=days)
    Restoration.objects.bulk_create(Restoration(decision=old, kind=kind, due=due) for kind in _MADE_GOOD)
    return old


def _instead(by: Actor, complaint: Complaint, chosen: DisciplineForm, on: date) -> Decision:
    """Write the decision that takes the old one's place.

    Its time of effect is counted from the old decision: nobody is disciplined for longer for having complained. (No
    text on this could be read.)
    """
    old = complaint.decision
    first = old.effective_on
    return Decision.objects.create(
        case=old.case,
        form=chosen.key,
        unit=complaint.unit,
        body=complaint.body,
        number=complaint.reply_no,
        signed_on=on,
        signed_by=str(complaint.handler or by)[:120],
        reason=complaint.reply,
        effective_on=on,
        ends_on=add_months(first, chosen.effect_months) if chosen.effect_months else None,
        instead_of=old,
        rule_version=old.rule_version,
    )
