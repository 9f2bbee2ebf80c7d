"""The record, for those who answer for what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from hatnhan.audit import presenting, selectors
from hatnhan.audit.forms import FilterForm
from hatnhan.core.errors import Missing

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request

#: Digits of the longest row number worth asking for.
_LONGEST = 18


def entries(request: Request) -> HttpResponse:
    """Show what was done, latest first, as far as the person may know of it."""
    if not selectors.may_read(request.user):
        raise Missing
    form = FilterForm(request.GET, prefix_of_deeds="accounts:" if request.user.is_administrator else "")
    typed = form.cleaned_data if form.is_valid() else {}
    wanted = selectors.Filter(
        person=typed.get("nguoi", "").strip(),
        action=typed.get("viec", ""),
        since=typed.get("tu"),
        until=typed.get("den"),
        before=_number(request.GET.get("truoc", "")),
    )
    leaf = selectors.leaf(request.user, wanted) if form.is_valid() else selectors.Leaf([], None)
    context = {
        "section": "audit:entries",
        "form": form,
        "rows": presenting.rows(leaf.entries),
        "next_before": leaf.next_before,
        "first": wanted.before is None,
        "filtered": bool(wanted.person or wanted.action or wanted.since or wanted.until),
    }
    return render(request, "audit/entries.html", context, status=422 if form.errors else 200)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST else None
