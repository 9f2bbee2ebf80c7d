"""The numbers this room vouches for: who has studied, what was held, done and reported on time, the Directive's year.

What counts is said once, in `selectors.counted`, for the figures and for the lists behind them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.figures.registry import family
from hatnhan.figures.types import Measure, RowsLink
from hatnhan.guidance.selectors import counted
from hatnhan.guidance.selectors.directive import law_day
from hatnhan.meetings.figures import share_of
from hatnhan.organization.selectors.law import laws_at
from hatnhan.rulebook.topics.guidance import Directive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hatnhan.core.periods import Period
    from hatnhan.figures.types import Number, Scope
    from hatnhan.guidance.selectors.counted import Window

_HEADLINES = ("guidance.studied_share",)


@dataclass(frozen=True)
class _Counter:
    """One unit in one period, ready to count."""

    scope: Scope
    period: Period
    at: Window

    def share(self, key: str, label: str, counts: tuple[int, int], how: str, **more: Any) -> Measure:
        """Return a share, with its part and its whole."""
        part, whole = counts
        return self.measure(
            key, label, "%", share_of(part, whole), how, numerator=part, denominator=whole, **more
        )

    def measure(self, key: str, label: str, unit: str, value: Number, how: str, **more: Any) -> Measure:
        """Return a figure of this unit and period: final once the whole period counts."""
        status = "final" if self.at.end >= self.period.end else "provisional"
        return Measure(f"guidance.{key}", label, unit, value, how, status=status, **more)

    def passed(self, key: str, label: str, counts: tuple[int, int], how: str, **more: Any) -> Measure:
        """Return a share of what had its last day: whole days only, yesterday the last while the period runs."""
        until = None if self.at.end >= self.period.end else self.at.last
        return self.share(key, label, counts, how, until=until, **more)

    def rows(self, name: str, part: str = "") -> RowsLink:
        """Return one of the lists behind the figures, in this period."""
        query = {"loc": part} if part else {}
        return RowsLink(f"guidance:counted-{name}", {**query, "ky": self.period.key})


@family(
    "guidance",
    title=gettext_lazy("Triển khai nghị quyết"),
    headlines=_HEADLINES,
    over_the_year=_HEADLINES,
)
def guidance(scope: Scope, period: Period) -> Iterator[Measure]:
    """Count what was rolled out to a unit and all below it; the headline comes first and takes four queries."""
    count = _Counter(scope, period, counted.window(scope.pk, period))
    yield _studied(count)
    yield _held(count)
    yield _tasks(count)
    yield _reports(count)
    yield from _directive(count)
    yield _documents(count)


# --- documents and roll-outs -----------------------------------------------------------------------------------------
def _studied(count: _Counter) -> Measure:
    rows = counted.studied(count.at, count.period)
    return count.share(
        "studied_share",
        _("Đảng viên đã học tập văn bản"),
        (sum(one.studied for one in rows), sum(one.due for one in rows)),
        _(
            "Lượt đảng viên đã học trên lượt phải học các văn bản có hạn học tập trong kỳ: có mặt ở đợt học hoặc xác"
            " nhận đã đọc. Người được miễn công tác, người được ghi lý do không học, kế hoạch kết thúc trước hạn thì"
            " không tính."
        ),
        rows=count.rows("study"),
        listed=len(rows),
        group=_("Triển khai văn bản"),
    )


def _held(count: _Counter) -> Measure:
    return count.passed(
        "held_share",
        _("Chi bộ sinh hoạt, quán triệt văn bản đúng hạn"),
        counted.held(count.at),
        _(
            "Trong các văn bản giao cho chi bộ có hạn sinh hoạt đã qua trong kỳ: số lượt đưa ra họp không sau hạn."
            " Chi bộ được giao sau hạn ấy, chi bộ đã giải thể và kế hoạch kết thúc trước hạn thì không tính."
        ),
        rows=count.rows("held", counted.ON_TIME),
        group=_("Triển khai văn bản"),
    )


def _tasks(count: _Counter) -> Measure:
    return count.passed(
        "tasks.on_time_share",
        _("Việc triển khai văn bản xong đúng hạn"),
        counted.done(count.at),
        _(
            "Trong các việc giao theo kế hoạch triển khai đã qua hạn trong kỳ: số việc làm xong không sau hạn."
            " Việc được lùi hạn tính theo hạn sau; việc thôi không làm thì không tính."
        ),
        rows=count.rows("tasks", counted.ON_TIME),
        group=_("Triển khai văn bản"),
    )


def _reports(count: _Counter) -> Measure:
    return count.passed(
        "reports.on_time_share",
        _("Chi bộ báo cáo kết quả triển khai đúng hạn"),
        counted.on_time(counted.reports(count.at)),
        _("Trong các báo cáo chi bộ phải gửi đã qua hạn trong kỳ: số báo cáo gửi không sau hạn."),
        rows=count.rows("reports", counted.ON_TIME),
        group=_("Triển khai văn bản"),
    )


# --- the Directive ---------------------------------------------------------------------------------------------------
def _directive(count: _Counter) -> Iterator[Measure]:
    rows = counted.year_counts(count.at).values()
    rule = laws_at(Directive, law_day(count.at.on.year, count.at.on), {count.scope.pk})(count.scope.pk)
    words = {"number": rule.value.number, "year": count.at.on.year}
    group = _("Học tập và làm theo Bác")
    due = sum(one.due for one in rows)
    yield count.share(
        "directive.registered_share",
        _("Đảng viên đã đăng ký học tập, làm theo Bác"),
        (sum(one.registered for one in rows), due),
        _("Đảng viên đã đăng ký theo Chỉ thị %(number)s năm %(year)d trên đảng viên phải đăng ký.") % words,
        rows=count.rows("directive"),
        listed=len(rows),
        rule=rule,
        group=group,
    )
    yield count.share(
        "directive.assessed_share",
        _("Đảng viên đã tự đánh giá việc học tập, làm theo Bác"),
        (sum(one.assessed for one in rows), due),
        _("Đảng viên đã tự đánh giá theo Chỉ thị %(number)s năm %(year)d trên đảng viên phải đăng ký.")
        % words,
        rows=count.rows("directive"),
        listed=len(rows),
        rule=rule,
        group=group,
    )


def _documents(count: _Counter) -> Measure:
    return count.measure(
        "documents.registered",
        _("Văn bản đã vào sổ"),
        _("văn bản"),
        counted.registered(count.at).count(),
        _("Đếm văn bản vào sổ của đơn vị và các đơn vị trực thuộc trong kỳ, tính cả hôm nay."),
        rows=count.rows("documents"),
        group=_("Sổ văn bản"),
    )
