"""The writing page of a self-review: its parts in order, what stands in each, what is still missing in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hatnhan.core.errors import Missing
from hatnhan.reviews import permissions
from hatnhan.reviews.models import Criticism, Entry, FaultLine, Rating, SelfReview, StepDay, WorkLine
from hatnhan.reviews.review_parts import (
    AnswerData,
    answer_mark,
    lines_mark,
    points_mark,
    work_mark,
)
from hatnhan.reviews.selectors import texts
from hatnhan.reviews.selectors.law import law_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hatnhan.accounts.models import User
    from hatnhan.reviews.models import Cycle
    from hatnhan.reviews.selectors.texts import Lack, Text
    from hatnhan.rulebook.topics.reviews import Criterion, FormField, ReviewForm


#: What one may choose of oneself, as value and words.
RATINGS = tuple(Rating.choices)
OUTCOMES = tuple(WorkLine.Outcome.choices)
FIXED = tuple(FaultLine.Fixed.choices)
MENDED = tuple(Criticism.Mended.choices)


@dataclass(frozen=True, slots=True)
class Part:
    """One page of writing. ``fields`` of the form stand in it, or it is one of the parts that are rows."""

    slug: str
    title: str
    fields: tuple[FormField, ...] = ()

    @property
    def kind(self) -> str:
        """Return which of the parts it is: "answers" or the name of one that is rows."""
        return "answers" if self.fields else self.slug


@dataclass(frozen=True, slots=True)
class Step:
    """A part as the list of parts shows it."""

    part: Part
    lacks: tuple[Lack, ...]
    written: bool
    current: bool = False

    @property
    def lack_words(self) -> list[str]:
        """Return what is missing, as the part's own page says it."""
        return lack_words(self.lacks)


@dataclass(frozen=True, slots=True)
class Points:
    """What one gives oneself, summed."""

    common: Decimal
    result: Decimal
    most_common: Decimal
    most_result: Decimal
    lines: list[tuple[Criterion, Decimal | None]] = field(default_factory=list)

    @property
    def total(self) -> Decimal:
        """Return all points."""
        return self.common + self.result

    @property
    def most(self) -> Decimal:
        """Return the most one may give oneself."""
        return self.most_common + self.most_result


def entry_to_read(user: User, pk: int) -> Entry:
    """Return an entry whose self-review a person may read. Raises Missing."""
    rows = permissions.texts_for(user).select_related("cycle__unit", "member", "unit")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Missing
    return found


def entry_to_write(user: User, pk: int) -> Entry:
    """Return an entry whose self-review a person may write, or type for another. Raises Missing."""
    found = entry_to_read(user, pk)
    if not permissions.is_own(user, found) and not permissions.may_type_for(user, found):
        raise Missing
    return found


def review_of(entry: Entry) -> SelfReview | None:
    """Return the self-review of an entry, with the entry itself on it; None before it was begun. One query."""
    found = SelfReview.objects.filter(entry=entry).first()
    if found is not None:
        found.entry = entry
    return found


def form_of(entry: Entry) -> ReviewForm | None:
    """Return the form that an entry is reviewed on, as the law of its cycle has it."""
    return law_of(entry.cycle).forms.value.of(entry.subject)


def due_of(cycle: Cycle) -> date | None:
    """Return the last day (inclusive) of handing in. One query."""
    rows = StepDay.objects.filter(cycle=cycle, key="self_review").order_by("of", "place")
    return rows.values_list("due", flat=True).first()


def parts_of(entry: Entry) -> tuple[Part, ...]:
    """Return the parts in the order of writing: the form's own, each with its rows after it, then points and grade."""
    found = []
    waiting = {texts.WORK: _("Từng việc trong năm"), texts.FAULTS: _("Từng khuyết điểm đã chỉ ra")}
    beside = {"tasks": texts.WORK, "remedies": texts.FAULTS}
    grouped = groupby(texts.fields_of(entry), key=lambda one: one.part)
    for number, (title, fields) in enumerate(grouped, start=1):
        part = Part(str(number), title, tuple(fields))
        found.append(part)
        for evidence, slug in beside.items():
            if slug in waiting and any(one.evidence == evidence for one in part.fields):
                found.append(Part(slug, waiting.pop(slug)))
    found += [Part(slug, title) for slug, title in waiting.items()]
    found.append(Part(texts.CRITICISM, _("Tự phê bình, soi lại theo Nghị quyết Trung ương 4")))
    if texts.is_graded(entry):
        scored = texts.is_scored(entry)
        found.append(Part(texts.POINTS, _("Tự chấm điểm") if scored else _("Tự nhận mức từng tiêu chí")))
        found.append(Part(texts.GRADE, _("Tự nhận mức xếp loại")))
    return tuple(found)


