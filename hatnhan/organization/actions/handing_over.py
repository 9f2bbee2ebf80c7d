"""Members go from one cell to another because the cells change, not because they move."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.organization.models import Membership

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.db.models import QuerySet

    from hatnhan.organization.models import Unit

_ONE_DAY = timedelta(days=1)


def move_members(staying: QuerySet[Membership], into: Unit, on: date, decision_no: str) -> list[int]:
    """Move open official memberships into a cell from a day on; return the members' ids.

    Raises RuleBroken ``later_activity`` when one of them begins on that day or after it.
    """
    memberships = list(staying.select_related("member"))
    late = next((one for one in memberships if one.start >= on), None)
    if late is not None:
        message = _("Đồng chí %(name)s đến chi bộ ngày %(day)s. Ghi ngày sau ngày ấy.")
        values = {"name": late.member, "day": written(late.start)}
        raise RuleBroken("later_activity", message % values, field="on")
    members = [one.member_id for one in memberships]
    rows = Membership.objects.filter(pk__in=[one.pk for one in memberships])
    rows.update(end=on, end_reason=Membership.EndReason.REORGANIZED)
    end_temporary_in(into, members, on)
    reason = Membership.StartReason.REORGANIZED
    Membership.objects.bulk_create(
        Membership(member_id=member, unit=into, start=on, start_reason=reason, decision_no=decision_no)
        for member in members
    )
    return members


def end_temporary_in(cell: Unit, member_ids: Collection[int], on: date) -> None:
    """End the temporary activity in a cell of people who belong to it officially from a day on."""
    running = Membership.objects.within(on, on + _ONE_DAY).filter(unit=cell, member_id__in=member_ids)
    temporary = running.filter(kind=Membership.Kind.TEMPORARY)
    started = temporary.filter(start=on).select_related("member").first()
    if started is not None:
        message = _("Đồng chí %(name)s bắt đầu sinh hoạt tạm thời ở %(unit)s đúng ngày này. Ghi ngày sau đó.")
        raise RuleBroken("later_activity", message % {"name": started.member, "unit": cell}, field="on")
    temporary.update(end=on, end_reason=Membership.EndReason.FINISHED)


def move_temporary(unit: Unit, into: Unit, on: date, decision_no: str) -> None:
    """Let temporary activity in a cell that ends go on in its successor, save for those who belong there anyway."""
    running = Membership.objects.within(on, on + _ONE_DAY).filter(unit=unit, kind=Membership.Kind.TEMPORARY)
    before = list(running)
    there = set(Membership.objects.on(on).filter(unit=into).values_list("member_id", flat=True))
    reason = Membership.StartReason.REORGANIZED
    going_on = [
        Membership(
            member_id=one.member_id,
            unit=into,
            kind=one.kind,
            start=on,
            end=one.end,
            start_reason=reason,
            end_reason=one.end_reason,
            decision_no=decision_no,
        )
        for one in before
        if one.member_id not in there
    ]
    rows = Membership.objects.filter(pk__in=[one.pk for one in before])
    rows.update(end=on, end_reason=Membership.EndReason.REORGANIZED)
    Membership.objects.bulk_create(going_on)
