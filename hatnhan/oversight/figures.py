"""The numbers this room vouches for: the programme done on its terms, checks, findings, remedies, discipline.

What counts is said once, in `selectors.counted`, for the figures and for the lists behind them. None names anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from hatnhan.figures.registry import family
from hatnhan.figures.types import Measure, RowsLink
from hatnhan.meetings.figures import share_of
from hatnhan.organization.selectors.law import law_for
from hatnhan.oversight.models import Complaint, Kind
from hatnhan.oversight.selectors import choosing, counted, trends
from hatnhan.rulebook.topics.oversight import Discipline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hatnhan.core.periods import Period
    from hatnhan.figures.types import Number, Scope
    from hatnhan.organization.models import Unit
    from hatnhan.oversight.selectors.counted import Window

_HEADLINES = ("oversight.programme.completion",)


@dataclass(frozen=True)
class _Counter:
    """One unit in one period, ready to count."""

    scope: Scope
    period: Period
    at: Window

    @property
    def unit(self) -> Unit:
        """The unit, for its law."""
        return cast("Unit", self.scope)

    def measure(self, key: str, label: str, unit: str, value: Number, how: str, **more: Any) -> Measure:
        """Return a figure of this unit and period: final once the whole period counts."""
        status = "final" if self.at.end >= self.period.end else "provisional"
        return Measure(f"oversight.{key}", label, unit, value, how, status=status, **more)

    def share(self, key: str, label: str, counts: tuple[int, int], how: str, **more: Any) -> Measure:
        """Return a share, with its part and its whole."""
        part, whole = counts
        parts = {"numerator": part, "denominator": whole}
        return self.measure(key, label, "%", share_of(part, whole), how, **parts, **more)

    def rows(self, name: str, part: str = "") -> RowsLink:
        """Return one of the lists behind the figures, in this period."""
        query = {"loc": part} if part else {}
        return RowsLink(f"oversight:counted-{name}", {**query, "ky": self.period.key})

    def merged(
        self, key: str, counts: Mapping[str, int], words: Mapping[str, str], how: str, *, group: str
    ) -> Iterator[Measure]:
        """Yield a count a kind; what is too few to tell stands under "Khác" and has no number of its own."""
        shown = trends.merged(counts)
        few = _("Dưới %(least)d thì gộp vào mục Khác, để không suy ra được ai.") % {"least": trends.LEAST}
        named = dict(words) | {one: one for one in counts if one not in words}
        for one, label in named.items():
            cell = shown.get(one)
            value = None if cell and cell.in_other else cell.count if cell else 0
            yield self.measure(f"{key}.{one}", label, _("lượt"), value, f"{how} {few}", group=group)
        other = shown.get(trends.OTHER)
        value = None if other and other.few else other.count if other else 0
        yield self.measure(f"{key}.other", _("Khác"), _("lượt"), value, f"{how} {few}", group=group)


@family(
    "oversight",
    title=gettext_lazy("Kiểm tra, giám sát, kỷ luật"),
    headlines=_HEADLINES,
    over_the_year=_HEADLINES,
)
def oversight(scope: Scope, period: Period) -> Iterator[Measure]:
    """Count what a unit and all below it did; the headline comes first and takes one query."""
    count = _Counter(scope, period, counted.window(scope.pk, period))
    yield from _programme(count)
    yield from _checks(count)
    yield from _findings(count)
    if not scope.is_cell:
        yield from _discipline(count)


# --- the programme ---------------------------------------------------------------------------------------------------
def _programme(count: _Counter) -> Iterator[Measure]:
    found = counted.programme(count.at, count.period)
    group = pgettext("oversight", "Chương trình")
    words = _(
        "Trong các cuộc có hạn kết thúc trong kỳ theo chương trình đã điều chỉnh: số cuộc kết luận đủ đối tượng,"
        " không sau hạn. Điều chỉnh trong kỳ: rút %(removed)d cuộc, thêm %(added)d cuộc, đổi %(changed)d cuộc."
    )
    about = {"removed": found.removed, "added": found.added, "changed": found.changed}
    yield count.share(
        "programme.completion",
        _("Hoàn thành chương trình kiểm tra, giám sát"),
        (found.done, found.planned),
        words % about,
        rows=count.rows("items", counted.DONE),
        group=group,
    )
    beside = (
        ("removed", _("Cuộc rút khỏi chương trình"), found.removed, _("Cuộc mà một lần điều chỉnh đã rút.")),
        ("added", _("Cuộc thêm vào chương trình"), found.added, _("Cuộc mà một lần điều chỉnh đã thêm.")),
        (
            "changed",
            _("Cuộc đổi trong chương trình"),
            found.changed,
            _("Cuộc mà một lần điều chỉnh đã đổi."),
        ),
    )
    for key, label, value, how in beside:
        yield count.measure(f"programme.{key}", label, _("cuộc"), value, how, group=group)


# --- checks ----------------------------------------------------------------------------------------------------------
def _checks(count: _Counter) -> Iterator[Measure]:
    how = _("Đếm cuộc đã kết luận trong kỳ của đơn vị và các đơn vị trực thuộc, tính cả hôm nay.")
    regular = _("Đếm phân công giám sát thường xuyên đã kết thúc trong kỳ, tính cả hôm nay.")
    for kind, value in counted.by_kind(count.at).items():
        yield count.measure(
            f"checks.by_kind.{kind}",
            str(Kind(kind).label),
            _("cuộc"),
            value,
            regular if kind == Kind.REGULAR else how,
            rows=count.rows("checks", kind) if kind in counted.LISTED else None,
            group=_("Cuộc đã kết luận"),
        )


# --- findings and remedies -------------------------------------------------------------------------------------------
def _findings(count: _Counter) -> Iterator[Measure]:
    yield from count.merged(
        "findings.by_topic",
        counted.shortcomings(count.at),
        choosing.topic_words(count.unit, count.at.on),
        _("Đếm khuyết điểm, hạn chế trong các kết luận của kỳ, theo lĩnh vực."),
        group=_("Khuyết điểm theo lĩnh vực"),
    )
    found = counted.remedied(count.at)
    yield count.share(
        "remedies.on_time_share",
        _("Khắc phục được xác nhận, đúng hạn"),
        (found.on_time, found.due),
        _(
            "Trong các việc khắc phục có hạn đã qua trong kỳ: số việc báo cáo không sau hạn và được người khác"
            " xác nhận."
        ),
        rows=count.rows("remedies", counted.DONE),
        until=None if count.at.end >= count.period.end else count.at.last,
        group=_("Khắc phục"),
    )


# --- discipline and complaints ---------------------------------------------------------------------------------------
def _discipline(count: _Counter) -> Iterator[Measure]:
    group = _("Kỷ luật, khiếu nại")
    yield count.measure(
        "cases.count",
        _("Vụ việc kỷ luật đã mở"),
        _("vụ việc"),
        counted.cases(count.at),
        _("Đếm vụ việc mở trong kỳ ở đảng bộ và các chi bộ trực thuộc; không nêu ai, không mở danh sách."),
        group=group,
    )
    law = law_for(Discipline, count.at.on, count.unit)
    yield from count.merged(
        "cases.by_form",
        counted.by_form(count.at),
        {one.key: one.title for one in law.value.forms},
        _("Đếm quyết định ký trong kỳ, trừ quyết định đã xóa bỏ hoặc đã thay đổi."),
        group=_("Hình thức kỷ luật"),
    )
    yield count.measure(
        "complaints.count",
        _("Khiếu nại kỷ luật đã nhận"),
        _("khiếu nại"),
        counted.complaints(count.at),
        _("Đếm khiếu nại nhận trong kỳ; không nêu ai, không mở danh sách."),
        group=group,
    )
    yield from count.merged(
        "complaints.by_result",
        counted.by_result(count.at),
        {one.value: str(one.label) for one in Complaint.Result},
        _("Đếm khiếu nại giải quyết xong trong kỳ, theo kết quả."),
        group=_("Kết quả giải quyết khiếu nại"),
    )
