"""The subject reviews themselves before anyone else judges, and names the form they think right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.organization.actions.checks import day_of, deed, require_text
from hatnhan.oversight import permissions
from hatnhan.oversight.actions import case_guards as guards
from hatnhan.oversight.models import Case
from hatnhan.oversight.permissions import Action
from hatnhan.oversight.rules.discipline import Event
from hatnhan.oversight.selectors.law import NO_FORM, discipline_of, forms_for

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor


@deed
def submit_self_review(
    *, by: Actor, at: datetime, case: Case, text: str, proposed: str = "", on: date | None = None
) -> None:
    """Hand in the review of self: the subject does, or whoever has the case in hand types it from paper.

    ``proposed`` is the form the subject proposes ("none" for none, "" unsaid). It can be mended until the subject was
    heard; what the subject wrote here nobody types over. Raises Denied, and RuleBroken with codes ``closed``,
    ``postponed``, ``text_missing``, ``form``, ``own_words``, ``heard_already``, ``too_early``, ``future``,
    ``already_done``.
    """
    own = permissions.is_case_subject(by, case)
    if not own and not permissions.handles(by, case):
        raise Denied(_("Đối tượng nộp bản tự kiểm điểm; người thụ lý ghi hộ từ bản giấy."))
    now = guards.lock_running(case)
    words = require_text(text, code="text_missing", field="text")
    day = on or day_of(at)
    guards.require_between(day, now.opened_on, at, field="on")
    _require_form(now, proposed)
    _require_open(now)
    again = now.self_reviewed_on is not None
    if again and not now.self_review_typed_by and not own:
        message = _("Đối tượng đã tự ghi ở đây. Không ai ghi đè lên lời của đối tượng.")
        raise RuleBroken("own_words", message, field="text")
    if again or now.self_review_refused:
        guards.require_seen(now, case)
    changes = _changes(now, day_of(at))
    changes |= {
        "self_review": words,
        "self_proposed": proposed,
        "self_reviewed_on": now.self_reviewed_on if again else day,
        "self_review_typed_by": "" if own else str(by)[:120],
        "self_review_refused": "",
    }
    guards.write(now, **changes)
    details: dict[str, Any] = {"self_reviewed_on": day, "typed_for_subject": not own}
    if again or now.self_review_refused:
        details |= {"again": True, "refused_before": now.self_review_refused}
    guards.note(by, at, Action.SELF_REVIEW, now, details)


@deed
def refuse_self_review(*, by: Actor, at: datetime, case: Case, reason: str) -> None:
    """Write that the subject does not review themselves, and why: the case goes on without it (Charter 39).

    Raises Denied, and RuleBroken with codes ``closed``, ``postponed``, ``reason_missing``, ``reviewed``,
    ``heard_already``, ``already_done``.
    """
    now = guards.lock_to_write(by, case)
    why = require_text(reason, code="reason_missing", field="reason")
    _require_open(now)
    if now.self_reviewed_on is not None:
        raise RuleBroken("reviewed", _("Đã có bản tự kiểm điểm."))
    if now.self_review_refused:
        guards.require_seen(now, case)
    changes = _changes(now, day_of(at)) | {"self_review_refused": why}
    guards.write(now, **changes)
    details: dict[str, Any] = {"refused": why}
    if now.self_review_refused:
        details["refused_before"] = now.self_review_refused
    guards.note(by, at, Action.SELF_REVIEW, now, details)


def _changes(case: Case, on: date) -> dict[str, Any]:
    """Return the state that a review leads to: the same when an earlier one is mended. Raises RuleBroken."""
    if case.state == Case.State.REVIEWED:
        return {"state": case.state}
    _standing, state = guards.require(case, Event.REVIEW, on)
    return {"state": state}


def _require_open(case: Case) -> None:
    if case.hearings.exists():
        message = _("Đối tượng đã được nghe; bản tự kiểm điểm không sửa nữa.")
        raise RuleBroken("heard_already", message)


def _require_form(case: Case, proposed: str) -> None:
    keys = {one.key for one in forms_for(discipline_of(case).value, case.standing)}
    if proposed and proposed not in keys | {NO_FORM}:
        raise RuleBroken("form", _("Không có hình thức này. Chọn lại."), field="proposed")
