"""How a unit ends: what was in it goes over to the successor, and nothing and nobody is lost between."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from hatnhan.core import clock
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.organization import listeners
from hatnhan.organization.actions.ancestry import rebuild_ancestry
from hatnhan.organization.actions.checks import moved_on, require_standing
from hatnhan.organization.actions.founding import hang
from hatnhan.organization.actions.handing_over import move_members, move_temporary
from hatnhan.organization.actions.versions import close, latest_version
from hatnhan.organization.models import Membership, Position, Term, Transfer, Unit, UnitAncestry, UnitVersion

if TYPE_CHECKING:
    from datetime import date

_ONE_DAY = timedelta(days=1)


def close_unit(
    unit: Unit, successor: Unit | None, on: date, decision_no: str, *, reason: str
) -> dict[str, Any]:
    """End a unit from a day on and hand over what is in it. Returns who and what went over, for the record."""
    version = latest_version(unit, on)
    _require_later(on, version.start + _ONE_DAY, unit)
    _require_later(on, _last_activity(unit), unit)
    if successor is not None:
        _require_fit(unit, successor, on)
    moved = _hand_over(unit, successor, on, decision_no)
    held = Position.objects.within(on, on + _ONE_DAY).filter(unit=unit)
    seats = list(held.values_list("member_id", "unit_id"))
    held.update(end=on, end_reason=reason)
    Term.objects.filter(unit=unit, start__lt=on, end__gt=on).update(end=on)
    Term.objects.filter(unit=unit, start__gte=on).delete()
    lead_transfers(unit, successor)
    close(version, on)
    if Unit.objects.filter(pk=unit.pk, dissolved_on=None).update(dissolved_on=on) != 1:
        raise moved_on()
    unit.dissolved_on = on
    rebuild_ancestry(unit)
    listeners.posts_ended(seats, on)
    listeners.unit_ended(unit, successor, on)
    return moved


def _require_later(on: date, earliest: date, unit: Unit) -> None:
    if on < earliest:
        message = _("%(unit)s còn có thay đổi đến ngày %(last)s. Ghi ngày %(day)s hoặc sau đó.")
        values = {"unit": unit, "last": written(earliest - _ONE_DAY), "day": written(earliest)}
        raise RuleBroken("later_activity", message % values, field="on")


def _last_activity(unit: Unit) -> date:
    """Return the first day on which the unit can end without anything recorded of it falling after its end."""
    came = Membership.objects.filter(unit=unit).aggregate(
        start=Max("start"), end=Max("end", filter=Q(kind=Membership.Kind.OFFICIAL))
    )
    posts = Position.objects.filter(unit=unit).aggregate(start=Max("start"))
    below = UnitVersion.objects.filter(parent=unit).aggregate(
        last_end=Max("end"), last_start=Max("start", filter=Q(end=None))
    )
    begun: list[date | None] = [unit.founded_on, came["start"], posts["start"]]
    over: list[date | None] = [came["end"], below["last_end"], below["last_start"]]
    return max([day + _ONE_DAY for day in begun if day] + [day for day in over if day])


def _require_fit(unit: Unit, successor: Unit, on: date) -> None:
    if successor.pk == unit.pk or successor.is_cell != unit.is_cell:
        message = _("Tổ chức kế tiếp phải là một tổ chức khác cùng loại: chi bộ kế tiếp chi bộ. Chọn lại.")
        raise RuleBroken("successor_kind", message, field="successor")
    if UnitAncestry.objects.filter(unit=successor, ancestor=unit, end=None).exists():
        message = _("%(successor)s trực thuộc %(unit)s. Chọn tổ chức kế tiếp ở ngoài.")
        values = {"successor": successor, "unit": unit}
        raise RuleBroken("successor_kind", message % values, field="successor")
    require_standing(successor, on, field="successor")


def _hand_over(unit: Unit, successor: Unit | None, on: date, decision_no: str) -> dict[str, Any]:
    staying = Membership.objects.filter(unit=unit, kind=Membership.Kind.OFFICIAL, end=None)
    children = list(UnitVersion.objects.filter(parent=unit, end=None).select_related("unit"))
    if successor is None:
        if children or staying.exists():
            message = _("%(unit)s còn đảng viên hoặc tổ chức trực thuộc. Chọn tổ chức kế tiếp để chuyển về.")
            raise RuleBroken("successor_missing", message % {"unit": unit}, field="successor")
        _end_temporary(unit, on)
        return {}
    for child in children:
        hang(child, successor, on)
    members = move_members(staying, successor, on, decision_no)
    move_temporary(unit, successor, on, decision_no)
    return {"members": members, "units": sorted(child.unit.code for child in children)}


def _end_temporary(unit: Unit, on: date) -> None:
    running = Membership.objects.within(on, on + _ONE_DAY).filter(unit=unit)
    running.update(end=on, end_reason=Membership.EndReason.REORGANIZED)


def lead_transfers(unit: Unit, successor: Unit | None) -> None:
    """Let transfers on their way from or to a unit that ends go on from or to its successor, or end them.

    A member whom the reorganization brings to where the transfer led needs it no longer; one who was on the way from
    the successor stays there.
    """
    waiting = Transfer.objects.open()
    today = clock.today()
    if successor is not None:
        arrived = waiting.filter(from_unit=unit, to_unit=successor)
        answer = _("Hai chi bộ đã nhập làm một.")
        arrived.update(state=Transfer.State.WITHDRAWN, decided_on=today, answer=answer)
        waiting.filter(from_unit=unit).update(from_unit=successor)
        waiting.filter(to_unit=unit).exclude(from_unit=successor).update(to_unit=successor)
    answer = _("Chi bộ nhận đã giải thể.")
    waiting.filter(to_unit=unit).update(state=Transfer.State.REFUSED, decided_on=today, answer=answer)
