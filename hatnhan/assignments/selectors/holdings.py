"""What this room holds of a member, for the member's own copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hatnhan.assignments.models import CellCharge, GroupCharge, Task
from hatnhan.core.vietnamese import day as written
from hatnhan.organization.held import Holding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hatnhan.organization.models import Member


def tasks(member: Member) -> Iterator[dict[str, object]]:
    """Yield the tasks that a member owns or helps with. One query."""
    rows = Task.objects.filter(Q(owner=member) | Q(helpers__member=member)).distinct().select_related("unit")
    for one in rows.order_by("given_on", "pk"):
        yield {
            _now("việc"): one.title,
            _now("nơi giao"): str(one.unit),
            _now("với tư cách"): _now("người làm") if one.owner_id == member.pk else _now("người phối hợp"),
            _now("ngày giao"): written(one.given_on),
            _now("hạn"): written(one.due),
            _now("tình trạng"): one.get_state_display(),
            _now("ngày làm xong"): _day(one.done_on),
            _now("kết quả"): one.outcome,
            _now("lý do thôi"): one.closed_reason,
        }


def charges(member: Member) -> Iterator[dict[str, object]]:
    """Yield the cells and groups of tasks that a member was in charge of. Two queries."""
    cells = CellCharge.objects.filter(member=member).select_related("cell")
    groups = GroupCharge.objects.filter(member=member).select_related("group")
    for one in sorted((*cells, *groups), key=lambda charge: charge.start):
        yield {
            _now("phụ trách"): one.what,
            _now("từ ngày"): written(one.start),
            _now("đến trước ngày"): _day(one.end),
            _now("số quyết định"): one.decision_no,
            _now("lý do thôi"): one.end_reason,
        }


def _day(day: date | None) -> str:
    return written(day) if day else ""


HOLDINGS = (Holding(_("Nhiệm vụ"), tasks), Holding(_("Phân công phụ trách"), charges))
