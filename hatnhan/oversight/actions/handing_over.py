"""A decision is announced and handed over, from which day its time for complaint runs; its effect ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.core.periods import add_months
from hatnhan.organization.actions.checks import (
    deed,
    moved_on,
    require_not_before,
    require_past,
    require_text,
)
from hatnhan.organization.models import Body
from hatnhan.organization.selectors.law import law_for
from hatnhan.oversight import permissions
from hatnhan.oversight.models import Case, Decision
from hatnhan.oversight.permissions import Action
from hatnhan.oversight.rules import complaints as rules
from hatnhan.rulebook import resolver
from hatnhan.rulebook.topics.oversight import Complaints, Discipline

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import Model

    from hatnhan.accounts.actors import Actor


@deed
def announce(*, by: Actor, at: datetime, decision: Decision, announced_on: date) -> None:
    """Write on which day a decision was announced; what a cell decides itself holds from that day.

    Raises Denied, and RuleBroken with codes ``not_standing``, ``future``, ``before_opening`` (of the case),
    ``before_signed`` (what is not a cell's is announced once signed), ``already_done``.
    """
    permissions.require_handle(by, decision.case)
    require_standing(decision)
    require_past(announced_on, field="announced_on")
    opened = decision.case.opened_on
    what = _("Vụ việc mở")
    require_not_before(announced_on, opened, code="before_opening", field="announced_on", what=what)
    changes: dict[str, Any] = {"announced_on": announced_on}
    if decision.body == Body.MEMBERS:
        changes |= _in_force_from(decision, announced_on)
    else:
        _require_signed(announced_on, decision, "announced_on")
    _write(decision, {"announced_on": None}, changes)
    details = {"announced_on": announced_on, "effective_on": decision.effective_on}
    record_about(by, Action.ANNOUNCE, at, decision, details)


def _in_force_from(decision: Decision, on: date) -> dict[str, Any]:
    """Return the days of effect of what a cell decided, which run from the announcement of its vote."""
    months = effect_months(decision.rule_version, decision.form)
    return {"effective_on": on, "ends_on": add_months(on, months) if months else None}


def effect_months(version: str, form: str) -> int:
    """Return for how many months a form has effect by the rule of a decision; 0 is without end."""
    forms = resolver.of_version(Discipline, version).value.forms
    return next((one.effect_months for one in forms if one.key == form), 0)


@deed
def hand_over(*, by: Actor, at: datetime, decision: Decision, handed_on: date, note: str) -> None:
    """Write on which day a decision was handed over, and how; the time for complaint runs from it.

    Raises Denied, and RuleBroken with codes ``not_standing``, ``note_missing``, ``future``, ``before_signed``,
    ``already_done``.
    """
    permissions.require_handle(by, decision.case)
    require_standing(decision)
    message = _(
        "Chưa ghi trao cho ai, thế nào. Ghi người nhận; người không nhận thì ghi lập biên bản ra sao."
    )
    note = require_text(note, code="note_missing", field="note", message=message)
    require_past(handed_on, field="handed_on")
    _require_signed(handed_on, decision, "handed_on")
    rule = law_for(Complaints, handed_on, decision.unit)
    changes = {
        "handed_on": handed_on,
        "handed_note": note,
        "complain_by": rules.complain_by(handed_on, rule.value),
        "complaint_version": rule.version,
    }
    _write(decision, {"handed_on": None}, changes)
    details = {"handed_on": handed_on, "complain_by": decision.complain_by, "rule": rule.version}
    record_about(by, Action.HAND_OVER, at, decision, details)


@deed
def end_effect(*, by: Actor, at: datetime, decision: Decision, on: date) -> None:
    """Write that a decision no longer has effect. What stands in force follows from its days, not from this.

    Raises Denied, and RuleBroken with codes ``not_standing``, ``endless``, ``future``, ``before_end``,
    ``new_violation`` (disciplined again for an act within the time of effect), ``already_done``.
    """
    permissions.require_handle(by, decision.case)
    require_standing(decision)
    if decision.ends_on is None:
        message = _("Hình thức này không hết hiệu lực theo thời gian.")
        raise RuleBroken("endless", message, field="on")
    require_past(on, field="on")
    what = _("Quyết định hết hiệu lực")
    require_not_before(on, decision.ends_on, code="before_end", field="on", what=what)
    if _violated_again(decision, decision.ends_on):
        message = _(
            "Trong thời gian có hiệu lực có vi phạm mới đã bị kỷ luật, nên chưa ghi hết hiệu lực được."
        )
        raise RuleBroken("new_violation", message)
    changes = {"state": Decision.State.ENDED, "state_since": on}
    _write(decision, {"ends_on": decision.ends_on}, changes)
    record_about(by, Action.END, at, decision, {"on": on})


def _violated_again(decision: Decision, until: date) -> bool:
    case = decision.case
    rows = Case.objects.filter(state=Case.State.DECIDED).exclude(pk=case.pk)
    rows = rows.filter(member=case.member, organisation=case.organisation)
    within = {"acts__done_on__gte": decision.effective_on, "acts__done_on__lt": until}
    standing = (Decision.State.IN_FORCE, Decision.State.ENDED)
    return bool(rows.filter(**within, decisions__state__in=standing).exists())


def require_standing(decision: Decision) -> None:
    """Raise RuleBroken ``not_standing`` for a decision that was changed or annulled, or whose effect ended."""
    if decision.state != Decision.State.IN_FORCE:
        message = _("Quyết định này không còn hiệu lực: %(state)s.")
        words = decision.get_state_display().lower()
        raise RuleBroken("not_standing", message % {"state": words})


def _require_signed(on: date, decision: Decision, field: str) -> None:
    what = _("Quyết định ký")
    require_not_before(on, decision.signed_on, code="before_signed", field=field, what=what)


def _write(decision: Decision, seen: dict[str, Any], changes: dict[str, Any]) -> None:
    rows = Decision.objects.filter(pk=decision.pk, state=Decision.State.IN_FORCE).filter(**seen)
    if rows.update(**changes) != 1:
        raise moved_on()
    for name, value in changes.items():
        setattr(decision, name, value)


def record_about(
    by: Actor,
    action: str,
    at: datetime,
    decision: Decision,
    details: dict[str, Any],
    target: Model | None = None,
) -> None:
    """Append what was done about a decision, or a complaint of it, to the record; the member is its subject."""
    record(
        by=by,
        action=action,
        at=at,
        target=target or decision,
        unit_id=decision.case.unit_id,
        subject_id=decision.case.member_id,
        details=details,
    )
