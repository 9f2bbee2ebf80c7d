"""The parts of a self-review as rows: checked, then written in place of what stood there. No rights are asked here."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core.errors import RuleBroken
from hatnhan.reviews.actions.review_guards import tidy
from hatnhan.reviews.models import Answer, Criticism, FaultLine, Grade, Rating, Score, WorkLine
from hatnhan.reviews.review_parts import AnswerData, CriticismData, FaultData, WorkData
from hatnhan.reviews.selectors import texts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from hatnhan.reviews.models import Entry, SelfReview
    from hatnhan.rulebook.topics.reviews import Criterion

_TITLE, _PRODUCT, _NOTED = 300, 500, 200


def checked_answers(entry: Entry, answers: Mapping[str, AnswerData]) -> dict[str, AnswerData]:
    """Return answers as they are kept. Raises RuleBroken ``no_field``, ``rating``, ``too_long``."""
    known = {one.key: one for one in texts.fields_of(entry)}
    found = {}
    for key, given in answers.items():
        if key not in known:
            raise RuleBroken("no_field", _("Mẫu không có mục này. Mở lại trang."), field=key)
        rating = given.rating if known[key].rated == "yes" else None
        if rating is not None and rating not in Rating.values:
            raise RuleBroken("rating", _("Chọn một trong bốn mức."), field=key)
        found[key] = AnswerData(tidy(given.text, key), rating)
    return found


def write_answers(review: SelfReview, answers: Mapping[str, AnswerData]) -> None:
    """Write fields in place of what stood in them. One query, whatever their number."""
    rows = [
        Answer(review=review, field=key, text=one.text, rating=one.rating) for key, one in answers.items()
    ]
    Answer.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["review", "field"], update_fields=["text", "rating"]
    )


def checked_work(lines: Iterable[WorkData]) -> list[WorkData]:
    """Return lines of tasks as they are kept; rows in which nothing was written fall out. Raises RuleBroken."""
    found = []
    for at, one in enumerate(lines, start=1):
        title = one.task.title[:_TITLE] if one.task else tidy(one.title, f"title-{at}", _TITLE)
        product = tidy(one.product, f"product-{at}", _PRODUCT)
        _require_choice(one.said, WorkLine.Outcome.values, f"said-{at}")
        if title or product or one.said:
            found.append(replace(one, title=title, product=product))
    return found


def write_work(entry: Entry, lines: Sequence[WorkData]) -> None:
    """Write the tasks in place of those that stood there."""
    WorkLine.objects.filter(entry=entry).delete()
    WorkLine.objects.bulk_create(
        WorkLine(entry=entry, place=at, task=one.task, title=one.title, product=one.product, said=one.said)
        for at, one in enumerate(lines, start=1)
    )


def checked_faults(lines: Iterable[FaultData]) -> list[FaultData]:
    """Return earlier shortcomings as they are kept. Raises RuleBroken."""
    found = []
    for at, one in enumerate(lines, start=1):
        noted, text = tidy(one.noted, f"noted-{at}", _NOTED), tidy(one.text, f"text-{at}")
        how = tidy(one.how, f"how-{at}")
        _require_choice(one.said, FaultLine.Fixed.values, f"said-{at}")
        if noted or text or how or one.said:
            found.append(FaultData(noted, text, one.said, how))
    return found


def write_faults(entry: Entry, lines: Sequence[FaultData], laid: Collection[tuple[str, str]] = ()) -> None:
    """Write the earlier shortcomings in place of those that stood there; ``laid`` names those from the record."""
    FaultLine.objects.filter(entry=entry).delete()
    FaultLine.objects.bulk_create(
        FaultLine(
            entry=entry, place=at, noted=one.noted, text=one.text, said=one.said, how=one.how,
            laid=(one.noted, one.text) in laid,
        )
        for at, one in enumerate(lines, start=1)
    )  # fmt: skip


def checked_criticisms(lines: Iterable[CriticismData]) -> list[CriticismData]:
    """Return self-criticism as it is kept. Raises RuleBroken."""
    found = []
    for at, one in enumerate(lines, start=1):
        text, remedy = tidy(one.text, f"text-{at}"), tidy(one.remedy, f"remedy-{at}")
        _require_choice(one.mended, Criticism.Mended.values, f"mended-{at}")
        if text or remedy or one.mended:
            found.append(CriticismData(text, remedy, one.mended))
    return found


def write_criticisms(review: SelfReview, lines: Sequence[CriticismData]) -> None:
    """Write the self-criticism in place of that which stood there."""
    Criticism.objects.filter(review=review).delete()
    Criticism.objects.bulk_create(
        Criticism(review=review, place=at, text=one.text, remedy=one.remedy, mended=one.mended)
        for at, one in enumerate(lines, start=1)
    )


def checked_points(entry: Entry, points: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Return points, or levels 4 to 1, as they are kept. Raises RuleBroken ``no_criterion``, ``points``, ``level``."""
    known = {one.key: one for one in texts.criteria_of(entry)}
    scored = texts.is_scored(entry)
    for key, value in points.items():
        if key not in known:
            raise RuleBroken("no_criterion", _("Không có tiêu chí này. Mở lại trang."), field=key)
        _require_points(known[key], value) if scored else _require_level(known[key], value)
    return dict(points)


def write_points(entry: Entry, points: Mapping[str, Decimal]) -> None:
    """Write what the entry gives itself in place of what stood there."""
    Score.objects.filter(entry=entry, stage=Score.Stage.SELF).delete()
    Score.objects.bulk_create(
        Score(entry=entry, stage=Score.Stage.SELF, criterion=key, points=value)
        for key, value in points.items()
    )


def require_grade(grade: str) -> str:
    """Return a grade, "" for none yet. Raises RuleBroken ``grade``."""
    _require_choice(grade, Grade.values, "grade")
    return grade


def _require_points(criterion: Criterion, value: Decimal) -> None:
    if not 0 <= value <= criterion.points or value != value.quantize(Decimal("0.01")):
        message = _("“%(title)s”: ghi từ 0 đến %(most)s điểm.")
        told = {"title": criterion.title, "most": f"{criterion.points.normalize():f}".replace(".", ",")}
        raise RuleBroken("points", message % told, field=criterion.key)


def _require_level(criterion: Criterion, value: Decimal) -> None:
    if value not in {Decimal(one) for one in Rating.values}:
        message = _("“%(title)s”: chọn một trong bốn mức.") % {"title": criterion.title}
        raise RuleBroken("level", message, field=criterion.key)


def _require_choice(value: str, known: Collection[str], field: str) -> None:
    if value and value not in known:
        raise RuleBroken("choice", _("Không có lựa chọn này. Chọn lại."), field=field)
