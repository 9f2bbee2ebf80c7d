"""The numbers this room vouches for: tasks given, done and late; cells, groups and people in the sharing out.

Standing figures are those of the period's last day; while the period runs, those of today, and provisional. Each
opens onto the list of just the tasks, cells, groups or people it counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.assignments.models import Task
from hatnhan.assignments.rules import share
from hatnhan.assignments.selectors import gaps
from hatnhan.core import clock
from hatnhan.figures.registry import family
from hatnhan.figures.types import Measure, RowsLink
from hatnhan.organization.selectors.law import laws_at
from hatnhan.rulebook import topics

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hatnhan.core.periods import Period
    from hatnhan.figures.types import Scope

_TASKS, _COVERAGE = "assignments.tasks", "assignments.coverage"


@dataclass(frozen=True, slots=True)
class _Days:
    """The days of a period so far as it has gone; all inclusive. ``over`` is the last day that has passed whole."""

    first: date
    last: date
    over: date
    status: str


@dataclass(frozen=True, slots=True)
class _Part:
    """Some of the tasks: which, what they are called, and the filter of the list that shows just these."""

    key: str
    label: str
    how: str
    filters: dict[str, str]


def _days(period: Period) -> _Days:
    today = clock.today()
    last = min(period.last_day, today)
    status = "final" if period.last_day <= today else "provisional"
    return _Days(period.start, last, min(period.last_day, today - timedelta(days=1)), status)


@family(
    _TASKS,
    title=gettext_lazy("Nhiệm vụ"),
    headlines=(f"{_TASKS}.late", f"{_TASKS}.done_on_time_share"),
    over_the_year=(f"{_TASKS}.done_on_time_share",),
)
def tasks(scope: Scope, period: Period) -> Iterator[Measure]:
    """Count the tasks that the unit and those below it gave or have to do. One query."""
    days = _days(period)
    counts = _counted(scope, days)
    for part in _parts(days):
        yield Measure(
            key=f"{_TASKS}.{part.key}",
            label=part.label,
            unit=_("việc"),
            value=counts[part.key],
            how=part.how,
            rows=_rows(scope, days, part.filters),
            status=days.status,
        )
    yield Measure(
        key=f"{_TASKS}.done_on_time_share",
        label=_("Việc làm xong đúng hạn"),
        unit="%",
        value=share(counts["on_time"], counts["whole"]),
        numerator=counts["on_time"],
        denominator=counts["whole"],
        how=_(
            "Trong các việc có hạn rơi vào kỳ và đã qua hạn, trừ việc thôi: số việc làm xong không sau hạn."
        ),
        rows=_rows(
            scope,
            days,
            {"tinh_trang": "da-lam", "dung_han": "co", "han_tu": str(days.first), "han_den": str(days.over)},
        ),
        status=days.status,
    )


def _counted(scope: Scope, days: _Days) -> dict[str, int]:
    kept = ~Q(state=Task.State.WITHDRAWN)
    undone = Q(done_on=None) | Q(done_on__gt=days.last)
    still = (Q(closed_on=None) | Q(closed_on__gt=days.last)) & undone
    was_due = kept & Q(due__gte=days.first, due__lte=days.over)
    return (
        Task.objects.below(scope.pk, days.last)
        .existing(days.last)
        .aggregate(
            given=Count("pk", filter=Q(given_on__gte=days.first)),
            open=Count("pk", filter=still),
            late=Count("pk", filter=still & Q(due__lt=days.last)),
            done=Count("pk", filter=kept & Q(done_on__gte=days.first, done_on__lte=days.last)),
            whole=Count("pk", filter=was_due),
            on_time=Count("pk", filter=was_due & Q(done_on__lte=F("due"))),
        )
    )


def _parts(days: _Days) -> Iterator[_Part]:
    how = _("Việc giao trong kỳ, của đơn vị hoặc các đơn vị trực thuộc, kể cả việc sau đó thôi.")
    filters = {"tinh_trang": "tat-ca", "giao_tu": str(days.first), "giao_den": str(days.last)}
    yield _Part("given", _("Việc đã giao"), how, filters)
    how = _("Việc đang phải làm trong ngày lấy số liệu; việc bị trả lại tính là chưa làm.")
    yield _Part("open", _("Việc đang làm"), how, {"tinh_trang": "dang-lam"})
    how = _("Việc đang phải làm mà hạn, tính cả lần lùi hạn, đã qua trước ngày lấy số liệu.")
    yield _Part("late", _("Nhiệm vụ quá hạn"), how, {"tinh_trang": "qua-han"})
    how = _("Việc báo làm xong trong kỳ, đã công nhận hoặc chờ kiểm tra.")
    filters = {"tinh_trang": "da-lam", "xong_tu": str(days.first), "xong_den": str(days.last)}
    yield _Part("done", _("Việc làm xong"), how, filters)


def _rows(scope: Scope, days: _Days, filters: dict[str, str]) -> RowsLink:
    return RowsLink("assignments:unit", {**filters, "duoi": "1", **_address(scope, days)})


@family(_COVERAGE, title=gettext_lazy("Phân công phụ trách"), of_committees=True)
def coverage(scope: Scope, period: Period) -> Iterator[Measure]:
    """Count the cells below a committee and its groups of tasks without anyone in charge, and who has too much."""
    days = _days(period)
    yield Measure(
        key=f"{_COVERAGE}.cells_without",
        label=_("Chi bộ chưa có người phụ trách"),
        unit=_("chi bộ"),
        value=gaps.cells_without(scope.pk, days.last),
        how=_("Chi bộ trực thuộc không có cấp ủy viên nào phụ trách trong ngày lấy số liệu."),
        rows=RowsLink("assignments:charges", {"muc": "chi-bo", "trong": "1", **_address(scope, days)}),
        status=days.status,
    )
    yield Measure(
        key=f"{_COVERAGE}.groups_without",
        label=_("Nhóm nhiệm vụ chưa có người phụ trách"),
        unit=_("nhóm"),
        value=gaps.groups_without(scope.pk, days.last),
        how=_("Nhóm nhiệm vụ của cấp ủy không có ai phụ trách trong ngày lấy số liệu."),
        rows=RowsLink("assignments:charges", {"muc": "nhom", "trong": "1", **_address(scope, days)}),
        status=days.status,
    )
    yield Measure(
        key=f"{_COVERAGE}.people_over",
        label=_("Người phụ trách quá nhiều"),
        unit=_("người"),
        value=gaps.people_over(scope.pk, days.last),
        how=_("Cấp ủy viên phụ trách nhiều chi bộ hoặc nhiều nhóm nhiệm vụ hơn mức của quy định áp dụng."),
        rows=RowsLink("assignments:charges", {"muc": "nguoi", "nhieu": "1", **_address(scope, days)}),
        rule=laws_at(topics.ChargeLoad, days.last, {scope.pk})(scope.pk),
        status=days.status,
    )


def _address(scope: Scope, days: _Days) -> dict[str, str]:
    return {"don_vi": scope.code, "ngay": days.last.isoformat()}
