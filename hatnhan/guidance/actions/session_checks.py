"""What the writing of study sessions shares: who has a place, how one is held, how marks are told and recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import Missing, RuleBroken
from hatnhan.guidance.models import Session
from hatnhan.guidance.permissions import Action
from hatnhan.organization.actions.checks import require_text
from hatnhan.organization.models import Exemption, Member

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.guidance.models import Document, SessionPlace
    from hatnhan.organization.models import Unit

LONGEST = 200


def require_short(text: str, longest: int, field: str) -> None:
    """Raise RuleBroken ``too_long`` for a text of more than so many signs."""
    if len(text) > longest:
        message = _("Dài quá. Ghi gọn trong %(longest)d chữ.") % {"longest": longest}
        raise RuleBroken("too_long", message, field=field)


def require_known(unit: Unit, document: Document, on: date) -> None:
    """Raise Missing unless a document stands in a register of the unit's line."""
    if document.unit_id not in unit.lineage(on):
        raise Missing(_("Không có văn bản này trong sổ của tổ chức."))


def expected_of(unit: Unit, on: date, members: Collection[int] | None) -> list[int]:
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


def hold_session(session: Session) -> None:
    """Lock a session and read its state. Raises RuleBroken ``session_cancelled``."""
    held = Session.objects.select_for_update().get(pk=session.pk)
    session.state = held.state
    if held.state == Session.State.CANCELLED:
        raise RuleBroken("session_cancelled", _("Đợt học này đã bỏ. Đặt đợt khác."))


def reason_of(text: str, field: str, message: str = "") -> str:
    """Return a reason as it is kept. Raises RuleBroken ``reason_missing``, ``too_long``."""
    tidy = require_text(" ".join(text.split()), code="reason_missing", field=field, message=message)
    require_short(tidy, LONGEST, field)
    return tidy


def told_of(row: SessionPlace) -> str:
    """Return a mark in words, with its reason; "" for none."""
    return (
        f"{row.get_mark_display()}: {row.reason}" if row.reason else str(row.mark and row.get_mark_display())
    )


def record_marks(by: Actor, at: datetime, session: Session, before: Mapping[SessionPlace, str]) -> None:
    """Record in the unit of a list who is marked how by now, each with the reason and with what stood there."""
    named: dict[str, list[str]] = {}
    for row in sorted(before, key=lambda one: (one.member.sort_key, one.member_id)):
        name = f"{row.member}: {row.reason}" if row.reason else str(row.member)
        words = _("%(name)s (trước: %(before)s)") % {"name": name, "before": before[row]}
        named.setdefault(row.mark or "unmarked", []).append(words if before[row] else name)
    details = {"document": str(session.document)} | {mark: "; ".join(who) for mark, who in named.items()}
    record(by=by, action=Action.ATTENDANCE, at=at, target=session, unit_id=session.unit_id, details=details)


def record_session(by: Actor, at: datetime, session: Session, details: dict[str, object]) -> None:
    """Record in the unit of a session what was done about it."""
    record(by=by, action=Action.SESSION, at=at, target=session, unit_id=session.unit_id, details=details)
