"""Giving an entry its places in the review meetings, and taking away those in meetings still to be held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Max
from django.utils.translation import gettext as _

from hatnhan.organization.models import Body, Position
from hatnhan.organization.selectors.bodies import posts_of
from hatnhan.reviews.models import Entry, Place, Sitting
from hatnhan.reviews.selectors.roll import LEADING

if TYPE_CHECKING:
    from datetime import date

_NOT_REVIEWED = (Entry.State.DUE, Entry.State.SUBMITTED)


def level_of(entry: Entry, on: date) -> str:
    """Return where a member leads on a day, as the groups ask for it: "committee" or "cell"."""
    held = Position.objects.on(on).filter(member=entry.member_id, unit=entry.cycle.unit_id)
    return "committee" if held.filter(post__in=LEADING).exists() else "cell"


def seat(entry: Entry, on: date) -> None:
    """Give an entry its places as its standing asks: none left out, one that proposes if it is graded.

    Meetings held keep theirs. A new place is the last one, before the organisation itself; a collective's is the
    first. Who comes to the list after the meeting, and was not reviewed yet, is reviewed later like who was absent.
    ``on``: the day of posts.
    """
    if entry.standing == Entry.Standing.LEFT_OUT:
        Place.objects.filter(entry=entry, sitting__state=Sitting.State.PLANNED).delete()
        return
    homes = [
        one for one in _homes(entry, on) if one.state == Sitting.State.PLANNED or entry.state in _NOT_REVIEWED
    ]
    there = {one.sitting_id: one for one in Place.objects.filter(entry=entry).select_related("sitting")}
    for sitting in homes:
        if sitting.pk not in there:
            there[sitting.pk] = _put_last(sitting, entry)
    graded = entry.standing == Entry.Standing.GRADED
    # The committee's own meeting proposes for whoever comes to it; else the cell's.
    ordered = sorted(there.values(), key=lambda one: (one.sitting.unit_id != entry.cycle.unit_id, one.pk))
    wanted = [one.pk for one in ordered[:1] if graded]
    # First none, then one: the database lets an entry have one place that proposes.
    Place.objects.filter(entry=entry, proposes=True).exclude(pk__in=wanted).update(proposes=False)
    Place.objects.filter(pk__in=wanted, proposes=False).update(proposes=True)


def _homes(entry: Entry, on: date) -> list[Sitting]:
    """Return the meetings to which an entry comes."""
    rows = Sitting.objects.filter(cycle=entry.cycle_id)
    committee = entry.cycle.unit_id
    if entry.member_id is None:
        own = entry.unit_id == committee
        body = (entry.body or Body.COMMITTEE) if own else Body.MEMBERS
        return list(rows.filter(unit=entry.unit_id, body=body))
    found = list(rows.filter(unit=entry.unit_id, body=Body.MEMBERS))
    if level_of(entry, on) == "committee":
        bodies = {one.body: one for one in rows.filter(unit=committee)}
        held = Position.objects.on(on).filter(member=entry.member_id, unit=committee)
        stands = held.filter(post__in=posts_of(Body.STANDING)).exists()
        home = bodies.get(Body.STANDING) if stands else None
        found += [one for one in (home or bodies.get(Body.COMMITTEE),) if one is not None]
    return found


def _put_last(sitting: Sitting, entry: Entry) -> Place:
    rows = Place.objects.filter(sitting=sitting)
    late = "" if sitting.state == Sitting.State.PLANNED else _("Vào danh sách sau hội nghị")
    told: dict[str, Any] = {"sitting": sitting, "entry": entry, "proposes": False, "absent_because": late}
    if entry.of == Entry.Of.COLLECTIVE:
        first: Place = Place.objects.create(order=0, **told)
        return first
    order = (rows.aggregate(top=Max("order"))["top"] or 0) + 1
    last = rows.filter(entry__of=Entry.Of.ORGANISATION).first()
    if last is not None and entry.of != Entry.Of.ORGANISATION:
        # The organisation is looked at when all its people are.
        Place.objects.filter(pk=last.pk).update(order=order)
        order = last.order
    made: Place = Place.objects.create(order=order, **told)
    return made
