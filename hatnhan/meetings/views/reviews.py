"""The weekly review: last week's remedies, then a row for each person and each post; each saves by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hatnhan.core import clock, vietnamese
from hatnhan.core.errors import Denied, Missing, RuleBroken
from hatnhan.meetings import permissions
from hatnhan.meetings.actions import reviews as actions
from hatnhan.meetings.forms.reviews import VERDICTS, RowForm
from hatnhan.meetings.permissions import Action
from hatnhan.meetings.selectors import reviews, sheet
from hatnhan.meetings.views.live import live_frame, saved_words, wants_json

if TYPE_CHECKING:
    from hatnhan.assignments.models import Task
    from hatnhan.core.http import Request
    from hatnhan.meetings.models import Meeting, ReviewRow
    from hatnhan.meetings.selectors.monthly import Progress

KIND = "weekly_review"
_EMPTY_ONLY = "trong"
_ALL = "het"
#: So many remedies that have ended are shown before one asks for the rest.
_ENDED_SHOWN = 2
_CONFLICT, _REFUSED = 409, 422


@dataclass(frozen=True, slots=True)
class Line:
    """A row as the page draws it: a form where it may be written, the task it became, whether one may answer it."""

    row: ReviewRow
    form: RowForm | None = None
    task: Progress | None = None
    answers: bool = False


@never_cache
@require_safe
def show(request: Request, pk: int) -> HttpResponse:
    """Show the review of a week.

    Up to 22 queries, the same for any number of rows: beside session, powers and the frame it asks for the remedies of
    earlier weeks (five), the rows, whom a remedy may be given to, which tasks one may open, and the next review's day.
    """
    return _sheet(request, pk)


def _sheet(request: Request, pk: int, refused: dict[int, tuple[str, str, str]] | None = None) -> HttpResponse:
    """Draw the sheet; ``refused`` holds by a task's id the conclusion typed, its note, and what is wrong with it."""
    context = live_frame(request, pk, "review")
    meeting: Meeting = context["meeting"]
    if meeting.kind != KIND:
        raise Missing
    heard = sheet.hearing(request.user, meeting)
    kept = sheet.rows(meeting, heard)
    lines = _lines(request, meeting, kept, writes=context["writes"])
    empty_only = request.GET.get("hien") == _EMPTY_ONLY
    context |= {
        "heard": heard,
        "approved": sheet.approved(meeting),
        "written": [] if empty_only else [line for line in lines if line.row.written],
        "empty": [line for line in lines if not line.row.written],
        "empty_only": empty_only,
        "count": len(lines),
        "written_count": sum(line.row.written for line in lines),
        "year": meeting.starts_at.astimezone(clock.HERE).year,
        **(_remedies(request, meeting, refused or {}) if heard.sits else {}),
    }
    return render(request, "meetings/reviews/sheet.html", context, status=_REFUSED if refused else 200)


def _lines(request: Request, meeting: Meeting, kept: list[ReviewRow], *, writes: bool) -> list[Line]:
    tasks = sheet.tasks_given(request.user, kept, clock.today())
    if not writes:
        open_yet = sheet.approved(meeting) and not reviews.review_that_ends_replies(meeting, clock.now())
        return [
            Line(
                row,
                None,
                tasks.get(row.pk),
                open_yet and row.written and actions.may_reply(request.user, row),
            )
            for row in kept
        ]
    people, following = sheet.people_of(meeting, kept), reviews.next_review_day(meeting)
    return [
        Line(row, RowForm(row=row, people=people, following=following), tasks.get(row.pk)) for row in kept
    ]


def _remedies(request: Request, meeting: Meeting, refused: dict[int, tuple[str, str, str]]) -> dict[str, Any]:
    found = sheet.remedies(request.user, meeting, reviews.day_looked_at(meeting))
    ended = [one for one in found.lines if one.remedy.ended]
    hidden = 0 if request.GET.get("viec") == _ALL else max(0, len(ended) - _ENDED_SHOWN)
    return {
        "remedies": found,
        "remedy_lines": [
            (one, *refused.get(one.remedy.task.pk, (*_said(one), "")))
            for one in found.lines[: len(found.lines) - hidden]
        ],
        "hidden": hidden,
        "verdicts": VERDICTS,
        "judges": permissions.allowed(request.user, Action.VERDICT, meeting),
    }


def _said(one: sheet.RemedyLine) -> tuple[str, str]:
    verdict = one.remedy.verdict
    return (verdict.verdict, verdict.note) if verdict else ("", "")


