"""What ends when a person's membership ends: posts, exemptions, temporary activity, transfers on their way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.organization import listeners
from hatnhan.organization.actions.checks import moved_on, require_decision, require_ended
from hatnhan.organization.models import Exemption, Membership, Position, Transfer

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from hatnhan.organization.models import Member, Unit

_NEEDS_DECISION = frozenset(
    {Membership.EndReason.EXPELLED, Membership.EndReason.STRUCK_OFF, Membership.EndReason.WITHDREW}
)


def current_membership(member: Member) -> Membership:
    """Return the open official membership. Raises RuleBroken ``not_a_member`` when there is none."""
    official = Membership.objects.filter(member=member, kind=Membership.Kind.OFFICIAL, end=None)
    found: Membership | None = official.select_related("unit").first()
    if found is None:
        message = _("Đồng chí %(name)s hiện không sinh hoạt ở chi bộ nào trong Đảng bộ.")
        raise RuleBroken("not_a_member", message % {"name": member})
    return found


def close_membership(membership: Membership, end: date, reason: str, *, field: str) -> None:
    """End one membership; ``end`` is the first day no longer in force. Raises RuleBroken."""
    require_ended(end, field=field)
    if end <= membership.start:
        message = _("Đồng chí đến chi bộ ngày %(day)s. Ghi ngày sau ngày ấy.")
        raise RuleBroken("end_before_start", message % {"day": written(membership.start)}, field=field)
    if Membership.objects.filter(pk=membership.pk, end=None).update(end=end, end_reason=reason) != 1:
        raise moved_on()


def leave(member: Member, end: date, reason: str, decision_no: str, *, field: str = "end") -> Membership:
    """End the official membership and all that hangs on it; return the membership as it was before."""
    if reason in _NEEDS_DECISION:
        require_decision(decision_no)
    membership = current_membership(member)
    close_membership(membership, end, reason, field=field)
    if decision_no.strip():
        Membership.objects.filter(pk=membership.pk).update(decision_no=decision_no.strip())
    end_posts([member.pk], end, str(Membership.EndReason(reason).label), field=field)
    _end_rest(member, end, field)
    answer = _("Đồng chí không còn sinh hoạt trong Đảng bộ.")
    Transfer.objects.open().filter(member=member).update(
        state=Transfer.State.WITHDRAWN, decided_on=end, answer=answer
    )
    return membership


def end_posts(
    member_ids: Collection[int], end: date, reason: str, *, unit: Unit | None = None, field: str = "on"
) -> None:
    """End the posts that people hold on or after a day, all of them or those of one unit.

    Raises RuleBroken ``later_post`` for a post that begins on that day or after it.
    """
    held = Position.objects.filter(member_id__in=member_ids).exclude(end__lte=end)
    held = held.filter(unit=unit) if unit else held
    late = held.filter(start__gte=end).select_related("member", "unit").first()
    if late is not None:
        message = _("Đồng chí %(name)s giữ chức vụ %(post)s từ ngày %(day)s. Ghi ngày sau ngày ấy.")
        values = {"name": late.member, "post": late.title, "day": written(late.start)}
        raise RuleBroken("later_post", message % values, field=field)
    seats = list(held.values_list("member_id", "unit_id"))
    held.update(end=end, end_reason=reason)
    listeners.posts_ended(seats, end)


def _end_rest(member: Member, end: date, field: str) -> None:
    temporary = Membership.objects.filter(member=member, kind=Membership.Kind.TEMPORARY).exclude(end__lte=end)
    exemptions = Exemption.objects.filter(member=member).exclude(end__lte=end)
    if temporary.filter(start__gte=end).exists() or exemptions.filter(start__gte=end).exists():
        message = _("Sau ngày này còn ghi sinh hoạt tạm thời hoặc miễn công tác. Ghi ngày muộn hơn.")
        raise RuleBroken("later_activity", message, field=field)
    temporary.update(end=end, end_reason=Membership.EndReason.FINISHED)
    exemptions.update(end=end)
