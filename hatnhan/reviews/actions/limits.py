"""No set of grades that is written exceeds its cap: what is refused, and the words that name who is in the group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core.errors import RuleBroken
from hatnhan.reviews.actions.appraising import names
from hatnhan.reviews.selectors.caps import cap_uses, over
from hatnhan.reviews.selectors.grouping import group_title

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hatnhan.reviews.models import Cycle


def require_caps(cycle: Cycle, grades: Mapping[int, str], *, field: str = "lines") -> None:
    """Raise RuleBroken ``over_cap`` where grades, by id of the entry, put a group over its cap, or further over it.

    Counted over all that is decided in the cycle, these in place. The caller holds the cycle's row
    (`guards.require_open` or `hold_cycle`), so that two decisions at once are counted one after the other.
    """
    before = {(one.cap.key, one.group): one.excess for one in cap_uses(cycle, "decided")}
    uses = cap_uses(cycle, "decided", replacing=grades)
    worse = [one for one in uses if one.excess > before.get((one.cap.key, one.group), 0)]
    if not worse:
        return
    first = over(cycle, worse, "decided", replacing=grades)[0]
    message = _(
        "%(group)s: %(used)d người được mức cao nhất, chỉ được %(limit)d (không quá %(percent)s%% của %(base)d). "
        "Gồm: %(who)s. Cấp quyết định chọn ai được, ai không; phần mềm không chọn thay."
    )
    values = {
        "group": group_title(cycle, first.use),
        "used": first.use.used,
        "limit": first.use.limit,
        "percent": f"{first.use.percent.normalize():f}".replace(".", ","),
        "base": first.use.base,
        "who": names(first.entries),
    }
    raise RuleBroken("over_cap", message % values, field=field, citation=first.use.cap.cite)
