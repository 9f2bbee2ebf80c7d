"""The minutes of a meeting, whole: to be read over, approved, locked, printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hatnhan.meetings import permissions
from hatnhan.meetings.actions.closing import may_approve
from hatnhan.meetings.permissions import Action
from hatnhan.meetings.selectors import items
from hatnhan.meetings.selectors import minutes as selector
from hatnhan.meetings.views.items import may_read
from hatnhan.meetings.views.live import live_frame

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from hatnhan.core.http import Request
    from hatnhan.meetings.actions.closing import Role
    from hatnhan.meetings.models import Meeting
    from hatnhan.organization.models import Member


@dataclass(frozen=True, slots=True)
class Approval:
    """One of the two who approve: in which role, when, and whether the person at the screen may do it now."""

    role: Role
    word: str
    who: Member | None
    at: datetime | None
    mine: bool
    on_paper: bool


@require_safe
def minutes(request: Request, pk: int) -> HttpResponse:
    """Show the minutes of a meeting to those who may read them, and what comes next to those who write them.

    Up to 18 queries: minutes are made of seven kinds of rows, each fetched once whatever their number.
    """
    context = live_frame(request, pk, "minutes")
    meeting: Meeting = context["meeting"]
    begun = meeting.state not in {"draft", "invited", "cancelled"}
    context |= {"begun": begun, "reads": begun and may_read(request, meeting)}
    if context["reads"]:
        context |= {
            "agenda": items.whole(meeting),
            "attendance": selector.attendance(meeting),
            "addenda": selector.addenda(meeting),
            "approvals": _approvals(request, meeting),
            "may_withdraw": permissions.allowed(request.user, Action.APPROVE, meeting)
            and meeting.state in {"closed", "approved"}
            and context["approved_by_one"],
            "may_lock": meeting.state == "approved"
            and permissions.allowed(request.user, Action.LOCK, meeting),
            "may_correct": meeting.state == "locked"
            and permissions.allowed(request.user, Action.ADDENDUM, meeting),
        }
    return render(request, "meetings/live/minutes.html", context)


def _approvals(request: Request, meeting: Meeting) -> list[Approval]:
    rows: list[tuple[Role, str, Member | None, datetime | None]] = [
        ("recorder", _("Thư ký"), meeting.recorder, meeting.recorder_approved_at),
        ("chair", _("Chủ trì"), meeting.chair, meeting.chair_approved_at),
    ]
    waits = meeting.state == "closed"
    return [
        Approval(
            role,
            word,
            who,
            at,
            mine=waits and at is None and may_approve(request.user, meeting, role),
            on_paper=who is not None and who.user_id is None,
        )
        for role, word, who, at in rows
    ]
