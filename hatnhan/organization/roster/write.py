"""Carrying out a plan: the whole file in one transaction, or nothing."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import transaction

from hatnhan.audit import actions as audit
from hatnhan.core.bulk import in_parts, insert_rows, take_ids
from hatnhan.core.errors import RuleBroken
from hatnhan.core.periods import add_months
from hatnhan.organization.actions.checks import day_of
from hatnhan.organization.actions.ending import end_posts
from hatnhan.organization.models import Exemption, Member, Membership, Probation, Unit
from hatnhan.organization.models.member import name_keys
from hatnhan.organization.permissions import Action, require
from hatnhan.organization.roster import probations
from hatnhan.organization.roster.book import FIELDS
from hatnhan.organization.roster.plan import PlannedRow, Status
from hatnhan.organization.roster.words import say as _
from hatnhan.organization.selectors.law import law_at
from hatnhan.rulebook import topics

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.roster.plan import Plan

_MEMBERSHIP = ("member_id", "unit_id", "kind", "start", "start_reason", "end_reason", "decision_no")
_Start = Membership.StartReason
#: On which paper the changes of an import stand.
_DECISION = "Nhập danh sách"


@transaction.atomic
def write(*, plan: Plan, unit: Unit, filename: str, by: Actor, at: datetime) -> None:
    """Carry out a plan. Raises RuleBroken ``import_not_ready`` while a problem or a question is open, or Denied.

    New members get a membership from the day the file gives ("Về chi bộ từ"), else from the day of ``at``; a changed
    cell is a move on that day. Empty cells of the file change nothing; members whom the file leaves out stay.
    """
    require(by, Action.ROSTER_IMPORT, unit)
    if not plan.can_be_written:
        raise RuleBroken(
            "import_not_ready", _("Còn dòng có vấn đề hoặc câu chưa trả lời, nên chưa ghi gì vào sổ.")
        )
    on = day_of(at)
    new = [row for row in plan.rows if row.status is Status.NEW]
    changed = [row for row in plan.rows if row.status is Status.CHANGED]
    _add(new, unit, on)
    _change(changed, on)
    probations.follow(changed, on, _months(unit), _DECISION)
    audit.record(
        by=by, action=Action.ROSTER_IMPORT, at=at, target=unit, unit_id=unit.pk,
        details={"file": filename, "counts": plan.counts, "digest": plan.digest},
    )  # fmt: skip
    audit.record_many(
        by=by, action=Action.MEMBER_EDIT, at=at, unit_id=unit.pk,
        about=[(row.known.pk, row.record.full_name, _told(row)) for row in changed if row.known],
        target_type=Member._meta.label_lower,
    )  # fmt: skip


def _told(row: PlannedRow) -> dict[str, Any]:
    return {"by_import": True, "changes": {change.field: [change.old, change.new] for change in row.changes}}


def _add(rows: list[PlannedRow], unit: Unit, on: date) -> None:
    if not rows:
        return
    ids = take_ids(Member, len(rows))
    insert_rows(Member, ("id", *FIELDS, "sort_key", "given_key", "search_key"), map(_member, ids, rows))
    insert_rows(
        Membership, _MEMBERSHIP, (_membership(pk, row, on) for pk, row in zip(ids, rows, strict=True))
    )
    months = _months(unit)
    Probation.objects.bulk_create(
        Probation(member_id=pk, start=day, due=add_months(day, months(day)))
        for pk, row in zip(ids, rows, strict=True)
        if (day := _on_probation(row, on))
    )
    Exemption.objects.bulk_create(
        _exemption(pk, on) for pk, row in zip(ids, rows, strict=True) if row.record.exempt
    )


def _months(unit: Unit) -> Callable[[date], int]:
    """Return a function from a day of admission to the months of probation in force on it, asked once a day."""

    @cache
    def months(day: date) -> int:
        return law_at(topics.Probation, day, unit).value.months

    return months


def _member(pk: int, row: PlannedRow) -> tuple[object, ...]:
    record, name = row.record, row.record.full_name
    values = (getattr(record, field) for field in FIELDS[1:])
    return (pk, record.card_number or None, *values, *name_keys(name))


def _membership(pk: int, row: PlannedRow, on: date) -> tuple[object, ...]:
    start = row.record.joined_cell_on or on
    # Who has been in this cell since the day of admission was admitted there: such a beginning counts as joining.
    reason = _Start.ADMITTED if start == row.record.admitted_on else _Start.RECORDED
    return (
        pk,
        row.cell_id,
        Membership.Kind.OFFICIAL.value,
        start,
        reason.value,
        "",
        "",
    )


def _on_probation(row: PlannedRow, on: date) -> date | None:
    """Return the day of admission of one who is still on probation."""
    official = row.record.official_on
    return row.record.admitted_on if official is None or official > on else None


def _exemption(member_id: int, on: date) -> Exemption:
    return Exemption(member_id=member_id, start=on, decision_no=_DECISION)


def _change(rows: list[PlannedRow], on: date) -> None:
    if not rows:
        return
    ids = [row.known.pk for row in rows if row.known]
    members = {
        m.pk: m
        for part in in_parts(ids)
        # Held till the end, on PostgreSQL: what somebody corrects meanwhile is not written over with what it was.
        for m in Member.objects.select_for_update().filter(pk__in=part)
    }
    touched: set[str] = set()
    for row in rows:
        member = members[row.known.pk]  # type: ignore[union-attr]
        for change in row.changes:
            if change.field in FIELDS:
                setattr(member, change.field, change.new)
                touched.add(change.field)
        member.derive_keys()
    if touched:
        keys = {"full_name", "sort_key", "given_key", "search_key"} if "full_name" in touched else set()
        Member.objects.bulk_update(members.values(), sorted(touched | keys), batch_size=200)
    _move([row for row in rows if any(change.field == "cell" for change in row.changes)], on)
    exempted = [row for row in rows if any(change.field == "exempt" for change in row.changes)]
    Exemption.objects.bulk_create([_exemption(row.known.pk, on) for row in exempted if row.known])


def _move(rows: list[PlannedRow], on: date) -> None:
    """Move people to other cells on a day, as an accepted transfer does: their posts in the old cell end with it."""
    by_cell: dict[int, list[int]] = {}
    for row in rows:
        if row.known and row.known.cell_id:
            by_cell.setdefault(row.known.cell_id, []).append(row.known.pk)
    for cell in Unit.objects.filter(pk__in=by_cell):
        end_posts(by_cell[cell.pk], on, _("Chuyển sinh hoạt"), unit=cell)
    left = [member_id for moved in by_cell.values() for member_id in moved]
    for part in in_parts(left):
        current = Membership.objects.on(on).filter(member_id__in=part, kind=Membership.Kind.OFFICIAL)
        current.update(end=on, end_reason=Membership.EndReason.TRANSFERRED)
    reason = {True: Membership.StartReason.TRANSFERRED, False: Membership.StartReason.ARRIVED}
    Membership.objects.bulk_create(
        [
            Membership(
                member_id=row.known.pk,
                unit_id=row.cell_id,
                start=on,
                start_reason=reason[bool(row.known.cell_id)],
                decision_no=_DECISION,
            )
            for row in rows
            if row.known and row.cell_id
        ]
    )
