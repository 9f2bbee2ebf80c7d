"""What study holds of a member, for the member's own copy: places in sessions, readings, tries at quizzes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hatnhan.core.vietnamese import day as written
from hatnhan.guidance.models import Attempt, Excuse, Reading, SessionPlace
from hatnhan.organization.actions.checks import day_of
from hatnhan.organization.held import Holding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hatnhan.organization.models import Member


def sessions(member: Member) -> Iterator[dict[str, object]]:
    """Yield in which lists of study a member stands, and how: came, was excused and why, did not come. One query."""
    rows = SessionPlace.objects.filter(member=member).select_related("session__document")
    for one in rows.order_by("session__starts_at", "pk"):
        yield {
            _now("ngày"): written(day_of(one.session.starts_at)),
            _now("đợt học"): one.session.title,
            _now("văn bản"): str(one.session.document),
            _now("trạng thái"): one.session.get_state_display(),
            _now("ghi nhận"): one.get_mark_display(),
            _now("lý do vắng"): one.reason,
        }


def excuses(member: Member) -> Iterator[dict[str, object]]:
    """Yield from when to when a member did not have to study a document, and why. One query."""
    rows = Excuse.objects.filter(place__member=member).select_related("place__session__document")
    for one in rows:
        yield {
            _now("văn bản"): str(one.place.session.document),
            _now("từ ngày"): written(one.start),
            _now("đến hết ngày"): written(one.end - timedelta(days=1)) if one.end else "",
            _now("lý do"): one.reason,
        }


def readings(member: Member) -> Iterator[dict[str, object]]:
    """Yield which versions of documents a member read, and when. One query."""
    rows = Reading.objects.filter(member=member).select_related("document")
    for one in rows.order_by("read_on", "pk"):
        yield {
            _now("ngày đọc"): written(one.read_on),
            _now("văn bản"): str(one.document),
            _now("bản đã đọc"): one.version,
            _now("người ghi hộ"): one.entered_by,
        }


def attempts(member: Member) -> Iterator[dict[str, object]]:
    """Yield a member's tries at quizzes. One query."""
    rows = Attempt.objects.filter(member=member).select_related("document")
    for one in rows.order_by("at", "pk"):
        yield {
            _now("ngày"): written(day_of(one.at)),
            _now("văn bản"): str(one.document),
            _now("số câu đúng"): f"{one.right}/{one.asked}",
            _now("kết quả"): _now("Đạt") if one.passed else _now("Chưa đạt"),
            _now("người ghi hộ"): one.entered_by,
        }


HOLDINGS = (
    Holding(_("Đợt học tập"), sessions),
    Holding(_("Không phải học, có lý do"), excuses),
    Holding(_("Xác nhận đã đọc"), readings),
    Holding(_("Bài trắc nghiệm"), attempts),
)
