"""What is due about roll-outs, study and the year under the Directive; tasks are for `assignments` to tell.

Everything is told as it stood on the day asked for; each source takes the same few queries whatever the size.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core.periods import add_months
from hatnhan.core.vietnamese import day as written
from hatnhan.deadlines.registry import personal, source
from hatnhan.deadlines.types import Deadline
from hatnhan.guidance.rules.directive import days_of
from hatnhan.guidance.selectors import pending
from hatnhan.guidance.selectors.directive import law_day
from hatnhan.organization.cell_kinds import kind_words
from hatnhan.organization.selectors.law import laws_at
from hatnhan.rulebook.topics.guidance import Directive

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from hatnhan.guidance.models import CellRollOut, RollOut
    from hatnhan.organization.models import Unit
    from hatnhan.rulebook.types import Rule


# --- the committee's part --------------------------------------------------------------------------------------------
@source("guidance.plan", title=gettext_lazy("Kế hoạch triển khai chờ duyệt"))
def plans(unit_ids: Sequence[int], *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the plans being written, with the kinds of cell that have no variant yet. Three queries."""
    found = list(pending.plans(unit_ids, on, until))
    missing = pending.kinds_without(found, on)
    for one in found:
        kinds = missing.get(one.pk, [])
        detail = _("Chưa có bản cho loại chi bộ: %(kinds)s.") % {"kinds": _kinds(kinds)} if kinds else ""
        title = _("Duyệt kế hoạch triển khai %(document)s") % {"document": one.document}
        action = _("Soạn tiếp") if kinds else _("Xem và duyệt")
        yield _of_plan(one, "plan", one.approve_by, title, detail or one.document.subject, action)


