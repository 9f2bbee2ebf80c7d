"""The month or week that a meeting counts for, wherever it is moved."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core.vietnamese import day as written
from hatnhan.meetings.models import Series

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.meetings.models import Meeting


def span_of(meeting: Meeting) -> str:
    """Return the month, or of a weekly review the week, that a meeting counts for wherever it is moved; "": none."""
    if meeting.due_on is None:
        return ""
    if meeting.kind == Series.Kind.WEEKLY_REVIEW:
        monday = meeting.due_on - timedelta(days=meeting.due_on.weekday())
        return _("tuần từ ngày %(day)s") % {"day": written(monday)}
    return _("tháng %(month)d/%(year)d") % {"month": meeting.due_on.month, "year": meeting.due_on.year}


def in_its_span(meeting: Meeting, day: date) -> bool:
    """Tell whether a day lies in the month or week for which a meeting counts."""
    due = meeting.due_on or day
    if meeting.kind == Series.Kind.WEEKLY_REVIEW:
        return day.isocalendar()[:2] == due.isocalendar()[:2]
    return (day.year, day.month) == (due.year, due.month)


def still_counts(span: str) -> str:
    """Return the sentence for a meeting that is held outside the month or week for which it counts."""
    return _("Buổi này vẫn tính cho %(span)s.") % {"span": span}
