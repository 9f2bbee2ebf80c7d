"""Study sessions: planned with a list of names, changed, given up, and who came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import Denied, Missing, RuleBroken
from hatnhan.guidance import permissions
from hatnhan.guidance.models import Document, Session, SessionPlace
from hatnhan.guidance.permissions import Action
from hatnhan.organization.actions.checks import day_of, deed, require_text
from hatnhan.organization.models import Exemption, Member, Membership

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Unit

_Mark = SessionPlace.Mark
_Mode = Session.Mode
_State = Session.State
_LONGEST = 200
_LONGEST_PLACE = 160


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
    _require_known(unit, data.document, day_of(at))
    session = Session.objects.create(unit=unit, **_fields(unit, data))
    placed = _expected(unit, day_of(data.starts_at), members)
    SessionPlace.objects.bulk_create(SessionPlace(session=session, member_id=one) for one in placed)
    _record(by, at, session, {"document": str(data.document), "count": len(placed)})
    return session


@deed
def edit_session(*, by: Actor, at: datetime, session: Session, data: SessionData) -> None:
    """Change what is known of a session that was not given up; the document of one held stays.

    Raises Denied, Missing and RuleBroken as `plan_session` does (without the codes on members), and
    ``session_cancelled``, ``document_fixed``.
    """
    permissions.require_lead(by, session.unit_id)
    _hold(session)
    if session.state == _State.HELD and data.document.pk != session.document_id:
        message = _("Đợt học này đã có người học, không đổi sang văn bản khác được.")
        raise RuleBroken("document_fixed", message, field="document")
    if data.document.pk != session.document_id:
        _require_known(session.unit, data.document, day_of(at))
    for name, value in _fields(session.unit, data).items():
        setattr(session, name, value)
    session.save()
    _record(by, at, session, {"changed": session.title})


@deed
def cancel_session(*, by: Actor, at: datetime, session: Session, reason: str) -> None:
    """Give a session up that nobody came to yet.

    Raises Denied, and RuleBroken with codes ``reason_missing``, ``too_long``, ``session_cancelled``, ``session_held``.
    """
    permissions.require_lead(by, session.unit_id)
    _hold(session)
    message = _("Ghi lý do không tổ chức học.")
    told = require_text(reason, code="reason_missing", field="reason", message=message)
    _require_short(told, _LONGEST, "reason")
    if session.state == _State.HELD or session.places.filter(mark=_Mark.PRESENT).exists():
        raise RuleBroken("session_held", _("Đợt học này đã ghi người học, không bỏ được."))
    session.state, session.cancel_reason = _State.CANCELLED, told
    session.save(update_fields=["state", "cancel_reason"])
    _record(by, at, session, {"cancelled": told})


@deed
def add_places(*, by: Actor, at: datetime, session: Session, members: Collection[int]) -> int:
    """Put more people of the unit's tree on the list; return how many came new.

    Raises Denied, and RuleBroken with codes ``session_cancelled``, ``not_a_member``, ``nobody``.
    """
    permissions.require_lead(by, session.unit_id)
    _hold(session)
    wanted = _expected(session.unit, day_of(session.starts_at), members)
    there = set(session.places.filter(member__in=wanted).values_list("member_id", flat=True))
    fresh = [one for one in wanted if one not in there]
    SessionPlace.objects.bulk_create(SessionPlace(session=session, member_id=one) for one in fresh)
    if fresh:
        _record(by, at, session, {"added": len(fresh)})
    return len(fresh)


@deed
def mark_attendance(
    *, by: Actor, at: datetime, session: Session, marks: Mapping[int, tuple[str, str]]
) -> None:
    """Note who studied: (mark of `SessionPlace.Mark`, reason) by member's id; those not named stay as they are.

    By who leads the unit that holds it; the head of a cell, for the cell's own members, in a session of the committee.
    From its first day on; the first mark makes it held. Only what changes is written and recorded. Raises Denied, and
    RuleBroken with codes ``session_cancelled``, ``too_early``, ``not_invited``, ``reason_missing``, ``too_long``,
    ``unknown_mark``; for one person's mark ``field`` is ``mark-<member id>``.
    """
    require_marking(by, session, marks.keys(), day_of(at))
    _hold(session)
    if day_of(at) < day_of(session.starts_at):
        raise RuleBroken("too_early", _("Chưa đến ngày học. Đến ngày học rồi ghi."))
    listed = {row.member_id: row for row in session.places.filter(member__in=marks).select_related("member")}
    if marks.keys() - listed.keys():
        raise RuleBroken("not_invited", _("Có người không có trong danh sách học. Mở lại trang."))
    changed = [row for key, row in listed.items() if _set(row, *marks[key])]
    if not changed:
        return
    _write(changed)
    if session.state == _State.PLANNED:
        session.state = _State.HELD
        session.save(update_fields=["state"])
    named: dict[str, list[str]] = {}
    for one in changed:
        named.setdefault(one.mark or "unmarked", []).append(str(one.member))
    details = {mark: ", ".join(who) for mark, who in named.items()}
    record(by=by, action=Action.ATTENDANCE, at=at, target=session, unit_id=session.unit_id, details=details)


@deed
def excuse_members(
    *, by: Actor, at: datetime, document: Document, unit: Unit, reasons: Mapping[int, str]
) -> Session:
    """Note who does not have to study a document, each with a reason; "" takes an excuse back. Return their list.

    They are kept as excused places of a list of studying by oneself that the unit holds for the document. Raises
    Denied, Missing, and RuleBroken with codes ``nobody``, ``not_a_member``, ``has_studied``, ``too_long``; ``field`` is
    ``reason-<member id>``.
    """
    permissions.require_lead(by, unit.pk)
    today = day_of(at)
    _require_known(unit, document, today)
    expected = set(_expected(unit, today, reasons.keys()))
    session = _list_of_excused(unit, document, at)
    known = {row.member_id: row for row in session.places.filter(member__in=expected)}
    fresh = {key: SessionPlace(session=session, member_id=key) for key in expected - known.keys()}
    for key, row in (known | fresh).items():
        reason = " ".join(reasons[key].split())
        _require_short(reason, _LONGEST, f"reason-{key}")
        if row.mark == _Mark.PRESENT:
            message = _("Đồng chí này đã học rồi. Bỏ lý do.")
            raise RuleBroken("has_studied", message, field=f"reason-{key}")
        row.mark, row.reason = (_Mark.EXCUSED, reason) if reason else (_Mark.UNMARKED, "")
    SessionPlace.objects.bulk_create(fresh.values())
    SessionPlace.objects.bulk_update(known.values(), ["mark", "reason"])
    back = [key for key in expected if not reasons[key].strip()]
    elsewhere = SessionPlace.objects.filter(member__in=back, mark=_Mark.EXCUSED, session__mode=_Mode.SELF)
    elsewhere.filter(session__document=document).update(mark=_Mark.UNMARKED, reason="")
    named = Member.objects.filter(pk__in=expected).order_by("sort_key").values_list("full_name", flat=True)
    details = {"document": str(document), "excused": ", ".join(named)}
    record(by=by, action=Action.ATTENDANCE, at=at, target=session, unit_id=unit.pk, details=details)
    return session


def require_marking(by: Actor, session: Session, members: Collection[int], on: date) -> None:
    """Raise Denied unless somebody may mark these people in a session: all, or those of the cells led."""
    if permissions.leads(by, session.unit_id):
        return
    led = permissions.cells_led(by)
    theirs = set(Membership.objects.on(on).filter(unit__in=led).values_list("member_id", flat=True))
    if not led or not members or not set(members) <= theirs:
        raise Denied(_("Bí thư, Phó Bí thư ghi người học: của tổ chức mở đợt học, hoặc của chi bộ mình."))


# --- parts ------------------------------------------------------------------------------------------------------------
def _fields(unit: Unit, data: SessionData) -> dict[str, object]:
    title = require_text(data.title, code="title_missing", field="title")
    _require_short(title, _LONGEST, "title")
    _require_short(data.place, _LONGEST_PLACE, "place")
    _require_short(data.presenter, _LONGEST_PLACE, "presenter")
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


def _require_short(text: str, longest: int, field: str) -> None:
    if len(text) > longest:
        message = _("Dài quá. Ghi gọn trong %(longest)d chữ.") % {"longest": longest}
        raise RuleBroken("too_long", message, field=field)


def _require_known(unit: Unit, document: Document, on: date) -> None:
    """Raise Missing unless a document stands in a register of the unit's line."""
    if document.unit_id not in unit.lineage(on):
        raise Missing(_("Không có văn bản này trong sổ của tổ chức."))


