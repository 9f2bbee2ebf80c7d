"""A cycle opened by mistake is dropped, list and all, while nobody has written anything in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import nfc
from hatnhan.organization.actions.checks import deed, require_text
from hatnhan.reviews import permissions
from hatnhan.reviews.actions.guards import require_open
from hatnhan.reviews.actions.sets import throw_away
from hatnhan.reviews.models import FormSet
from hatnhan.reviews.permissions import Action
from hatnhan.reviews.selectors.cycles import is_untouched

if TYPE_CHECKING:
    from datetime import datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.reviews.models import Cycle

_LONGEST = 300


@deed
def drop_cycle(*, by: Actor, at: datetime, cycle: Cycle, because: str) -> None:
    """Drop a cycle that was opened by mistake; the year may then be opened anew.

    Only while nobody began a self-review, planned a meeting, wrote a remark or a fact, drafted a decision. The list as
    it was drawn up goes with it, changes made in it by hand too. Every other deed holds the cycle's row first, so none
    can come in between.

    Raises Denied, and RuleBroken with codes ``closed``, ``because``, ``written`` (somebody has written in it),
    ``already_done``.
    """
    permissions.require_cycle(by, cycle.unit_id)
    require_open(cycle)
    why = require_text(nfc(because), code="because", field="because")[:_LONGEST]
    if not is_untouched(cycle):
        message = _(
            "Đợt này đã có bản kiểm điểm, hội nghị hoặc điều được ghi, không bỏ được. Làm tiếp rồi chốt."
        )
        raise RuleBroken("written", message)
    details = {"year": cycle.year, "opened_on": cycle.opened_on, "opened_by": cycle.opened_by, "because": why}
    record(by=by, action=Action.DROP, at=at, target=cycle, unit_id=cycle.unit_id, details=details)
    for one in FormSet.objects.filter(cycle=cycle):
        throw_away(one)
    cycle.delete()
