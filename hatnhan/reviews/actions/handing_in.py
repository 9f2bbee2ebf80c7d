"""Handing a self-review in, giving it back, and taking over a whole one at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.organization.actions.checks import changed_meanwhile, deed, require_text
from hatnhan.reviews import permissions
from hatnhan.reviews.actions import guards, review_lines
from hatnhan.reviews.actions.review_guards import hold, note, touch
from hatnhan.reviews.actions.typing import typist
from hatnhan.reviews.actions.writing import form_of
from hatnhan.reviews.models import Entry, SelfReview
from hatnhan.reviews.permissions import Action
from hatnhan.reviews.review_parts import AnswerData
from hatnhan.reviews.selectors import texts

if TYPE_CHECKING:
    from datetime import datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.reviews.review_parts import ReviewData

_NAME, _BECAUSE = 120, 300


@deed
def submit_review(*, by: Actor, at: datetime, review: SelfReview) -> SelfReview:
    """Hand a self-review in: every field that must be written, a score for each criterion, the self grade.

    What was typed and handed in by the member is thereby confirmed. Raises Denied, and RuleBroken with codes
    ``closed``, ``state``, ``changed_meanwhile``, ``incomplete`` (names each thing missing; ``field`` is the first's).
    """
    now = hold(by, review)
    if review.version != now.version:
        raise changed_meanwhile()
    _require_complete(now)
    own = permissions.is_own(by, now.entry)
    confirmed = {"confirmed_at": at} if own and now.typed_by else {}
    touch(now, at, own=own, submitted_at=at, submitted_by=str(by)[:_NAME], returned_because="", **confirmed)
    guards.write(now.entry, (Entry.State.DUE,), state=Entry.State.SUBMITTED)
    note(by, at, Action.SUBMIT, now.entry, {"self_grade": now.entry.self_grade, "typed_by": now.typed_by})
    return now


def _require_complete(review: SelfReview) -> None:
    missing = texts.lacks(texts.text_of(review))
    if missing:
        message = _("Chưa nộp được, còn thiếu: %(what)s.")
        what = "; ".join(one.words for one in missing)
        raise RuleBroken("incomplete", message % {"what": what}, field=missing[0].field)


@deed
def return_review(*, by: Actor, at: datetime, review: SelfReview, because: str) -> SelfReview:
    """Give a self-review back to be written again, before the sitting: whoever runs the cell's or the cycle's review.

    The member gives back what was typed for them and is not as they wrote it. The day it was handed in stays in the
    record. Raises Denied, and RuleBroken with codes ``closed``, ``state``, ``reason_missing``, ``changed_meanwhile``.
    """
    if not may_return(by, review):
        raise Denied(_("Người đứng đầu chi bộ trả lại bản kiểm điểm trước hội nghị."))
    guards.require_open(review.entry.cycle)
    guards.require_state(review.entry, Entry.State.SUBMITTED)
    message = _("Ghi rõ phải sửa, bổ sung điều gì.")
    why = require_text(because, code="reason_missing", field="because", message=message)
    if len(why) > _BECAUSE:
        raise RuleBroken("too_long", _("Ghi gọn trong 300 chữ."), field="because")
    details = {"because": why, "was_submitted_at": review.submitted_at, "by_self": _is_self(by, review)}
    changes = {"submitted_at": None, "submitted_by": "", "returned_because": why, "confirmed_at": None}
    touch(review, at, own=True, **changes)
    guards.write(review.entry, (Entry.State.SUBMITTED,), state=Entry.State.DUE)
    note(by, at, Action.RETURN, review.entry, details)
    return review


def may_return(by: Actor, review: SelfReview) -> bool:
    """Tell whether a person may give a self-review back: the head before the sitting, or whose typed one it is."""
    entry = review.entry
    if permissions.is_own(by, entry):
        return bool(review.typed_by) and review.confirmed_at is None
    return permissions.leads_review(by, entry)


def _is_self(by: Actor, review: SelfReview) -> bool:
    return permissions.is_own(by, review.entry)


@deed
def fill_review(
    *, by: Actor, at: datetime, entry: Entry, data: ReviewData, submitted_at: datetime | None = None
) -> SelfReview:
    """Take over a whole self-review at once, as typed from paper or from elsewhere: one deed, one record.

    Nothing is laid in beside what is given. ``submitted_at`` hands it in at that moment; None leaves a draft. The
    machine without ``data.typed_note`` takes over what members wrote themselves. Raises as `start_review`, the parts'
    saving and `submit_review` do.
    """
    permissions.require_write(by, entry)
    guards.require_open(entry.cycle)
    guards.require_state(entry, Entry.State.DUE)
    if SelfReview.objects.filter(entry=entry).exists():
        raise RuleBroken("begun", _("Bản kiểm điểm này đã được bắt đầu. Mở lại để viết tiếp."))
    typed_by, typed_note = typist(by, entry, data.typed_note)
    review = SelfReview.objects.create(
        entry=entry,
        form=form_of(entry),
        typed_by=typed_by,
        typed_note=typed_note,
        started_at=at,
        saved_at=at,
        submitted_at=submitted_at,
        submitted_by=_handed_in_by(by, entry, typed_by) if submitted_at else "",
    )
    _write_all(review, data)
    changes = {"self_grade": review_lines.require_grade(data.grade)} if texts.is_graded(entry) else {}
    if submitted_at is not None:
        changes["state"] = Entry.State.SUBMITTED
    if changes:
        guards.write(entry, (Entry.State.DUE,), **changes)
    if submitted_at is not None:
        _require_complete(review)
    action = Action.TYPE if typed_by else Action.WRITE
    details = {"whole": True, "form": review.form, "self_grade": entry.self_grade}
    details |= {"note": typed_note} if typed_note else {}
    note(by, at, action, entry, details | ({"submitted_at": submitted_at} if submitted_at else {}))
    return review


def _handed_in_by(by: Actor, entry: Entry, typed_by: str) -> str:
    name = str(by) if typed_by or entry.member is None else str(entry.member)
    return name[:_NAME]


def _write_all(review: SelfReview, data: ReviewData) -> None:
    entry = review.entry
    keys = {*data.answers, *data.ratings}
    answers = {key: AnswerData(data.answers.get(key, ""), data.ratings.get(key)) for key in keys}
    review_lines.write_answers(review, review_lines.checked_answers(entry, answers))
    review_lines.write_work(entry, review_lines.checked_work(data.work))
    review_lines.write_faults(entry, review_lines.checked_faults(data.faults))
    review_lines.write_criticisms(review, review_lines.checked_criticisms(data.criticisms))
    if texts.is_graded(entry):
        review_lines.write_points(entry, review_lines.checked_points(entry, data.points))