def _expected(unit: Unit, on: date, members: Collection[int] | None) -> list[int]:
    """Return the members of a unit's tree on a day who are not exempt, in the order of names; some, or all of them."""
    rows = Member.objects.of(unit.pk, on)
    if members is not None:
        wanted = set(members)
        rows = rows.filter(pk__in=wanted)
        if rows.count() != len(wanted):
            raise RuleBroken("not_a_member", _("Có người không sinh hoạt ở đây ngày ấy. Mở lại trang."))
    exempt = Exemption.objects.on(on).values("member")
    found = list(rows.exclude(pk__in=exempt).order_by("sort_key", "pk").values_list("pk", flat=True))
    if not found:
        raise RuleBroken("nobody", _("Không có ai phải học. Chọn lại người học."))
    return found


def _list_of_excused(unit: Unit, document: Document, at: datetime) -> Session:
    alone = Session.objects.filter(unit=unit, document=document, mode=_Mode.SELF, starts_at__lte=at)
    found: Session | None = alone.exclude(state=_State.CANCELLED).order_by("starts_at", "pk").first()
    if found is not None:
        _hold(found)
        return found
    made: Session = Session.objects.create(
        unit=unit,
        document=document,
        level=Session.Level.CELL if unit.is_cell else Session.Level.COMMUNE,
        mode=_Mode.SELF,
        title=_("Tự học %(number)s") % {"number": document.number},
        starts_at=at,
        until=day_of(at),
        state=_State.HELD,
    )
    return made


