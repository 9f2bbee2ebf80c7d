"""Only who decides by the law of the cycle writes decisions, and one decision is of one level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.reviews.selectors.deciders import level_of
from hatnhan.reviews.selectors.writing_decisions import decides_on, may_decide

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Unit
    from hatnhan.reviews.models import Cycle, Entry


def require_decision_of(by: Actor, cycle: Cycle, unit: Unit | None) -> None:
    """Raise Denied unless a person may write a decision of a unit in a cycle; None: the paper of a body not here."""
    if not may_decide(by, cycle, unit.pk if unit else None):
        raise _denied()


def require_decider_of(by: Actor, entry: Entry) -> None:
    """Raise Denied unless a person may write what is decided on an entry already graded."""
    if not decides_on(by, entry):
        raise _denied()


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


def _denied() -> Denied:
    return Denied(_("Việc này do cấp quyết định xếp loại làm. Đồng chí không giữ chức vụ ấy hôm nay."))