@never_cache
@require_POST
def judge(request: Request, pk: int) -> HttpResponse:
    """Take what is concluded on one remedy, from the script or from its button."""
    context = live_frame(request, pk, "review")
    meeting: Meeting = context["meeting"]
    task = _task(request, meeting)
    said, note = str(request.POST.get("verdict", "")), str(request.POST.get("note", ""))
    try:
        actions.judge_remedies(
            by=request.user, at=clock.now(), meeting=meeting, verdicts=[(task, said, note)]
        )
    except RuleBroken as error:
        if wants_json(request):
            return JsonResponse({"message": error.message, "field": error.field}, status=_REFUSED)
        return _sheet(request, pk, {task.pk: (said, note, error.message)})
    if wants_json(request):
        return JsonResponse({"saved": saved_words()})
    messages.success(request, _("Đã ghi kết luận về việc “%(task)s”.") % {"task": task})
    return redirect("meetings:review", pk)


def _task(request: Request, meeting: Meeting) -> Task:
    key = str(request.POST.get("task", ""))
    ids = [int(key)] if key.isascii() and key.isdigit() and len(key) < 19 else []  # noqa: PLR2004 - a bigint
    found = reviews.remedy_tasks(meeting, ids)
    if not found:
        raise Missing
    return found[ids[0]]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def row(request: Request, pk: int) -> HttpResponse:
    """Show one row by itself, and take what is typed into it, here or on the sheet."""
    one = sheet.row_for(request.user, pk)
    context = live_frame(request, one.meeting_id, "review")
    if request.method == "POST":
        return _save(request, context, one)
    (line,) = _lines(request, one.meeting, [one], writes=context["writes"])
    return _row_page(request, context, line)


def _row_page(
    request: Request, context: dict[str, Any], line: Line, *, theirs: bool = False, status: int = 200
) -> HttpResponse:
    one = line.row
    context |= {"line": line, "form": line.form, "theirs": texts_of(one) if theirs else []}
    return render(request, "meetings/reviews/row.html", context, status=status)


def _save(request: Request, context: dict[str, Any], one: ReviewRow) -> HttpResponse:
    meeting: Meeting = context["meeting"]
    if not permissions.allowed(request.user, Action.REVIEW, meeting):
        raise Denied(_("Thư ký, người chủ trì hoặc Bí thư, Phó Bí thư ghi nhận xét."))
    people, following = sheet.people_of(meeting, [one]), reviews.next_review_day(meeting)
    form = RowForm(request.POST, row=one, people=people, following=following)
    if not form.is_valid():
        return _refused(request, context, one, form)
    try:
        saved = actions.save_row(by=request.user, at=clock.now(), row=one, **form.said())
    except RuleBroken as error:
        form.blame(error)
        return _refused(request, context, one, form, error.code)
    if wants_json(request):
        done, of = sheet.written_of(meeting)
        words = _("%(done)d/%(of)d") % {"done": done, "of": of}
        told = {"saved": saved_words(), "version": saved.version, "written": saved.written, "count": words}
        return JsonResponse(told)
    messages.success(request, _("%(saved)s: %(name)s.") % {"saved": saved_words(), "name": saved.name})
    return redirect(f"{reverse('meetings:review', args=[meeting.pk])}#d{one.pk}")


def _refused(
    request: Request, context: dict[str, Any], one: ReviewRow, form: RowForm, code: str = ""
) -> HttpResponse:
    """Answer what could not be saved: nothing that was typed is lost, both texts are shown."""
    conflict = code == "changed_meanwhile"
    status = _CONFLICT if conflict else _REFUSED
    if conflict:
        one = reviews.row_now(one.pk)
    if not wants_json(request):
        return _row_page(request, context, Line(one, form), theirs=conflict, status=status)
    errors = {name: str(found[0]) for name, found in form.errors.items()}
    told: dict[str, Any] = {"errors": errors, "message": next(iter(errors.values()), ""), "code": code}
    if conflict:
        told |= {"version": one.version, "texts": texts_of(one), "values": _values(one)}
    return JsonResponse(told, status=status)


def texts_of(one: ReviewRow) -> list[list[str]]:
    """Return what stands in a row, as the name of a field, its label and its text, in the order of the page."""
    labels = {"strengths": _("Ưu điểm"), "shortcomings": _("Hạn chế"), "remedy": _("Cách khắc phục")}
    return [[name, label, getattr(one, name)] for name, label in labels.items()]


def _values(one: ReviewRow) -> dict[str, str]:
    """Return what stands in a row as its boxes would hold it, so that the script can join what does not touch."""
    found = {name: text for name, _label, text in texts_of(one)}
    if one.remedy:
        due = vietnamese.day(one.remedy_due) if one.remedy_due else ""
        found |= {"remedy_owner": str(one.remedy_owner_id or ""), "remedy_due": due}
    return found
