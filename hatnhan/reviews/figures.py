"""The numbers this room vouches for: grades of members and organisations, caps, years of the title.

What counts is said once, in `selectors.counted`, for the figures and for the lists behind them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.figures.registry import family
from hatnhan.figures.types import Measure, RowsLink
from hatnhan.meetings.figures import share_of
from hatnhan.organization import bands
from hatnhan.organization.models.member import Sex
from hatnhan.reviews.models import ORDER, Cycle, Entry
from hatnhan.reviews.selectors import caps, counted, titles
from hatnhan.reviews.selectors.law import law_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hatnhan.core.periods import Period
    from hatnhan.figures.types import Number, Scope
    from hatnhan.organization.models import Unit
    from hatnhan.reviews.rules.caps import CapUse
    from hatnhan.reviews.selectors.counted import One, Tally, Window

_MEMBERS, _ORGANISATIONS = "reviews.members", "reviews.organisations"
_HEADLINES = (f"{_MEMBERS}.graded_share", f"{_MEMBERS}.good_or_better_share")


@dataclass(frozen=True)
class _Counter:
    """One unit in one period, ready to count."""

    scope: Scope
    period: Period
    at: Window

    @property
    def unit(self) -> Unit:
        """The unit, for its title and its law."""
        return cast("Unit", self.scope)

    def measure(self, key: str, label: str, unit: str, value: Number, how: str, **more: Any) -> Measure:
        """Return a figure of this unit and period: final once its days are over."""
        status = "final" if self.at.end >= self.period.end else "provisional"
        return Measure(key, label, unit, value, how, status=status, **more)

    def share(self, key: str, label: str, counts: tuple[int, int], how: str, **more: Any) -> Measure:
        """Return a share, with its part and its whole."""
        part, whole = counts
        parts = {"numerator": part, "denominator": whole}
        return self.measure(key, label, "%", share_of(part, whole), how, **parts, **more)

    def rows(self, name: str, part: str = "", **more: str) -> RowsLink:
        """Return one of the lists behind the figures, in this period."""
        query = {"loc": part} if part else {}
        return RowsLink(f"reviews:counted-{name}", {**query, **more, "ky": self.period.key})


@family(
    "reviews",
    title=gettext_lazy("Kiểm điểm, xếp loại"),
    headlines=_HEADLINES,
    over_the_year=_HEADLINES,
)
def reviews(scope: Scope, period: Period) -> Iterator[Measure]:
    """Count the grades of the year in a unit and all below it; the headlines come first and take one query."""
    count = _Counter(scope, period, counted.window(scope.pk, period))
    rows = counted.counted(count.at)
    people = [one for one in rows if one.of == Entry.Of.MEMBER]
    yield from _members(count, counted.tally(people))
    cycle = Cycle.objects.filter(unit=scope.pk, year=count.at.year, opened_on__lte=count.at.on).first()
    yield from _by_grade(count, counted.tally(people), cycle)
    if not scope.is_cell:
        yield from _parts(count, people)
    yield from _organisations(count, [one for one in rows if one.of == Entry.Of.ORGANISATION], cycle)
    if cycle is not None:
        yield from _caps(count, cycle)


# --- members ---------------------------------------------------------------------------------------------------------
def _members(count: _Counter, whole: Tally) -> Iterator[Measure]:
    group = _("Đảng viên trong diện xếp loại")
    yield count.share(
        f"{_MEMBERS}.graded_share",
        _("Đảng viên đã xếp loại"),
        (whole.graded, whole.due),
        _("Trong đảng viên thuộc diện xếp loại của năm: số đã có quyết định xếp loại."),
        rows=count.rows("members", counted.GRADED),
        group=group,
    )
    yield count.share(
        f"{_MEMBERS}.good_or_better_share",
        _("Đảng viên hoàn thành tốt trở lên"),
        (whole.good, whole.graded),
        _("Trong đảng viên đã xếp loại: số được mức 1 và mức 2."),
        rows=count.rows("members", counted.GOOD),
        group=group,
    )
    yield count.share(
        f"{_MEMBERS}.excellent_share_of_good",
        _("Xuất sắc trong số hoàn thành tốt trở lên"),
        (whole.excellent, whole.good),
        _("Trong đảng viên được mức 1 và mức 2: số được mức 1."),
        rows=count.rows("members", ORDER[0].value),
        group=group,
    )


def _by_grade(count: _Counter, whole: Tally, cycle: Cycle | None) -> Iterator[Measure]:
    how = _("Đếm đảng viên có quyết định xếp mức này cho năm.")
    for grade in ORDER:
        yield count.measure(
            f"{_MEMBERS}.by_grade.{grade.value}",
            _named(cycle, grade),
            _("đảng viên"),
            whole.counts[grade],
            how,
            numerator=whole.counts[grade],
            denominator=whole.graded,
            rows=count.rows("members", grade.value),
            group=_("Đảng viên theo mức"),
        )


def _named(cycle: Cycle | None, grade: str, *, organisation: bool = False) -> str:
    """Return what the law of the cycle calls a grade; its plain name where there is no one cycle."""
    plain = str(next(one.label for one in ORDER if one == grade))
    return law_of(cycle).grade_name(grade, organisation=organisation) if cycle else plain


def _parts(count: _Counter, people: list[One]) -> Iterator[Measure]:
    """Yield the share of good or better by cell, sex, age and post; on committees' boards only."""
    sexes = {one.value: str(one.label) for one in Sex}
    ages = {one.key: str(one.label) for one in bands.AGES}
    posts = {"leader": _("Giữ chức vụ lãnh đạo"), "other": _("Không giữ chức vụ lãnh đạo")}
    by_post = counted.tallies(people, _post, posts)
    groups = (
        ("by_cell", _("Tốt trở lên theo chi bộ"), "chi_bo", counted.by_cell(people)),
        ("sex", _("Tốt trở lên theo giới tính"), "gioi", counted.tallies(people, lambda one: one.sex, sexes)),
        ("age", _("Tốt trở lên theo độ tuổi"), "tuoi", counted.tallies(people, lambda one: one.age, ages)),
        ("post", _("Tốt trở lên theo chức vụ"), "chuc_vu", by_post),
    )
    how = _("Trong đảng viên đã xếp loại thuộc nhóm này: số được mức 1 và mức 2.")
    for key, group, name, rows in groups:
        for one in rows:
            yield count.share(
                f"{_MEMBERS}.good_or_better.{key}.{one.code.replace('-', '_') if key == 'age' else one.code}",
                one.label,
                (one.good, one.graded),
                how,
                rows=count.rows("members", counted.GOOD, **{name: one.code}),
                group=group,
            )


