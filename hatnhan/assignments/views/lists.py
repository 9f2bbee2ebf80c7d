"""Lists of tasks: one's own, and those of a unit; filtered by the address, paged, taken away as a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import FileResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hatnhan.assignments import filters, permissions, workbook
from hatnhan.assignments.actions import exports
from hatnhan.assignments.selectors import charges, shown, tasks
from hatnhan.core import clock, vietnamese
from hatnhan.core.errors import Missing
from hatnhan.core.filters import filter_context
from hatnhan.documents.xlsx import MIME

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.assignments.filters import Filters
    from hatnhan.assignments.models.task import TaskQuerySet
    from hatnhan.core.http import Request
    from hatnhan.organization.models import Unit

SECTION = "assignments:home"
PER_PAGE = 50
#: So many tasks that wait to be verified stand on the first page; the rest a click away.
_WAITING_SHOWN = 5


def home(request: Request) -> HttpResponse:
    """Show what is the person's to do, what waits for them to verify, and what they are in charge of."""
    _unit(request)  # who belongs nowhere has no tasks
    mine = tasks.of_person(request.user)
    chosen = filters.read(request.GET)
    context = _listing(request, mine, chosen) | {
        "tab": "home",
        "export": "assignments:home-export",
        "waiting": _to_verify(request),
        "charged": charges.of_person(request.user, request.as_of),
    }
    return render(request, "assignments/home.html", context)


def unit(request: Request) -> HttpResponse:
    """Show the tasks of the unit that is looked at; ``duoi=1`` takes in what stands below it.

    Up to fourteen queries: six say who asks of what, two which units a committee leads, three fill the choices of the
    filter, three count and list.
    """
    found = _unit(request)
    chosen = filters.read(request.GET)
    whole = tasks.of_unit(request.user, found, request.as_of, below=bool(chosen.duoi))
    context = _listing(request, whole, chosen, unit=found) | {
        "tab": "unit",
        "export": "assignments:unit-export",
        "unit": found,
        "may_give": permissions.leads(request.user, found.pk),
    }
    return render(request, "assignments/unit.html", context)


def home_export(request: Request) -> FileResponse:
    """Give the person's list as filtered, all pages of it, as a workbook."""
    _unit(request)
    return _export(request, tasks.of_person(request.user), None)


def unit_export(request: Request) -> FileResponse:
    """Give the unit's list as filtered, all pages of it, as a workbook."""
    found = _unit(request)
    below = filters.read(request.GET).duoi
    return _export(request, tasks.of_unit(request.user, found, request.as_of, below=bool(below)), found)


def _unit(request: Request) -> Unit:
    if request.unit is None:
        raise Missing
    found: Unit = request.unit
    return found


def _listing(
    request: Request, whole: TaskQuerySet, chosen: Filters, *, unit: Unit | None = None
) -> dict[str, Any]:
    """Return the list as filtered, and what stands around it."""
    on = request.as_of
    page = Paginator(tasks.narrowed(whole, chosen, on), PER_PAGE).get_page(request.GET.get("trang"))
    owners = tasks.owners(whole.existing(on)) if unit else []
    groups = tasks.groups(unit) if unit else []
    words = filters.chips(
        chosen, owner=dict(owners).get(chosen.nguoi, ""), group=dict(groups).get(chosen.nhom, "")
    )

    return {
        "section": SECTION,
        "filters": chosen,
        "counts": tasks.counts(whole, on),
        "bare": not chosen.narrow and not page.paginator.count and not whole.existing(on).exists(),
        "page": page,
        "task_lines": shown.lines(page, on),
        "states": filters.STATES.items(),
        "owners": owners,
        "groups": groups,
        **filter_context(request.GET, chosen, words, filters.Filters(duoi=chosen.duoi)),
        "sees_unit": tasks.may_see_unit(request.user, request.unit),
    }


def _to_verify(request: Request) -> dict[str, Any] | None:
    """Return the first of what waits for the person to verify in the unit looked at, and how many there are."""
    if request.unit is None or not permissions.leads(request.user, request.unit.pk):
        return None
    waiting = tasks.to_verify(request.user, request.unit, request.as_of)
    first = list(waiting[: _WAITING_SHOWN + 1])
    if not first:
        return None
    count = len(first) if len(first) <= _WAITING_SHOWN else waiting.count()
    return {"lines": shown.lines(first[:_WAITING_SHOWN], request.as_of), "count": count}


def _export(request: Request, whole: TaskQuerySet, unit: Unit | None) -> FileResponse:
    on = request.as_of
    found = list(tasks.narrowed(whole, filters.read(request.GET), on).select_related("unit", "group"))
    exports.record_export(by=request.user, at=clock.now(), unit=unit, count=len(found))
    title = _("Nhiệm vụ, tính đến ngày %(day)s") % {"day": vietnamese.day(on)}
    content = workbook.tasks(found, on, title=title)
    name = f"nhiem-vu-{on:%Y-%m-%d}.xlsx"
    return FileResponse(content, as_attachment=True, filename=name, content_type=MIME)
