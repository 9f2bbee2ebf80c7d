"""What planning pages fetch: series, backlogs, an agenda with its papers, whom one may choose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Prefetch, Q

from hatnhan.core.errors import Missing
from hatnhan.meetings.models import AgendaItem, Invitee, ItemBallot, Meeting, Paper, Series
from hatnhan.organization.actions.checks import day_of
from hatnhan.organization.models import Body, Level, Member, Membership, Position, Post, Unit
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors.bodies import bodies_of, body_title

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.db.models import QuerySet

    from hatnhan.accounts.models import User

_HEADS = (Post.SECRETARY, Post.DEPUTY)


# --- series ----------------------------------------------------------------------------------------------------------
def series_for(user: User, pk: int) -> Series:
    """Return a series of a unit whose meetings the person runs or oversees. Raises Missing."""
    rows = Series.objects.filter(unit__in=powers_of(user).units_led).select_related("unit")
    found: Series | None = rows.filter(pk=pk).first()
    if found is None:
        raise Missing
    return found


def running_series(unit: Unit, on: date) -> list[Series]:
    """Return the series of a unit and of those under it in force on a day or later, the unit's own first. One query."""
    below = Unit.objects.under(unit.pk, on).values("pk")
    later = Q(end=None) | Q(end__gt=on)
    rows = Series.objects.filter(later, unit__in=below).select_related("unit")
    counted = rows.annotate(waiting=Count("backlog", filter=Q(backlog__meeting=None)))
    return sorted(counted, key=lambda one: (one.unit_id != unit.pk, one.unit.name, one.kind, one.start))


def cells_without(unit: Unit, on: date) -> list[Unit]:
    """Return the cells under a unit that have no monthly series from a day on. One query."""
    later = Q(end=None) | Q(end__gt=on)
    having = Series.objects.filter(later, kind=Series.Kind.CELL_MONTHLY).values("unit")
    cells = Unit.objects.under(unit.pk, on).existing(on).filter(level=Level.CELL)
    return list(cells.exclude(pk__in=having).order_by("name"))


def planned_in(series: Series) -> int:
    """Return how many meetings a series has. One query."""
    return Meeting.objects.filter(series=series).count()


def backlog_of(series_id: int | None) -> QuerySet[AgendaItem]:
    """Return the items that wait in the backlog of a series; none for a meeting without one."""
    rows = AgendaItem.objects.filter(meeting=None, series_id=series_id or 0)
    return rows.select_related("owner", "carried_from__meeting", "series__unit").order_by("pk")


def counted_of_cell(meeting: Meeting, member_ids: Collection[int]) -> tuple[int, int]:
    """Return how many of a cell's people are its own on a meeting's day, and how many are there for a time.

    Of another body all are its own.
    """
    if meeting.body != Body.MEMBERS:
        return len(member_ids), 0
    there = Membership.objects.on(day_of(meeting.starts_at)).filter(
        unit=meeting.unit_id, member__in=member_ids
    )
    own = there.filter(kind=Membership.Kind.OFFICIAL).values("member_id").distinct().count()
    return own, len(member_ids) - own


# --- items and papers ------------------------------------------------------------------------------------------------
def item_for(user: User, pk: int) -> AgendaItem:
    """Return an item of a meeting that the person may see, or of the backlog of a unit led. Raises Missing."""
    led = Q(meeting=None, series__unit__in=powers_of(user).units_led)
    seen = Q(meeting__in=Meeting.objects.visible_to(user).filter(items__pk=pk).values("pk"))
    rows = AgendaItem.objects.filter(led | seen, pk=pk)
    found = rows.select_related("meeting__unit", "meeting__series", "series__unit", "owner").first()
    if found is None:
        raise Missing
    return found


def paper_for(user: User, pk: int) -> Paper:
    """Return a paper of a meeting that the person may see. Raises Missing."""
    rows = Paper.objects.filter(pk=pk).select_related("item__meeting__unit", "item__owner")
    found = rows.first()
    if found is None or found.item.meeting_id is None:
        raise Missing
    if not Meeting.objects.visible_to(user).filter(pk=found.item.meeting_id).exists():
        raise Missing
    return found


def agenda_of(meeting: Meeting) -> list[AgendaItem]:
    """Return the items of a meeting in order, with owner, papers and ballots. Three queries."""
    ballots = Prefetch("ballots", ItemBallot.objects.select_related("ballot"))
    rows = AgendaItem.objects.filter(meeting=meeting).select_related("owner", "carried_from__meeting")
    return list(rows.prefetch_related("papers", ballots).order_by("place", "pk"))


def capacities(meeting: Meeting) -> list[tuple[str, int]]:
    """Return how many are invited in each capacity, in words; empty before the meeting was called. One query."""
    rows = Invitee.objects.filter(meeting=meeting).values("capacity").annotate(total=Count("pk")).order_by()
    counts = {row["capacity"]: row["total"] for row in rows}
    return [(str(one.label), counts[one.value]) for one in Invitee.Capacity if one.value in counts]


# --- whom one may choose ---------------------------------------------------------------------------------------------
def bodies(unit: Unit) -> list[tuple[str, str]]:
    """Return who of a unit meets about what, as choices "body:kind" with words."""
    return [
        (f"{body}:{kind}", f"{body_title(unit, body)}: {Series.Kind(kind).label}")
        for body in bodies_of(unit)
        for kind in kinds_of(body)
    ]


def kinds_of(body: str) -> tuple[str, ...]:
    """Return the kinds of meeting that a body holds: the weekly review is the Standing Committee's."""
    if body == Body.MEMBERS:
        return (Series.Kind.CELL_MONTHLY,)
    if body == Body.STANDING:
        return (Series.Kind.WEEKLY_REVIEW, Series.Kind.COMMITTEE)
    return (Series.Kind.COMMITTEE,)


def guests_invited(meeting: Meeting) -> list[Member]:
    """Return the guests asked to a meeting already. One query."""
    rows = Invitee.objects.filter(meeting=meeting, capacity=Invitee.Capacity.GUEST).select_related("member")
    return [one.member for one in rows]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One who may be invited as a guest, with the post that says why."""

    member: Member
    title: str


def guests_for(meeting: Meeting, but: Collection[int]) -> list[Candidate]:
    """Return who is commonly invited as a guest, without those asked already, by post in protocol order. Two queries.

    For a cell: the committee right above it. For a committee: its own members, and the heads of the cells below.
    """
    on = day_of(meeting.starts_at)
    held = Position.objects.on(on).select_related("member", "unit").exclude(member_id__in=but)
    if meeting.unit.is_cell:
        above = meeting.unit.lineage(on)[1:2]
        held = held.filter(unit_id__in=above)
    else:
        below = Unit.objects.under(meeting.unit_id, on).values("pk")
        heads = Q(unit__level=Level.CELL, post__in=_HEADS)
        held = held.filter(Q(unit_id=meeting.unit_id) | heads, unit__in=below)
    found: dict[int, Candidate] = {}
    for position in sorted(held, key=lambda one: (one.rank, one.unit.name, one.member.sort_key)):
        words = f"{position.title}, {position.unit}" if position.unit.is_cell else position.title
        found.setdefault(position.member_id, Candidate(position.member, words))
    return list(found.values())


def last_recorder(meeting: Meeting) -> Member | None:
    """Return who recorded the body's last meeting of this kind."""
    before = Meeting.objects.filter(
        unit_id=meeting.unit_id, body=meeting.body, kind=meeting.kind, starts_at__lt=meeting.starts_at
    )
    last = before.exclude(recorder=None).select_related("recorder").order_by("-starts_at").first()
    return last.recorder if last else None
