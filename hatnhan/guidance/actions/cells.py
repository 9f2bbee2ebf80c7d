"""What a cell adds to what it was given, and what it reports. The core is never dropped by a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.assignments.actions.opening import TaskData, open_tasks
from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import nfc
from hatnhan.guidance import permissions
from hatnhan.guidance.actions.points import checked_all
from hatnhan.guidance.models import CellPoint, CellReport, CellRollOut, PointTask, RollOut
from hatnhan.guidance.permissions import Action
from hatnhan.guidance.selectors.cells import report_months
from hatnhan.organization.actions.checks import (
    day_of,
    deed,
    moved_on,
    require_not_before,
    require_past,
    require_text,
)
from hatnhan.organization.models import Body

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.guidance.actions.points import PointData

_TITLE = 300


@deed
def add_own_points(
    *, by: Actor, at: datetime, given: CellRollOut, points: Sequence[PointData]
) -> list[CellPoint]:
    """Let a cell add points of its own; those that are tasks are opened in the cell's own books. Return the points.

    Raises Denied, and RuleBroken with codes ``points_missing``, ``left``, ``closed``, ``due_before_given`` and those of
    `points.checked`.
    """
    permissions.require_lead(by, given.cell_id)
    _require_running(given)
    if not points:
        raise RuleBroken(
            "points_missing", _("Chưa ghi nội dung nào. Ghi ít nhất một nội dung."), field="text-1"
        )
    data, today = checked_all(points, given.roll_out), day_of(at)
    for row, one in enumerate(data, start=1):
        if one.due is not None:
            what = _("Hôm nay là")
            require_not_before(one.due, today, code="due_before_given", field=f"due-{row}", what=what)
    rows = CellPoint.objects.bulk_create(
        [CellPoint(given=given, text=one.text, added_on=today, by_name=str(by)[:120]) for one in data]
    )
    _open(by, at, given, rows, data)
    details = {"cell": given.cell.code, "points": [one.text for one in rows]}
    record(
        by=by, action=Action.OWN_POINT, at=at, target=given.roll_out, unit_id=given.cell_id, details=details
    )
    return rows


@deed
def remove_own_point(*, by: Actor, at: datetime, point: CellPoint) -> None:
    """Take off a point that a cell added. Raises Denied, and RuleBroken ``is_task``, ``left``, ``closed``."""
    given = point.given
    permissions.require_lead(by, given.cell_id)
    _require_running(given)
    if PointTask.objects.filter(own=point).exists():
        message = _(
            "Nội dung này đã giao thành việc, không bỏ được. Thôi việc ấy ở trang Nhiệm vụ nếu không làm nữa."
        )
        raise RuleBroken("is_task", message)
    details = {"cell": given.cell.code, "removed": point.text}
    if not CellPoint.objects.filter(pk=point.pk).delete()[0]:
        raise moved_on()
    record(
        by=by, action=Action.OWN_POINT, at=at, target=given.roll_out, unit_id=given.cell_id, details=details
    )


@deed
def report_results(
    *,
    by: Actor,
    at: datetime,
    given: CellRollOut,
    months: int,
    results: str,
    shortcomings: str = "",
    reported_on: date | None = None,
) -> CellReport:
    """Report what came of a roll-out in a cell: as it goes (``months`` 0), or at a term of the rule; return the report.

    Raises Denied, and RuleBroken with codes ``left``, ``closed``, ``months``, ``reported``, ``results_missing``,
    ``future``, ``before_given``.
    """
    permissions.require_lead(by, given.cell_id)
    _require_running(given)
    day = reported_on or day_of(at)
    require_past(day, field="reported_on")
    what = _("Chi bộ nhận nội dung này")
    require_not_before(day, given.given_on, code="before_given", field="reported_on", what=what)
    _require_term(given, months)
    message = _("Chưa ghi kết quả. Ghi việc đã làm, con số đạt được.")
    text = require_text(nfc(results), code="results_missing", field="results", message=message)
    report: CellReport = CellReport.objects.create(
        given=given,
        months=months,
        results=text,
        shortcomings=nfc(shortcomings).strip(),
        reported_on=day,
        by_name=str(by)[:120],
    )
    details = {"cell": given.cell.code, "months": months, "on": day}
    record(by=by, action=Action.REPORT, at=at, target=given.roll_out, unit_id=given.cell_id, details=details)
    return report


def _require_running(given: CellRollOut) -> None:
    """Raise RuleBroken unless the roll-out runs in the cell; held until the deed is written."""
    if given.left_on is not None:
        raise RuleBroken("left", _("Chi bộ đã thôi triển khai văn bản này, không ghi thêm được."))
    state = RollOut.objects.select_for_update().values_list("state", flat=True).get(pk=given.roll_out_id)
    if state != RollOut.State.APPROVED:
        raise RuleBroken("closed", _("Cấp ủy đã kết thúc triển khai văn bản này, không ghi thêm được."))


def _require_term(given: CellRollOut, months: int) -> None:
    if months and months not in report_months(given.roll_out):
        raise RuleBroken("months", _("Không có kỳ báo cáo này. Chọn lại trong danh sách."), field="months")
    if months and CellReport.objects.filter(given=given, months=months).exists():
        message = _("Chi bộ đã báo cáo kỳ %(months)d tháng. Chọn “Báo cáo thêm” để ghi điều mới.")
        raise RuleBroken("reported", message % {"months": months}, field="months")


def _open(
    by: Actor, at: datetime, given: CellRollOut, rows: Sequence[CellPoint], data: Sequence[PointData]
) -> None:
    pairs = [(row, one) for row, one in zip(rows, data, strict=True) if one.task and one.due is not None]
    tasks = open_tasks(
        by=by,
        at=at,
        unit=given.cell,
        data=[
            TaskData(
                title=one.text if len(one.text) <= _TITLE else one.text[: _TITLE - 1].rsplit(" ", 1)[0] + "…",
                due=one.due,
                owner_unit=given.cell,
                owner_body=Body.MEMBERS,
                detail=one.text if len(one.text) > _TITLE else "",
            )
            for _row, one in pairs
            if one.due is not None
        ],
    )
    PointTask.objects.bulk_create(
        [PointTask(given=given, own=row, task=task) for (row, _one), task in zip(pairs, tasks, strict=True)]
    )
