"""A grade is given anew: the old one and its day stay in the books beside it, and caps are looked at again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.core.vietnamese import nfc
from hatnhan.organization.actions.checks import day_of, deed, moved_on, require_past, require_text
from hatnhan.reviews.actions import looking_again
from hatnhan.reviews.actions.appraising import record_entries
from hatnhan.reviews.actions.deciders import require_decider_of
from hatnhan.reviews.actions.following import call_off, open_follow_ups
from hatnhan.reviews.actions.guards import write
from hatnhan.reviews.actions.limits import require_caps
from hatnhan.reviews.models import ORDER, Cycle, Entry, Grade, LookAgain, Regrading
from hatnhan.reviews.permissions import Action
from hatnhan.reviews.selectors import assessed
from hatnhan.reviews.selectors.kept import as_kept
from hatnhan.reviews.selectors.law import law_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor


@deed
def regrade(
    *,
    by: Actor,
    at: datetime,
    entry: Entry,
    ground: str,
    new_grade: str,
    reason: str,
    number: str,
    signed_on: date | None = None,
    again: LookAgain | None = None,
    signed_by: str = "",
    override_reason: str = "",
    override_no: str = "",
) -> Regrading:
    """Give a decided entry another grade and return the paper. Also after the cycle is closed.

    It answers the request ``again``, where there is one. A grade that the conditions do not open, and one that leaves
    a group over its cap because its base grew smaller, needs ``override_reason`` and ``override_no``; nobody is
    raised into a group that is full. The notice of the old grade no longer counts: the new one is told anew.

    Raises Denied, and RuleBroken with codes ``not_decided``, ``grade``, ``same_grade``, ``ground``, ``asked`` (a
    request waits that this does not answer), ``reason_missing``, ``number_missing``, ``signer_missing``, ``future``,
    ``too_early``, ``needs_reason``, ``over_cap``, ``changed_meanwhile``, ``already_done``.
    """
    require_decider_of(by, entry)
    hold_cycle(entry.cycle)
    day = signed_on or day_of(at)
    old_grade, old_day = _require_regradable(entry, new_grade, day)
    words = _words(ground, reason, number, signed_by or str(by))
    _require_request(entry, again, ground, day)
    found = assessed.assessed([entry])[entry.pk]
    override = _override(override_reason, override_no)
    if new_grade not in found.assessment.allowed and not override[0]:
        message = _("Các điều kiện không mở mức này. Ghi lý do và số văn bản cho phép, hoặc chọn mức khác.")
        raise RuleBroken("needs_reason", message, field="override_reason")
    if not (override[0] and new_grade != Grade.EXCELLENT):
        require_caps(entry.cycle, {entry.pk: new_grade}, field="new_grade")
    told = {"notified_before": entry.notified_on} if entry.notified_on else {}
    made: Regrading = Regrading.objects.create(
        entry=entry,
        look_again=again,
        ground=ground,
        old_grade=old_grade,
        old_decided_on=old_day,
        new_grade=new_grade,
        signed_on=day,
        **words,
    )
    write(
        entry,
        (Entry.State.DECIDED,),
        grade=new_grade,
        decided_on=day,
        override_reason=override[0],
        override_no=override[1],
        explained=as_kept(entry, found.assessment, law_of(entry.cycle), told=found.told),
        notified_on=None,
        notified_to="",
    )
    if again is not None:
        _answer(by, again, made)
    details: dict[str, Any] = {
        "before": old_grade,
        "grade": new_grade,
        "ground": ground,
        "number": made.number,
    }
    details |= {"signed_on": day, "decided_before": old_day, **told}
    if override[0]:
        details |= {"reason": override[0], "paper_no": override[1]}
    record_entries(by, Action.REGRADE, at, [(entry, details)])
    _follow(by, at, entry, old_grade, made)
    return made


def hold_cycle(cycle: Cycle) -> None:
    """Lock a cycle, open or closed, until the deed is written, so that caps are counted one deed after the other."""
    if not Cycle.objects.select_for_update().filter(pk=cycle.pk).values_list("pk", flat=True):
        raise moved_on()


def _require_regradable(entry: Entry, new_grade: str, day: date) -> tuple[str, date]:
    if entry.state != Entry.State.DECIDED or entry.decided_on is None:
        raise RuleBroken("not_decided", _("Mức này chưa quyết định. Sửa ở bước thẩm định, quyết định."))
    if new_grade not in ORDER:
        raise RuleBroken("grade", _("Chưa chọn mức. Chọn một trong bốn mức."), field="new_grade")
    if new_grade == entry.grade:
        message = _("Mức mới trùng mức đang có. Giữ nguyên thì trả lời đề nghị, không xếp loại lại.")
        raise RuleBroken("same_grade", message, field="new_grade")
    require_past(day, field="signed_on")
    if day < entry.decided_on:
        message = _("Quyết định trước ký ngày %(day)s. Ghi ngày ấy hoặc sau đó.")
        raise RuleBroken("too_early", message % {"day": written(entry.decided_on)}, field="signed_on")
    return entry.grade, entry.decided_on


def _words(ground: str, reason: str, number: str, signed_by: str) -> dict[str, str]:
    if ground not in Regrading.Ground.values:
        raise RuleBroken("ground", _("Chưa chọn căn cứ. Chọn một căn cứ."), field="ground")
    return {
        "reason": require_text(nfc(reason), code="reason_missing", field="reason"),
        "number": require_text(nfc(number), code="number_missing", field="number")[:60],
        "signed_by": require_text(nfc(signed_by), code="signer_missing", field="signed_by")[:120],
    }


def _override(reason: str, number: str) -> tuple[str, str]:
    """Return reason and number of the paper that lets a grade be given, both or neither ("")."""
    reason, number = nfc(reason).strip(), nfc(number).strip()
    if bool(reason) != bool(number):
        message = _("Ghi cả lý do và số văn bản cho phép, hoặc bỏ trống cả hai.")
        raise RuleBroken("needs_reason", message, field="override_no" if reason else "override_reason")
    return reason[:500], number[:60]


def _require_request(entry: Entry, again: LookAgain | None, ground: str, day: date) -> None:
    if again is not None:
        if again.entry_id != entry.pk:
            raise moved_on()
        looking_again.require_answer_day(again, day, field="signed_on")
        return
    if ground == Regrading.Ground.ASKED:
        message = _("Không có đề nghị xem lại nào đang chờ. Chọn căn cứ khác.")
        raise RuleBroken("ground", message, field="ground")
    if LookAgain.objects.filter(entry=entry, state=LookAgain.State.ASKED).exists():
        message = _("Đang có đề nghị xem lại. Mở đề nghị ấy và trả lời ở đó.")
        raise RuleBroken("asked", message)


def _answer(by: Actor, again: LookAgain, made: Regrading) -> None:
    changes = {
        "state": LookAgain.State.CHANGED,
        "answer": made.reason,
        "answer_no": made.number,
        "answered_on": made.signed_on,
        "answered_by": str(by)[:120],
    }
    looking_again.write(again, changes)


def _follow(by: Actor, at: datetime, entry: Entry, old_grade: str, made: Regrading) -> None:
    """Help whoever now has the lowest grade; call help off for whoever no longer has it."""
    if entry.of != Entry.Of.MEMBER:
        return
    if entry.grade == Grade.FAILED:
        open_follow_ups(by=by, at=at, cycle=entry.cycle, entries=[entry], on=made.signed_on)
    elif old_grade == Grade.FAILED:
        because = _("Xếp loại lại theo quyết định %(number)s.") % {"number": made.number}
        call_off(by=by, at=at, entry=entry, because=because)
