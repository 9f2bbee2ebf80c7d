"""Reading meetings, each through what the person may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.core.errors import Missing
from hatnhan.meetings.models import Meeting

if TYPE_CHECKING:
    from hatnhan.accounts.models import User


def meeting_for(user: User, pk: int) -> Meeting:
    """Return a meeting with its unit, chair and recorder. Raises Missing unless the person may see it."""
    rows = Meeting.objects.visible_to(user).select_related("unit", "series", "chair", "recorder")
    found: Meeting | None = rows.filter(pk=pk).first()
    if found is None:
        raise Missing
    return found
