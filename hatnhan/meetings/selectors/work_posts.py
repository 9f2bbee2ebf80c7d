"""Posts of work and who holds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hatnhan.core.errors import Missing
from hatnhan.meetings.models import WorkPost, WorkPostHolder
from hatnhan.organization.models import Membership

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from hatnhan.organization.models import Member, Unit


@dataclass(frozen=True, slots=True)
class PostHeld:
    """A post of work and who holds it since when; None for an empty one.

    ``left``: the book still names a holder who is no longer a member of the organisation.
    """

    post: WorkPost
    holder: Member | None = None
    since: date | None = None
    left: bool = False


def holders_of(unit_id: int, on: date) -> dict[int, Member]:
    """Return who holds each post of work of a unit on a day, by the post's id; who is no member that day holds none."""
    there = Membership.objects.on(on).values("member_id")
    rows = WorkPostHolder.objects.on(on).filter(work_post__unit_id=unit_id, member__in=there)
    return {row.work_post_id: row.member for row in rows.select_related("member")}


def posts_of(unit: Unit, on: date) -> list[PostHeld]:
    """Return the posts of a unit on a day with their holders, the government's leaders first. Three queries."""
    rows = list(WorkPostHolder.objects.on(on).filter(work_post__unit=unit).select_related("member"))
    by_post = {row.work_post_id: row for row in rows}
    ids = [row.member_id for row in rows]
    there = set(Membership.objects.on(on).filter(member__in=ids).values_list("member_id", flat=True))
    posts = WorkPost.objects.on(on).filter(unit=unit).order_by("-leads_government", "position", "pk")
    return [_held(post, by_post.get(post.pk), there) for post in posts]


def _held(post: WorkPost, row: WorkPostHolder | None, there: Collection[int]) -> PostHeld:
    if row is None:
        return PostHeld(post)
    return PostHeld(post, row.member, row.start, row.member_id not in there)


def post_for(pk: int, unit_ids: Collection[int]) -> WorkPost:
    """Return a post that has not ended, of one of some units. Raises Missing."""
    rows = WorkPost.objects.filter(pk=pk, unit_id__in=unit_ids, end=None).select_related("unit")
    found: WorkPost | None = rows.first()
    if found is None:
        raise Missing
    return found


def holder_now(post: WorkPost) -> WorkPostHolder | None:
    """Return who holds a post without an end set, None for an empty one."""
    found: WorkPostHolder | None = post.holders.filter(end=None).select_related("member").first()
    return found


def next_position(unit: Unit) -> int:
    """Return the place after the last post of a unit."""
    last = WorkPost.objects.filter(unit=unit, end=None).order_by("-position").first()
    return last.position + 1 if last else 0
