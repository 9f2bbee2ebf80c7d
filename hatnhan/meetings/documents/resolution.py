"""The month's resolution of a cell: I results, II directions, III assignments, IV the quality it gives itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.assignments.models import Task
from hatnhan.core import vietnamese
from hatnhan.core.errors import Missing
from hatnhan.documents.registry import document_of
from hatnhan.documents.types import Column, Section, Table
from hatnhan.meetings.documents.common import (
    day_of,
    given_to,
    given_until,
    numbered,
    sheet,
    short_day,
    task_table,
)
from hatnhan.meetings.documents.minutes import self_scored
from hatnhan.meetings.models import ItemTask, Meeting, MonthlyResolution, ScoreSheet
from hatnhan.meetings.selectors import monthly

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.documents.types import Paper

_PROGRESS = (
    Column("TT", 0.5, "center"),
    Column("Nhiệm vụ", 3),
    Column("Người thực hiện", 1.6),
    Column("Hạn", 1.1, "center"),
    Column("Kết quả", 1.4),
)


@document_of("meetings.resolution", title=gettext_lazy("Nghị quyết tháng"))
def resolution(meeting: Meeting) -> Paper:
    """Draw up the month's resolution; before it is adopted, its draft. Raises Missing where none was written."""
    found = MonthlyResolution.objects.filter(meeting=meeting).first()
    if found is None:
        raise Missing(_("Cuộc họp này chưa có nghị quyết."))
    on = sheet(meeting)
    bases = (
        _("Căn cứ Điều lệ Đảng Cộng sản Việt Nam;"),
        _("Căn cứ kết quả %(meeting)s ngày %(day)s,") % {"meeting": on.called, "day": vietnamese.day(on.on)},
        _("%(unit)s quyết nghị:") % {"unit": on.head.issuer},
    )
    return on.paper(
        title=_("Nghị quyết"),
        kind="NQ",
        number=found.number,
        day=day_of(found.adopted_at) if found.adopted_at else on.on,
        paragraphs=bases if found.adopted_at else (_("DỰ THẢO"), *bases),
        sections=_parts(meeting, found),
        signatures=(on.on_behalf,),
        recipients=(on.reported_to[0], _("Đảng viên chi bộ (để thực hiện);"), on.head.kept),
    )


def _parts(meeting: Meeting, found: MonthlyResolution) -> tuple[Section, ...]:
    until = meeting.locked_at or found.adopted_at
    scored = ScoreSheet.objects.filter(meeting=meeting)
    score = (scored.filter(self_at__lte=until) if until else scored).first()
    tasks = ItemTask.objects.filter(item__meeting=meeting).select_related("task__owner", "task__owner_unit")
    given = task_table(list(tasks.order_by("item__place", "pk")))
    return numbered(
        [
            Section(_("Kết quả thực hiện nghị quyết tháng trước"), (found.results,), _progress(meeting)),
            Section(_("Phương hướng, nhiệm vụ"), (found.directions,)),
            Section(_("Phân công thực hiện"), () if given else (_("Không giao việc riêng."),), given),
            Section(
                _("Tự đánh giá chất lượng sinh hoạt"),
                (self_scored(score) if score else _("Chi bộ chưa chấm điểm buổi sinh hoạt này."),),
            ),
        ]
    )


def _progress(meeting: Meeting) -> Table | None:
    """Return how the tasks of the month before stood on the day of this meeting; None where it gave none."""
    last = monthly.last_month(meeting)
    if last is None:
        return None
    rows = ItemTask.objects.filter(item__meeting=last.meeting).select_related(
        "task__owner", "task__owner_unit"
    )
    on = day_of(meeting.starts_at)
    lines = tuple(
        (str(at), row.task.title, given_to(row), short_day(given_until(row)), stood(row, on))
        for at, row in enumerate(rows.order_by("item__place", "pk"), start=1)
    )
    return Table(_PROGRESS, lines) if lines else None


def stood(row: ItemTask, on: date) -> str:
    """Return how a task stood on a day, in the words that lists use."""
    task = row.task
    if task.state == Task.State.WITHDRAWN and (task.closed_on is None or task.closed_on <= on):
        return _("Thôi: %(reason)s") % {"reason": task.closed_reason}
    if task.done_on is not None and task.done_on <= on:
        return _("Xong ngày %(day)s") % {"day": short_day(task.done_on)}
    late = (on - given_until(row)).days
    return _("Chưa xong, quá hạn %(days)d ngày") % {"days": late} if late > 0 else _("Đang làm")
