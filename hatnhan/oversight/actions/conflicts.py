"""Who may not be in a team, and whom a team may look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core.errors import RuleBroken
from hatnhan.organization.models import Level, Member, Membership, Unit
from hatnhan.oversight.permissions import kin_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date


def require_subjects(unit: Unit, units: Collection[Unit], members: Collection[Member], on: date) -> None:
    """Raise RuleBroken unless there is a subject, and all stand below the unit on a day.

    Codes ``no_subject``, ``twice``, ``not_below`` (the unit itself is looked at from above it, not by itself).
    """
    if not units and not members:
        message = _("Chưa có đối tượng. Chọn ít nhất một tổ chức hoặc một đảng viên.")
        raise RuleBroken("no_subject", message, field="units")
    for chosen in (units, members):
        _require_once([one.pk for one in chosen], "units" if chosen is units else "members")
    below = set(Unit.objects.under(unit.pk, on).values_list("pk", flat=True)) - {unit.pk}
    there = _official(unit, [one.pk for one in members], on)
    strange = [str(one) for one in units if one.pk not in below]
    strange += [str(one) for one in members if one.pk not in there]
    if strange:
        message = _("%(who)s không thuộc %(unit)s ngày ấy. Chọn đối tượng ở trong tổ chức.")
        raise RuleBroken(
            "not_below",
            message % {"who": "; ".join(strange), "unit": unit},
            field="units" if units else "members",
        )


def _official(unit: Unit, member_ids: Collection[int], on: date) -> set[int]:
    return set(Member.objects.of(unit.pk, on).filter(pk__in=member_ids).values_list("pk", flat=True))


def _require_once(ids: list[int], field: str) -> None:
    if len(set(ids)) != len(ids):
        raise RuleBroken("twice", _("Có tên ghi hai lần. Mỗi tên chỉ ghi một lần."), field=field)


def cells_of(member_ids: Iterable[int], on: date) -> dict[int, set[int]]:
    """Return the cells, official and temporary, that each member belongs to on a day. One query."""
    found: dict[int, set[int]] = {}
    rows = Membership.objects.on(on).filter(member_id__in=list(member_ids))
    for member_id, unit_id in rows.values_list("member_id", "unit_id"):
        found.setdefault(member_id, set()).add(unit_id)
    return found


def require_no_conflict(
    unit: Unit, team: Collection[Member], subjects: Mapping[str, Collection[int]], on: date
) -> None:
    """Raise RuleBroken where one of a team may not look at a subject; the message names who.

    ``subjects`` holds the ids of "units" and of "members". Codes ``is_subject`` (the same person), ``kin`` (declared
    close kin of one), ``own_cell`` (belongs to a cell that is looked at or, in a check by a committee, to the cell of a
    member who is).
    """
    members = set(subjects["members"])
    cells = set(subjects["units"])
    if unit.level != Level.CELL:
        cells |= {cell for found in cells_of(members, on).values() for cell in found}
    own = cells_of([one.pk for one in team], on)
    for one in team:
        if one.pk in members:
            message = _("Đ/c %(who)s là đối tượng, không ở trong đoàn được. Chọn người khác.")
            raise RuleBroken("is_subject", message % {"who": one}, field="team")
        if members & kin_of(one.pk):
            message = _("Đ/c %(who)s là người thân của đối tượng, không ở trong đoàn được. Chọn người khác.")
            raise RuleBroken("kin", message % {"who": one}, field="team")
        if cells & own.get(one.pk, set()):
            message = _(
                "Đ/c %(who)s sinh hoạt ở chi bộ được kiểm tra, không ở trong đoàn được. Chọn người khác."
            )
            raise RuleBroken("own_cell", message % {"who": one}, field="team")


def require_team_of(unit: Unit, team: Collection[Member], on: date) -> None:
    """Raise RuleBroken ``not_member`` for one of a team who belongs to no cell of the unit on a day."""
    there = _official(unit, [one.pk for one in team], on)
    strange = [str(one) for one in team if one.pk not in there]
    if strange:
        message = _("Đ/c %(who)s không sinh hoạt trong %(unit)s ngày ấy. Chọn người khác.")
        raise RuleBroken("not_member", message % {"who": "; ".join(strange), "unit": unit}, field="team")
