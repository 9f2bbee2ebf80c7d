"""Notes of regular supervision: on work and duties, seen by the observed from the first day, answered or expired.

The record says that a note was written, and when, neither on what nor whether it praises: that is for the few who may
read notes, and of one that has expired for the observed alone, while a record stays for ever.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.audit.actions import record, record_many
from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.core.vietnamese import nfc
from hatnhan.organization.actions.checks import day_of, deed, moved_on, require_past, require_text
from hatnhan.organization.actions.readings import ONE_READING
from hatnhan.organization.models import Position
from hatnhan.organization.powers import KEEPERS, powers_of
from hatnhan.organization.selectors.law import law_for
from hatnhan.oversight import permissions
from hatnhan.oversight.models import Note, Watch
from hatnhan.oversight.permissions import Action
from hatnhan.rulebook.topics.oversight import OversightTerms, OversightTopics

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.accounts.models import User

_LONGEST = 600


@deed
def write_note(*, by: Actor, at: datetime, watch: Watch, topic: str, kind: str, on: date, text: str) -> Note:
    """Write a note on work or duties, as the observer, while the supervision runs.

    It expires ``note_days`` after its day unless answered or confirmed; one that would have expired before it is
    written comes too late. Raises Denied, and RuleBroken with codes ``topic`` (not one of the assignment that notes may
    speak of), ``kind``, ``future``, ``outside_watch``, ``concluded``, ``too_late``, ``text_missing``, ``too_long``.
    """
    if not permissions.observes(by, watch):
        raise Denied(_("Chỉ người được giao giám sát ghi được ở đây."))
    if is_kin(by, watch):
        raise Denied(_("Người thân của người được giám sát không ghi nhận. Nơi giao phân công người khác."))
    on_record = Watch.objects.select_for_update().filter(pk=watch.pk, concluded_on=None)
    if not on_record.values_list("pk", flat=True).first():
        raise RuleBroken("concluded", _("Phân công này đã kết thúc, không ghi thêm được."))
    _require_day(watch, on)
    _require_topic(watch, topic, on)
    if kind not in Note.Kind.values:
        raise RuleBroken("kind", _("Chọn làm tốt hoặc nhắc nhở."), field="kind")
    text = _tidy(text, code="text_missing", field="text")
    days = law_for(OversightTerms, on, watch.unit).value.note_days
    expires_on = on + timedelta(days=days)
    if expires_on <= day_of(at):
        message = _(
            "Việc này đã quá %(days)d ngày, người được giám sát không còn ngày để trả lời. Không ghi nữa."
        )
        raise RuleBroken("too_late", message % {"days": days}, field="on")
    made = Note.objects.create(
        watch=watch, topic=topic, kind=kind, on=on, text=text, written_at=at, expires_on=expires_on
    )
    _record(by, Action.NOTE, at, made, {"on": on, "expires_on": expires_on})
    return made


@deed
def answer_note(*, by: Actor, at: datetime, note: Note, text: str) -> None:
    """Answer a note on oneself, or on the unit one heads, once, before it expires.

    For one without an account who gave out the supervision types the answer from paper, and may mend what was typed
    until the note is confirmed; its day stays. Raises Denied, and RuleBroken with codes ``text_missing``,
    ``too_long``, ``expired``, ``already_done``.
    """
    own = answers(by, note)
    if not own and not types_answer(by, note):
        raise Denied(_("Chỉ người được giám sát trả lời được ghi nhận này."))
    text = _tidy(text, code="text_missing", field="text")
    _require_not_expired(note, day_of(at))
    mends = not own and bool(note.typed_by)
    on = note.answered_on if mends and note.answered_on else day_of(at)
    seen = Note.objects.filter(pk=note.pk, answer=note.answer, typed_by=note.typed_by)
    open_ones = seen.filter(confirmed_on=None) if mends else seen.filter(answered_on=None)
    values = {"answer": text, "answered_on": on} | _answered_by(by, note, own=own)
    if open_ones.update(**values) != 1:
        raise moved_on()
    for name, value in values.items():
        setattr(note, name, value)
    details = (
        {"answered_on": on} | ({} if own else {"typed_by": str(by)}) | ({"again": True} if mends else {})
    )
    _record(by, Action.NOTE_ANSWER, at, note, details)


def _answered_by(by: Actor, note: Note, *, own: bool) -> dict[str, str]:
    if own:
        return {"answered_by": str(by)[:120], "typed_by": ""}
    return {"answered_by": str(note.watch.of_unit or note.watch.of_member)[:120], "typed_by": str(by)[:120]}


@deed
def confirm_note(*, by: Actor, at: datetime, note: Note) -> None:
    """Hold a note to be right, as who gave out the supervision; never the observer, the observed or their kin.

    Raises Denied, and RuleBroken with codes ``expired``, ``already_done``.
    """
    if not confirms(by, note.watch):
        message = _(
            "Nơi giao giám sát xác nhận; người giám sát, người được giám sát và người thân không xác nhận."
        )
        raise Denied(message)
    on = day_of(at)
    _require_not_expired(note, on)
    values = {"confirmed_on": on, "confirmed_by": str(by)[:120]}
    if Note.objects.filter(pk=note.pk, confirmed_on=None).update(**values) != 1:
        raise moved_on()
    note.confirmed_on, note.confirmed_by = on, str(by)[:120]
    _record(by, Action.NOTE_CONFIRM, at, note, {"confirmed_on": on})


@deed
def record_read(*, by: User, at: datetime, watches: Iterable[Watch]) -> int:
    """Record that a person opened notes on others; return how many new readings that made.

    The observed reads what is said of the own work, the observer what the observer wrote: no reading of others.
    Vouched: the page asked who may read. Two queries and the writing, however many.
    """
    others = [
        one for one in watches if not permissions.is_observed(by, one) and not permissions.observes(by, one)
    ]
    seen = Entry.objects.filter(actor=by, action=Action.READ_NOTES, at__gt=at - ONE_READING)
    known = set(seen.values_list("object_id", flat=True)) if others else set()
    fresh = [one for one in others if str(one.pk) not in known]
    if fresh:
        record_many(
            by=by,
            action=Action.READ_NOTES,
            at=at,
            about=[(one.pk, str(one), {}) for one in fresh],
            subjects={one.pk: one.of_member_id for one in fresh},
            target_type=Watch._meta.label_lower,
            units={one.pk: one.unit_id for one in fresh},
        )
    return len(fresh)


def answers(by: Actor, note: Note) -> bool:
    """Tell whether a note is a person's to answer."""
    return isinstance(by, Machine) or permissions.is_observed(by, note.watch)