@source("guidance.variant", title=gettext_lazy("Loại chi bộ chưa có bản cụ thể hóa"))
def variants(unit_ids: Sequence[int], *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the roll-outs that run while some kind of cell below has no variant: a kind that came later."""
    found = list(pending.running(unit_ids, on))
    missing = pending.kinds_without(found, on)
    for one in found:
        if one.pk in missing and one.held_by <= until:
            title = _("Soạn bản cụ thể hóa %(document)s") % {"document": one.document}
            detail = _("Chưa có bản cho loại chi bộ: %(kinds)s.") % {"kinds": _kinds(missing[one.pk])}
            yield _of_plan(one, "variant", one.held_by, title, detail, _("Soạn bản còn thiếu"))


@source("guidance.lacking", title=gettext_lazy("Chi bộ chưa được giao kế hoạch triển khai"))
def lacking(unit_ids: Sequence[int], *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the roll-outs that some cell below has not been given: by the day to hold it, or its founding if later."""
    found = list(pending.running(unit_ids, on))
    without = pending.lacking(found, on)
    for one in found:
        lack = without.get(one.pk)
        if lack is not None and (due := max(one.held_by, lack.since)) <= until:
            title = _("Giao bổ sung %(document)s") % {"document": one.document}
            detail = _("%(count)d chi bộ chưa được giao.") % {"count": lack.count}
            yield _of_plan(one, "lacking", due, title, detail, _("Mở kế hoạch"))


def _kinds(keys: Sequence[str]) -> str:
    return ", ".join(kind_words(key).lower() for key in keys)


def _of_plan(one: RollOut, kind: str, due: date, title: str, detail: str, action: str) -> Deadline:
    return Deadline(
        key=f"guidance.{kind}:{one.pk}",
        due=due,
        title=title,
        detail=detail,
        unit_id=one.unit_id,
        unit_name=one.unit.name,
        url=reverse("guidance:roll-out", args=[one.pk]),
        action=action,
    )


# --- the cells' part -------------------------------------------------------------------------------------------------
@source("guidance.held", title=gettext_lazy("Chi bộ sinh hoạt, quán triệt văn bản"))
def to_hold(unit_ids: Sequence[int], *, on: date, until: date) -> Iterator[Deadline]:
    """Yield what cells were given and have not held. Two queries, and the law's where there is any."""
    for one, due, rule in pending.not_held(unit_ids, on):
        if due <= until:
            placed = getattr(one, "agenda_meeting", None) is not None
            title = _("Sinh hoạt, quán triệt %(document)s") % {"document": one.roll_out.document}
            detail = (
                _("Đã có trong chương trình họp, chưa họp.")
                if placed
                else _("Chưa có trong chương trình họp nào.")
            )
            action = _("Xem nội dung") if placed else _("Đưa vào chương trình")
            url = reverse("guidance:given", args=[one.pk])
            yield _of_cell(one, "held", due, title, detail, url, action, rule)


@source("guidance.study", title=gettext_lazy("Học tập văn bản"))
def to_study(unit_ids: Sequence[int], *, on: date, until: date) -> Iterator[Deadline]:
    """Yield what the members of cells have not all studied. Three queries, and the law's where there is any.

    The committee that looks at all its cells has one line a document, so that old debts of eighteen cells do not push
    everything else off its page; a cell has its own.
    """
    looked_at = set(unit_ids)
    behind: dict[int, list[tuple[CellRollOut, int, int, date, Rule[object]]]] = defaultdict(list)
    for row in pending.not_studied(unit_ids, on):
        if row[3] <= until:
            behind[row[0].roll_out_id].append(row)
    for rows in behind.values():
        if len(rows) > 1 and rows[0][0].roll_out.unit_id in looked_at:
            yield _of_committee(rows)
            continue
        for one, done, of, due, rule in rows:
            page = reverse("guidance:study-of", args=[one.roll_out.document_id])
            url = f"{page}?{urlencode({'don_vi': one.cell.code})}"
            title = _("Chi bộ học %(document)s") % {"document": one.roll_out.document}
            yield _of_cell(one, "study", due, title, _studied(done, of), url, _("Xem ai chưa học"), rule)


def _of_committee(rows: Sequence[tuple[CellRollOut, int, int, date, Rule[object]]]) -> Deadline:
    """Return one line for all cells that have not finished studying a document, due when the first of them was."""
    first, _done, _of, due, rule = min(rows, key=lambda row: row[3])
    roll_out = first.roll_out
    return Deadline(
        key=f"guidance.study:of{roll_out.pk}",
        due=due,
        title=_("Chi bộ học %(document)s") % {"document": roll_out.document},
        detail=_studied(sum(row[1] for row in rows), sum(row[2] for row in rows)),
        unit_id=roll_out.unit_id,
        unit_name=_("%(count)d chi bộ") % {"count": len(rows)},
        url=reverse("guidance:study-of", args=[roll_out.document_id]),
        action=_("Xem ai chưa học"),
        rule=rule,
    )


def _studied(done: int, of: int) -> str:
    words = _("%(left)d đồng chí chưa học; %(done)d/%(of)d đã học.")
    return words % {"left": of - done, "done": done, "of": of}


@source("guidance.report", title=gettext_lazy("Báo cáo kết quả triển khai"))
def to_report(unit_ids: Sequence[int], *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the reports that cells owe. Two queries, and the law's where there is any."""
    for one, term, rule in pending.not_reported(unit_ids, on, until):
        words = {"months": term.months, "document": one.roll_out.document}
        title = _("Báo cáo %(months)d tháng thực hiện %(document)s") % words
        url = reverse("guidance:given", args=[one.pk])
        detail = one.roll_out.document.subject
        kind = f"report.{term.months}"
        yield _of_cell(one, kind, term.due, title, detail, url, _("Ghi báo cáo"), rule)


def _of_cell(  # noqa: PLR0913, PLR0917 - what a deadline says, in one place
    one: CellRollOut,
    kind: str,
    due: date,
    title: str,
    detail: str,
    url: str,
    action: str,
    rule: Rule[object],
) -> Deadline:
    name, _dot, part = kind.partition(".")
    return Deadline(
        key=f"guidance.{name}:{one.pk}" + (f":{part}" if part else ""),
        due=due,
        title=title,
        detail=detail,
        unit_id=one.cell_id,
        unit_name=one.cell.name,
        url=url,
        action=action,
        rule=rule,
    )


# --- one person's part -----------------------------------------------------------------------------------------------
@personal("guidance.own_study", title=gettext_lazy("Văn bản phải học"))
def own_study(member_id: int, *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the documents that a member has still to study. Two queries where there is none, five at most."""
    for document, due in pending.owed_by(member_id, on):
        if due <= until:
            yield Deadline(
                key=f"guidance.own_study:{document.pk}",
                due=due,
                title=_("Tôi học %(document)s") % {"document": document},
                detail=document.subject,
                unit_id=document.unit_id,
                unit_name="",
                url=reverse("guidance:document", args=[document.pk]),
                action=_("Đọc, xác nhận"),
            )


# --- the year under the Directive ------------------------------------------------------------------------------------
class _Step(NamedTuple):
    """A step of the year: its last day, what it is called to a unit and to a member, who is missing, itself too."""

    key: str
    due: date
    title: str
    own_title: str
    left: str
    unit_left: str


def _steps(year: int, value: Directive) -> tuple[_Step, _Step, _Step]:
    """Return the three steps of a year."""
    asked, days = {"year": year}, days_of(value, year)
    return (
        _Step(
            pending.REGISTER,
            days.register,
            _("Đăng ký học tập, làm theo Bác năm %(year)d") % asked,
            _("Đăng ký của tôi: học tập, làm theo Bác năm %(year)d") % asked,
            _("%(left)d đồng chí chưa đăng ký."),
            _("%(unit)s chưa đăng ký."),
        ),
        _Step(
            pending.MIDYEAR,
            days.midyear,
            _("Kết quả giữa năm học tập, làm theo Bác %(year)d") % asked,
            _("Kết quả giữa năm của tôi: học tập, làm theo Bác %(year)d") % asked,
            _("%(left)d đồng chí chưa ghi kết quả giữa năm."),
            _("%(unit)s chưa ghi kết quả giữa năm."),
        ),
        _Step(
            pending.ASSESS,
            days.assess,
            _("Tự đánh giá cuối năm học tập, làm theo Bác %(year)d") % asked,
            _("Tự đánh giá của tôi: học tập, làm theo Bác %(year)d") % asked,
            _("%(left)d đồng chí chưa tự đánh giá."),
            _("%(unit)s chưa tự đánh giá."),
        ),
    )


def _asked(year: int, value: Directive, on: date) -> list[_Step]:
    """Return what is asked on a day: to register; then the half year; in the last month before its day, to assess."""
    register, midyear, assess = _steps(year, value)
    if on <= register.due:
        return [register]
    return [register, assess if on >= add_months(assess.due, -1) else midyear]


@source("guidance.directive", title=gettext_lazy("Học tập và làm theo Bác"))
def directive(unit_ids: Sequence[int], *, on: date, until: date) -> Iterator[Deadline]:
    """Yield to each unit under a theme of the year what of its registrations is missing, step by step."""
    year = on.year
    asked = sorted(pending.under_a_theme(unit_ids, year, on))
    if not asked:
        return
    rule_of = laws_at(Directive, law_day(year, on), asked)
    rules = {rule_of(pk).version: rule_of(pk) for pk in asked}
    for version, rule in rules.items():
        units = [pk for pk in asked if rule_of(pk).version == version]
        steps = {one.key: one for one in _asked(year, rule.value, on) if one.due <= until}
        for key, rows in pending.registrations_of(units, year, list(steps), on).items():
            yield from (_of_year(one, steps[key], rule) for one in rows)


def _of_year(one: pending.YearOf, step: _Step, rule: Rule[Directive]) -> Deadline:
    name = _("Chi bộ") if one.unit.is_cell else _("Cấp ủy")
    parts = [] if one.itself else [step.unit_left % {"unit": name}]
    if one.members < one.of:
        parts.append(step.left % {"left": one.of - one.members})
    year = step.due.year
    if one.unit.is_cell:
        page = reverse("guidance:cell-registrations", args=[one.unit.code])
        url = f"{page}?{urlencode({'nam': year})}"
    else:
        url = f"{reverse('guidance:directive')}?{urlencode({'don_vi': one.unit.code, 'nam': year})}"
    return Deadline(
        key=f"guidance.directive:{one.unit.pk}:{year}:{step.key}",
        due=step.due,
        title=step.title,
        detail=" ".join(parts),
        unit_id=one.unit.pk,
        unit_name=one.unit.name,
        url=url,
        action=_("Xem bản đăng ký"),
        rule=rule,
    )


@source("guidance.theme", title=gettext_lazy("Chuyên đề năm học tập, làm theo Bác"))
def themes(unit_ids: Sequence[int], *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the committees that had a theme the year before and set none this year: by the day to register."""
    year = on.year
    units = list(pending.without_theme(unit_ids, year))
    if not units:
        return
    rule_of = laws_at(Directive, law_day(year, on), {one.pk for one in units})
    for unit in units:
        yield from _theme(unit, year, rule_of(unit.pk), until)


def _theme(unit: Unit, year: int, rule: Rule[Directive], until: date) -> Iterator[Deadline]:
    due = days_of(rule.value, year).register
    if due <= until:
        yield Deadline(
            key=f"guidance.theme:{unit.pk}:{year}",
            due=due,
            title=_("Đặt chuyên đề học tập, làm theo Bác năm %(year)d") % {"year": year},
            detail=_("Đăng ký xong trước hết ngày %(day)s.") % {"day": written(due)},
            unit_id=unit.pk,
            unit_name=unit.name,
            url=f"{reverse('guidance:directive')}?{urlencode({'don_vi': unit.code, 'nam': year})}",
            action=_("Đặt chuyên đề"),
            rule=rule,
        )


@personal("guidance.own_directive", title=gettext_lazy("Đăng ký học tập, làm theo Bác của tôi"))
def own_directive(member_id: int, *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the step of the year that a member has come to: to register, to write the half year, to assess."""
    year = on.year
    own = pending.own_year(member_id, year, on)
    if own is None:
        return
    rule = laws_at(Directive, law_day(year, on), {own.cell.pk})(own.cell.pk)
    for step in _asked(year, rule.value, on):
        ready = step.key == pending.REGISTER or pending.REGISTER in own.steps
        if ready and step.key not in own.steps and step.due <= until:
            yield Deadline(
                key=f"guidance.own_directive:{year}:{step.key}",
                due=step.due,
                title=step.own_title,
                detail=_("Viết bằng lời của đồng chí; việc nào, xong khi nào."),
                unit_id=own.cell.pk,
                unit_name=own.cell.name,
                url=f"{reverse('guidance:directive')}?{urlencode({'nam': year})}",
                action=_("Mở bản đăng ký"),
                rule=rule,
            )
            return
