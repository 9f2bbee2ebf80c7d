"""Study sessions: planned with a list of names, changed, given up, and who came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core import clock
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.guidance import permissions
from hatnhan.guidance.actions.attendance import (
    excuse_members,
    mark_attendance,
    take_back_excuses,
)
from hatnhan.guidance.actions.excuse_days import follow_marks
from hatnhan.guidance.actions.session_checks import (
    LONGEST,
    expected_of,
    hold_session,
    record_session,
    require_known,
    require_short,
)
from hatnhan.guidance.models import Document, Session, SessionPlace
from hatnhan.organization.actions.checks import day_of, deed, hold, require_text

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Unit

__all__ = [
    "SessionData",
    "add_places",
    "cancel_session",
    "edit_session",
    "excuse_members",
    "mark_attendance",
    "plan_session",
    "take_back_excuses",
]

_Mark = SessionPlace.Mark
_Mode = Session.Mode
_State = Session.State
_LONGEST_PLACE = 160
_COLUMNS = ("document_id", "level", "mode", "title", "starts_at", "until", "place", "presenter")


@dataclass(frozen=True, slots=True)
class SessionData:
    """What is known of a session. ``level`` and ``mode`` are of `Session`; ``until``: last day of studying by oneself.

    In a room there is no ``until``; by oneself there must be one.
    """

    title: str
    document: Document
    level: str
    mode: str
    starts_at: datetime
    until: date | None = None
    place: str = ""
    presenter: str = ""


@deed
def plan_session(
    *, by: Actor, at: datetime, unit: Unit, data: SessionData, members: Collection[int] | None = None
) -> Session:
    """Set a session, with a place for each of ``members``, or (None) for all of the unit's tree on its day.

    Members whom a decision exempts that day are left out. Five statements, whatever the number of people. Raises
    Denied, Missing for a document the unit does not know, and RuleBroken with codes ``title_missing``, ``too_long``,
    ``level``, ``mode``, ``until_missing``, ``until_before``, ``not_a_member`` (somebody is not of the unit's tree that
    day), ``nobody``.
    """
    permissions.require_lead(by, unit.pk)
    require_known(unit, data.document, day_of(at))
    session = Session.objects.create(unit=unit, **_fields(unit, data))
    placed = expected_of(unit, day_of(data.starts_at), members)
    SessionPlace.objects.bulk_create(SessionPlace(session=session, member_id=one) for one in placed)
    record_session(by, at, session, {"document": str(data.document), "count": len(placed)})
    return session


@deed
def edit_session(*, by: Actor, at: datetime, session: Session, data: SessionData) -> None:
    """Change what is known of a session that was not given up; the document of one held stays.

    Raises Denied, Missing and RuleBroken as `plan_session` does (without the codes on members), and
    ``session_cancelled``, ``document_fixed``, ``changed_meanwhile`` (it does not stand as ``session`` holds it).
    """
    permissions.require_lead(by, session.unit_id)
    hold(session, *_COLUMNS)
    hold_session(session)
    before = _told(session)
    if session.state == _State.HELD and data.document.pk != session.document_id:
        message = _("Đợt học này đã có người học, không đổi sang văn bản khác được.")
        raise RuleBroken("document_fixed", message, field="document")
    if data.document.pk != session.document_id:
        require_known(session.unit, data.document, day_of(at))
    fields = _fields(session.unit, data)
    for name, value in fields.items():
        setattr(session, name, value)
    session.save(update_fields=list(fields))
    follow_marks(session, day_of(at))
    now = _told(session)
    changes = {name: [before[name], now[name]] for name in now if before[name] != now[name]}
    record_session(by, at, session, {"changes": changes})


@deed
def cancel_session(*, by: Actor, at: datetime, session: Session, reason: str) -> None:
    """Give a session up that nobody came to yet.

    Raises Denied, and RuleBroken with codes ``reason_missing``, ``too_long``, ``session_cancelled``, ``session_held``.
    """
    permissions.require_lead(by, session.unit_id)
    hold_session(session)
    message = _("Ghi lý do không tổ chức học.")
    told = require_text(reason, code="reason_missing", field="reason", message=message)
    require_short(told, LONGEST, "reason")
    if session.state == _State.HELD or session.places.filter(mark=_Mark.PRESENT).exists():
        raise RuleBroken("session_held", _("Đợt học này đã ghi người học, không bỏ được."))
    session.state, session.cancel_reason = _State.CANCELLED, told
    session.save(update_fields=["state", "cancel_reason"])
    follow_marks(session, day_of(at))
    record_session(by, at, session, {"cancelled": told})


@deed
def add_places(*, by: Actor, at: datetime, session: Session, members: Collection[int]) -> int:
    """Put more people of the unit's tree on the list; return how many came new.

    Raises Denied, and RuleBroken with codes ``session_cancelled``, ``not_a_member``, ``nobody``.
    """
    permissions.require_lead(by, session.unit_id)
    hold_session(session)
    wanted = expected_of(session.unit, day_of(session.starts_at), members)
    there = set(session.places.filter(member__in=wanted).values_list("member_id", flat=True))
    fresh = [one for one in wanted if one not in there]
    SessionPlace.objects.bulk_create(SessionPlace(session=session, member_id=one) for one in fresh)
    if fresh:
        record_session(by, at, session, {"added": len(fresh)})
    return len(fresh)


# --- parts ------------------------------------------------------------------------------------------------------------
def _fields(unit: Unit, data: SessionData) -> dict[str, object]:
    title = require_text(data.title, code="title_missing", field="title")
    require_short(title, LONGEST, "title")
    require_short(data.place, _LONGEST_PLACE, "place")
    require_short(data.presenter, _LONGEST_PLACE, "presenter")
    if data.level not in Session.Level.values or (data.level == Session.Level.CELL and not unit.is_cell):
        raise RuleBroken("level", _("Chọn cấp tổ chức đợt học."), field="level")
    if data.mode not in _Mode.values:
        raise RuleBroken("mode", _("Chọn hình thức học."), field="mode")
    return {
        "document": data.document,
        "level": data.level,
        "mode": data.mode,
        "title": title,
        "starts_at": data.starts_at,
        "until": _until(data),
        "place": data.place.strip(),
        "presenter": data.presenter.strip(),
    }


def _until(data: SessionData) -> date | None:
    if data.mode == _Mode.ROOM:
        return None
    if data.until is None:
        raise RuleBroken("until_missing", _("Ghi ngày cuối cùng để tự học xong."), field="until")
    if data.until < day_of(data.starts_at):
        raise RuleBroken("until_before", _("Ngày cuối trước ngày bắt đầu. Ghi lại."), field="until")
    return data.until


def _told(session: Session) -> dict[str, str]:
    """Return what is known of a session in words, for the audit record."""
    local = session.starts_at.astimezone(clock.HERE)
    return {
        "title": session.title,
        "document": str(session.document),
        "level": str(session.get_level_display()),
        "mode": str(session.get_mode_display()),
        "starts_at": f"{local:%H:%M} {written(local.date())}",
        "until": written(session.until) if session.until else "",
        "place": session.place,
        "presenter": session.presenter,
    }
