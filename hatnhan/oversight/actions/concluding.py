"""The conclusion of a check, its delivery, and what a subject asks to have looked at again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.organization.actions.checks import day_of, deed, require_decision, require_text
from hatnhan.oversight import permissions
from hatnhan.oversight.actions import guards
from hatnhan.oversight.actions.remedies import open_remedies
from hatnhan.oversight.actions.reporting import change_subject, record_on_subject, require_theirs
from hatnhan.oversight.actions.silence import require_silent_check
from hatnhan.oversight.models import Check, Finding, Kind
from hatnhan.oversight.permissions import Action

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Member
    from hatnhan.oversight.models import Subject


@dataclass(frozen=True, slots=True)
class _Conclusion:
    text: str
    number: str
    on: date
    comply_by: date
    follower: Member


@deed
def conclude(
    *,
    by: Actor,
    at: datetime,
    check: Check,
    text: str,
    conclusion_no: str,
    concluded_on: date,
    comply_by: date,
    follower: Member,
    signs_because: str = "",
) -> None:
    """Conclude a check; final. Shortcomings become remedies with tasks.

    ``comply_by`` is the last day, inclusive, on which subjects have complied. Supervision that found a sign of
    violation has led to a check of signs, or ``signs_because`` says why not. Raises Denied, and RuleBroken with codes
    ``closed``, ``concluded``, ``not_reported``, ``not_heard``, ``signs``, ``text_missing``, ``decision_missing``,
    ``before_report``, ``future``, ``comply_by``, ``follower``, ``names_denouncer``, ``changed_meanwhile``.
    """
    permissions.require_work(by, check)
    permissions.require_approve(by, check.unit_id, check.body)
    now = guards.lock_open(check)
    said = _Conclusion(
        require_text(text, code="text_missing", field="text"),
        require_decision(conclusion_no),
        concluded_on,
        comply_by,
        follower,
    )
    require_silent_check(now, text=said.text, conclusion_no=said.number, signs_because=signs_because)
    _require_ready(now)
    _require_days(now, said, day_of(at))
    _require_signs_followed(now, signs_because.strip())
    if permissions.is_personally_concerned(follower.pk, now):
        message = _(
            "Người theo dõi không phải đối tượng, không phải người thân của đối tượng. Chọn người khác."
        )
        raise RuleBroken("follower", message, field="follower")
    guards.write(
        check,
        conclusion=said.text,
        conclusion_no=said.number,
        concluded_on=said.on,
        comply_by=said.comply_by,
        follower=follower,
        signs_because=signs_because.strip(),
    )
    details: dict[str, Any] = {
        "conclusion_no": said.number,
        "on": said.on,
        "comply_by": said.comply_by,
        "follower": str(follower),
    }
    if signs_because.strip():
        details["signs_because"] = signs_because.strip()
    record(by=by, action=Action.CONCLUDE, at=at, target=check, unit_id=check.unit_id, details=details)
    open_remedies(by=by, at=at, check=check)


def _require_ready(check: Check) -> None:
    if check.reported_on is None:
        raise RuleBroken("not_reported", _("Đoàn chưa báo cáo kết quả. Ghi báo cáo trước."))
    waiting = [str(one) for one in check.subjects.all() if not (one.said or one.not_heard_because)]
    if waiting:
        message = _("Chưa nghe %(who)s trình bày. Nghe, hoặc ghi vì sao không đến, rồi mới kết luận.")
        raise RuleBroken("not_heard", message % {"who": "; ".join(waiting)})


def _require_days(check: Check, said: _Conclusion, today: date) -> None:
    assert check.reported_on is not None  # noqa: S101 - _require_ready saw it
    heard = [one.heard_on for one in check.subjects.all() if one.heard_on]
    first = max([check.reported_on, *heard])
    if said.on < first:
        message = _("Kết luận sau khi đã báo cáo và nghe đối tượng. Ghi ngày %(day)s hoặc sau đó.")
        raise RuleBroken("before_report", message % {"day": written(first)}, field="concluded_on")
    guards.require_between(said.on, check.opened_on, today, field="concluded_on")
    if said.comply_by < said.on:
        message = _("Hạn chấp hành trước ngày kết luận. Xem lại hai ngày.")
        raise RuleBroken("comply_by", message, field="comply_by")


def signs_open(check: Check) -> bool:
    """Tell whether supervision found a sign of violation and no check of signs goes on from it yet."""
    if check.kind != Kind.THEMATIC:
        return False
    signs = Finding.objects.filter(of_check=check, kind=Finding.Kind.SIGN, led_to=None)
    followed = Check.objects.filter(after=check, kind=Kind.SIGNS).exists()
    return signs.exists() and not followed


def _require_signs_followed(check: Check, because: str) -> None:
    if not because and signs_open(check):
        message = _(
            "Giám sát thấy dấu hiệu vi phạm thì chuyển kiểm tra. Mở cuộc kiểm tra dấu hiệu, hoặc ghi vì sao không."
        )
        raise RuleBroken("signs", message, field="signs_because")


@deed
def deliver(*, by: Actor, at: datetime, subject: Subject, delivered_on: date, delivered_to: str) -> None:
    """Write that a subject was given the conclusion; it can be mended until the subject asks for another look.

    Raises Denied, and RuleBroken with codes ``closed``, ``not_concluded``, ``future``, ``before_conclusion``,
    ``receiver_missing``, ``asked_again``, ``names_denouncer``, ``changed_meanwhile``.
    """
    permissions.require_work(by, subject.of_check)
    check = guards.lock_running(subject.of_check)
    if check.concluded_on is None:
        raise RuleBroken("not_concluded", _("Chưa có kết luận để giao. Kết luận trước."))
    if subject.asked_again_on is not None:
        raise RuleBroken("asked_again", _("Đối tượng đã đề nghị xem lại; ngày giao không sửa nữa."))
    if delivered_on < check.concluded_on:
        message = _("Giao sau khi kết luận. Ghi ngày %(day)s hoặc sau đó.")
        words = message % {"day": written(check.concluded_on)}
        raise RuleBroken("before_conclusion", words, field="delivered_on")
    guards.require_between(delivered_on, check.opened_on, day_of(at), field="delivered_on")
    who = require_text(delivered_to, code="receiver_missing", field="delivered_to")
    require_silent_check(check, delivered_to=who)
    details: dict[str, Any] = {"on": delivered_on, "to": who}
    if subject.delivered_on is not None:
        details = {"on": [subject.delivered_on, delivered_on], "to": [subject.delivered_to, who]}
    # That nobody asked for another look meanwhile is part of what must still be so.
    change_subject(subject, delivered_on=delivered_on, delivered_to=who, asked_again_on=None)
    record_on_subject(by, at, Action.DELIVER, subject, details)


@deed
def ask_again(*, by: Actor, at: datetime, subject: Subject, text: str) -> None:
    """Ask to have a delivered conclusion looked at again, once; the subject alone may.

    Raises Denied, and RuleBroken with codes ``not_delivered``, ``asked_again``, ``text_missing``,
    ``changed_meanwhile``.
    """
    require_theirs(by, subject)
    guards.lock(subject.of_check)
    subject.refresh_from_db()
    if subject.delivered_on is None:
        raise RuleBroken("not_delivered", _("Kết luận chưa được giao. Đề nghị sau khi nhận."))
    if subject.asked_again_on is not None:
        raise RuleBroken("asked_again", _("Đồng chí đã đề nghị xem lại. Chờ trả lời."))
    words = require_text(text, code="text_missing", field="text")
    change_subject(subject, asked_again=words, asked_again_on=day_of(at))
    record_on_subject(by, at, Action.AGAIN, subject, {"on": day_of(at)})


@deed
def answer_again(*, by: Actor, at: datetime, subject: Subject, text: str) -> None:
    """Answer a subject who asked for another look; for the body that concluded.

    Raises Denied, and RuleBroken with codes ``not_asked``, ``answered``, ``text_missing``, ``names_denouncer``,
    ``changed_meanwhile``.
    """
    check = subject.of_check
    permissions.require_work(by, check)
    permissions.require_approve(by, check.unit_id, check.body)
    guards.lock(check)
    subject.refresh_from_db()
    if subject.asked_again_on is None:
        raise RuleBroken("not_asked", _("Đối tượng chưa đề nghị xem lại."))
    if subject.answered_on is not None:
        raise RuleBroken("answered", _("Đã trả lời đề nghị này."))
    words = require_text(text, code="text_missing", field="text")
    require_silent_check(check, text=words)
    change_subject(subject, answer=words, answered_on=day_of(at))
    record_on_subject(by, at, Action.ANSWER, subject, {"on": day_of(at)})
