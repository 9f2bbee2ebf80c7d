"""The writing page, part by part: what its boxes hold, what stands beside them, what was typed into them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hatnhan.core import clock
from hatnhan.meetings.selectors import manifestations
from hatnhan.reviews.actions import writing
from hatnhan.reviews.forms import review as typed
from hatnhan.reviews.selectors import forms_of, texts
from hatnhan.reviews.selectors.evidence import evidence_of
from hatnhan.reviews.views import review_labels as labels

if TYPE_CHECKING:
    from decimal import Decimal

    from django.http import QueryDict

    from hatnhan.accounts.models import User
    from hatnhan.core.http import Request
    from hatnhan.reviews.models import SelfReview
    from hatnhan.reviews.review_parts import CriticismData, FaultData, WorkData
    from hatnhan.reviews.selectors.evidence import Evidence
    from hatnhan.rulebook.topics.reviews import FormField

__all__ = ["labels", "lines_of", "page_of", "points_read", "typed_in"]


@dataclass(frozen=True, slots=True)
class Box:
    """A field of the form with what stands in it, and what the other rooms know of it."""

    field: FormField
    text: str
    rating: int | None
    mark: str
    evidence: Evidence | None
    required: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a part that is rows: its number on the page, what stands in it, whether its words stay."""

    at: int
    data: WorkData | FaultData | CriticismData
    laid: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A criterion with what was typed for it."""

    key: str
    title: str
    most: str
    part: str
    value: str


def page_of(
    user: User, review: SelfReview, part: forms_of.Part, data: QueryDict | None = None
) -> dict[str, Any]:
    """Return what the page of one part shows; ``data`` is what was typed where it could not be saved."""
    text, parts = texts.text_of(review), forms_of.parts_of(review.entry)
    steps = forms_of.steps_of(parts, text, part)
    at = parts.index(part)
    context: dict[str, Any] = {
        "text": text,
        "part": part,
        "steps": steps,
        "step": steps[at],
        "number": at + 1,
        "before": parts[at - 1] if at else None,
        "after": parts[at + 1] if at + 1 < len(parts) else None,
        "left": sum(len(one.lacks) for one in steps),
        "mark": forms_of.marks_of(part, text).get("", ""),
        "part_template": f"reviews/review/part_{labels.TEMPLATES[part.kind]}.html",
    }
    return context | _MADE[part.kind](user, part, text, data)


def _answers(user: User, part: forms_of.Part, text: texts.Text, data: QueryDict | None) -> dict[str, Any]:
    given, _seen = typed.answers_in(data, part.fields) if data is not None else ({}, {})
    marks = forms_of.marks_of(part, text)
    boxes = []
    for one in part.fields:
        stands = given.get(one.key) or text.answers.get(one.key)
        evidence = evidence_of(text.entry, one.evidence, reader=user) if one.evidence else None
        words, rating = (stands.text, stands.rating) if stands else ("", None)
        boxes.append(Box(one, words, rating, marks[one.key], evidence, one.required == "yes"))
    return {"boxes": boxes, "ratings": labels.RATINGS}


def _work(_user: User, _part: forms_of.Part, text: texts.Text, data: QueryDict | None) -> dict[str, Any]:
    lines = text.work_data if data is None else typed.work_in(data, _tasks(text))
    rows = [Row(at, one, laid=one.task is not None) for at, one in enumerate(lines, start=1)]
    return {"rows": rows, "next": len(rows) + 1, "choices": labels.OUTCOMES}


def _faults(user: User, _part: forms_of.Part, text: texts.Text, data: QueryDict | None) -> dict[str, Any]:
    laid = {(one.noted, one.text) for one in text.faults if one.laid}
    lines = text.fault_data if data is None else typed.faults_in(data)
    rows = [Row(at, one, laid=(one.noted, one.text) in laid) for at, one in enumerate(lines, start=1)]
    evidence = evidence_of(text.entry, "last_year", reader=user)
    return {"rows": rows, "next": len(rows) + 1, "choices": labels.FIXED, "evidence": evidence}


def _criticism(_user: User, _part: forms_of.Part, text: texts.Text, data: QueryDict | None) -> dict[str, Any]:
    lines = text.criticism_data if data is None else typed.criticisms_in(data)
    rows = [Row(at, one) for at, one in enumerate(lines, start=1)]
    return {
        "rows": rows,
        "next": len(rows) + 1,
        "choices": labels.MENDED,
        "groups": manifestations.groups(),
    }


def _points(_user: User, _part: forms_of.Part, text: texts.Text, data: QueryDict | None) -> dict[str, Any]:
    table = forms_of.points_table(text.entry, text.points)
    scored = texts.is_scored(text.entry)
    marks = [
        Mark(
            one.key,
            one.title,
            labels.number(one.points),
            one.part,
            str(data.get(f"p-{one.key}", "")) if data is not None else _shown(value),
        )
        for one, value in table.lines
    ]
    groups = [(name, [one for one in marks if one.part == part]) for part, name in labels.GROUPS.items()]
    sums = labels.sums(table) if scored else ""
    return {"groups": groups, "sums": sums, "ratings": labels.RATINGS}


def _grade(_user: User, _part: forms_of.Part, text: texts.Text, data: QueryDict | None) -> dict[str, Any]:
    chosen = text.entry.self_grade if data is None else str(data.get("grade", ""))
    table = forms_of.points_table(text.entry, text.points)
    sums = labels.sums(table) if texts.is_scored(text.entry) and text.points else ""
    return {"grades": forms_of.grades_of(text.entry), "chosen": chosen, "sums": sums}


_MADE = {
    "answers": _answers,
    texts.WORK: _work,
    texts.FAULTS: _faults,
    texts.CRITICISM: _criticism,
    texts.POINTS: _points,
    texts.GRADE: _grade,
}


def _shown(value: Decimal | None) -> str:
    return "" if value is None else labels.number(value)


def _tasks(text: texts.Text) -> dict[int, Any]:
    return {one.task.pk: one.task for one in text.work if one.task is not None}


def typed_in(request: Request, review: SelfReview, part: forms_of.Part) -> None:
    """Save what was typed into a part. Raises Denied, RuleBroken."""
    data = request.POST
    signed: dict[str, Any] = {"by": request.user, "at": clock.now(), "review": review}
    seen = str(data.get("seen", ""))
    if part.fields:
        answers, marks = typed.answers_in(data, part.fields)
        writing.save_answers(answers=answers, seen=marks, **signed)
    elif part.slug == texts.WORK:
        tasks = _tasks(texts.text_of(review))
        writing.save_work(lines=typed.work_in(data, tasks), seen=seen, **signed)
    elif part.slug == texts.FAULTS:
        writing.save_faults(lines=typed.faults_in(data), seen=seen, **signed)
    elif part.slug == texts.CRITICISM:
        writing.save_criticisms(lines=typed.criticisms_in(data), seen=seen, **signed)
    elif part.slug == texts.POINTS:
        points = typed.points_in(data, texts.criteria_of(review.entry))
        writing.save_scores(points=points, seen=seen, **signed)
    else:
        seen = "" if seen == "none" else seen
        writing.choose_grade(grade=str(data.get("grade", "")), seen=seen, **signed)


def lines_of(text: texts.Text) -> list[tuple[str, list[tuple[FormField, str, str]]]]:
    """Return the form as it is read: each part with its fields, what stands there, the level one gave oneself."""
    found: list[tuple[str, list[tuple[FormField, str, str]]]] = []
    names = dict(labels.RATINGS)
    for one in texts.fields_of(text.entry):
        answer = text.answers.get(one.key)
        line = (
            one,
            answer.text if answer else "",
            str(names.get(answer.rating, "")) if answer and answer.rating else "",
        )
        if found and found[-1][0] == one.part:
            found[-1][1].append(line)
        else:
            found.append((one.part, [line]))
    return found


def points_read(text: texts.Text) -> dict[str, Any]:
    """Return what one gave oneself as it is read: each criterion with its points or level, and the sums."""
    table, scored = forms_of.points_table(text.entry, text.points), texts.is_scored(text.entry)
    names = dict(labels.RATINGS)
    points = []
    for one, value in table.lines:
        if value is None:
            words = "–"
        elif scored:
            words = f"{labels.number(value)}/{labels.number(one.points)}"
        else:
            words = str(names.get(int(value), ""))
        points.append((one.title, words))
    return {"points": points, "sums": labels.sums(table) if scored and text.points else ""}
