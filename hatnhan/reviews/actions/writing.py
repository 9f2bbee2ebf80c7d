"""Writing a self-review: begun once, each part saved as one types, until it is handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core.errors import RuleBroken
from hatnhan.organization.actions.checks import deed
from hatnhan.reviews import permissions
from hatnhan.reviews.actions import guards, review_lines
from hatnhan.reviews.actions.review_guards import hold, note, require_seen, touch
from hatnhan.reviews.actions.typing import typist
from hatnhan.reviews.models import Entry, SelfReview
from hatnhan.reviews.permissions import Action
from hatnhan.reviews.review_parts import (
    AnswerData,
    CriticismData,
    FaultData,
    ReviewData,
    WorkData,
    answer_mark,
    lines_mark,
    points_mark,
    work_mark,
)
from hatnhan.reviews.selectors import texts
from hatnhan.reviews.selectors.evidence import suggested_faults, suggested_work
from hatnhan.reviews.selectors.law import law_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from decimal import Decimal

    from hatnhan.accounts.actors import Actor

__all__ = [
    "AnswerData",
    "CriticismData",
    "FaultData",
    "ReviewData",
    "WorkData",
    "choose_grade",
    "save_answer",
    "save_answers",
    "save_criticisms",
    "save_faults",
    "save_scores",
    "save_work",
    "start_review",
]


@deed
def start_review(*, by: Actor, at: datetime, entry: Entry, typed_note: str = "") -> SelfReview:
    """Begin a self-review, one's own or typed for another from paper, with the year's tasks and earlier faults laid in.

    ``typed_note`` says where the paper is; it is needed when one types for another. Raises Denied, and RuleBroken with
    codes ``closed``, ``left_out``, ``state``, ``note_missing``, ``begun``.
    """
    permissions.require_write(by, entry)
    guards.require_open(entry.cycle)
    guards.require_state(entry, Entry.State.DUE)
    if SelfReview.objects.filter(entry=entry).exists():
        raise RuleBroken("begun", _("Bản kiểm điểm này đã được bắt đầu. Mở lại để viết tiếp."))
    typed_by, typed_note = typist(by, entry, typed_note)
    review = SelfReview.objects.create(
        entry=entry,
        form=form_of(entry),
        typed_by=typed_by,
        typed_note=typed_note,
        started_at=at,
        saved_at=at,
    )
    work = review_lines.checked_work(suggested_work(entry))
    faults = review_lines.checked_faults(suggested_faults(entry))
    review_lines.write_work(entry, work)
    review_lines.write_faults(entry, faults, {(one.noted, one.text) for one in faults})
    action = Action.TYPE if typed_by else Action.WRITE
    details = {"begun": True, "form": review.form, "tasks": len(work), "faults": len(faults)}
    note(by, at, action, entry, details | ({"note": typed_note} if typed_note else {}))
    return review


def form_of(entry: Entry) -> str:
    """Return the number of the form that an entry is reviewed on; "" where the regime has none for it."""
    form = law_of(entry.cycle).forms.value.of(entry.subject)
    return form.number if form else ""


def save_answer(
    *,
    by: Actor,
    at: datetime,
    review: SelfReview,
    field: str,
    text: str,
    rating: int | None = None,
    seen: str | None = None,
) -> SelfReview:
    """Write one field of the form; as `save_answers`, with the mark of the field as the page showed it."""
    return save_answers(
        by=by,
        at=at,
        review=review,
        answers={field: AnswerData(text, rating)},
        seen=None if seen is None else {field: seen},
    )


@deed
def save_answers(
    *,
    by: Actor,
    at: datetime,
    review: SelfReview,
    answers: Mapping[str, AnswerData],
    seen: Mapping[str, str] | None = None,
) -> SelfReview:
    """Write fields of the form as one types; return the review at its new version.

    ``seen`` holds by field the mark (`answer_mark`) of what the page showed: what another wrote meanwhile into the
    same field is never written over. Without it the review must stand at the version given. Saving what stands there
    writes nothing. Raises Denied, and RuleBroken with codes ``closed``, ``state``, ``no_field``, ``rating``,
    ``too_long``, ``changed_meanwhile``.
    """
    now = hold(by, review)
    stands = texts.answers_of(now)
    wanted = review_lines.checked_answers(now.entry, answers)
    changed = {key: one for key, one in wanted.items() if one != stands.get(key, AnswerData())}
    for key in changed:
        mark = answer_mark(stands.get(key, AnswerData()))
        require_seen(review, now, mark, None if seen is None else seen.get(key, ""))
    if changed:
        review_lines.write_answers(now, changed)
        _saved(by, at, now, {"fields": ", ".join(sorted(changed))})
    return now


@deed
def save_work(
    *, by: Actor, at: datetime, review: SelfReview, lines: Sequence[WorkData], seen: str | None = None
) -> SelfReview:
    """Write the year's tasks in place of those that stood there; tasks laid in from the record always stay.

    ``seen`` is the `work_mark` of what the page showed. Raises Denied, and RuleBroken with codes ``closed``,
    ``state``, ``choice``, ``too_long``, ``changed_meanwhile``.
    """
    now = hold(by, review)
    stands = texts.text_of(now).work_data
    wanted = review_lines.checked_work(lines)
    given = {one.task.pk for one in wanted if one.task}
    wanted = [one for one in stands if one.task and one.task.pk not in given] + wanted
    if work_mark(wanted) != work_mark(stands):
        require_seen(review, now, work_mark(stands), seen)
        review_lines.write_work(now.entry, wanted)
        _saved(by, at, now, {"part": texts.WORK, "count": len(wanted)})
    return now


@deed
def save_faults(
    *, by: Actor, at: datetime, review: SelfReview, lines: Sequence[FaultData], seen: str | None = None
) -> SelfReview:
    """Write earlier shortcomings and how far each is put right; those laid in from the record always stay.

    ``seen`` is the `lines_mark` of what the page showed. Raises Denied, and RuleBroken as `save_work`.
    """
    now = hold(by, review)
    text = texts.text_of(now)
    laid = {(one.noted, one.text) for one in text.faults if one.laid}
    wanted = review_lines.checked_faults(lines)
    given = {(one.noted, one.text) for one in wanted}
    kept = [one for one in text.fault_data if (one.noted, one.text) in laid - given]
    wanted = kept + wanted
    if wanted != text.fault_data:
        require_seen(review, now, lines_mark(text.fault_data), seen)
        review_lines.write_faults(now.entry, wanted, laid)
        _saved(by, at, now, {"part": texts.FAULTS, "count": len(wanted)})
    return now


@deed
def save_criticisms(
    *, by: Actor, at: datetime, review: SelfReview, lines: Sequence[CriticismData], seen: str | None = None
) -> SelfReview:
    """Write self-criticism in one's own words in place of that which stood there. Nothing of it is counted.

    ``seen`` is the `lines_mark` of what the page showed. Raises Denied, and RuleBroken as `save_work`.
    """
    now = hold(by, review)
    stands = texts.text_of(now).criticism_data
    wanted = review_lines.checked_criticisms(lines)
    if wanted != stands:
        require_seen(review, now, lines_mark(stands), seen)
        review_lines.write_criticisms(now, wanted)
        _saved(by, at, now, {"part": texts.CRITICISM})
    return now


@deed
def save_scores(
    *, by: Actor, at: datetime, review: SelfReview, points: Mapping[str, Decimal], seen: str | None = None
) -> SelfReview:
    """Write the points (or levels 4 to 1) one gives oneself, by criterion; what is not named is not scored yet.

    ``seen`` is the `points_mark` of what the page showed. Raises Denied, and RuleBroken with codes ``closed``,
    ``state``, ``not_graded``, ``no_criterion``, ``points``, ``level``, ``changed_meanwhile``.
    """
    now = hold(by, review)
    _require_graded(now.entry)
    stands = texts.points_of(now.entry)
    wanted = review_lines.checked_points(now.entry, points)
    if points_mark(wanted) != points_mark(stands):
        require_seen(review, now, points_mark(stands), seen)
        review_lines.write_points(now.entry, wanted)
        _saved(by, at, now, {"part": texts.POINTS, "count": len(wanted)})
    return now


@deed
def choose_grade(
    *, by: Actor, at: datetime, review: SelfReview, grade: str, seen: str | None = None
) -> SelfReview:
    """Name the grade that one gives oneself; "" takes it back. ``seen`` is the grade that the page showed.

    Raises Denied, and RuleBroken with codes ``closed``, ``state``, ``not_graded``, ``choice``, ``changed_meanwhile``.
    """
    now = hold(by, review)
    _require_graded(now.entry)
    before = now.entry.self_grade
    if review_lines.require_grade(grade) != before:
        require_seen(review, now, before, seen)
        guards.write(now.entry, (Entry.State.DUE,), self_grade=grade)
        _saved(by, at, now, {"self_grade": grade, "was": before})
    return now


def _require_graded(entry: Entry) -> None:
    if not texts.is_graded(entry):
        message = _("Diện này kiểm điểm, không xếp loại: không chấm điểm, không tự nhận mức.")
        raise RuleBroken("not_graded", message)


def _saved(by: Actor, at: datetime, now: SelfReview, details: dict[str, object]) -> None:
    own = permissions.is_own(by, now.entry)
    touch(now, at, own=own)
    action = Action.WRITE if own or not now.typed_by else Action.TYPE
    note(by, at, action, now.entry, {**details, "version": now.version})
