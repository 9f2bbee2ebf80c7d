"""What is said and concluded, item by item: written as one types, by a script or by the button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hatnhan.assignments.selectors import shown
from hatnhan.core import clock
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.meetings import permissions
from hatnhan.meetings.actions import minutes
from hatnhan.meetings.forms.live import TypedItem, read_item, read_version, speeches_of
from hatnhan.meetings.permissions import Action
from hatnhan.meetings.selectors import items as selector
from hatnhan.meetings.selectors import papers
from hatnhan.meetings.views.live import live_frame, saved_words, wants_json

if TYPE_CHECKING:
    from hatnhan.core.http import Request
    from hatnhan.meetings.models import AgendaItem, Meeting

_STATUS = {"changed_meanwhile": 409}
_UNREADABLE = 422
#: The standings of an item, as a thumb chooses them.
STATES = (("waiting", "w", "circle-dashed"), ("done", "y", "check"), ("carried", "e", "arrow-right"))


def may_read(request: Request, meeting: Meeting) -> bool:
    """Tell whether the person may read what was said: who records at once, those of the body once it is approved."""
    return papers.allowed(request.user, meeting, "bien-ban") is not None


@never_cache
@require_safe
def items(request: Request, pk: int) -> HttpResponse:
    """Show the agenda of a meeting as it goes on."""
    context = live_frame(request, pk, "items")
    meeting: Meeting = context["meeting"]
    agenda = selector.agenda(meeting)
    waiting = next((one for one in agenda if one.state == "waiting"), None)
    context |= {
        "agenda": agenda,
        "next_item": waiting,
        "reads": may_read(request, meeting),
        "minutes_planned": sum(one.minutes_planned for one in agenda),
    }
    return render(request, "meetings/live/items.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: Request, pk: int) -> HttpResponse:
    """Show one item with its record, and take what is typed into it."""
    context = live_frame(request, selector.meeting_of(pk), "items")
    meeting: Meeting = context["meeting"]
    one = selector.item_of(meeting, pk)
    if request.method == "POST":
        return _save(request, context, one)
    return _page(request, context, one)


def _save(request: Request, context: dict[str, Any], one: AgendaItem) -> HttpResponse:
    if not permissions.allowed(request.user, Action.MINUTES, context["meeting"]):
        raise Denied(_("Thư ký, người chủ trì hoặc Bí thư, Phó Bí thư ghi biên bản."))
    typed, go = read_item(request.POST), request.POST.get("go", "")
    state = "done" if go == "next" and typed.state == "waiting" else typed.state
    try:
        members = selector.members_by_id({who for who, _words in typed.said if who})
        saved = minutes.save_item(
            by=request.user,
            at=clock.now(),
            item=one,
            version=typed.version,
            conclusion=typed.conclusion,
            speeches=speeches_of(typed, members),
            state=state,
        )
    except RuleBroken as error:
        return _refused(request, context, one, typed, error)
    if wants_json(request):
        return JsonResponse({"saved": saved_words(), "version": saved.version})
    messages.success(request, saved_words())
    return redirect(_next_page(context["meeting"], one, go))


def _next_page(meeting: Meeting, one: AgendaItem, go: str) -> str:
    here = reverse("meetings:item", args=[one.pk])
    if go != "next":
        return f"{here}#y-kien" if go == "more" else here
    after = selector.place_of(meeting, one.pk).after
    return (
        reverse("meetings:item", args=[after.pk]) if after else reverse("meetings:items", args=[meeting.pk])
    )


def _refused(
    request: Request, context: dict[str, Any], one: AgendaItem, typed: TypedItem, error: RuleBroken
) -> HttpResponse:
    """Answer what could not be saved: nothing that was typed is lost, both texts are shown."""
    status = _STATUS.get(error.code, _UNREADABLE)
    if not wants_json(request):
        return _page(request, context, one, typed=typed, error=error, status=status)
    told: dict[str, Any] = {"message": error.message, "code": error.code}
    if error.code == "changed_meanwhile":
        told |= {"version": one.version, "texts": texts_of(one)}
    return JsonResponse(told, status=status)


def texts_of(one: AgendaItem) -> list[list[str]]:
    """Return what stands of an item, as pairs of a label and a text, in the order of the page."""
    said = [[str(speech.member), speech.text] for speech in one.speeches.all()]
    return [*said, [_("Kết luận"), one.conclusion]] if one.conclusion else said


def _page(
    request: Request,
    context: dict[str, Any],
    one: AgendaItem,
    *,
    typed: TypedItem | None = None,
    error: RuleBroken | None = None,
    status: int = 200,
) -> HttpResponse:
    meeting: Meeting = context["meeting"]
    said = _said(one, typed)
    kept = {who for who, _words in said if who}
    reads = may_read(request, meeting)
    context |= {
        "item": one,
        "spot": selector.place_of(meeting, one.pk),
        "reads": reads,
        "people": selector.speakers(meeting, kept) if context["writes"] else [],
        "said": said,
        "conclusion": typed.conclusion if typed else one.conclusion,
        "state": typed.state if typed else one.state,
        "states": [(value, look, icon, label) for value, look, icon, label in _states()],
        "error": error.message if error else "",
        "conflict": error is not None and error.code == "changed_meanwhile",
        "texts": texts_of(one),
        "task_lines": shown.lines([row.task for row in one.tasks.all()], clock.today()) if reads else [],
        "puts_to_ballot": context["live"] and permissions.allowed(request.user, Action.BALLOT, meeting),
    }
    return render(request, "meetings/live/item.html", context, status=status)


def _said(one: AgendaItem, typed: TypedItem | None) -> list[tuple[int | None, str]]:
    if typed is None:
        return [(speech.member_id, speech.text) for speech in one.speeches.all()]
    return [pair for pair in typed.said if pair[1].strip()]


def _states() -> list[tuple[str, str, str, str]]:
    words = {"waiting": _("Chưa bàn xong"), "done": _("Đã bàn xong"), "carried": _("Chuyển kỳ sau")}
    return [(value, look, icon, words[value]) for value, look, icon in STATES]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remarks(request: Request, pk: int) -> HttpResponse:
    """Show and take the part of the minutes that belongs to no item."""
    context = live_frame(request, pk, "items")
    meeting: Meeting = context["meeting"]
    if not context["records"]:
        raise Denied(_("Thư ký, người chủ trì hoặc Bí thư, Phó Bí thư ghi biên bản."))
    if request.method != "POST":
        return render(request, "meetings/live/remarks.html", context | {"text": meeting.remarks})
    text, version = str(request.POST.get("remarks", "")), read_version(request.POST)
    try:
        saved = minutes.save_remarks(
            by=request.user, at=clock.now(), meeting=meeting, version=version, remarks=text
        )
    except RuleBroken as error:
        return _remarks_refused(request, context, text, error)
    if wants_json(request):
        return JsonResponse({"saved": saved_words(), "version": saved.remarks_version})
    messages.success(request, saved_words())
    return redirect("meetings:remarks", pk)


def _remarks_refused(request: Request, context: dict[str, Any], text: str, error: RuleBroken) -> HttpResponse:
    meeting: Meeting = context["meeting"]
    status = _STATUS.get(error.code, _UNREADABLE)
    conflict = error.code == "changed_meanwhile"
    texts = [[_("Ghi chung"), meeting.remarks]]
    if not wants_json(request):
        more = {"text": text, "error": error.message, "conflict": conflict, "texts": texts}
        return render(request, "meetings/live/remarks.html", context | more, status=status)
    told: dict[str, Any] = {"message": error.message, "code": error.code}
    if conflict:
        told |= {"version": meeting.remarks_version, "texts": texts}
    return JsonResponse(told, status=status)
