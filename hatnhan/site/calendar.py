"""What is due, as a calendar that phones subscribe to.

The address is open to whoever holds it, and telephones hand calendars on to other programs: an event says which kind
of work is due, how much of it and in which unit, and names nobody.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from hatnhan.core import vietnamese
from hatnhan.deadlines import registry

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from hatnhan.deadlines.types import Deadline

#: How far ahead the calendar looks, in days.
AHEAD_DAYS = 365


def feed(found: Iterable[Deadline], *, address: str, at: datetime) -> bytes:
    """Return the calendar: one all-day event for the work of one kind that one unit has due on one day.

    ``address`` is where the work is listed. An event keeps its name (UID) as long as kind, unit and day stay.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Hat Nhan//Viec den han//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Hạt Nhân: việc đến hạn"))
    calendar.add("x-published-ttl", "PT6H")
    for (source, unit_id, due), group in _grouped(found).items():
        calendar.add_component(_event(source, unit_id, due, group, address, at))
    content: bytes = calendar.to_ical()
    return content


def _grouped(found: Iterable[Deadline]) -> dict[tuple[str, int, date], list[Deadline]]:
    groups: dict[tuple[str, int, date], list[Deadline]] = {}
    for one in found:
        groups.setdefault((one.source, one.unit_id, one.due), []).append(one)
    return groups


def _event(source: str, unit_id: int, due: date, group: list[Deadline], address: str, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{source}.{unit_id}.{due:%Y%m%d}@hatnhan")
    event.add("dtstamp", at)
    event.add("dtstart", due)
    event.add("dtend", due + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    words = {
        "work": registry.title(source),
        "count": vietnamese.number(len(group)),
        "unit": group[0].unit_name,
    }
    event.add("summary", _("%(work)s: %(count)s việc, %(unit)s") % words)
    event.add("url", address)
    return event
