"""What meetings hold of a member, for the member's own copy; weekly reviews have a file of their own beside this."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hatnhan.core.vietnamese import day as written
from hatnhan.meetings.models import Invitee, SelfCriticism, Speech, WorkPostHolder
from hatnhan.organization.actions.checks import day_of
from hatnhan.organization.held import Holding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hatnhan.meetings.models import Meeting
    from hatnhan.organization.models import Member


def attendance(member: Member) -> Iterator[dict[str, object]]:
    """Yield to which meetings a member was invited, in what capacity, and whether the member came. One query."""
    rows = Invitee.objects.filter(member=member).select_related("meeting").order_by("meeting__starts_at")
    for one in rows:
        yield _meeting(one.meeting) | {
            _now("tư cách"): one.get_capacity_display(),
            _now("chức vụ"): one.title,
            _now("điểm danh"): one.get_mark_display(),
            _now("lý do vắng"): one.reason,
        }


def speeches(member: Member) -> Iterator[dict[str, object]]:
    """Yield what minutes say that a member said. One query."""
    rows = Speech.objects.filter(member=member, item__meeting__isnull=False)
    for one in rows.select_related("item__meeting").order_by("item__meeting__starts_at", "pk"):
        assert one.item.meeting is not None  # noqa: S101 - filtered above
        yield _meeting(one.item.meeting) | {_now("nội dung"): one.item.title, _now("nói gì"): one.text}


def self_criticism(member: Member) -> Iterator[dict[str, object]]:
    """Yield a member's own self-criticism. One query."""
    rows = SelfCriticism.objects.filter(member=member).select_related("meeting")
    for one in rows.order_by("meeting__starts_at"):
        yield _meeting(one.meeting) | {
            _now("tự phê bình"): one.text,
            _now("cách sửa"): one.remedy,
            _now("mức khắc phục"): one.get_mended_display(),
        }


def work_posts(member: Member) -> Iterator[dict[str, object]]:
    """Yield the posts of work that a member held. One query."""
    for one in WorkPostHolder.objects.filter(member=member).select_related("work_post").order_by("start"):
        yield {
            _now("vị trí"): one.work_post.name,
            _now("từ ngày"): written(one.start),
            _now("đến trước ngày"): written(one.end) if one.end else "",
        }


def _meeting(meeting: Meeting) -> dict[str, object]:
    return {_now("ngày"): written(day_of(meeting.starts_at)), _now("cuộc họp"): meeting.title}


HOLDINGS = (
    Holding(_("Dự họp"), attendance),
    Holding(_("Phát biểu"), speeches),
    Holding(_("Tự phê bình"), self_criticism),
    Holding(_("Vị trí công tác"), work_posts),
)
