"""Who decides on an entry by the law of its cycle, and who may therefore write it here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.organization.powers import powers_of
from hatnhan.reviews import permissions
from hatnhan.reviews.selectors.deciders import level_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Unit
    from hatnhan.reviews.models import Cycle, Entry, GradeDecision


def require_decision_of(by: Actor, cycle: Cycle, unit: Unit | None) -> None:
    """Raise Denied unless a person may write a decision of a unit in a cycle; None: the paper of a body not here."""
    if not may_decide(by, cycle, unit.pk if unit else None):
        message = _("Việc này do cấp quyết định xếp loại làm. Đồng chí không giữ chức vụ ấy hôm nay.")
        raise Denied(message)


def may_decide(by: Actor, cycle: Cycle, unit_id: int | None) -> bool:
    """Tell whether a person may write a decision of a unit: its keeper; a cell's head; from above."""
    if isinstance(by, Machine) or permissions.decides_above(by, cycle):
        return True
    if unit_id is None or unit_id == cycle.unit_id:
        return permissions.runs_cycle(by, cycle.unit_id)
    return unit_id in powers_of(by).cells_led or (
        unit_id in powers_of(by).units_kept and permissions.runs_cycle(by, cycle.unit_id)
    )


def require_decider_of(by: Actor, entry: Entry) -> None:
    """Raise Denied unless a person may write what is decided on an entry already graded."""
    cell = level_of(entry) == "cell"
    require_decision_of(by, entry.cycle, entry.unit if cell else entry.cycle.unit)


def may_write(by: Actor, decision: GradeDecision) -> bool:
    """Tell whether a person may write this decision."""
    return may_decide(by, decision.cycle, decision.unit_id)


def require_one_level(entries: Iterable[Entry]) -> str:
    """Return at which level entries are all decided. Raises RuleBroken ``two_deciders``."""
    levels = {level_of(one) for one in entries}
    levels = {"committee"} if levels == {"committee", "standing"} else levels
    if len(levels) > 1:
        message = _(
            "Danh sách này có mức do hai cấp quyết định. Tách ra: mỗi quyết định gồm những mức do một cấp quyết định."
        )
        raise RuleBroken("two_deciders", message, field="entries")
    return levels.pop() if levels else "committee"
