"""Reading the items of a meeting: what was said, concluded, voted, given."""

from __future__ import annotations

from hatnhan.core.errors import Missing
from hatnhan.meetings.models import AgendaItem


def meeting_of(pk: int) -> int:
    """Return the id of the meeting on whose agenda an item stands. Raises Missing."""
    found: int | None = AgendaItem.objects.filter(pk=pk).values_list("meeting_id", flat=True).first()
    if found is None:
        raise Missing
    return found
