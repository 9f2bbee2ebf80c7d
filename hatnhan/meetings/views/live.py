"""What the pages during and after a meeting share: how long it has gone on, its parts on a phone, who writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Deed
from hatnhan.core.errors import Denied
from hatnhan.meetings import live_rules, permissions
from hatnhan.meetings.permissions import Action
from hatnhan.meetings.selectors import meetings
from hatnhan.meetings.views.frame import SECTION, Tab, frame

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from hatnhan.core.http import Request
    from hatnhan.meetings.models import Meeting


def live_frame(request: Request, pk: int, tab: str) -> dict[str, Any]:
    """Return what the frame needs, and whether the meeting goes on, since when, and whether the person writes in it."""
    context = frame(request, pk, tab)
    meeting: Meeting = context["meeting"]
    return context | {
        "live": meeting.state == "open",
        "parts": parts_of(meeting),
        "elapsed": _elapsed(meeting.opened_at),
        "writable": meeting.state in live_rules.WRITABLE,
        "writes": context["records"] and meeting.state in live_rules.WRITABLE,
        "closes": permissions.allowed(request.user, Action.CLOSE, meeting) and meeting.state == "open",
        "approved_by_one": bool(meeting.recorder_approved_at or meeting.chair_approved_at),
    }


def parts_of(meeting: Meeting) -> list[Tab]:
    """Return the few parts that matter while they meet, in the order in which one comes to them."""
    names = [("roll", _("Điểm danh")), ("items", _("Nội dung"))]
    if meeting.kind == "weekly_review":
        names.append(("review", _("Nhận xét")))
    names.append(("close", _("Kết thúc")))
    return [Tab(name, label, reverse(f"meetings:{name}", args=[meeting.pk])) for name, label in names]


def _elapsed(opened_at: datetime | None) -> str:
    """Return hours and minutes since a moment of today, as "0:38"; "" for a meeting left open since another day."""
    if opened_at is None or opened_at.astimezone(clock.HERE).date() != clock.today():
        return ""
    minutes = max(0, int((clock.now() - opened_at).total_seconds() // 60))
    return f"{minutes // 60}:{minutes % 60:02d}"


def saved_words() -> str:
    """Return what the page says once something is saved."""
    now = clock.now()
    return _("Đã lưu %(time)s") % {"time": f"{now.hour}:{now.minute:02d}"}


def wants_json(request: HttpRequest) -> bool:
    """Tell whether a script asks, which draws the answer into the page that is open."""
    return request.headers.get("Accept", "").startswith("application/json")


class MeetingDeed(Deed):
    """Something done about one meeting, by whoever may."""

    section = SECTION
    permission: Action
    meeting: Meeting
    #: The tab to which one goes back.
    tab = "minutes"

    def prepare(self, **address: Any) -> None:
        self.meeting = meetings.meeting_for(self.request.user, address["pk"])
        if not permissions.allowed(self.request.user, self.permission, self.meeting):
            raise Denied(_("Việc này do người chủ trì, thư ký cuộc họp hoặc Bí thư, Phó Bí thư làm."))

    @property
    def back(self) -> str:
        """Where one came from."""
        return reverse(f"meetings:{self.tab}", args=[self.meeting.pk])

    def crumbs(self) -> list[Crumb]:
        return [
            Crumb(_("Sinh hoạt, hội nghị"), reverse("meetings:home")),
            Crumb(self.meeting.title, self.back),
        ]
