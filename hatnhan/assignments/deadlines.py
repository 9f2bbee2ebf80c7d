"""What is due: tasks that are to be done, and cells and groups of tasks that nobody is in charge of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.assignments.models import Task
from hatnhan.assignments.selectors import gaps as selectors
from hatnhan.core.vietnamese import day as written
from hatnhan.deadlines.registry import source
from hatnhan.deadlines.types import Deadline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from hatnhan.assignments.selectors.gaps import Gap


@source("assignments.task", title=gettext_lazy("Nhiệm vụ được giao"))
def tasks(unit_ids: Sequence[int], *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the tasks that were to be done on a day: a body's in the body's unit, a person's in the unit that gave it.

    The person who has a task to do sees it too. One query.
    """
    theirs = Q(owner_unit_id__in=unit_ids) | Q(owner_unit=None, unit_id__in=unit_ids)
    found = Task.objects.open_on(on).filter(theirs, due__lte=until)
    for task in found.select_related("unit", "owner", "owner_unit"):
        unit = task.owner_unit or task.unit
        own = unit == task.unit
        detail = _("%(owner)s, giao ngày %(day)s.") if own else _("%(owner)s. %(unit)s giao ngày %(day)s.")
        values = {"owner": task.owner_name, "unit": task.unit, "day": written(task.given_on)}
        yield Deadline(
            key=f"assignments.task:{task.pk}",
            due=task.due,
            title=task.title,
            detail=detail % values,
            unit_id=unit.pk,
            unit_name=unit.name,
            url=reverse("assignments:task", args=[task.pk]),
            action=_("Mở việc"),
            about_id=task.owner_id,
        )


@source("assignments.gap", title=gettext_lazy("Chưa có người phụ trách"))
def gaps(unit_ids: Sequence[int], *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the cells and the groups of tasks without anyone in charge on a day, due on the day on which that began."""
    for gap in selectors.cell_gaps(unit_ids, on):
        if gap.since <= until:
            yield _gap(gap, "chi-bo", _("Phân công người phụ trách %(name)s"))
    for gap in selectors.group_gaps(unit_ids, on):
        if gap.since <= until:
            yield _gap(gap, "nhom", _("Phân công người phụ trách nhóm nhiệm vụ %(name)s"))


def _gap(gap: Gap, part: str, title: str) -> Deadline:
    place = f"don_vi={gap.unit.code}&muc={part}&trong=1"
    return Deadline(
        key=f"assignments.gap:{part}:{gap.pk}:{gap.since.isoformat()}",
        due=gap.since,
        title=title % {"name": gap.name},
        detail=_("Chưa có ai phụ trách từ ngày %(day)s.") % {"day": written(gap.since)},
        unit_id=gap.unit.pk,
        unit_name=gap.unit.name,
        url=f"{reverse('assignments:charges')}?{place}",
        action=_("Phân công"),
    )
