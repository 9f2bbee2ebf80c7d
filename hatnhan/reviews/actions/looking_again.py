"""One asks that a grade be looked at again; it is kept with an answer, or given anew (`regrading`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.core.vietnamese import nfc
from hatnhan.organization.actions.checks import day_of, deed, moved_on, require_past, require_text
from hatnhan.reviews import permissions
from hatnhan.reviews.actions.deciders import require_decider_of
from hatnhan.reviews.models import Entry, LookAgain
from hatnhan.reviews.permissions import Action
from hatnhan.reviews.selectors.again import last_day_to_ask, may_ask

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor


@deed
def ask_again(
    *, by: Actor, at: datetime, entry: Entry, text: str, asked_on: date | None = None, typed_by: str = ""
) -> LookAgain:
    """Ask that a decided grade be looked at again, and return the request. Also after the cycle is closed.

    One's own is asked today; one that came on paper is typed in by who runs the cycle or the head of the cell, with
    its day. Within the days of the law after the notice, where the law sets any.

    Raises Denied, and RuleBroken with codes ``not_decided``, ``text_missing``, ``running``, ``future``,
    ``before_decision``, ``late``.
    """
    if not may_ask(by, entry):
        message = _("Người được xếp loại tự đề nghị; đơn giấy do chi ủy hoặc Đảng ủy ghi vào.")
        raise Denied(message)
    own = permissions.is_own(by, entry)
    day = asked_on or day_of(at)
    text = require_text(nfc(text), code="text_missing", field="text")
    require_past(day, field="asked_on")
    now = Entry.objects.select_for_update(of=("self",)).filter(pk=entry.pk).first()
    if now is None:
        raise moved_on()
    now.cycle = entry.cycle
    _require_day(now, day)
    if LookAgain.objects.filter(entry=now, state=LookAgain.State.ASKED).exists():
        message = _("Đang có đề nghị xem lại. Chờ trả lời, hoặc rút trước.")
        raise RuleBroken("running", message)
    typist = "" if own else (typed_by.strip() or str(by))[:120]
    made: LookAgain = LookAgain.objects.create(entry=now, text=text, asked_on=day, typed_by=typist)
    _note(by, at, Action.ASK, made, {"asked_on": day, "typed": not own})
    return made


@deed
def withdraw_again(*, by: Actor, at: datetime, again: LookAgain) -> None:
    """Take a request back; one typed in from paper, also by who may type it.

    Raises Denied, and RuleBroken ``already_done``.
    """
    if not permissions.is_own(by, again.entry) and not (again.typed_by and may_ask(by, again.entry)):
        raise Denied(_("Chỉ người đề nghị rút được đề nghị."))
    write(again, {"state": LookAgain.State.WITHDRAWN})
    _note(by, at, Action.WITHDRAW, again, {"withdrawn_on": day_of(at)})


@deed
def keep_grade(
    *, by: Actor, at: datetime, again: LookAgain, answer: str, answer_no: str = "", on: date | None = None
) -> None:
    """Answer a request: the grade stays, and why.

    Raises Denied, and RuleBroken with codes ``answer_missing``, ``future``, ``before_asked``, ``already_done``.
    """
    require_decider_of(by, again.entry)
    day = on or day_of(at)
    answer = require_text(nfc(answer), code="answer_missing", field="answer")
    require_answer_day(again, day, field="on")
    changes = {
        "state": LookAgain.State.KEPT,
        "answer": answer,
        "answer_no": nfc(answer_no).strip()[:60],
        "answered_on": day,
        "answered_by": str(by)[:120],
    }
    write(again, changes)
    details = {"kept": again.entry.grade, "answered_on": day, "answer_no": again.answer_no}
    _note(by, at, Action.REPLY, again, details)


def require_answer_day(again: LookAgain, day: date, *, field: str) -> None:
    """Raise RuleBroken ``future`` or ``before_asked`` for the day of an answer."""
    require_past(day, field=field)
    if day < again.asked_on:
        message = _("Đề nghị ngày %(day)s. Ghi ngày trả lời từ ngày ấy trở đi.")
        raise RuleBroken("before_asked", message % {"day": written(again.asked_on)}, field=field)


def write(again: LookAgain, changes: dict[str, Any]) -> None:
    """Write to a request that waits for an answer. Raises RuleBroken ``already_done`` otherwise."""
    rows = LookAgain.objects.filter(pk=again.pk, state=LookAgain.State.ASKED)
    if rows.update(**changes) != 1:
        raise moved_on()
    for name, value in changes.items():
        setattr(again, name, value)


def _require_day(entry: Entry, day: date) -> None:
    if entry.state != Entry.State.DECIDED or entry.decided_on is None:
        raise RuleBroken("not_decided", _("Mức này chưa quyết định, chưa có gì để xem lại."))
    if day < entry.decided_on:
        message = _("Quyết định ngày %(day)s. Ghi ngày ấy hoặc sau đó.")
        raise RuleBroken("before_decision", message % {"day": written(entry.decided_on)}, field="asked_on")
    last = last_day_to_ask(entry)
    if last is not None and day > last:
        message = _("Đã quá hạn đề nghị xem lại: đến hết ngày %(day)s. Phản ánh khác thì gửi cấp ủy.")
        raise RuleBroken("late", message % {"day": written(last)}, field="asked_on")


def _note(by: Actor, at: datetime, action: Action, again: LookAgain, details: dict[str, Any]) -> None:
    entry = again.entry
    record(
        by=by,
        action=action,
        at=at,
        target=again,
        unit_id=entry.unit_id,
        subject_id=entry.member_id,
        details=details,
    )
