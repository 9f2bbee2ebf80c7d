"""Why a grade, on paper: to be read before the meeting and to be given to whom it concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core.vietnamese import day as written
from hatnhan.documents.registry import document_of
from hatnhan.documents.types import Column, Section, Table
from hatnhan.organization.actions.checks import day_of
from hatnhan.reviews.documents.common import body_of, head_of
from hatnhan.reviews.selectors import explain
from hatnhan.reviews.selectors.why import appeal_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hatnhan.documents.types import Paper
    from hatnhan.reviews.models import Entry
    from hatnhan.reviews.selectors.explain import Explanation
    from hatnhan.reviews.selectors.explain_rows import Block, Row

_STATES = {
    "met": gettext_lazy("Đạt"),
    "failed": gettext_lazy("Chưa đạt"),
    "unknown": gettext_lazy("Chưa rõ"),
    "not_applicable": gettext_lazy("Không phải xét"),
}
_TRIGGERED = {
    "met": gettext_lazy("Có căn cứ"),
    "lifted": gettext_lazy("Cấp có thẩm quyền đã xem xét"),
    "unknown": gettext_lazy("Chưa rõ"),
}


@document_of("reviews.explanation", title=gettext_lazy("Vì sao được xếp mức này"))
def explanation(entry: Entry) -> Paper:
    """Draw up the answer: sentences, conditions, steps, rules; unconfirmed values are marked."""
    told = explain.explanation_of(entry)
    head = head_of(entry.cycle.unit, body_of(entry.cycle.unit), day_of(told.computed_at))
    title = _("xếp loại năm %(year)d của %(name)s") % {"year": entry.cycle.year, "name": told.name}
    return head.paper(
        title=_("Vì sao?"),
        abstract=title,
        paragraphs=tuple(_opening(told)),
        sections=tuple(_sections(told)),
        recipients=(head.head.kept,),
    )


def _opening(told: Explanation) -> Iterator[str]:
    yield f"{told.about}. {told.standing}."
    if told.grade_name:
        yield _("Mức: %(grade)s.") % {"grade": told.grade_name}
    yield from told.lines


def _sections(told: Explanation) -> Iterator[Section]:
    if told.triggers:
        yield Section(_("Căn cứ xếp mức thấp nhất"), table=_trigger_table(told.triggers))
    for block in told.blocks:
        heading = _("%(grade)s: đạt %(met)d/%(count)d điều kiện")
        numbers = {"grade": block.name, "met": block.met, "count": block.count}
        yield Section(heading % numbers, table=_table(block))
    if told.rest:
        yield Section(_("Các mức khác"), told.rest)
    for cap in told.caps:
        doubts = (_("(chưa xác nhận) %(doubts)s") % {"doubts": " ".join(cap.doubts)},) if cap.doubts else ()
        yield Section(cap.title, (cap.sentence, *doubts))
    if told.points:
        yield Section(_("Điểm"), tuple(f"{one.label}: {one.value}" for one in told.points))
    if told.steps:
        yield Section(_("Các bước"), tuple(_steps(told)))
    yield Section(_("Quy định dùng"), tuple(_sources(told)))
    yield Section(_("Không đồng ý thì làm gì"), (appeal_words(told.entry),))


def _table(block: Block) -> Table:
    columns = (
        Column(_("Điều kiện"), 2.6),
        Column(_("Hiện có"), 1.4, "center"),
        Column(_("Ngưỡng"), 1.2, "center"),
        Column(_("Kết quả"), 1.1, "center"),
        Column(_("Căn cứ"), 2.4),
    )
    rows = tuple(
        (
            one.label,
            one.value,
            one.bound,
            str(_STATES[one.state]),
            _cite(one),
        )
        for one in block.rows
    )
    return Table(columns, rows)


def _trigger_table(found: Iterable[Row]) -> Table:
    columns = (
        Column(_("Căn cứ"), 2.6),
        Column(_("Hiện có"), 1.4, "center"),
        Column(_("Kết quả"), 1.6, "center"),
        Column(_("Theo"), 2.4),
    )
    rows = tuple((one.bound, one.value, str(_TRIGGERED[one.state]), _cite(one)) for one in found)
    return Table(columns, rows)


def _cite(one: Row) -> str:
    return one.cite if one.confirmed else _("%(cite)s (chưa xác nhận)") % {"cite": one.cite}


def _steps(told: Explanation) -> Iterator[str]:
    for one in told.steps:
        day = written(one.day) if one.day else ""
        when = day if one.done else _("trước hết %(day)s") % {"day": day} if day else _("chưa làm")
        yield ": ".join(part for part in (f"{when} - {one.title}", one.note) if part)


def _sources(told: Explanation) -> Iterator[str]:
    for one in told.topics:
        yield one.words if one.confirmed else _("%(source)s (chưa xác nhận)") % {"source": one.words}
