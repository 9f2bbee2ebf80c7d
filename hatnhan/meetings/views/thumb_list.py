"""Answering a list that one marks with the thumb: one tap at a time from the script, or the whole form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect

from hatnhan.core.errors import RuleBroken
from hatnhan.meetings.views.live import saved_words, wants_json

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpResponse, QueryDict

    from hatnhan.core.http import Request
    from hatnhan.meetings.selectors.thumb_list import Marked, Marks, Summary, Typed

_MARK = re.compile(r"mark-(\d{1,18})")
#: What the button for all who are left marks.
_PRESENT = "present"


@dataclass(frozen=True, slots=True)
class ThumbList:
    """One list on its page: how it is read, counted, written and drawn.

    ``people`` reads the lines that the person may mark, ``summary`` counts them. ``write`` writes what was changed, or
    raises RuleBroken with the field ``mark-<member id>``; ``page`` draws the page, with what could not be written and
    the error; ``back`` is the address to go to once the whole form is saved.
    """

    people: Callable[[], Sequence[Marked]]
    summary: Callable[[Sequence[Any]], Summary]
    write: Callable[[Marks], None]
    page: Callable[[Typed, str], HttpResponse]
    back: str

    def show(self, request: Request, *, with_marks: bool = True) -> HttpResponse:
        """Return the page; to the script that asks how the list stands by now, its count and marks."""
        if wants_json(request):
            return JsonResponse(self._told(with_marks=with_marks))
        return self.page({}, "")

    def take(self, request: Request) -> HttpResponse:
        """Write what was changed on the page."""
        marks = self._changed(request.POST)
        try:
            self.write(marks)
        except RuleBroken as error:
            return self._refused(request, marks, error)
        if wants_json(request):
            return JsonResponse(self._told(with_marks=False))
        messages.success(request, saved_words())
        return redirect(self.back)

    def _refused(self, request: Request, marks: Marks, error: RuleBroken) -> HttpResponse:
        if wants_json(request):
            return JsonResponse({"message": error.message, "field": error.field}, status=422)
        at_fault = error.field.removeprefix("mark-")
        typed = {
            key: (mark, reason, error.message if str(key) == at_fault else "")
            for key, (mark, reason) in marks.items()
        }
        return self.page(typed, error.message)

    def _changed(self, post: QueryDict) -> dict[int, tuple[str, str]]:
        """Return the marks that were changed on the page; what others marked meanwhile is left as it is."""
        changed: dict[int, tuple[str, str]] = {}
        for name in post:
            if (match := _MARK.fullmatch(name)) is None:
                continue
            mark, reason = str(post[name]), str(post.get(f"reason-{match[1]}", ""))
            if post.get(f"was-{match[1]}") != f"{mark}:{reason}":
                changed[int(match[1])] = (mark, reason)
        if "rest" in post:
            for one in self.people():
                if not one.mark:
                    changed.setdefault(one.member_id, (_PRESENT, ""))
        return changed

    def _told(self, *, with_marks: bool) -> dict[str, Any]:
        people = self.people()
        summary = self.summary(people)
        told: dict[str, Any] = {
            "saved": saved_words(),
            "head": summary.head,
            "rest": summary.rest,
            "note": summary.note,
            "reached": summary.reached,
        }
        if with_marks:
            told["marks"] = {str(one.member_id): [one.mark, one.reason] for one in people}
        return told
