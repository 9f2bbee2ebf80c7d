"""One task: what, who, by when, where it comes from, what happened, and what the person who reads may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from hatnhan.assignments import links, origins
from hatnhan.assignments.selectors import shown, tasks
from hatnhan.core import clock

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request


def task(request: Request, pk: int) -> HttpResponse:
    """Show a task as it stands today, whatever day is looked at: its story is all here."""
    found = tasks.task_for(request.user, pk)
    context = {
        "section": "assignments:home",
        "task": found,
        "standing": shown.standing_of(found, clock.today()),
        "owner": found.owner_name,
        "origin": origins.of([found.pk]).get(found.pk),
        "helpers": tasks.helpers_of(found),
        "story": tasks.story_of(found),
        "waits": links.waits_for(request.user, found),
        "elsewhere": origins.settled_elsewhere(found),
        "deeds": links.for_task(request.user, found),
        "sees_unit": tasks.may_see_unit(request.user, found.unit),
        "gone": tasks.owner_left(found, clock.today()),
    }
    return render(request, "assignments/task.html", context)
