"""How far a cycle is, cell by cell, on a day; who has not handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, cast

from django.db.models import Count, F, Q

from hatnhan.core import clock
from hatnhan.organization.models import Position, Post
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors.units import reading_order, short_name
from hatnhan.reviews import permissions
from hatnhan.reviews.models import Entry
from hatnhan.rulebook.topics.reviews import STEPS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from hatnhan.accounts.models import User
    from hatnhan.reviews.models import Cycle, StepDay


_COUNTS = ("due", "graded", "submitted", "reviewed", "proposed", "decided")


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of a unit's entries are where on a day; each number counts those that came so far or further.

    ``due``: all that are reviewed; ``graded`` of them are graded, which is what ``proposed`` and ``decided`` are of.
    ``late`` names the steps whose last day passed with something left, in a word or two.
    """

    unit_id: int
    code: str
    name: str
    is_cell: bool
    due: int
    graded: int
    submitted: int
    reviewed: int
    proposed: int
    decided: int
    late: tuple[str, ...] = ()

    @property
    def short(self) -> str:
        """The name as lists of cells show it."""
        return short_name(self.name)

    @property
    def done(self) -> bool:
        """Whether nothing is left."""
        return self.reviewed == self.due and self.decided == self.graded


def end_of(on: date) -> datetime:
    """Return the first moment after a day."""
    return datetime.combine(on + timedelta(days=1), time.min, tzinfo=clock.HERE)


def submitted_by(on: date) -> Q:
    """Return the condition that an entry was handed in by a day (inclusive) and not given back since."""
    handed = Q(self_review=None) | Q(self_review__submitted_at__lt=end_of(on))
    return ~Q(state=Entry.State.DUE) & handed


def progress(cycle: Cycle, on: date, unit_ids: Collection[int] | None = None) -> list[Progress]:
    """Return how far each unit of a cycle is on a day: late ones first, then by name, the committee itself last.

    ``unit_ids`` narrows it to some units. Two queries.
    """
    rows = Entry.objects.filter(cycle=cycle).exclude(standing=Entry.Standing.LEFT_OUT)
    if unit_ids is not None:
        rows = rows.filter(unit__in=unit_ids)
    graded = Q(standing=Entry.Standing.GRADED)
    sums = rows.values("unit_id", "unit__code", "unit__name", "unit__level").annotate(
        due=Count("pk"),
        graded=Count("pk", filter=graded),
        submitted=Count("pk", filter=submitted_by(on)),
        reviewed=Count("pk", filter=Q(reviewed_on__lte=on)),
        proposed=Count("pk", filter=graded & (Q(proposed_on__lte=on) | Q(decided_on__lte=on))),
        decided=Count("pk", filter=graded & Q(decided_on__lte=on)),
    )
    steps, found = list(cycle.steps.all()), []
    for one in cast("Iterable[dict[str, Any]]", sums.order_by("unit_id")):
        counts = {name: one[name] for name in _COUNTS}
        cell = one["unit_id"] != cycle.unit_id
        late = _late(steps, on, counts, cell=cell)
        told = Progress(one["unit_id"], one["unit__code"], one["unit__name"], cell, **counts, late=late)
        found.append(told)
    return sorted(found, key=lambda one: (not one.is_cell, not one.late, reading_order(one.name)))


def _late(steps: list[StepDay], on: date, one: dict[str, int], *, cell: bool) -> tuple[str, ...]:
    of = "cell" if cell else "committee"
    left = {
        "self_review": one["submitted"] < one["due"],
        "sitting": one["reviewed"] < one["due"],
        "propose": one["proposed"] < one["graded"],
        "decide": one["decided"] < one["graded"],
    }
    return tuple(
        STEPS[step.key]
        for step in steps
        if left.get(step.key) and step.due < on and (step.of == of or step.key == "decide")
    )


def units_followed(user: User, cycle: Cycle) -> frozenset[int] | None:
    """Return the units of a cycle whose progress a person follows; None for all, empty for nobody's."""
    powers = powers_of(user)
    if cycle.unit_id in powers.units_led or permissions.runs_cycle(user, cycle.unit_id):
        return None
    return permissions.seated_in(powers)


@dataclass(frozen=True, slots=True)
class Call:
    """Who has not handed in: the entry, its name, and whom to telephone (of what is no person, its head)."""

    entry: Entry
    name: str
    phone: str
    head: str


@dataclass(frozen=True, slots=True)
class CallGroup:
    """Those of one unit who have not handed in; its head with telephone."""

    name: str
    head: str
    head_phone: str
    calls: list[Call]


def call_list(user: User, cycle: Cycle, on: date) -> list[CallGroup]:
    """Return who has not handed in by a day, cell by cell in Vietnamese order, people by name. Four queries.

    Only of units that the person follows: telephones stand in it.
    """
    from hatnhan.reviews.selectors.entries import name_of  # noqa: PLC0415 - that module counts with this one

    only = units_followed(user, cycle)
    rows = (
        Entry.objects.filter(cycle=cycle).exclude(standing=Entry.Standing.LEFT_OUT).exclude(submitted_by(on))
    )
    if only is not None:
        rows = rows.filter(unit__in=only)
    rows = rows.select_related("member", "unit").order_by(
        "unit_id", F("member__sort_key").asc(nulls_last=True), "pk"
    )
    heads = _heads({one.unit_id for one in rows}, on)
    groups: dict[int, CallGroup] = {}
    for one in rows:
        head, phone = heads.get(one.unit_id, ("", ""))
        group = groups.setdefault(one.unit_id, CallGroup(one.unit.name, head, phone, []))
        own = one.member.phone if one.member else phone
        group.calls.append(Call(one, name_of(one), own, "" if one.member else head))
    return sorted(groups.values(), key=lambda one: reading_order(one.name))


def _heads(unit_ids: Collection[int], on: date) -> dict[int, tuple[str, str]]:
    held = Position.objects.on(on).filter(unit__in=unit_ids, post=Post.SECRETARY)
    return {one.unit_id: (one.member.full_name, one.member.phone) for one in held.select_related("member")}
