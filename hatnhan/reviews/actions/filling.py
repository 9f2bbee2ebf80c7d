"""Taking over many whole self-reviews at once: a cell's forms typed in from paper, one evening's work as one deed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan.core.errors import RuleBroken
from hatnhan.organization.actions.checks import changed_meanwhile, deed
from hatnhan.reviews import permissions
from hatnhan.reviews.actions import review_lines
from hatnhan.reviews.actions.appraising import names, one_cycle, record_entries
from hatnhan.reviews.actions.guards import require_open
from hatnhan.reviews.actions.typing import typist
from hatnhan.reviews.actions.writing import form_of
from hatnhan.reviews.models import (
    Answer,
    Criticism,
    Entry,
    FaultLine,
    Score,
    SelfReview,
    WorkLine,
)
from hatnhan.reviews.permissions import Action
from hatnhan.reviews.review_parts import AnswerData, ReviewData
from hatnhan.reviews.selectors import texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from hatnhan.accounts.actors import Actor

_NAME, _BATCH = 120, 500


@dataclass(slots=True)
class _Filled:
    """A review with all its rows, not written yet."""

    entry: Entry
    review: SelfReview
    answers: list[Answer]
    work: list[WorkLine]
    faults: list[FaultLine]
    criticisms: list[Criticism]
    scores: list[Score]


@deed
def fill_reviews(
    *, by: Actor, at: datetime, filled: Mapping[Entry, ReviewData], submitted_at: datetime | None = None
) -> list[SelfReview]:
    """Take over whole self-reviews of entries of one cycle at once, and return them in the order given.

    As `fill_review` for each, with one record for each and a fixed number of queries, however many. ``submitted_at``
    hands all of them in at that moment; None leaves drafts.

    Raises Denied, and RuleBroken with codes ``closed``, ``other_cycle``, ``changed_meanwhile``, ``left_out``,
    ``state``, ``begun``, ``note_missing``, ``incomplete`` (names whose and what), and those of the parts.
    """
    if not filled:
        return []
    require_open(one_cycle(filled))
    for entry in filled:
        permissions.require_write(by, entry)
    _lock(filled)
    made = [_built(by, at, entry, data, submitted_at) for entry, data in filled.items()]
    if submitted_at is not None:
        for one in made:
            _require_complete(one)
    _save(made, handed_in=submitted_at is not None)
    _record(by, at, made)
    return [one.review for one in made]


def _lock(filled: Iterable[Entry]) -> None:
    """See that all stand as they were seen and wait for their review. Two queries."""
    seen = {one.pk: one for one in filled}
    rows = list(
        Entry.objects.select_for_update(of=("self",)).filter(pk__in=seen).select_related("member", "unit")
    )
    if len(rows) != len(seen) or any(row.version != seen[row.pk].version for row in rows):
        raise changed_meanwhile()
    if out := [row for row in rows if row.standing == Entry.Standing.LEFT_OUT]:
        message = _("%(who)s không thuộc diện kiểm điểm. Đổi diện trước, nếu ghi nhầm.")
        raise RuleBroken("left_out", message % {"who": names(out)})
    if late := [row for row in rows if row.state != Entry.State.DUE]:
        message = _("Đã nộp bản kiểm điểm: %(who)s. Mở lại trang để xem.")
        raise RuleBroken("state", message % {"who": names(late)})
    begun = set(SelfReview.objects.filter(entry__in=seen).values_list("entry_id", flat=True))
    if late := [row for row in rows if row.pk in begun]:
        message = _("Bản kiểm điểm đã được bắt đầu: %(who)s. Mở lại để viết tiếp.")
        raise RuleBroken("begun", message % {"who": names(late)})


def _built(by: Actor, at: datetime, entry: Entry, data: ReviewData, submitted_at: datetime | None) -> _Filled:
    typed_by, note = typist(by, entry, data.typed_note)
    review = SelfReview(
        entry=entry,
        form=form_of(entry),
        typed_by=typed_by,
        typed_note=note,
        started_at=at,
        saved_at=at,
        submitted_at=submitted_at,
        submitted_by=_handed_in_by(by, entry, typed_by) if submitted_at else "",
    )
    keys = {*data.answers, *data.ratings}
    given = {key: AnswerData(data.answers.get(key, ""), data.ratings.get(key)) for key in sorted(keys)}
    answers = review_lines.checked_answers(entry, given)
    graded = texts.is_graded(entry)
    if graded:
        entry.self_grade = review_lines.require_grade(data.grade)
    return _Filled(
        entry,
        review,
        [Answer(review=review, field=key, text=one.text, rating=one.rating) for key, one in answers.items()],
        _work(entry, data),
        _faults(entry, data),
        _criticisms(review, data),
        _scores(entry, data) if graded else [],
    )


def _handed_in_by(by: Actor, entry: Entry, typed_by: str) -> str:
    return (str(by) if typed_by or entry.member is None else str(entry.member))[:_NAME]


def _work(entry: Entry, data: ReviewData) -> list[WorkLine]:
    return [
        WorkLine(entry=entry, place=at, task=one.task, title=one.title, product=one.product, said=one.said)
        for at, one in enumerate(review_lines.checked_work(data.work), start=1)
    ]


def _faults(entry: Entry, data: ReviewData) -> list[FaultLine]:
    return [
        FaultLine(entry=entry, place=at, noted=one.noted, text=one.text, said=one.said, how=one.how)
        for at, one in enumerate(review_lines.checked_faults(data.faults), start=1)
    ]


def _criticisms(review: SelfReview, data: ReviewData) -> list[Criticism]:
    return [
        Criticism(review=review, place=at, text=one.text, remedy=one.remedy, mended=one.mended)
        for at, one in enumerate(review_lines.checked_criticisms(data.criticisms), start=1)
    ]


def _scores(entry: Entry, data: ReviewData) -> list[Score]:
    points = review_lines.checked_points(entry, data.points)
    stage = Score.Stage.SELF
    return [Score(entry=entry, stage=stage, criterion=key, points=value) for key, value in points.items()]


def _require_complete(made: _Filled) -> None:
    text = texts.Text(
        entry=made.entry,
        answers={one.field: AnswerData(one.text, one.rating) for one in made.answers},
        work=tuple(made.work),
        faults=tuple(made.faults),
        criticisms=tuple(made.criticisms),
        points={one.criterion: one.points for one in made.scores},
    )
    if missing := texts.lacks(text):
        message = _("%(who)s chưa nộp được, còn thiếu: %(what)s.")
        words = {"who": names([made.entry]), "what": "; ".join(one.words for one in missing)}
        raise RuleBroken("incomplete", message % words, field=missing[0].field)


def _save(made: list[_Filled], *, handed_in: bool) -> None:
    SelfReview.objects.bulk_create([one.review for one in made], batch_size=_BATCH)
    Answer.objects.bulk_create([row for one in made for row in one.answers], batch_size=_BATCH)
    WorkLine.objects.bulk_create([row for one in made for row in one.work], batch_size=_BATCH)
    FaultLine.objects.bulk_create([row for one in made for row in one.faults], batch_size=_BATCH)
    Criticism.objects.bulk_create([row for one in made for row in one.criticisms], batch_size=_BATCH)
    Score.objects.bulk_create([row for one in made for row in one.scores], batch_size=_BATCH)
    for one in made:
        one.entry.version += 1
        if handed_in:
            one.entry.state = Entry.State.SUBMITTED
    entries = [one.entry for one in made]
    Entry.objects.bulk_update(entries, ["self_grade", "state", "version"], batch_size=_BATCH)


def _record(by: Actor, at: datetime, made: list[_Filled]) -> None:
    """Write a record for each; those typed for others and those taken over stand under their own name."""
    for action, typed in ((Action.TYPE, True), (Action.WRITE, False)):
        about = []
        for one in made:
            if bool(one.review.typed_by) != typed:
                continue
            details: dict[str, Any] = {"year": one.entry.cycle.year, "whole": True, "form": one.review.form}
            details["self_grade"] = one.entry.self_grade
            details |= {"note": one.review.typed_note} if typed else {}
            if one.review.submitted_at:
                details["submitted_at"] = one.review.submitted_at
            about.append((one.entry, details))
        if about:
            record_entries(by, action, at, about)
