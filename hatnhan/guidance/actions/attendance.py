"""Who came to study sessions, and who does not have to study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.guidance import permissions
from hatnhan.guidance.actions.excuse_days import follow_marks
from hatnhan.guidance.actions.session_checks import (
    expected_of,
    hold_session,
    reason_of,
    record_marks,
    require_known,
    told_of,
)
from hatnhan.guidance.models import Session, SessionPlace
from hatnhan.organization.actions.checks import day_of, deed
from hatnhan.organization.models import Member, Membership

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.guidance.models import Document
    from hatnhan.organization.models import Unit

_Mark = SessionPlace.Mark
_Mode = Session.Mode
_State = Session.State


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
    hold_session(session)
    if day_of(at) < day_of(session.starts_at):
        raise RuleBroken("too_early", _("Chưa đến ngày học. Đến ngày học rồi ghi."))
    listed = {row.member_id: row for row in session.places.filter(member__in=marks).select_related("member")}
    if marks.keys() - listed.keys():
        raise RuleBroken("not_invited", _("Có người không có trong danh sách học. Mở lại trang."))
    before = {row: told_of(row) for row in listed.values()}
    changed = [row for key, row in listed.items() if _set(row, *marks[key])]
    if not changed:
        return
    _write(changed)
    follow_marks(session, day_of(at))
    if session.state == _State.PLANNED:
        session.state = _State.HELD
        session.save(update_fields=["state"])
    record_marks(by, at, session, {row: before[row] for row in changed})


@deed
def excuse_members(
    *, by: Actor, at: datetime, document: Document, unit: Unit, reasons: Mapping[int, str]
) -> Session:
    """Note who does not have to study a document from today on, each with a reason. Return their list.

    They are kept as excused places of a list of studying by oneself that the unit holds for the document. Raises
    Denied, Missing, and RuleBroken with codes ``nobody``, ``not_a_member``, ``reason_missing``, ``has_studied``,
    ``too_long``; ``field`` is ``reason-<member id>``.
    """
    permissions.require_lead(by, unit.pk)
    today = day_of(at)
    require_known(unit, document, today)
    expected = set(expected_of(unit, today, reasons.keys()))
    session = _list_of_excused(unit, document, at)
    places = session.places.filter(member__in=expected)
    known = {row.member_id: row for row in places.select_related("member")}
    people = Member.objects.in_bulk(expected - known.keys())
    fresh = {key: SessionPlace(session=session, member=one) for key, one in people.items()}
    before = {row: told_of(row) for row in known.values()}
    for key, row in (known | fresh).items():
        if row.mark == _Mark.PRESENT:
            message = _("Đồng chí này đã học rồi. Bỏ lý do.")
            raise RuleBroken("has_studied", message, field=f"reason-{key}")
        row.mark, row.reason = _Mark.EXCUSED, reason_of(reasons[key], f"reason-{key}")
    SessionPlace.objects.bulk_create(fresh.values())
    SessionPlace.objects.bulk_update(known.values(), ["mark", "reason"])
    follow_marks(session, today)
    record_marks(by, at, session, before | dict.fromkeys(fresh.values(), ""))
    return session


@deed
def take_back_excuses(
    *, by: Actor, at: datetime, document: Document, unit: Unit, members: Collection[int]
) -> int:
    """Let members owe studying a document again from today on, whichever list excused them; return how many.

    Raises Denied, Missing, and RuleBroken with codes ``nobody``, ``not_a_member``.
    """
    permissions.require_lead(by, unit.pk)
    today = day_of(at)
    require_known(unit, document, today)
    back = expected_of(unit, today, members)
    rows = SessionPlace.objects.filter(member__in=back, mark=_Mark.EXCUSED, session__document=document)
    rows = rows.filter(session__mode=_Mode.SELF).exclude(session__state=_State.CANCELLED)
    lists: dict[Session, list[SessionPlace]] = {}
    for row in rows.select_related("session__document", "member").order_by("session_id", "member__sort_key"):
        lists.setdefault(row.session, []).append(row)
    for session, places in lists.items():
        hold_session(session)
        before = {row: told_of(row) for row in places}
        for row in places:
            row.mark, row.reason = _Mark.UNMARKED, ""
        SessionPlace.objects.bulk_update(places, ["mark", "reason"])
        follow_marks(session, today)
        record_marks(by, at, session, before)
    return len({row.member_id for places in lists.values() for row in places})


def require_marking(by: Actor, session: Session, members: Collection[int], on: date) -> None:
    """Raise Denied unless somebody may mark these people in a session: all, or those of the cells led."""
    if permissions.leads(by, session.unit_id):
        return
    led = permissions.cells_led(by)
    theirs = set(Membership.objects.on(on).filter(unit__in=led).values_list("member_id", flat=True))
    if not led or not members or not set(members) <= theirs:
        raise Denied(_("Bí thư, Phó Bí thư ghi người học: của tổ chức mở đợt học, hoặc của chi bộ mình."))


# --- parts ------------------------------------------------------------------------------------------------------------
def _list_of_excused(unit: Unit, document: Document, at: datetime) -> Session:
    alone = Session.objects.filter(unit=unit, document=document, mode=_Mode.SELF, starts_at__lte=at)
    found: Session | None = alone.exclude(state=_State.CANCELLED).order_by("starts_at", "pk").first()
    if found is not None:
        hold_session(found)
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
    message = _("Ghi lý do vắng của đ/c %(name)s, hoặc chọn chưa học.") % {"name": row.member}
    tidy = reason_of(reason, field, message) if mark == _Mark.EXCUSED else ""
    if (row.mark, row.reason) == (mark, tidy):
        return False
    row.mark, row.reason = mark, tidy
    return True
