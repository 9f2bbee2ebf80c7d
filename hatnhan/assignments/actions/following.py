"""What follows when posts and units end elsewhere: nobody stays in charge without a seat, no task stays with nobody.

Called inside the transaction, and under the record, of the deed that ended them (`organization.listeners`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from hatnhan.assignments.models import CellCharge, GroupCharge, Task, TaskEvent, WorkGroup
from hatnhan.assignments.rules import tenure_end
from hatnhan.core import clock
from hatnhan.organization.models import Body, Position
from hatnhan.organization.selectors.bodies import posts_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hatnhan.assignments.models.charge import Charge
    from hatnhan.assignments.rules import Span
    from hatnhan.organization.listeners import Seats
    from hatnhan.organization.models import Unit


def end_with_posts(seats: Seats, end: date) -> None:
    """End the charges of people whose posts ended, on the day on which they left the committee.

    Another post in the same committee that goes on without a gap keeps the charge. A charge dated after the seat was
    left was never one and goes.
    """
    gone = set(seats)
    units = {unit_id for _member_id, unit_id in gone}
    charges: list[Charge] = []
    for model in (CellCharge, GroupCharge):
        running = model.objects.filter(Q(end=None) | Q(end__gt=end), unit_id__in=units)
        charges += [one for one in running if (one.member_id, one.unit_id) in gone]
    if not charges:
        return
    spans = _seats_held({one.member_id for one in charges}, units)
    reason = _("Thôi chức vụ trong cấp ủy")
    for one in charges:
        until = tenure_end(spans.get((one.member_id, one.unit_id), []), one.start)
        if until is not None:
            _end((one,), until, reason)


def follow_unit(unit: Unit, successor: Unit | None, on: date) -> None:
    """End what a unit that ends had: who was in charge of it, its groups; its unfinished tasks go to the successor."""
    reason = _("%(unit)s thôi hoạt động") % {"unit": unit}
    running = Q(end=None) | Q(end__gt=on)
    _end(CellCharge.objects.filter(running, cell=unit), on, reason)
    _end(GroupCharge.objects.filter(running, unit=unit), on, reason)
    WorkGroup.objects.filter(running, unit=unit, start__lt=on).update(end=on)
    WorkGroup.objects.filter(unit=unit, start__gte=on, charges=None, tasks=None).delete()
    left = Task.objects.unfinished().of_unit(unit.pk)
    if successor is None:
        left.update(state=Task.State.WITHDRAWN, closed_on=on, closed_reason=reason)
        return
    tasks = list(left)
    Task.objects.unfinished().filter(unit=unit).update(unit=successor, group=None)
    Task.objects.unfinished().filter(owner_unit=unit).update(owner_unit=successor)
    note = _("%(reason)s; việc chuyển sang %(successor)s.") % {"reason": reason, "successor": successor}
    moment = clock.now()
    TaskEvent.objects.bulk_create(
        [TaskEvent(task=task, kind=TaskEvent.Kind.HANDED_OVER, at=moment, note=note) for task in tasks]
    )


def _end(charges: Iterable[Charge], end: date, reason: str) -> None:
    for one in charges:
        if one.start >= end:
            one.delete()
        elif one.end is None or one.end > end:
            type(one)._default_manager.filter(pk=one.pk).update(end=end, end_reason=reason)


def _seats_held(member_ids: set[int], unit_ids: set[int]) -> dict[tuple[int, int], list[Span]]:
    held = Position.objects.filter(
        member_id__in=member_ids, unit_id__in=unit_ids, post__in=posts_of(Body.COMMITTEE)
    )
    found: dict[tuple[int, int], list[Span]] = {}
    for member_id, unit_id, start, end in held.values_list("member_id", "unit_id", "start", "end"):
        found.setdefault((member_id, unit_id), []).append((start, end))
    return found
