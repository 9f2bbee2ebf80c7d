"""The numbers this room vouches for: meetings held of those due, who came, how they were scored, remedies on time.

A period counts so far as it has gone, yesterday included; what counts as held, due, present is said once, in
`selectors.counted`, for the figures and for the lists behind them.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.figures.registry import family
from hatnhan.figures.types import Measure, RowsLink
from hatnhan.meetings.models import ScoreSheet
from hatnhan.meetings.selectors import behind, counted
from hatnhan.organization.selectors.law import laws_at
from hatnhan.rulebook.topics.meetings import CellMeeting, MeetingScore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hatnhan.core.periods import Period
    from hatnhan.figures.types import Number, Scope
    from hatnhan.meetings.selectors.counted import Window
    from hatnhan.rulebook.types import Rule

_HEADLINES = ("meetings.monthly.held_share", "meetings.weekly.held_share", "meetings.attendance.share")
_HUNDREDTH = Decimal("0.01")


def share_of(part: int, whole: int) -> Decimal | None:
    """Return a part in percent of the whole, to two decimals; None where there is no whole."""
    return (Decimal(100 * part) / whole).quantize(_HUNDREDTH, rounding=ROUND_HALF_UP) if whole else None


@dataclass(frozen=True)
class _Counter:
    """One unit in one period, ready to count."""

    scope: Scope
    period: Period
    at: Window

    def share(self, key: str, label: str, part: int, whole: int, how: str, **more: Any) -> Measure:
        """Return a share, with its part and its whole."""
        return self.measure(
            key, label, "%", share_of(part, whole), how, numerator=part, denominator=whole, **more
        )

    def measure(self, key: str, label: str, unit: str, value: Number, how: str, **more: Any) -> Measure:
        """Return a figure of this unit and period: final once the whole period counts."""
        final = self.at.end >= self.period.end
        status = "final" if final else "provisional"
        until = None if final else self.at.last
        return Measure(f"meetings.{key}", label, unit, value, how, status=status, until=until, **more)

    @cached_property
    def law(self) -> Rule[CellMeeting]:
        """The rule of meetings in force for the unit on the day looked at."""
        return laws_at(CellMeeting, self.at.on, {self.scope.pk})(self.scope.pk)

    def meetings(self, kind: str, part: str) -> RowsLink:
        """Return the list of meetings of a kind whose days the period counts."""
        return RowsLink("meetings:counted", {"loai": kind, "loc": part, "ky": self.period.key})

    def cells(self, **filters: str) -> RowsLink:
        """Return the list of cells with what they held in the period."""
        return RowsLink("meetings:cells", {**filters, "ky": self.period.key})


@family("meetings", title=gettext_lazy("Sinh hoạt, hội nghị"), headlines=_HEADLINES, over_the_year=_HEADLINES)
def meetings(scope: Scope, period: Period) -> Iterator[Measure]:
    """Count meetings of a unit and all below it; the headlines come first and take two or three queries.

    What only a committee has, the weekly review and its remedies, is left out of a cell's.
    """
    count = _Counter(scope, period, counted.window(scope.pk, period))
    rhythm = counted.rhythm(count.at)
    yield _monthly_share(count, rhythm)
    if not scope.is_cell:
        yield _weekly_share(count, rhythm)
    yield _attendance(count)
    yield _monthly_held(count, rhythm)
    if not scope.is_cell:
        yield _not_met(count)
    yield _themes(count)
    yield from _scores(count)
    if not scope.is_cell:
        yield _remedies(count)


# --- meetings --------------------------------------------------------------------------------------------------------
_HOW_HELD = gettext_lazy(
    "Số buổi đã họp trên số buổi đến ngày họp, tính đến hết ngày hôm trước. Buổi đổi ngày tính theo ngày của nền nếp;"
    " buổi không họp có lý do thì không tính."
)


def _monthly_share(count: _Counter, rhythm: dict[str, int]) -> Measure:
    return count.share(
        "monthly.held_share",
        _("Sinh hoạt chi bộ hằng tháng đã họp"),
        rhythm["monthly_held"],
        rhythm["monthly"],
        str(_HOW_HELD),
        rows=count.meetings(counted.MONTHLY, behind.HELD),
        rule=count.law,
        group=_("Nền nếp"),
    )


def _weekly_share(count: _Counter, rhythm: dict[str, int]) -> Measure:
    return count.share(
        "weekly.held_share",
        _("Hội ý, nhận xét hằng tuần đã họp"),
        rhythm["weekly_held"],
        rhythm["weekly"],
        str(_HOW_HELD),
        rows=count.meetings(counted.WEEKLY, behind.HELD),
        group=_("Nền nếp"),
    )


def _attendance(count: _Counter) -> Measure:
    present, expected = counted.attendance(count.at)
    how = _(
        "Lượt đảng viên có mặt trên lượt phải dự ở các buổi sinh hoạt chi bộ hằng tháng đã họp."
        " Người được miễn và khách mời không tính; mức cần đạt là %(least)d%%."
    )
    return count.share(
        "attendance.share",
        _("Đảng viên dự sinh hoạt chi bộ"),
        present,
        expected,
        how % {"least": count.law.value.attendance_percent},
        rows=count.cells(),
        listed=counted.cells(count.at).count(),
        rule=count.law,
        group=_("Nền nếp"),
    )


def _monthly_held(count: _Counter, rhythm: dict[str, int]) -> Measure:
    return count.measure(
        "monthly.held",
        _("Buổi sinh hoạt chi bộ đã họp"),
        _("buổi"),
        rhythm["monthly_held"],
        _("Đếm buổi sinh hoạt chi bộ hằng tháng có ngày họp trong kỳ và đã họp xong."),
        rows=count.meetings(counted.MONTHLY, behind.HELD),
        group=_("Nền nếp"),
    )


def _not_met(count: _Counter) -> Measure:
    return count.measure(
        "monthly.not_met",
        _("Chi bộ chưa sinh hoạt buổi nào trong kỳ"),
        _("chi bộ"),
        counted.without_meeting(count.at).count(),
        _("Đếm chi bộ chưa họp xong buổi sinh hoạt hằng tháng nào có ngày họp trong kỳ, tính cả hôm nay."),
        rows=count.cells(loc=behind.NOT_MET),
        group=_("Nền nếp"),
    )


def _themes(count: _Counter) -> Measure:
    found = counted.themes(count.at, count.period)
    how = _(
        "Số chi bộ có đủ buổi sinh hoạt chuyên đề trong mỗi quý của kỳ trên số chi bộ phải có."
        " Tính các quý đã hết (%(quarters)s); chưa quý nào hết thì tính quý đang chạy."
    )
    return count.share(
        "themes.held_share",
        _("Chi bộ có đủ sinh hoạt chuyên đề"),
        len(found.enough),
        len(found.asked),
        how % {"quarters": ", ".join(quarter.label for quarter in found.quarters)},
        rows=count.cells(loc=behind.THEMED),
        rule=count.law,
        group=_("Nền nếp"),
    )


# --- scores and remedies ---------------------------------------------------------------------------------------------
def _scores(count: _Counter) -> Iterator[Measure]:
    """Yield the average and the number of meetings in each band: as decided, else as the cells saw themselves."""
    total, bands = counted.scores(count.at)
    sheets = sum(bands.values())
    average = None if total is None else (total / sheets).quantize(_HUNDREDTH, rounding=ROUND_HALF_UP)
    rule = laws_at(MeetingScore, count.at.on, {count.scope.pk})(count.scope.pk)
    group = _("Chất lượng sinh hoạt chi bộ")
    how = _(
        "Cộng điểm của %(sheets)d buổi đã chấm rồi chia đều. Lấy điểm cấp ủy cấp trên quyết định;"
        " chưa quyết định thì lấy điểm chi bộ tự chấm."
    )
    yield count.measure(
        "score.average",
        _("Điểm bình quân buổi sinh hoạt"),
        _("điểm"),
        average,
        how % {"sheets": sheets},
        rows=count.meetings(counted.MONTHLY, behind.SCORED),
        listed=sheets,
        rule=rule,
        group=group,
    )
    words = _(
        "Đếm buổi sinh hoạt chi bộ xếp loại %(band)s: theo cấp ủy cấp trên, chưa có thì theo chi bộ tự xếp."
    )
    for band in ScoreSheet.Band:
        yield count.measure(
            f"score.band.{band.value}",
            _("Buổi xếp loại %(band)s") % {"band": band.label},
            _("buổi"),
            bands[band.value],
            words % {"band": band.label},
            numerator=bands[band.value],
            denominator=sheets,
            rows=count.meetings(counted.MONTHLY, band.value),
            rule=rule,
            group=group,
        )


def _remedies(count: _Counter) -> Measure:
    on_time, due = counted.remedied(count.at)
    return count.share(
        "remedies.on_time_share",
        _("Việc khắc phục xong đúng hạn"),
        on_time,
        due,
        _(
            "Số việc khắc phục của hội ý hằng tuần làm xong không sau ngày hạn trên số việc đã qua ngày hạn trong kỳ."
            " Việc được lùi hạn tính theo hạn sau; việc thôi không làm thì không tính."
        ),
        rows=RowsLink("meetings:remedies", {"loc": behind.ON_TIME, "ky": count.period.key}),
        group=_("Khắc phục hạn chế"),
    )
