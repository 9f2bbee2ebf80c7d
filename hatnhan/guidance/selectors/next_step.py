"""What a cell has to do next of what it was given: the earliest by its day."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan.guidance.selectors import following
from hatnhan.guidance.selectors.cells import agenda_of

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.guidance.models import CellRollOut
    from hatnhan.guidance.selectors.following import Line


class Step(NamedTuple):
    """A step: its last day, the button's words and where it leads."""

    due: date
    words: str
    url: str


def next_step(given: CellRollOut, on: date) -> Step | None:
    """Return the step of a cell that comes first by its day, None where nothing is left. Some twelve queries."""
    line = next(iter(following.lines([given.roll_out], on, {given.cell_id})), None)
    if line is None:
        return None
    steps = [one for one in (_meeting(given, line), _study(given, line), _report(given, line)) if one]
    return min(steps, key=lambda one: one.due, default=None)


def _meeting(given: CellRollOut, line: Line) -> Step | None:
    if line.held_on is not None:
        return None
    if line.agenda_meeting:
        url = reverse("meetings:meeting", args=[line.agenda_meeting])
        return Step(line.held_by, _("Chuẩn bị kỳ sinh hoạt"), url)
    series = next((one.series_id for one in agenda_of(given) if one.series_id and not one.meeting_id), None)
    url = reverse("meetings:backlog", args=[series]) if series else reverse("meetings:home")
    return Step(line.held_by, _("Đưa vào chương trình họp"), url)


def _study(given: CellRollOut, line: Line) -> Step | None:
    if line.studied >= line.due:
        return None
    page = reverse("guidance:study-of", args=[given.roll_out.document_id])
    return Step(given.roll_out.study_by, _("Xem ai chưa học"), f"{page}?don_vi={line.code}")


def _report(given: CellRollOut, line: Line) -> Step | None:
    due = min((term.due for term in line.terms if term.reported_on is None), default=None)
    url = reverse("guidance:report", args=[given.pk])
    return Step(due, _("Báo cáo kết quả"), url) if due else None
