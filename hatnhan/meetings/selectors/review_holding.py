"""What weekly reviews hold of a member: for the member's own copy, and the way to it from the member's file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hatnhan.core.vietnamese import day as written
from hatnhan.meetings.models import ReviewRow
from hatnhan.organization.actions.checks import day_of
from hatnhan.organization.held import Holding
from hatnhan.organization.powers import powers_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hatnhan.accounts.models import User
    from hatnhan.organization.models import Member


def rows(member: Member) -> Iterator[dict[str, object]]:
    """Yield what approved reviews said of a member, the oldest first, with the answers. One query."""
    found = ReviewRow.objects.approved().written_on().filter(subject=member)
    for row in found.select_related("meeting", "task").order_by("meeting__starts_at", "place"):
        yield {
            _now("ngày"): written(day_of(row.meeting.starts_at)),
            _now("cuộc họp"): row.meeting.title,
            _now("chức danh, vị trí"): row.title,
            _now("ưu điểm"): row.strengths,
            _now("hạn chế"): row.shortcomings,
            _now("cách khắc phục"): row.remedy,
            _now("hạn"): written(row.remedy_due) if row.remedy_due else "",
            _now("tình trạng việc"): row.task.get_state_display() if row.task else "",
            _now("trả lời"): row.reply,
        }


def page(user: User, member: Member) -> str:
    """Return where a person reads a member's year of reviews, "" for whom there is none. One query at most."""
    powers = powers_of(user)
    own = powers.member_id == member.pk
    if not (own or powers.keeps):
        return ""
    said = ReviewRow.objects.approved().written_on().filter(subject=member)
    if not own:
        said = said.filter(meeting__unit_id__in=powers.units_kept)
    return reverse("meetings:review-person", args=[member.pk]) if said.exists() else ""


HOLDING = Holding(_("Nhận xét hằng tuần"), rows, page)
