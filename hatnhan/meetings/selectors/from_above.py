"""What the committees above a cell resolved of late: each conclusion presses the cell until it was on an agenda."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.assignments.matters import Matter
from hatnhan.core import clock
from hatnhan.core.vietnamese import day as written
from hatnhan.meetings.models import AgendaItem, Meeting, Series
from hatnhan.organization.actions.checks import day_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hatnhan.organization.models import Unit

#: For so many days a conclusion from above is new: two of a cell's monthly meetings fall into them.
_DAYS_NEW = 62
_APPROVED = (Meeting.State.APPROVED, Meeting.State.LOCKED)


def conclusions(unit: Unit, on: date) -> Iterator[Matter]:
    """Yield what meetings of the committees above a unit concluded lately, by minutes approved; not the weekly reviews.

    What stood on an agenda of the unit already is left out. Three queries.
    """
    first, after = clock.at(on - timedelta(days=_DAYS_NEW), 0), clock.at(on + timedelta(days=1), 0)
    above = [pk for pk in unit.lineage(on) if pk != unit.pk]
    rows = AgendaItem.objects.filter(
        meeting__unit_id__in=above,
        meeting__kind=Series.Kind.COMMITTEE,
        meeting__state__in=_APPROVED,
        meeting__ended_at__gte=first,
        meeting__ended_at__lt=after,
    ).exclude(conclusion="")
    known = set(
        AgendaItem.objects.filter(meeting__unit=unit).exclude(matter="").values_list("matter", flat=True)
    )
    for item in rows.select_related("meeting__unit").order_by("meeting__ended_at", "place", "pk"):
        key = f"meetings.conclusion:{item.pk}"
        assert item.meeting is not None  # noqa: S101 - filtered by it above
        if key not in known:
            title = _("Triển khai kết luận: %(item)s") % {"item": item.title}
            words = _("%(unit)s kết luận ngày %(day)s: %(text)s")
            told = {
                "unit": item.meeting.unit,
                "day": written(day_of(item.meeting.starts_at)),
                "text": item.conclusion[:200],
            }
            # The minutes are for those who sat there: the cell reads the conclusion here.
            yield Matter(key, title[:300], words % told, "")
