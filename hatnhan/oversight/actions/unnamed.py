"""How many letters without a name, or abusive ones, came in a month: a count, and nothing else of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.audit.actions import record
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.organization.actions.checks import deed, moved_on, require_past
from hatnhan.oversight import permissions
from hatnhan.oversight.models import UnnamedLetters
from hatnhan.oversight.permissions import Action

if TYPE_CHECKING:
    from datetime import datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Unit

MOST = 9_999


@deed
def count_unnamed(
    *, by: Actor, at: datetime, unit: Unit, month: date, kind: str, count: int
) -> UnnamedLetters:
    """Write how many came in the month that holds a day, in the place of what was written of it before.

    Raises Denied, and RuleBroken with codes ``kind``, ``count``, ``future``, ``already_done``.
    """
    if not isinstance(by, Machine) and unit.pk not in permissions.chaired_by(by):
        raise Denied(_("Việc này do Chủ nhiệm, Phó Chủ nhiệm Ủy ban Kiểm tra làm."))
    first = date(month.year, month.month, 1)
    require_past(first, field="month")
    if kind not in UnnamedLetters.Kind.values:
        raise RuleBroken("kind", _("Chưa chọn loại đơn."), field="kind")
    if not 0 <= count <= MOST:
        raise RuleBroken("count", _("Ghi số đơn từ 0 đến 9.999."), field="count")
    row, made = UnnamedLetters.objects.get_or_create(
        unit=unit, month=first, kind=kind, defaults={"count": count}
    )
    details: dict[str, object] = {"month": first, "kind": kind, "count": count}
    if not made:
        before = row.count
        if UnnamedLetters.objects.filter(pk=row.pk, count=before).update(count=count) != 1:
            raise moved_on()
        row.count = count
        details["count"] = {"before": before, "after": count}
    record(by=by, action=Action.UNNAMED, at=at, target=row, unit_id=unit.pk, details=details)
    return row
