"""What a check leaves in writing: the subject's report on themselves, minutes, the team's report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.audit.actions import record
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.organization.actions.checks import changed_meanwhile, day_of, deed, moved_on, require_text
from hatnhan.organization.powers import powers_of
from hatnhan.oversight import permissions
from hatnhan.oversight.actions import guards
from hatnhan.oversight.actions.silence import require_silent_check
from hatnhan.oversight.models import Minutes, Subject
from hatnhan.oversight.permissions import Action

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.oversight.models import Check


#: Texts of minutes, of which the record says only that they changed.
_TEXTS = frozenset({"present", "content"})


def is_theirs(by: Actor, subject: Subject) -> bool:
    """Tell whether a subject is the person, or a unit that the person heads."""
    if isinstance(by, Machine):
        return False
    powers = powers_of(by)
    if subject.member_id is not None:
        return subject.member_id == powers.member_id
    return subject.unit_id in permissions.headed_by(powers)


def require_theirs(by: Actor, subject: Subject) -> None:
    """Raise Denied unless a subject is the person, or a unit that the person heads; the machine may all."""
    if not (isinstance(by, Machine) or is_theirs(by, subject)):
        raise Denied(_("Chỉ đối tượng của cuộc này ghi mục này."))


def change_subject(subject: Subject, **changes: Any) -> None:
    """Write changes to a subject as it was seen; part of a deed that has locked the check.

    Raises RuleBroken ``changed_meanwhile`` when another wrote one of these fields since it was read.
    """
    seen = {name: getattr(subject, name) for name in changes}
    if Subject.objects.filter(pk=subject.pk, **seen).update(**changes) != 1:
        raise changed_meanwhile()
    for name, value in changes.items():
        setattr(subject, name, value)


def record_on_subject(
    by: Actor, at: datetime, action: str, subject: Subject, details: dict[str, Any]
) -> None:
    """Record a deed that concerns one subject; the member finds it in the own file."""
    check = subject.of_check
    record(
        by=by,
        action=action,
        at=at,
        target=check,
        unit_id=subject.unit_id or check.unit_id,
        subject_id=subject.member_id,
        details={"subject": str(subject), **details},
    )


@deed
def submit_self_report(*, by: Actor, at: datetime, subject: Subject, text: str) -> None:
    """Hand in a subject's report on itself; the subject does, or the team types it in from paper.

    What the subject wrote nobody else writes over. It can be written anew until the team has reported; the moment at
    which it was first handed in stays.
    Raises Denied, and RuleBroken with codes ``closed``, ``concluded``, ``text_missing``, ``reported``, ``theirs``,
    ``changed_meanwhile``.
    """
    own = is_theirs(by, subject)
    if not own:
        permissions.require_work(by, subject.of_check)
    check = guards.lock_open(subject.of_check)
    body = require_text(text, code="text_missing", field="text")
    if subject.report and check.reported_on is not None:
        raise RuleBroken("reported", _("Đoàn đã báo cáo kết quả; báo cáo tự kiểm tra không sửa nữa."))
    if subject.report and not subject.typed_by and not own:
        raise RuleBroken("theirs", _("Đối tượng đã tự nộp báo cáo. Chỉ đối tượng sửa được."))
    again = bool(subject.report)
    typed = "" if own else str(by)[:120]
    change_subject(subject, report=body, reported_at=subject.reported_at or at, typed_by=typed)
    details = {"again": again, "on_paper": not own}
    record_on_subject(
        by, at, Action.SELF_REPORT, subject, {key: True for key, value in details.items() if value}
    )


@dataclass(frozen=True, slots=True)
class MinutesData:
    """Minutes of one piece of work. ``agreed``: read out, and all sides agree."""

    kind: str
    on: date
    place: str
    present: str
    content: str
    agreed: bool = True


@deed
def write_minutes(
    *, by: Actor, at: datetime, check: Check, data: MinutesData, minutes: Minutes | None = None
) -> Minutes:
    """Write minutes, or (``minutes``) mend those written, until the check is concluded.

    Raises Denied, and RuleBroken with codes ``closed``, ``concluded``, ``before_opening``, ``future``,
    ``place_missing``, ``present_missing``, ``content_missing``, ``names_denouncer``, ``already_done``.
    """
    permissions.require_work(by, check)
    now = guards.lock_open(check)
    guards.require_between(data.on, now.opened_on, day_of(at), field="on")
    fields: dict[str, Any] = {
        "kind": data.kind,
        "on": data.on,
        "place": require_text(data.place, code="place_missing", field="place"),
        "present": require_text(data.present, code="present_missing", field="present"),
        "content": require_text(data.content, code="content_missing", field="content"),
        "agreed": data.agreed,
    }
    require_silent_check(now, **{name: str(fields[name]) for name in ("place", "present", "content")})
    details: dict[str, Any] = {"minutes": str(Minutes.Kind(data.kind).label), "on": data.on}
    if minutes is None:
        minutes = Minutes.objects.create(of_check=now, written_by=str(by)[:120], **fields)
    else:
        before = {name: getattr(minutes, name) for name in fields}
        seen = Minutes.objects.filter(pk=minutes.pk, of_check=now, **before)
        if seen.update(**fields) != 1:
            raise moved_on()
        # What stood in the texts is for the team: the record names them only.
        details |= {
            name: True if name in _TEXTS else [old, fields[name]]
            for name, old in before.items()
            if old != fields[name]
        }
        for name, value in fields.items():
            setattr(minutes, name, value)
    record(by=by, action=Action.MINUTES, at=at, target=now, unit_id=now.unit_id, details=details)
    return minutes


@deed
def write_report(*, by: Actor, at: datetime, check: Check, text: str, reported_on: date) -> None:
    """Write the team's report, or mend it and its day until the check is concluded; the record keeps both days.

    Raises Denied, and RuleBroken with codes ``closed``, ``concluded``, ``text_missing``, ``before_opening``,
    ``future``, ``names_denouncer``, ``changed_meanwhile``.
    """
    permissions.require_work(by, check)
    now = guards.lock_open(check)
    body = require_text(text, code="text_missing", field="text")
    require_silent_check(now, text=body)
    guards.require_between(reported_on, now.opened_on, day_of(at), field="reported_on")
    details: dict[str, Any] = {"on": reported_on}
    if now.report:
        details = {"on": [now.reported_on, reported_on], "text": now.report != body}
    guards.write(check, report=body, reported_on=reported_on)
    record(by=by, action=Action.REPORT, at=at, target=now, unit_id=now.unit_id, details=details)
