"""The authority lets a group go up to a higher percentage of the best grade: its paper is written down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import nfc
from hatnhan.organization.actions.checks import deed, require_past, require_text
from hatnhan.reviews import permissions
from hatnhan.reviews.actions.guards import require_open
from hatnhan.reviews.models import RaisedCap
from hatnhan.reviews.permissions import Action
from hatnhan.reviews.selectors.caps import cap_uses
from hatnhan.reviews.selectors.law import law_of

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from hatnhan.accounts.actors import Actor
    from hatnhan.reviews.models import Cycle
    from hatnhan.rulebook.topics.reviews import Cap


@deed
def raise_cap(
    *,
    by: Actor,
    at: datetime,
    cycle: Cycle,
    cap: str,
    group: str,
    percent: Decimal,
    paper_no: str,
    on: date,
    reason: str,
) -> RaisedCap:
    """Write down that a group may go up to a higher percentage; written anew it replaces what was written.

    Raises Denied, and RuleBroken with codes ``closed``, ``cap``, ``group``, ``not_raised`` (the law raises none),
    ``percent`` (not above the law's, or over what it allows), ``number_missing``, ``reason_missing``, ``future``,
    ``over_cap`` (what is decided already would be over).
    """
    permissions.require_cycle(by, cycle.unit_id)
    require_open(cycle)
    law = _cap(cycle, cap, group)
    _require_percent(law, percent)
    number = require_text(nfc(paper_no), code="number_missing", field="paper_no")
    why = require_text(nfc(reason), code="reason_missing", field="reason")
    require_past(on, field="on")
    key: dict[str, Any] = {"cycle": cycle, "cap": cap, "group": group}
    before = RaisedCap.objects.filter(**key).values_list("percent", flat=True).first()
    values: dict[str, Any] = {"percent": percent, "paper_no": number, "on": on, "reason": why}
    made, _new = RaisedCap.objects.update_or_create(**key, defaults=values)
    if any(one.over for one in cap_uses(cycle, "decided") if (one.cap.key, one.group) == (cap, group)):
        message = _("Số đã quyết định vượt tỷ lệ này. Ghi tỷ lệ đủ cho những người đã quyết định.")
        raise RuleBroken("over_cap", message, field="percent")
    details = {
        "cap": cap,
        "group": group,
        "percent": str(percent),
        "paper_no": number,
        "on": on,
        "reason": why,
    }
    details |= {} if before is None else {"before": str(before)}
    record(by=by, action=Action.RAISE, at=at, target=made, unit_id=cycle.unit_id, details=details)
    return made


def _cap(cycle: Cycle, key: str, group: str) -> Cap:
    law = law_of(cycle).caps.value
    found = next((one for one in law.caps if one.key == key), None)
    if found is None:
        raise RuleBroken("cap", _("Không có tỷ lệ này trong quy định của đợt. Chọn lại."), field="cap")
    groups = {one.key for one in law.groups} if found.per == "group" else {""}
    if group not in groups:
        raise RuleBroken("group", _("Không có nhóm này trong quy định của đợt. Chọn lại."), field="cap")
    return found


def _require_percent(law: Cap, percent: Decimal) -> None:
    if not law.raised:
        message = _("Quy định của đợt không cho nâng tỷ lệ này.")
        raise RuleBroken("not_raised", message, field="percent", citation=law.cite)
    if not law.percent < percent <= law.raised:
        message = _("Ghi tỷ lệ trên %(least)s%% và không quá %(most)s%%.")
        values = {"least": law.percent.normalize(), "most": law.raised.normalize()}
        raise RuleBroken("percent", message % values, field="percent", citation=law.cite)
