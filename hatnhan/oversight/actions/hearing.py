"""Hearing a subject before anything is concluded about them, and their dissent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan.core.errors import RuleBroken
from hatnhan.organization.actions.checks import day_of, deed, require_text
from hatnhan.oversight import permissions
from hatnhan.oversight.actions import guards
from hatnhan.oversight.actions.reporting import change_subject, record_on_subject, require_theirs
from hatnhan.oversight.actions.silence import require_silent_check
from hatnhan.oversight.models import Check
from hatnhan.oversight.permissions import Action

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Member
    from hatnhan.oversight.models import Subject


@deed
def hear_subject(
    *,
    by: Actor,
    at: datetime,
    subject: Subject,
    on: date | None = None,
    heard_by: Member | None = None,
    said: str = "",
    not_heard_because: str = "",
) -> None:
    """Write what a subject said when heard, or why the subject was not heard; until the check is concluded.

    Raises Denied, and RuleBroken with codes ``closed``, ``concluded``, ``said_missing``, ``both``, ``heard_by``
    (nobody, a subject, or close kin of one), ``before_opening``, ``future``, ``names_denouncer``,
    ``changed_meanwhile``.
    """
    check = subject.of_check
    permissions.require_work(by, check)
    now = guards.lock_open(check)
    words, why = said.strip(), not_heard_because.strip()
    if bool(words) == bool(why):
        message = _("Ghi điều đối tượng trình bày, hoặc ghi vì sao không đến; một trong hai.")
        raise RuleBroken("both" if words else "said_missing", message, field="said")
    require_silent_check(now, said=words, not_heard_because=why)
    changes: dict[str, Any] = {"heard_on": None, "heard_by": None, "said": "", "not_heard_because": why}
    if words:
        day = on or day_of(at)
        guards.require_between(day, now.opened_on, day_of(at), field="on")
        changes |= {"heard_on": day, "heard_by": _require_hearer(now, heard_by), "said": words}
    before = subject.heard_on, subject.not_heard_because
    change_subject(subject, **changes)
    after = changes["heard_on"], why
    names = ("heard_on", "not_heard_because")
    details: dict[str, Any] = dict(zip(names, after, strict=True))
    if any(before):
        pairs = zip(names, before, after, strict=True)
        details = {name: [old, new] for name, old, new in pairs if old or new}
    record_on_subject(by, at, Action.HEAR, subject, details)


def _require_hearer(check: Check, heard_by: Member | None) -> Member:
    if heard_by is None or permissions.is_personally_concerned(heard_by.pk, check):
        message = _("Chọn người nghe: không phải đối tượng, không phải người thân của đối tượng.")
        raise RuleBroken("heard_by", message, field="heard_by")
    return heard_by


@deed
def dissent(*, by: Actor, at: datetime, subject: Subject, text: str) -> None:
    """Write down that a subject does not agree, in the subject's own words; the subject alone may, at any time.

    Written anew, it keeps the moment at which the subject first said so.

    Raises Denied, and RuleBroken with codes ``stopped``, ``not_reported`` (there is nothing yet to disagree with),
    ``text_missing``, ``changed_meanwhile``.
    """
    require_theirs(by, subject)
    check = guards.lock(subject.of_check)
    if check.state == Check.State.STOPPED:
        raise RuleBroken("stopped", _("Cuộc này đã dừng, không kết luận gì."))
    if check.reported_on is None:
        raise RuleBroken("not_reported", _("Đoàn chưa báo cáo kết quả. Ghi ý kiến sau khi đã được nghe."))
    words = require_text(text, code="text_missing", field="text")
    again = bool(subject.dissent)
    change_subject(subject, dissent=words, dissent_at=subject.dissent_at or at)
    record_on_subject(by, at, Action.DISSENT, subject, {"again": True} if again else {})
