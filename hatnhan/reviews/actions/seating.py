"""What every deed at a review meeting asks first, and how it writes and is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils.translation import gettext as _

from hatnhan.audit import actions as audit
from hatnhan.core.errors import RuleBroken
from hatnhan.organization.actions.checks import changed_meanwhile, moved_on
from hatnhan.reviews import permissions
from hatnhan.reviews.actions import guards
from hatnhan.reviews.models import Entry, Place, Sitting

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.reviews.permissions import Action

_NAMED = 5


def lock(by: Actor, sitting: Sitting, *states: str) -> Sitting:
    """Return a sitting of an open cycle as it stands now, locked, for who runs it and only in some states.

    Raises Denied, and RuleBroken: closed, not_held, already_done.
    """
    permissions.require_sitting(by, sitting)
    guards.require_open(sitting.cycle)
    rows = Sitting.objects.select_for_update(of=("self",)).select_related("unit", "cycle__unit")
    now: Sitting | None = rows.filter(pk=sitting.pk).first()
    if now is None:
        raise moved_on()
    if states and now.state not in states:
        if now.state == Sitting.State.PLANNED:
            raise RuleBroken("not_held", _("Hội nghị chưa họp. Ghi hội nghị đã kiểm điểm trước."))
        raise moved_on()
    return now


def write(sitting: Sitting, **changes: Any) -> None:
    """Write changes to a sitting as it was seen. Raises RuleBroken ``changed_meanwhile``."""
    rows = Sitting.objects.filter(pk=sitting.pk, version=sitting.version)
    if rows.update(**changes, version=F("version") + 1) != 1:
        raise changed_meanwhile()
    for name, value in changes.items():
        setattr(sitting, name, value)
    sitting.version += 1


def places_of(sitting: Sitting) -> list[Place]:
    """Return the places of a sitting in order, those no longer reviewed left out; entries locked. One query."""
    rows = Place.objects.filter(sitting=sitting).exclude(entry__standing=Entry.Standing.LEFT_OUT)
    found = rows.select_for_update(of=("self", "entry")).select_related("entry__member", "entry__unit")
    places = list(found.order_by("order", "pk"))
    for one in places:
        # One object: what its law is, is asked once.
        one.entry.cycle = sitting.cycle
    return places


def names(places: Iterable[Place]) -> str:
    """Return up to five of whom or what places are, in the order of the meeting, and how many more there are."""
    found = [guards.name_of(one.entry) for one in places]
    words = "; ".join(found[:_NAMED])
    if len(found) > _NAMED:
        words += _(" và %(count)s nơi, người khác") % {"count": len(found) - _NAMED}
    return words


def require_between(on: date, first: date | None, today: date, *, field: str, what: str) -> None:
    """Raise RuleBroken ``future`` or ``too_early`` for a day after today or before what comes first."""
    if on > today:
        raise RuleBroken("future", _("Ngày này chưa đến. Ghi ngày không sau hôm nay."), field=field)
    if first is not None and on < first:
        raise RuleBroken("too_early", what, field=field)


def note(by: Actor, at: datetime, action: Action, sitting: Sitting, details: dict[str, Any]) -> None:
    """Record a deed on a sitting."""
    audit.record(by=by, at=at, action=action, target=sitting, unit_id=sitting.unit_id, details=details)


def note_entries(
    by: Actor, at: datetime, action: Action, entries: Iterable[Entry], details: Mapping[int, dict[str, Any]]
) -> None:
    """Record a deed once for each of many entries, each with its own details by id, in its own unit."""
    rows = list(entries)
    if not rows:
        return
    audit.record_many(
        by=by, at=at, action=action, about=[(one.pk, str(one), details.get(one.pk, {})) for one in rows],
        target_type=Entry._meta.label_lower, subjects={one.pk: one.member_id for one in rows},
        units={one.pk: one.unit_id for one in rows},
    )  # fmt: skip
