"""What a self-review is made of, as it is handed from forms to deeds; and the mark by which a change is seen."""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple, dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from hatnhan.assignments.models import Task

_MARK = 12


@dataclass(frozen=True, slots=True)
class AnswerData:
    """What stands in a field of the form; ``rating`` 4 (best) to 1 where the form asks for it."""

    text: str = ""
    rating: int | None = None


@dataclass(frozen=True, slots=True)
class WorkData:
    """One task of the year; ``said`` is a `WorkLine.Outcome`, "" while the draft does not say."""

    title: str
    product: str = ""
    said: str = ""
    task: Task | None = None


@dataclass(frozen=True, slots=True)
class FaultData:
    """A shortcoming noted earlier; ``said`` is a `FaultLine.Fixed`, "" while the draft does not say."""

    noted: str
    text: str
    said: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True)
class CriticismData:
    """One thing of self-criticism; ``mended`` is a `Criticism.Mended`, "" while the draft does not say."""

    text: str
    remedy: str = ""
    mended: str = ""


@dataclass(frozen=True, slots=True)
class ReviewData:
    """A whole self-review, for `fill_review`. ``typed_note`` says where the paper is, when typed for another."""

    answers: Mapping[str, str] = field(default_factory=dict)
    ratings: Mapping[str, int] = field(default_factory=dict)
    work: Sequence[WorkData] = ()
    faults: Sequence[FaultData] = ()
    criticisms: Sequence[CriticismData] = ()
    points: Mapping[str, Decimal] = field(default_factory=dict)
    grade: str = ""
    typed_note: str = ""


def mark_of(value: object) -> str:
    """Return the mark of what stands in a part, so that a page knows whether it still stands as it was shown."""
    told = json.dumps(value, ensure_ascii=False, default=str, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:_MARK]


def answer_mark(answer: AnswerData) -> str:
    """Return the mark of one field."""
    return mark_of(astuple(answer))


def work_mark(lines: Sequence[WorkData]) -> str:
    """Return the mark of the lines of tasks."""
    return mark_of([(one.title, one.product, one.said, one.task.pk if one.task else 0) for one in lines])


def lines_mark(lines: Sequence[FaultData] | Sequence[CriticismData]) -> str:
    """Return the mark of the lines of earlier shortcomings, or of self-criticism."""
    return mark_of([astuple(one) for one in lines])


def points_mark(points: Mapping[str, Decimal]) -> str:
    """Return the mark of the points."""
    return mark_of({key: f"{value:.2f}" for key, value in points.items()})
