"""The form of a self-review, filled in or left free, as the regime of the cycle has it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.vietnamese import day as written
from hatnhan.documents.registry import document_of
from hatnhan.documents.types import Column, Section, Signature, Table
from hatnhan.organization.actions.checks import day_of
from hatnhan.organization.models import Level
from hatnhan.reviews.documents.common import (
    DOTS,
    Heads,
    as_paragraphs,
    body_of,
    grade_words,
    joined,
    plain,
    unsure,
)
from hatnhan.reviews.models import Entry, Rating, Score
from hatnhan.reviews.review_parts import AnswerData
from hatnhan.reviews.selectors import papers, texts
from hatnhan.reviews.selectors.entries import name_of
from hatnhan.reviews.selectors.law import law_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from hatnhan.documents.types import Paper
    from hatnhan.reviews.selectors.filled import Filled
    from hatnhan.rulebook.topics.reviews import Criterion, FormField

_WORK = (
    Column("TT", 0.5, "center"),
    Column("Việc", 2.8),
    Column("Sản phẩm, kết quả", 2.4),
    Column("Tự đánh giá", 1.5),
    Column("Hội nghị thống nhất", 1.5),
)
_FAULTS = (
    Column("TT", 0.5, "center"),
    Column("Hạn chế, khuyết điểm đã chỉ ra", 3),
    Column("Việc đã làm", 2.2),
    Column("Tự đánh giá", 1.3),
    Column("Hội nghị thống nhất", 1.5),
)
_POINTS = (
    Column("TT", 0.5, "center"),
    Column("Tiêu chí", 4),
    Column("Điểm tối đa", 1, "center"),
    Column("Tự chấm", 1, "center"),
    Column("Hội nghị", 1, "center"),
    Column("Thẩm định", 1, "center"),
)
_LEVELS = (
    Column("TT", 0.5, "center"),
    Column("Tiêu chí", 4),
    Column("Tự nhận", 1.2, "center"),
    Column("Hội nghị", 1.2, "center"),
    Column("Thẩm định", 1.2, "center"),
)
#: Rows to write on where nothing was written yet.
_FREE_ROWS = 3
_STAGES = (Score.Stage.SELF, Score.Stage.SITTING, Score.Stage.FINAL)


@document_of(papers.FORM, title=gettext_lazy("Bản kiểm điểm"))
def form(filled: Filled) -> Paper:
    """Draw up the form of one entry."""
    return form_paper(filled, Heads())


@document_of(papers.BLANK, title=gettext_lazy("Mẫu kiểm điểm để trống"))
def blank(filled: Filled) -> Paper:
    """Draw up the form of one entry with nothing in it but whose it is."""
    return form_paper(filled, Heads())


def form_paper(filled: Filled, heads: Heads) -> Paper:
    """Return the form of an entry as a paper; ``heads`` remembers how the papers of a unit are headed."""
    entry = filled.entry
    law = law_of(entry.cycle)
    found = law.forms.value.of(entry.subject)
    on = _day(filled)
    head = heads.of(entry.unit, body_of(entry.unit), on)
    number = _("Mẫu %(number)s") % {"number": found.number} if found else ""
    made = head.paper(
        title=found.title if found else _("Bản kiểm điểm"),
        abstract=_("năm %(year)d") % {"year": entry.cycle.year},
        paragraphs=tuple(_who(entry)),
        sections=tuple(_sections(filled)),
        closing=joined((_typed(filled),)),
        signatures=tuple(_signatures(filled, heads, on)),
        recipients=(),
    )
    # The number of a form is no number of a letter.
    return replace(made, number=f"{number} {unsure(law.forms)}".strip())


def _day(filled: Filled) -> date:
    """Return the day the form bears: of its handing in, else today."""
    review = filled.review
    return day_of(review.submitted_at) if review and review.submitted_at else clock.today()


def _who(entry: Entry) -> Iterator[str]:
    if entry.member is None:
        yield _("Tập thể, tổ chức: %(name)s.") % {"name": name_of(entry)}
        return
    member = entry.member
    born = written(member.born_on) if member.born_on else str(member.born_year or DOTS[:20])
    yield _("Họ và tên: %(name)s. Ngày sinh: %(born)s.") % {"name": member.full_name, "born": born}
    work = member.occupation or DOTS[:40]
    yield _("Đơn vị công tác, nghề nghiệp: %(work)s.") % {"work": work}
    yield _("Chi bộ: %(cell)s.") % {"cell": entry.unit.name}


# --- what is written -------------------------------------------------------------------------------------------------
def _sections(filled: Filled) -> Iterator[Section]:
    fields = texts.fields_of(filled.entry)
    waiting = {"tasks": _work, "remedies": _faults}
    for part, found in groupby(fields, key=lambda one: one.part):
        yield Section(part)
        for one in found:
            yield _answer(one, filled)
            table = waiting.pop(one.evidence, None)
            if table is not None:
                yield table(filled)
    for rest in waiting.values():
        yield rest(filled)
    yield _criticism(filled)
    if texts.is_graded(filled.entry):
        yield _points(filled)
        yield Section(_("Mức xếp loại"), tuple(_chain(filled.entry)))


def _answer(one: FormField, filled: Filled) -> Section:
    found = filled.text.answers.get(one.key, AnswerData())
    lines = as_paragraphs(found.text) or (() if one.required == "no" and filled.review else (DOTS, DOTS))
    level = ""
    if one.rated == "yes":
        named = str(Rating(found.rating).label) if found.rating else DOTS[:20]
        level = _("Tự nhận mức: %(level)s.") % {"level": named}
    return Section(one.label, (*lines, *joined((level,))), level=2)


def _work(filled: Filled) -> Section:
    rows = [
        (
            one.title,
            one.product,
            str(one.get_said_display()) if one.said else "",
            _agreed(one.get_agreed_display(), one.agreed_because),
        )
        for one in filled.text.work
    ]
    return Section(_("Nhiệm vụ trong năm"), (), _numbered(_WORK, rows, filled), level=2)


def _faults(filled: Filled) -> Section:
    rows = [
        (
            f"{one.text} ({one.noted})" if one.noted else one.text,
            one.how,
            str(one.get_said_display()) if one.said else "",
            _agreed(one.get_agreed_display(), one.agreed_because),
        )
        for one in filled.text.faults
    ]
    if not rows and filled.review:
        return Section("", (_("Không có khuyết điểm được chỉ ra từ trước."),))
    return Section(_("Khuyết điểm đã chỉ ra"), (), _numbered(_FAULTS, rows, filled), level=2)


def _agreed(words: object, because: str) -> str:
    return f"{words}. {because}" if because else str(words)


def _numbered(columns: tuple[Column, ...], rows: Iterable[tuple[str, ...]], filled: Filled) -> Table | None:
    listed = [(str(at), *row) for at, row in enumerate(rows, start=1)]
    if not listed and filled.review:
        return None
    if not listed:
        free = ("",) * (len(columns) - 1)
        return Table(columns, tuple((str(at), *free) for at in range(1, _FREE_ROWS + 1)), roomy=True)
    return Table(columns, tuple(listed))


def _criticism(filled: Filled) -> Section:
    heading = _("Tự phê bình, soi lại theo Nghị quyết Trung ương 4")
    lines: list[str] = []
    for at, one in enumerate(filled.text.criticisms, start=1):
        text, *more = as_paragraphs(one.text) or ("",)
        lines += [f"{at}. {text}", *more]
        if one.remedy:
            lines.append(_("Cách sửa: %(remedy)s") % {"remedy": one.remedy})
        if one.mended:
            lines.append(_("Mức khắc phục: %(mended)s.") % {"mended": one.get_mended_display()})
    if not lines:
        lines = [_("Không tự ghi điều nào.")] if filled.review else [DOTS, DOTS]
    return Section(heading, tuple(lines))


# --- points and grades -----------------------------------------------------------------------------------------------
def _points(filled: Filled) -> Section:
    criteria = texts.criteria_of(filled.entry)
    scored = texts.is_scored(filled.entry)
    rows = [(str(at), *_row(one, filled, scored=scored)) for at, one in enumerate(criteria, start=1)]
    mark = unsure(law_of(filled.entry.cycle).rubric)
    if not scored:
        heading = _("Mức của từng tiêu chí")
        return Section(f"{heading} {mark}".strip(), (), Table(_LEVELS, tuple(rows)))
    most = sum((one.points for one in criteria), Decimal(0))
    totals = ("", _("Tổng"), plain(most), *(_sum(filled, stage) for stage in _STAGES))
    return Section(f"{_('Chấm điểm')} {mark}".strip(), (), Table(_POINTS, tuple(rows), totals))


def _row(one: Criterion, filled: Filled, *, scored: bool) -> tuple[str, ...]:
    given = [filled.points.get(stage, {}).get(one.key) for stage in _STAGES]
    if scored:
        return (one.title, plain(one.points), *(plain(value) for value in given))
    return (one.title, *(str(Rating(int(value)).label) if value else "" for value in given))


def _sum(filled: Filled, stage: str) -> str:
    given = filled.points.get(stage)
    return plain(sum(given.values(), Decimal(0))) if given else ""


def _chain(entry: Entry) -> Iterator[str]:
    """Yield the grade as each in turn gives it: oneself, the cell or collective, who decides."""
    where = _("Chi bộ") if entry.unit.level == Level.CELL else _("Tập thể")
    rows = (
        (_("Tự nhận"), entry.self_grade, ""),
        (_("%(who)s đề nghị") % {"who": where}, entry.proposed_grade, entry.proposed_reason),
        (_("Cấp có thẩm quyền xếp loại"), entry.grade, entry.override_reason),
    )
    for words, grade, reason in rows:
        ending = f" {_('Lý do')}: {reason.rstrip('.')}." if reason else ""
        yield f"{words}: {grade_words(entry, grade, free=True)}.{ending}"


# --- the end of the form ---------------------------------------------------------------------------------------------
def _typed(filled: Filled) -> str:
    review = filled.review
    if review is None or not review.typed_by:
        return ""
    told = _("Đ/c %(who)s ghi hộ từ bản giấy (%(note)s).") % {
        "who": review.typed_by,
        "note": review.typed_note,
    }
    if review.confirmed_at is None:
        return f"{told} {_('Người kiểm điểm chưa xác nhận.')}"
    day = written(day_of(review.confirmed_at))
    return f"{told} {_('Người kiểm điểm xác nhận ngày %(day)s.') % {'day': day}}"


def _signatures(filled: Filled, heads: Heads, on: date) -> Iterator[Signature]:
    entry = filled.entry
    head = heads.of(entry.unit, body_of(entry.unit), on)
    if entry.member is None:
        yield head.on_behalf
        return
    yield head.on_behalf
    yield Signature(_("Người tự kiểm điểm"), "", entry.member.full_name)