def part_named(parts: tuple[Part, ...], slug: str) -> Part:
    """Return a part by its name in the address, the first one without. Raises Missing."""
    if not slug:
        return parts[0]
    found = next((one for one in parts if one.slug == slug), None)
    if found is None:
        raise Missing
    return found


def lacks_in(part: Part, lacks: tuple[Lack, ...]) -> tuple[Lack, ...]:
    """Return what is missing in one part."""
    keys = {part.title} if part.fields else {part.slug}
    return tuple(one for one in lacks if one.part in keys)


def lack_words(lacks: tuple[Lack, ...]) -> list[str]:
    """Return what is missing in one part as its page says it; criteria are counted, since their list stands below."""
    if lacks and lacks[0].part == texts.POINTS:
        count = len(lacks)
        words = ngettext("%(count)d tiêu chí chưa chấm", "%(count)d tiêu chí chưa chấm", count)
        return [words % {"count": count}]
    return [one.short or one.words for one in lacks]


def steps_of(parts: tuple[Part, ...], text: Text, current: Part | None = None) -> list[Step]:
    """Return the list of parts with what is missing in each."""
    lacks = texts.lacks(text)
    return [Step(one, lacks_in(one, lacks), _is_written(one, text), one == current) for one in parts]


def _is_written(part: Part, text: Text) -> bool:
    if part.fields:
        return any(text.answers.get(one.key, AnswerData()).text for one in part.fields)
    stands = {
        texts.WORK: text.work,
        texts.FAULTS: text.faults,
        texts.CRITICISM: text.criticisms,
        texts.POINTS: text.points,
        texts.GRADE: text.entry.self_grade,
    }
    return bool(stands[part.slug])


def marks_of(part: Part, text: Text) -> dict[str, str]:
    """Return the marks of what stands in a part: by field of the form, or one under "" for a part of rows."""
    if part.fields:
        return {one.key: answer_mark(text.answers.get(one.key, AnswerData())) for one in part.fields}
    made = {
        texts.WORK: lambda: work_mark(text.work_data),
        texts.FAULTS: lambda: lines_mark(text.fault_data),
        texts.CRITICISM: lambda: lines_mark(text.criticism_data),
        texts.POINTS: lambda: points_mark(text.points),
        texts.GRADE: lambda: text.entry.self_grade or "none",
    }
    return {"": made[part.slug]()}


def points_table(entry: Entry, points: dict[str, Decimal]) -> Points:
    """Return the criteria with what one gives oneself, and the sums of both groups."""
    criteria = texts.criteria_of(entry)

    def total(part: str, *, most: bool = False) -> Decimal:
        rows = (one for one in criteria if one.part == part)
        return sum((one.points if most else points.get(one.key, Decimal(0)) for one in rows), Decimal(0))

    return Points(
        total("common"),
        total("result"),
        total("common", most=True),
        total("result", most=True),
        [(one, points.get(one.key)) for one in criteria],
    )


def grades_of(entry: Entry) -> list[tuple[str, str]]:
    """Return the grades, best first, as the law of the cycle calls them for this kind of entry."""
    organisation = entry.of == Entry.Of.ORGANISATION
    regime = law_of(entry.cycle).regime.value
    return [(one.key, one.organisation if organisation else one.member) for one in regime.grades]


def told(part: Part, text: Text) -> Iterator[tuple[str, str, str]]:
    """Yield what stands in a part as name, label and words; shown beside what somebody else typed meanwhile."""
    if part.fields:
        for one in part.fields:
            yield f"text-{one.key}", one.label, text.answers.get(one.key, AnswerData()).text
        return
    if part.slug == texts.WORK:
        rows = [f"{one.title}: {one.product} ({one.get_said_display()})" for one in text.work]
    elif part.slug == texts.FAULTS:
        rows = [f"{one.noted}. {one.text}: {one.how} ({one.get_said_display()})" for one in text.faults]
    elif part.slug == texts.CRITICISM:
        rows = [f"{one.text}\n{one.remedy} ({one.get_mended_display()})" for one in text.criticisms]
    elif part.slug == texts.POINTS:
        titles = {one.key: one.title for one in texts.criteria_of(text.entry)}
        rows = [f"{titles.get(key, key)}: {value.normalize():f}" for key, value in text.points.items()]
    else:
        rows = [dict(grades_of(text.entry)).get(text.entry.self_grade, "")]
    for place, row in enumerate(rows, start=1):
        yield "", _("Dòng %(place)d") % {"place": place}, row
