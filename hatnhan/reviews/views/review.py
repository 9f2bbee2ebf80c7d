"""The self-review: read as its form has it, written part by part, saved as one types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hatnhan.core import clock
from hatnhan.core.errors import Missing, RuleBroken
from hatnhan.reviews import permissions
from hatnhan.reviews.actions import handing_in, writing
from hatnhan.reviews.actions.reading import record_review_read
from hatnhan.reviews.selectors import forms_of, texts
from hatnhan.reviews.selectors.entries import name_of
from hatnhan.reviews.selectors.law import law_of
from hatnhan.reviews.views.review_page import labels, lines_of, page_of, points_read, typed_in

if TYPE_CHECKING:
    from hatnhan.core.http import Request
    from hatnhan.reviews.models import Entry, SelfReview

SECTION = "reviews:home"
_CONFLICT, _REFUSED = 409, 422


@require_safe
def show(request: Request, pk: int) -> HttpResponse:
    """Show a self-review as its form has it; another's reading is recorded.

    Up to 14 queries: session and powers, the entry, the review and its five parts, the reading and its record.
    """
    entry = forms_of.entry_to_read(request.user, pk)
    review = forms_of.review_of(entry)
    own = permissions.is_own(request.user, entry)
    if review is not None:
        record_review_read(by=request.user, at=clock.now(), entry=entry)
    context = frame(entry, review, own=own)
    if review is not None:
        text = texts.text_of(review)
        context |= {
            "text": text,
            "lines": lines_of(text),
            **points_read(text),
            "returns": entry.state == "submitted" and handing_in.may_return(request.user, review),
            "confirms": own and bool(review.typed_by) and review.confirmed_at is None,
        }
    context["writes"] = entry.state == "due" and _may_write(request, entry, review, own=own)
    return render(request, "reviews/review/read.html", context)


def frame(entry: Entry, review: SelfReview | None, *, own: bool) -> dict[str, Any]:
    """Return what every page of a self-review shows."""
    law = law_of(entry.cycle)
    return {
        "section": SECTION,
        "cycle": entry.cycle,
        "entry": entry,
        "review": review,
        "name": name_of(entry),
        "own": own,
        "law": law,
        "form_of_law": law.forms.value.of(entry.subject),
        "scored": texts.is_scored(entry),
        "graded": texts.is_graded(entry),
        "today": clock.today(),
        "grade_name": law.grade_name(entry.self_grade, organisation=entry.of == "organisation"),
    }


def _may_write(request: Request, entry: Entry, review: SelfReview | None, *, own: bool) -> bool:
    if entry.cycle.state != "open" or entry.standing == "left_out":
        return False
    if own:
        return True
    typed = review is None or bool(review.typed_by)
    return typed and permissions.may_type_for(request.user, entry)


@never_cache
@require_safe
def write(request: Request, pk: int) -> HttpResponse:
    """Show one part to write in, with what the other rooms know of it beside.

    Up to 25 queries, whatever was written: session and powers, the entry, the review and its five parts, the law's last
    day, and three for each kind of evidence laid beside the part's fields (two at most).
    """
    entry = forms_of.entry_to_write(request.user, pk)
    review = forms_of.review_of(entry)
    own = permissions.is_own(request.user, entry)
    if not _may_write(request, entry, review, own=own) or entry.state != "due":
        return redirect("reviews:review", pk)
    if review is None and not own:
        return redirect("reviews:review-type", pk)
    context = frame(entry, review, own=own) | {"due": forms_of.due_of(entry.cycle)}
    if review is None:
        context["parts"] = forms_of.parts_of(entry)
        return render(request, "reviews/review/start.html", context)
    record_review_read(by=request.user, at=clock.now(), entry=entry)
    part = forms_of.part_named(forms_of.parts_of(entry), str(request.GET.get("phan", "")))
    context |= page_of(request.user, review, part)
    return render(request, "reviews/review/write.html", context)


@require_POST
def start(request: Request, pk: int) -> HttpResponse:
    """Begin one's own self-review."""
    entry = forms_of.entry_to_write(request.user, pk)
    if not permissions.is_own(request.user, entry):
        raise Missing
    try:
        writing.start_review(by=request.user, at=clock.now(), entry=entry)
    except RuleBroken as error:
        if error.code not in {"begun", "conflict"}:
            messages.error(request, error.message)
            return redirect("reviews:mine")
    return redirect("reviews:review-write", pk)


@never_cache
@require_POST
def save(request: Request, pk: int) -> HttpResponse:
    """Take what was typed into a part, from the script as one types or from its button."""
    entry = forms_of.entry_to_write(request.user, pk)
    review = forms_of.review_of(entry)
    if review is None:
        raise Missing
    parts = forms_of.parts_of(entry)
    part = forms_of.part_named(parts, str(request.POST.get("phan", "")))
    try:
        typed_in(request, review, part)
    except RuleBroken as error:
        return _refused(request, review, part, error)
    if _wants_json(request):
        return JsonResponse(_told(review, part))
    place = parts.index(part) + {"next": 1, "back": -1}.get(str(request.POST.get("go", "")), 0)
    messages.success(request, _saved_words())
    if place >= len(parts):
        return redirect("reviews:review-submit", pk)
    return redirect(f"{reverse('reviews:review-write', args=[pk])}?phan={parts[max(0, place)].slug}")


def _told(review: SelfReview, part: forms_of.Part) -> dict[str, Any]:
    """Return what the page is told once a part was saved: the new marks, and what is still missing in it."""
    review.entry.refresh_from_db(fields=["self_grade"])
    text = texts.text_of(review)
    lacks = texts.lacks(text)
    here = forms_of.lacks_in(part, lacks)
    told: dict[str, Any] = {
        "saved": _saved_words(),
        "seen": forms_of.marks_of(part, text),
        "lacks": forms_of.lack_words(here),
        "count": len(here),
        "left": len(lacks),
    }
    if part.slug == texts.POINTS and texts.is_scored(review.entry):
        told["sums"] = labels.sums(forms_of.points_table(review.entry, text.points))
    return told


def _refused(request: Request, review: SelfReview, part: forms_of.Part, error: RuleBroken) -> HttpResponse:
    """Answer what could not be saved: nothing that was typed is lost, both texts are shown."""
    conflict = error.code == "changed_meanwhile"
    status = _CONFLICT if conflict else _REFUSED
    if _wants_json(request):
        told: dict[str, Any] = {"message": error.message, "field": error.field, "code": error.code}
        if conflict:
            told["message"] = _("Phần này vừa được lưu ở nơi khác.")
            text = texts.text_of(review)
            stands = list(forms_of.told(part, text))
            told |= {
                "seen": forms_of.marks_of(part, text),
                "texts": [[label, words] for _name, label, words in stands],
                "values": {name: words for name, _label, words in stands if name},
            }
        return JsonResponse(told, status=status)
    entry = review.entry
    context = frame(entry, review, own=permissions.is_own(request.user, entry))
    context |= {"due": forms_of.due_of(entry.cycle), "error": error}
    context |= page_of(request.user, review, part, request.POST)
    if conflict:
        context["theirs"] = [(label, words) for _name, label, words in forms_of.told(part, context["text"])]
    return render(request, "reviews/review/write.html", context, status=status)


def _saved_words() -> str:
    now = clock.now().astimezone(clock.HERE)
    return _("Đã lưu %(time)s") % {"time": f"{now.hour}:{now.minute:02d}"}


def _wants_json(request: Request) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")
