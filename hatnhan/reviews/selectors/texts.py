"""What stands in a self-review, part by part, and what is still missing before it can be handed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.reviews.models import Answer, Criticism, Entry, FaultLine, Score, WorkLine
from hatnhan.reviews.review_parts import AnswerData, CriticismData, FaultData, WorkData
from hatnhan.reviews.selectors.law import law_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from hatnhan.reviews.models import SelfReview
    from hatnhan.rulebook.topics.reviews import Criterion, FormField

#: The parts of the page that are not fields of the form.
WORK, FAULTS, CRITICISM, POINTS, GRADE = "viec", "khuyet-diem", "tu-phe-binh", "diem", "muc"


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that must stand in the form and does not: the field, its part of the page, in words.

    ``short`` is said where the part's name stands above already; "" where ``words`` do not name the part.
    """

    part: str
    field: str
    words: str
    short: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """All that stands in a self-review."""

    entry: Entry
    answers: dict[str, AnswerData]
    work: tuple[WorkLine, ...]
    faults: tuple[FaultLine, ...]
    criticisms: tuple[Criticism, ...]
    points: dict[str, Decimal]

    @property
    def work_data(self) -> list[WorkData]:
        """Return the tasks as they are handed to the action."""
        return [WorkData(one.title, one.product, one.said, one.task) for one in self.work]

    @property
    def fault_data(self) -> list[FaultData]:
        """Return the earlier shortcomings as they are handed to the action."""
        return [FaultData(one.noted, one.text, one.said, one.how) for one in self.faults]

    @property
    def criticism_data(self) -> list[CriticismData]:
        """Return the self-criticism as it is handed to the action."""
        return [CriticismData(one.text, one.remedy, one.mended) for one in self.criticisms]


def fields_of(entry: Entry) -> tuple[FormField, ...]:
    """Return the fields of the form that an entry is reviewed on, in order; none where the regime has no form."""
    forms = law_of(entry.cycle).forms.value
    form = forms.of(entry.subject)
    return forms.fields_of(form) if form else ()


def criteria_of(entry: Entry) -> tuple[Criterion, ...]:
    """Return the criteria that an entry is scored by."""
    return law_of(entry.cycle).rubric.value.of(entry.subject)


def is_scored(entry: Entry) -> bool:
    """Tell whether the regime counts to 100; else each criterion gets a level 4 (best) to 1."""
    return law_of(entry.cycle).regime.value.scored == "yes"


def is_graded(entry: Entry) -> bool:
    """Tell whether the entry gets a grade at all; whoever is only reviewed scores nothing and names no grade."""
    return entry.standing == Entry.Standing.GRADED


def answers_of(review: SelfReview) -> dict[str, AnswerData]:
    """Return what stands in the fields, by their key. One query."""
    return {one.field: AnswerData(one.text, one.rating) for one in Answer.objects.filter(review=review)}


def points_of(entry: Entry) -> dict[str, Decimal]:
    """Return the points or levels that the entry gives itself. One query."""
    rows = Score.objects.filter(entry=entry, stage=Score.Stage.SELF)
    return dict(rows.values_list("criterion", "points"))


def text_of(review: SelfReview) -> Text:
    """Return all that stands in a self-review. Five queries."""
    entry = review.entry
    return Text(
        entry=entry,
        answers=answers_of(review),
        work=tuple(WorkLine.objects.filter(entry=entry).select_related("task")),
        faults=tuple(FaultLine.objects.filter(entry=entry)),
        criticisms=tuple(Criticism.objects.filter(review=review)),
        points=points_of(entry),
    )


def lacks(text: Text) -> tuple[Lack, ...]:
    """Return what is missing before the review can be handed in, in the order of the page."""
    return (*_lacking_answers(text), *_lacking_lines(text), *_lacking_points(text))


def _lacking_answers(text: Text) -> Iterator[Lack]:
    for one in fields_of(text.entry):
        found = text.answers.get(one.key, AnswerData())
        if one.required == "yes" and not found.text:
            words = _("%(part)s: “%(label)s” chưa ghi") % _named(one)
            yield Lack(one.part, one.key, words, _("“%(label)s” chưa ghi") % _named(one))
        elif one.rated == "yes" and found.text and found.rating is None:
            words = _("%(part)s: “%(label)s” chưa tự nhận mức") % _named(one)
            yield Lack(one.part, one.key, words, _("“%(label)s” chưa tự nhận mức") % _named(one))


def _named(one: FormField) -> dict[str, str]:
    return {"part": number_of(one.part), "label": one.label}


def number_of(part: str) -> str:
    """Return the number that a part's heading begins with ("A.I.1"), as people call it; the heading where none is."""
    number, _dot, rest = part.partition(" ")
    return _("Mục %(number)s") % {"number": number.rstrip(".")} if rest and number.endswith(".") else part


def _lacking_lines(text: Text) -> Iterator[Lack]:
    for place, work in enumerate(text.work, start=1):
        if not work.title:
            yield Lack(WORK, f"title-{place}", _("Việc thứ %(place)d chưa ghi tên việc") % {"place": place})
        if not work.said:
            yield Lack(WORK, f"said-{place}", _("Việc thứ %(place)d chưa chọn kết quả") % {"place": place})
    for place, fault in enumerate(text.faults, start=1):
        if not fault.text or not fault.said:
            words = _("Khuyết điểm thứ %(place)d chưa ghi đủ nội dung và mức khắc phục") % {"place": place}
            yield Lack(FAULTS, f"said-{place}", words)
    for place, one in enumerate(text.criticisms, start=1):
        if not one.text or not one.mended:
            words = _("Điều tự phê bình thứ %(place)d chưa ghi đủ nội dung và mức khắc phục") % {
                "place": place
            }
            yield Lack(CRITICISM, f"mended-{place}", words)


def _lacking_points(text: Text) -> Iterator[Lack]:
    if not is_graded(text.entry):
        return
    scored = is_scored(text.entry)
    for one in criteria_of(text.entry):
        if one.key not in text.points:
            words = _("“%(title)s” chưa chấm điểm") if scored else _("“%(title)s” chưa nhận mức")
            yield Lack(POINTS, one.key, words % {"title": one.title})
    if not text.entry.self_grade:
        yield Lack(GRADE, "grade", _("Chưa tự nhận mức xếp loại"))
