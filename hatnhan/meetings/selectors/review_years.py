"""Who may read what a year's reviews said of a person."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from hatnhan.core import clock
from hatnhan.core.errors import Missing
from hatnhan.meetings.models import Meeting, ReviewRow
from hatnhan.meetings.selectors.reviews import WEEKLY, review_that_ends_replies
from hatnhan.organization.models import Member, Membership
from hatnhan.organization.powers import powers_of

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from hatnhan.accounts.models import User

#: So many reviews back one looks for rows that may still be answered: minutes are approved within days.
_LATEST = 4
#: For so long a row is shown on the first page to the person whom it concerns.
_NEW = timedelta(days=15)


@dataclass(frozen=True, slots=True)
class Seen:
    """A person whose rows one may read: all the own, another's of the ``units`` whose books one keeps.

    ``open_rows`` are the ids of rows that may still be answered.
    """

    member: Member
    own: bool
    units: frozenset[int] | None
    open_rows: frozenset[int] = field(default_factory=frozenset)


def seen(user: User, member_id: int) -> Seen:
    """Return a person whose year of reviews one may read. Raises Missing, whether absent or forbidden."""
    powers = powers_of(user)
    own = powers.member_id == member_id
    people = (
        Member.objects.filter(pk=member_id) if own else Member.objects.visible_to(user).filter(pk=member_id)
    )
    member: Member | None = people.first()
    if member is None or not (own or powers.keeps):
        raise Missing
    units = None if own else powers.units_kept
    return Seen(member, own, units, _answerable(member))


def approved_rows(one: Seen) -> QuerySet[ReviewRow]:
    """Return all that approved reviews said of a person, so far as one may read it."""
    rows: QuerySet[ReviewRow] = ReviewRow.objects.approved().written_on().filter(subject=one.member)
    return rows if one.units is None else rows.filter(meeting__unit_id__in=one.units)


def years_of(one: Seen) -> list[int]:
    """Return the years in which something was said, the latest first. One query."""
    moments = approved_rows(one).values_list("meeting__starts_at", flat=True)
    return sorted({moment.astimezone(clock.HERE).year for moment in moments}, reverse=True)


def home_of(one: Seen) -> int | None:
    """Return the cell of a person, for the record."""
    rows = Membership.objects.filter(member=one.member, kind=Membership.Kind.OFFICIAL).order_by("-start")
    return rows.values_list("unit_id", flat=True).first()


def latest_of(member_id: int, on: date) -> ReviewRow | None:
    """Return the last approved row about a person in the two weeks up to a day, None for none. One query."""
    rows = ReviewRow.objects.approved().written_on().filter(subject_id=member_id)
    tomorrow = clock.at(on + timedelta(days=1), 0)
    new = rows.filter(meeting__starts_at__gte=tomorrow - _NEW, meeting__starts_at__lt=tomorrow)
    found: ReviewRow | None = new.select_related("meeting").order_by("-meeting__starts_at", "place").first()
    return found


def awaits_reply(row: ReviewRow) -> bool:
    """Tell whether the person whom an approved row concerns has not answered it and still can. One query at most."""
    return not row.reply and review_that_ends_replies(row.meeting, clock.now()) is None


def _answerable(member: Member) -> frozenset[int]:
    """Return the latest approved rows whose time to answer has not ended. Few queries: only the latest weeks count."""
    rows = ReviewRow.objects.approved().written_on().filter(subject=member, meeting__kind=WEEKLY)
    latest = list(rows.select_related("meeting").order_by("-meeting__starts_at")[: 2 * _LATEST])
    meetings: dict[int, Meeting] = {row.meeting_id: row.meeting for row in latest}
    now = clock.now()
    shut = {pk for pk, meeting in list(meetings.items())[:_LATEST] if review_that_ends_replies(meeting, now)}
    answered = set(list(meetings)[:_LATEST]) - shut
    return frozenset(row.pk for row in latest if row.meeting_id in answered)
