"""Who came: the list one fills with the thumb, the sheet typed in later, the code on a phone."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hatnhan.core import clock
from hatnhan.core.errors import Denied, Missing, RuleBroken
from hatnhan.meetings import permissions
from hatnhan.meetings.actions.attendance import Mark, check_in, mark_attendance
from hatnhan.meetings.permissions import Action
from hatnhan.meetings.selectors import meetings
from hatnhan.meetings.selectors import roll as selector
from hatnhan.meetings.views.live import live_frame
from hatnhan.meetings.views.thumb_list import ThumbList

if TYPE_CHECKING:
    from hatnhan.core.http import Request
    from hatnhan.meetings.models import Meeting
    from hatnhan.meetings.selectors.thumb_list import Marks, Typed

_PAPER = "giay"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def roll(request: Request, pk: int) -> HttpResponse:
    """Show the roll, and take the marks made in it: one at a time from the script, or the whole form."""
    context = live_frame(request, pk, "roll")
    meeting = context["meeting"]
    context["marks"] = permissions.allowed(request.user, Action.ATTENDANCE, meeting) and context["writable"]
    if request.method == "POST":
        if not context["marks"] and not permissions.allowed(request.user, Action.ATTENDANCE, meeting):
            raise Denied(_("Thư ký, người chủ trì hoặc Bí thư, Phó Bí thư điểm danh."))
        return _list(request, context).take(request)
    return _list(request, context).show(request, with_marks=context["marks"])


def _list(request: Request, context: dict[str, Any]) -> ThumbList:
    meeting: Meeting = context["meeting"]
    channel = "paper" if request.POST.get("channel") == "paper" else "list"

    def write(marks: Marks) -> None:
        given = {key: Mark(mark, reason) for key, (mark, reason) in marks.items()}
        mark_attendance(by=request.user, at=clock.now(), meeting=meeting, marks=given, channel=channel)

    return ThumbList(
        people=lambda: selector.invitees(meeting),
        summary=lambda people: selector.summary(meeting, people),
        write=write,
        page=lambda typed, error: _page(request, context, typed, error),
        back=reverse("meetings:roll", args=[meeting.pk])
        + (f"?cach={_PAPER}" if channel == "paper" and meeting.state == "open" else ""),
    )


def _page(request: Request, context: dict[str, Any], typed: Typed, error: str) -> HttpResponse:
    meeting: Meeting = context["meeting"]
    paper = request.GET.get("cach") == _PAPER or meeting.state == "closed"
    people, rule = selector.invitees(meeting), selector.law(meeting)
    context |= {
        "summary": selector.summary(meeting, people, rule),
        "rows": selector.rows(meeting, people, rule, typed) if context["marks"] else [],
        "own": None if context["marks"] else selector.own_mark(request.user, meeting),
        "paper": paper,
        "channel": "paper" if paper else "list",
        "error": error,
    }
    return render(request, "meetings/live/roll.html", context, status=422 if error else 200)


@never_cache
@require_safe
def code(request: Request, pk: int) -> HttpResponse:
    """Show the code that people with a phone check in with, as large as the screen."""
    context = live_frame(request, pk, "roll")
    meeting = _with_code(request, context["meeting"])
    context |= {"summary": selector.summary(meeting), "address": _address(request, meeting)}
    return render(request, "meetings/live/code.html", context)


@never_cache
@require_safe
def code_image(request: Request, pk: int) -> HttpResponse:
    """Return the code as a picture, from an address of its own: pages may show pictures of this site alone."""
    meeting = _with_code(request, meetings.meeting_for(request.user, pk))
    drawn = io.BytesIO()
    segno.make_qr(_address(request, meeting), error="m").save(
        drawn, kind="svg", border=4, light="#fff", dark="#000", omitsize=True, svgclass=None, lineclass=None
    )
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


def _with_code(request: Request, meeting: Meeting) -> Meeting:
    """Return the meeting while its code lives, for those who mark attendance. Raises Denied, Missing."""
    if not permissions.allowed(request.user, Action.ATTENDANCE, meeting):
        raise Denied(_("Thư ký, người chủ trì hoặc Bí thư, Phó Bí thư mở mã điểm danh."))
    if meeting.state != "open" or not meeting.check_in_code:
        raise Missing
    return meeting


def _address(request: Request, meeting: Meeting) -> str:
    return request.build_absolute_uri(reverse("meetings:check-in", args=[meeting.check_in_code]))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def present(request: Request, code: str) -> HttpResponse:
    """Ask the person who scanned the code to say "I am here"; only the button writes it."""
    meeting = selector.meeting_by_code(code)
    own = selector.own_mark(request.user, meeting) if meeting else None
    context: dict[str, Any] = {"section": "meetings:home", "meeting": meeting, "own": own}
    error: RuleBroken | Denied | None = None
    if request.method == "POST":
        try:
            meeting = check_in(by=request.user, at=clock.now(), code=code)
        except (RuleBroken, Denied) as refused:
            error = refused
        else:
            messages.success(request, _("Đã ghi: đồng chí có mặt."))
            return redirect(request.path)
    context["error"] = str(error) if error else ""
    status = 404 if meeting is None else 422 if error else 200
    return render(request, "meetings/live/check_in.html", context, status=status)
