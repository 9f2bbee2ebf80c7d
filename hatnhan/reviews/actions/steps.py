"""Moving the last day of a step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.core.vietnamese import nfc
from hatnhan.organization.actions.checks import deed, hold, require_text
from hatnhan.reviews import permissions
from hatnhan.reviews.actions.guards import require_open
from hatnhan.reviews.models import StepDay
from hatnhan.reviews.permissions import Action

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor

_LONGEST = 300


@deed
def move_step(*, by: Actor, at: datetime, step: StepDay, due: date, because: str) -> None:
    """Set another last day (inclusive) for a step, from the opening of the cycle to the end of the next year.

    Raises Denied, and RuleBroken with codes ``closed``, ``because``, ``too_long``, ``same``, ``outside``,
    ``changed_meanwhile``, ``already_done``.
    """
    permissions.require_cycle(by, step.cycle.unit_id)
    require_open(step.cycle)
    why = require_text(nfc(because), code="because", field="because")
    if len(why) > _LONGEST:
        message = _("Dài %(long)d chữ; ghi gọn trong %(most)d chữ.")
        raise RuleBroken("too_long", message % {"long": len(why), "most": _LONGEST}, field="because")
    if due == step.due:
        raise RuleBroken("same", _("Ngày này đang là mốc. Ghi ngày khác."), field="due")
    year = step.cycle.year
    if not (year, 1) <= (due.year, due.month) <= (year + 1, 12):
        message = _("Mốc của đợt năm %(year)d nằm trong năm ấy hoặc năm sau. Ghi lại ngày.")
        raise RuleBroken("outside", message % {"year": year}, field="due")
    if due < step.cycle.opened_on:
        message = _("Đợt mở ngày %(day)s. Ghi ngày ấy hoặc sau đó.")
        raise RuleBroken("outside", message % {"day": written(step.cycle.opened_on)}, field="due")
    hold(step, "due")
    before = step.due
    StepDay.objects.filter(pk=step.pk).update(due=due)
    step.due = due
    details = {"step": step.key, "of": step.of, "due_before": before, "due": due, "because": why}
    record(by=by, action=Action.STEP, at=at, target=step, unit_id=step.cycle.unit_id, details=details)