def types_answer(by: Actor, note: Note) -> bool:
    """Tell whether a person may type an answer from paper: who confirms, for an observed without an account."""
    if isinstance(by, Machine) or note.confirmed_on is not None:
        return False
    if note.answered_on is not None and not note.typed_by:
        return False
    return confirms(by, note.watch) and not signs_in(note.watch)


def signs_in(watch: Watch) -> bool:
    """Tell whether the one followed, or one of the heads of the unit that is, has an account today."""
    if watch.of_member is not None:
        return watch.of_member.user_id is not None
    heads = Position.objects.on(clock.today()).filter(unit=watch.of_unit, post__in=KEEPERS)
    return heads.filter(member__user__isnull=False).exists()


def confirms(by: Actor, watch: Watch) -> bool:
    """Tell whether a person may confirm the notes of an assignment."""
    if isinstance(by, Machine):
        return True
    if permissions.observes(by, watch) or permissions.is_observed(by, watch):
        return False
    return permissions.runs(by, watch.unit_id) and not is_kin(by, watch)


def is_kin(by: Actor, watch: Watch) -> bool:
    """Tell whether a person is declared close kin of the one followed."""
    if isinstance(by, Machine) or watch.of_member_id is None:
        return False
    return powers_of(by).member_id in permissions.kin_of(watch.of_member_id)


def _require_day(watch: Watch, on: date) -> None:
    require_past(on, field="on")
    if not watch.start <= on < watch.end:
        message = _("Giám sát từ ngày %(start)s đến hết ngày %(last)s. Ghi một ngày trong khoảng ấy.")
        days = {"start": written(watch.start), "last": written(watch.end - timedelta(days=1))}
        raise RuleBroken("outside_watch", message % days, field="on")


def _require_topic(watch: Watch, topic: str, on: date) -> None:
    listed = {one.key for one in law_for(OversightTopics, on, watch.unit).value.topics if one.notes == "yes"}
    if topic not in watch.topics or topic not in listed:
        message = _("Chỉ ghi về công việc, nhiệm vụ đã phân công theo dõi. Chọn trong danh sách.")
        raise RuleBroken("topic", message, field="topic")


def _require_not_expired(note: Note, on: date) -> None:
    if not Note.objects.standing(on).filter(pk=note.pk).exists():
        message = _("Ghi nhận này đã hết hiệu lực ngày %(day)s, không dùng vào việc gì nữa.")
        raise RuleBroken("expired", message % {"day": written(note.expires_on)})


def _tidy(text: str, *, code: str, field: str) -> str:
    tidy = require_text(nfc(text), code=code, field=field)
    if len(tidy) > _LONGEST:
        message = _("Dài %(long)d chữ; ghi gọn trong %(most)d chữ.")
        raise RuleBroken("too_long", message % {"long": len(tidy), "most": _LONGEST}, field=field)
    return tidy


def _record(by: Actor, action: str, at: datetime, note: Note, details: dict[str, Any]) -> None:
    watch = note.watch
    record(
        by=by,
        action=action,
        at=at,
        target=watch,
        unit_id=watch.unit_id,
        subject_id=watch.of_member_id,
        details={"note": note.pk, **details},
    )
