"""What all pages of one meeting share: who may see it, its head and its tabs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan.meetings import permissions
from hatnhan.meetings.permissions import Action
from hatnhan.meetings.selectors import meetings, papers

if TYPE_CHECKING:
    from hatnhan.core.http import Request
    from hatnhan.meetings.models import Meeting

SECTION = "meetings:home"


@dataclass(frozen=True, slots=True)
class Tab:
    """One part of a meeting, as a link."""

    name: str
    label: str
    url: str


def meeting_page(meeting: Meeting) -> str:
    """Return the address of a meeting's page."""
    return reverse("meetings:meeting", args=[meeting.pk])


def tabs(meeting: Meeting) -> list[Tab]:
    """Return the parts that a meeting of its kind has, in the order in which one comes to them."""
    parts = [("meeting", _("Chuẩn bị")), ("roll", _("Điểm danh")), ("items", _("Nội dung"))]
    if meeting.kind == "weekly_review":
        parts.append(("review", _("Nhận xét")))
    if meeting.kind == "cell_monthly":
        parts.append(("self-criticism", _("Tự phê bình")))
    parts.append(("minutes", _("Biên bản")))
    if meeting.kind == "cell_monthly":
        parts += [("resolution", _("Nghị quyết")), ("score", _("Chấm điểm"))]
    return [Tab(name, label, reverse(f"meetings:{name}", args=[meeting.pk])) for name, label in parts]


def frame(request: Request, pk: int, tab: str) -> dict[str, Any]:
    """Return what the frame of a meeting's page needs. Raises Missing for one that the person may not see."""
    meeting = meetings.meeting_for(request.user, pk)
    return {
        "section": SECTION,
        "meeting": meeting,
        "meeting_tabs": tabs(meeting),
        "tab": tab,
        "leads": permissions.leads(request.user, meeting.unit_id),
        "records": permissions.allowed(request.user, Action.MINUTES, meeting),
        "papers": papers.offers(request.user, meeting, tab),
    }