def _post(one: One) -> str:
    return "leader" if one.subject == Entry.Subject.LEADER else "other"


# --- organisations ---------------------------------------------------------------------------------------------------
def _organisations(count: _Counter, rows: list[One], cycle: Cycle | None) -> Iterator[Measure]:
    whole = counted.tally(rows)
    for grade in ORDER:
        yield count.measure(
            f"{_ORGANISATIONS}.by_grade.{grade.value}",
            _named(cycle, grade, organisation=True),
            _("tổ chức"),
            whole.counts[grade],
            _("Đếm tổ chức đảng có quyết định xếp mức này cho năm."),
            numerator=whole.counts[grade],
            denominator=whole.graded,
            rows=count.rows("organisations", grade.value),
            group=_("Tổ chức đảng theo mức"),
        )
    run = titles.run_of(count.unit, count.at.on, until=count.at.year)
    how = _("Số năm liền, đến năm gần nhất đã xếp loại, tổ chức được mức 1.")
    if run.years:
        how = _("%(how)s Danh hiệu “%(title)s”, từ năm %(first)d đến năm %(last)d.") % {
            "how": how,
            "title": run.title,
            "first": run.first,
            "last": run.last,
        }
    yield count.measure(
        f"{_ORGANISATIONS}.title_years",
        _("Số năm liền được mức 1"),
        _("năm"),
        run.years,
        how,
        group=_("Tổ chức đảng theo mức"),
    )


# --- caps ------------------------------------------------------------------------------------------------------------
def _caps(count: _Counter, cycle: Cycle) -> Iterator[Measure]:
    """Yield how far the caps on the best grade are used, over the whole cycle. Two queries."""
    rows = counted.for_caps(cycle, count.at.on)
    uses = [one for one in caps.uses_of(cycle, rows) if one.limit is not None and one.cap.percent]
    rule = law_of(cycle).caps
    whole = (sum(one.used for one in uses), sum(one.limit or 0 for one in uses))
    how = _("Số được mức 1 trên số được phép có mức 1, cộng các nhóm có giới hạn tỷ lệ.")
    group = _("Tỷ lệ mức 1 đã dùng")
    yield count.share("reviews.caps.use", _("Mức 1 đã dùng"), whole, how, rule=rule, group=group)
    titles_of = {one.key: one.title for one in rule.value.groups}
    for one in uses:
        yield _cap(count, one, titles_of.get(one.group, one.group), group)


def _cap(count: _Counter, one: CapUse, title: str, group: str) -> Measure:
    how = _("Không quá %(percent)s%% của %(base)d, tức %(limit)d.") % {
        "percent": f"{one.percent.normalize():f}",
        "base": one.base,
        "limit": one.limit or 0,
    }
    key = ".".join(part for part in ("reviews.caps.use", one.cap.key, one.group) if part)
    kind = str(Entry.Subject(one.cap.of).label) if one.cap.of in Entry.Subject.values else _("Đảng viên")
    label = f"{kind}: {title}" if title else kind
    return count.share(key, label, (one.used, one.limit or 0), how, group=group)
