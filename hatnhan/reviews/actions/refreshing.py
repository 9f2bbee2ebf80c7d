"""Bringing the list of a cycle up to date: who joined since gets a place, who left is told as left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.audit.actions import record, record_many
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.organization.actions.checks import day_of, deed
from hatnhan.organization.models import Body, Membership
from hatnhan.reviews import permissions
from hatnhan.reviews.actions import listing
from hatnhan.reviews.actions.cycles import list_day
from hatnhan.reviews.actions.guards import require_open, write
from hatnhan.reviews.actions.places import seat
from hatnhan.reviews.models import Entry, Sitting
from hatnhan.reviews.permissions import Action
from hatnhan.reviews.selectors.law import law_of
from hatnhan.reviews.selectors.roll import roll_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.reviews.models import Cycle

_LEAVES_LIST = (Entry.State.DUE, Entry.State.SUBMITTED)


@dataclass(frozen=True, slots=True)
class Changes:
    """What refreshing does: entries new to the list, and those who left with the words that say so.

    ``moved`` belong to another cell of the committee now: their review stays where it was begun.
    """

    joined: tuple[Entry, ...]
    left: tuple[tuple[Entry, str], ...]
    moved: tuple[Entry, ...]

    def __bool__(self) -> bool:
        return bool(self.joined or self.left)


def changes_on(cycle: Cycle, on: date) -> Changes:
    """Return what refreshing the list on a day would do. A fixed number of queries."""
    roll = roll_of(cycle.unit, list_day(cycle.year, on))
    drawn = listing.draw(cycle, roll, law_of(cycle))
    known = list(Entry.objects.filter(cycle=cycle).select_related("member", "unit"))
    there = {_key(one): one for one in known}
    joined = tuple(one for one in drawn.all if _key(one) not in there)
    cells = {member.pk: cell for cell, rows in roll.members.items() for member in rows}
    still = {_key(one) for one in drawn.all}
    gone = [
        one
        for one in known
        if _key(one) not in still and one.state in _LEAVES_LIST and one.standing != Entry.Standing.LEFT_OUT
    ]
    moved = tuple(
        one for one in known if one.member_id and cells.get(one.member_id, one.unit_id) != one.unit_id
    )
    return Changes(joined, tuple(_why_gone(gone, roll.on)), moved)


@deed
def refresh_list(*, by: Actor, at: datetime, cycle: Cycle) -> Changes:
    """Bring the list up to date with the roster of the day of ``at`` (the year's last day, if that is past).

    Who joined the committee since gets an entry and a place; who left before the review is left out, what was written
    stays. Who changed cells inside the committee stays with the cell where the list has them; a review once held stays.

    Raises Denied, and RuleBroken with codes ``closed``, ``nothing`` (the list is up to date), ``changed_meanwhile``.
    """
    permissions.require_cycle(by, cycle.unit_id)
    require_open(cycle)
    on = day_of(at)
    found = changes_on(cycle, on)
    if not found:
        raise RuleBroken("nothing", _("Danh sách đã khớp với danh sách đảng viên, không có gì để cập nhật."))
    Entry.objects.bulk_create(found.joined)
    _open_sittings(cycle, found.joined)
    for entry in found.joined:
        seat(entry, list_day(cycle.year, on))
    for entry, why in found.left:
        write(
            entry,
            _LEAVES_LIST,
            standing=Entry.Standing.LEFT_OUT,
            standing_because=why,
            standing_source=_("Danh sách đảng viên"),
        )
        seat(entry, on)
    _tell(by, at, cycle, found)
    return found


def _open_sittings(cycle: Cycle, joined: Iterable[Entry]) -> None:
    """Give cells and collectives that are new their review meetings."""
    for one in joined:
        if one.unit_id == cycle.unit_id and one.body:
            Sitting.objects.get_or_create(cycle=cycle, unit=one.unit, body=one.body)
        elif one.of == Entry.Of.ORGANISATION and one.unit_id != cycle.unit_id:
            Sitting.objects.get_or_create(cycle=cycle, unit=one.unit, body=Body.MEMBERS)


def _tell(by: Actor, at: datetime, cycle: Cycle, found: Changes) -> None:
    details = {"joined": len(found.joined), "left": len(found.left)}
    record(by=by, action=Action.LIST, at=at, target=cycle, unit_id=cycle.unit_id, details=details)
    about = [(one.pk, str(one), {"joined": True, "standing": one.standing}) for one in found.joined]
    about += [(one.pk, str(one), {"left": True, "because": why}) for one, why in found.left]
    rows = [*found.joined, *(one for one, _why in found.left)]
    record_many(
        by=by,
        action=Action.STANDING,
        at=at,
        about=about,
        target_type=Entry._meta.label_lower,
        subjects={one.pk: one.member_id for one in rows},
        units={one.pk: one.unit_id for one in rows},
    )


def _key(entry: Entry) -> tuple[object, ...]:
    return (entry.of, entry.member_id) if entry.member_id else (entry.of, entry.unit_id, entry.body)


def _why_gone(gone: list[Entry], on: date) -> Iterable[tuple[Entry, str]]:
    rows = Membership.objects.filter(
        member__in=[one.member_id for one in gone if one.member_id],
        kind=Membership.Kind.OFFICIAL,
        start__lte=on,
    )
    latest = {one.member_id: one for one in rows.order_by("start")}
    for entry in gone:
        if entry.member_id is None:
            yield entry, _("Không còn trong đảng bộ, hoặc không còn đủ số người của một tập thể")
            continue
        last = latest.get(entry.member_id or 0)
        if last is None or last.end is None:
            yield entry, _("Không còn trong danh sách đảng viên của đảng bộ")
            continue
        values = {"how": last.get_end_reason_display() or _("Chuyển đi"), "day": written(last.end)}
        yield entry, _("%(how)s, từ ngày %(day)s") % values
