"""What a cap and a group of it are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.reviews.selectors.law import law_of

if TYPE_CHECKING:
    from hatnhan.reviews.models import Cycle
    from hatnhan.reviews.rules.caps import CapUse


def group_title(cycle: Cycle, use: CapUse) -> str:
    """Return what the group of a cap's use is called; of the whole organisation, whom the cap is of."""
    if use.cap.per == "organisation":
        whole = {
            "member": _("Đảng viên toàn đảng bộ"),
            "collective": _("Tập thể lãnh đạo toàn đảng bộ"),
            "cell": _("Chi bộ toàn đảng bộ"),
        }
        return whole[use.cap.of]
    found = next((one for one in law_of(cycle).caps.value.groups if one.key == use.group), None)
    return found.title if found else _("Chưa xếp nhóm")