def _hold(session: Session) -> None:
    """Lock a session and read its state. Raises RuleBroken ``session_cancelled``."""
    held = Session.objects.select_for_update().get(pk=session.pk)
    session.state = held.state
    if held.state == _State.CANCELLED:
        raise RuleBroken("session_cancelled", _("Đợt học này đã bỏ. Đặt đợt khác."))


def _write(changed: Collection[SessionPlace]) -> None:
    """Write marks: one statement for all who are marked alike."""
    alike: dict[tuple[str, str], list[int]] = {}
    for row in changed:
        alike.setdefault((row.mark, row.reason), []).append(row.pk)
    for (mark, reason), keys in alike.items():
        SessionPlace.objects.filter(pk__in=keys).update(mark=mark, reason=reason)


def _set(row: SessionPlace, mark: str, reason: str) -> bool:
    """Put a mark onto a row; tell whether anything changed."""
    field = f"mark-{row.member_id}"
    if mark not in _Mark.values:
        raise RuleBroken("unknown_mark", _("Chọn lại cho đ/c %(name)s.") % {"name": row.member}, field=field)
    tidy = " ".join(reason.split()) if mark == _Mark.EXCUSED else ""
    if mark == _Mark.EXCUSED and not tidy:
        message = _("Ghi lý do vắng của đ/c %(name)s, hoặc chọn chưa học.")
        raise RuleBroken("reason_missing", message % {"name": row.member}, field=field)
    _require_short(tidy, _LONGEST, field)
    if (row.mark, row.reason) == (mark, tidy):
        return False
    row.mark, row.reason = mark, tidy
    return True


def _record(by: Actor, at: datetime, session: Session, details: dict[str, object]) -> None:
    record(by=by, action=Action.SESSION, at=at, target=session, unit_id=session.unit_id, details=details)
