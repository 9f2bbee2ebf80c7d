"""What of meetings was still to be done on a day, for the deadlines: each by one or two queries."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, OuterRef, Q

from hatnhan.core import clock
from hatnhan.core.dated import in_force
from hatnhan.core.periods import add_months
from hatnhan.meetings.models import AgendaItem, Invitee, Meeting, Paper, ScoreSheet, Series

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from django.db.models import QuerySet

    from hatnhan.meetings.models.meeting import MeetingQuerySet

_State = Meeting.State
_ONE_DAY = timedelta(days=1)
#: So far back one looks for meetings missed in a row: as many months as the rule can ask for, and some to spare.
_MONTHS_BACK = 15


def _after(on: date) -> datetime:
    """Return the first moment after a day."""
    return clock.at(on + _ONE_DAY, 0)


def _of(unit_ids: Sequence[int]) -> MeetingQuerySet:
    rows: MeetingQuerySet = Meeting.objects.filter(unit_id__in=unit_ids).exclude(state=_State.CANCELLED)
    return rows.select_related("unit")


def not_held(unit_ids: Sequence[int], on: date, until: date) -> QuerySet[Meeting]:
    """Return the meetings up to a day (inclusive) that had not been held on the day ``on``, the earliest first.

    One after which the next of its series was held is no longer due.
    """
    open_then = Q(ended_at=None) | Q(ended_at__gte=_after(on))
    rows = _of(unit_ids).filter(open_then, starts_at__lt=_after(until)).not_passed_over(_after(on))
    return rows.order_by("starts_at", "pk")


def inviting(member_id: int, on: date, until: date) -> QuerySet[Meeting]:
    """Return the meetings from a day to another (inclusive) that a person is invited to, called by the first day."""
    rows = Meeting.objects.filter(invitees__member_id=member_id, state__in=(_State.INVITED, _State.OPEN))
    called = Q(invited_at=None) | Q(invited_at__lt=_after(on))
    rows = rows.filter(called, starts_at__gte=clock.at(on, 0), starts_at__lt=_after(until))
    return rows.select_related("unit").order_by("starts_at", "pk")


def without_papers(unit_ids: Sequence[int], on: date) -> QuerySet[Meeting]:
    """Return the meetings from a day on for which somebody presents something and no paper was sent by that day.

    The weekly review has its own sheet and no papers.
    """
    main = AgendaItem.objects.filter(meeting=OuterRef("pk"), part=AgendaItem.Part.MAIN)
    sent = Paper.objects.filter(
        item__meeting=OuterRef("pk"), item__part=AgendaItem.Part.MAIN, uploaded_at__lt=_after(on)
    )
    rows = _of(unit_ids).exclude(kind=Series.Kind.WEEKLY_REVIEW).filter(starts_at__gte=clock.at(on, 0))
    not_begun = Q(opened_at=None) | Q(opened_at__gte=_after(on))
    return rows.filter(not_begun, Exists(main.filter(owner__isnull=False)), ~Exists(sent)).order_by(
        "starts_at"
    )


def not_locked(unit_ids: Sequence[int], on: date) -> QuerySet[Meeting]:
    """Return the meetings held by a day whose minutes were not locked on it."""
    open_then = Q(locked_at=None) | Q(locked_at__gte=_after(on))
    return _of(unit_ids).filter(open_then, ended_at__lt=_after(on)).order_by("ended_at", "pk")


def not_scored(unit_ids: Sequence[int], on: date) -> list[Meeting]:
    """Return of each cell the last monthly meeting locked by a day, where it was not scored by then."""
    scored = ScoreSheet.objects.filter(meeting=OuterRef("pk"), self_at__lt=_after(on))
    locked = Meeting.objects.filter(
        unit_id__in=unit_ids, kind=Series.Kind.CELL_MONTHLY, locked_at__lt=_after(on)
    )
    later = locked.filter(unit=OuterRef("unit"), starts_at__gt=OuterRef("starts_at"))
    rows = locked.filter(~Exists(later), ~Exists(scored)).select_related("unit")
    return list(rows.order_by("starts_at", "pk"))


def not_decided(unit_ids: Sequence[int], on: date) -> list[tuple[int, str, datetime]]:
    """Return for each score that waited on a day the committee above its cell, its name, and when it was scored."""
    undecided = Q(decided_at=None) | Q(decided_at__gte=_after(on))
    above = in_force(on, "meeting__unit__ancestries__") & Q(
        meeting__unit__ancestries__ancestor_id__in=unit_ids, meeting__unit__ancestries__depth=1
    )
    rows = ScoreSheet.objects.filter(undecided, above, self_at__lt=_after(on))
    line = "meeting__unit__ancestries__ancestor"
    return list(rows.order_by("self_at", "pk").values_list(f"{line}_id", f"{line}__name", "self_at"))


def often_absent(unit_ids: Sequence[int], on: date, least: int) -> Iterator[list[Invitee]]:
    """Yield the monthly meetings, the latest first, of each member there that day who missed so many without reason.

    Whether these follow one another is for the caller to see. Two queries.
    """
    rows = Invitee.objects.filter(
        meeting__unit_id__in=unit_ids,
        meeting__kind=Series.Kind.CELL_MONTHLY,
        meeting__ended_at__lt=_after(on),
        meeting__starts_at__gte=clock.at(add_months(on, -_MONTHS_BACK), 0),
        capacity=Invitee.Capacity.BODY,
    )
    missed = rows.filter(mark=Invitee.Mark.UNEXCUSED).order_by().values("member_id", "meeting__unit_id")
    often = set(
        missed.annotate(times=Count("pk"))
        .filter(times__gte=least)
        .values_list("member_id", "meeting__unit_id")
    )
    if not often:
        return
    still = in_force(on, "member__memberships__") & Q(member__memberships__unit=F("meeting__unit"))
    found = rows.filter(still, member_id__in={member for member, _unit in often})
    found = found.select_related("member", "meeting__unit")
    ordered = found.order_by("member__sort_key", "member_id", "meeting__unit_id", "-meeting__starts_at")
    for who, group in groupby(ordered, key=lambda one: (one.member_id, one.meeting.unit_id)):
        if who in often:
            yield list(group)
