"""Pages of study: one's own, sessions with their lists for the thumb, who has studied a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hatnhan.core import clock
from hatnhan.core.errors import Denied, Missing
from hatnhan.guidance import permissions
from hatnhan.guidance.actions.sessions import mark_attendance
from hatnhan.guidance.selectors import entered, register, study_days, study_pages
from hatnhan.meetings.views.thumb_list import ThumbList
from hatnhan.organization.powers import powers_of

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django_stubs_ext import StrOrPromise

    from hatnhan.core.http import Request
    from hatnhan.guidance.models import Session
    from hatnhan.meetings.selectors.thumb_list import Typed

SECTION = "guidance:home"
_PAGE = 50
_STATES: dict[str, tuple[str, StrOrPromise]] = {
    "se-hoc": ("planned", gettext_lazy("Sẽ học")),
    "da-hoc": ("held", gettext_lazy("Đã học")),
    "khong-hoc": ("cancelled", gettext_lazy("Không học")),
}


@require_safe
def studies(request: Request) -> HttpResponse:
    """Show what the person has to study and has, and, to heads and readers, the sessions below the unit looked at.

    Asks more than twelve queries: nine for one's own, three for the sessions, and the frame's. They do not grow.
    """
    unit = request.unit
    if unit is None:
        raise Missing
    heads = powers_of(request.user).may_read_roster(unit.pk)
    chosen = request.GET.get("trang_thai", "")
    context: dict[str, Any] = {
        "section": SECTION,
        "unit": unit,
        "mine": study_pages.mine(request.user, request.as_of),
        "heads": heads,
        "may_plan": permissions.leads(request.user, unit.pk),
        "states": [(key, words) for key, (_state, words) in _STATES.items()],
        "state": chosen if chosen in _STATES else "",
    }
    if heads:
        state = _STATES[chosen][0] if chosen in _STATES else ""
        rows = study_pages.sessions_below(request.user, unit, request.as_of, state)
        context["page"] = Paginator(rows, 20).get_page(request.GET.get("trang"))
    return render(request, "guidance/study/studies.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def session(request: Request, pk: int) -> HttpResponse:
    """Show a session and its list, and take the marks made in it: one at a time from the script, or the whole form."""
    found = study_pages.session_for(request.user, pk)
    shown = _list(request, found)
    return shown.take(request) if request.method == "POST" else shown.show(request)


def _list(request: Request, found: Session) -> ThumbList:
    return ThumbList(
        people=lambda: study_pages.places_of(request.user, found, clock.today()),
        summary=study_pages.summary,
        write=lambda marks: mark_attendance(by=request.user, at=clock.now(), session=found, marks=marks),
        page=lambda typed, error: _session_page(request, found, typed, error),
        back=reverse("guidance:session", args=[found.pk]),
    )


def _session_page(request: Request, found: Session, typed: Typed, error: str) -> HttpResponse:
    places = study_pages.places_of(request.user, found, clock.today())
    leads = permissions.leads(request.user, found.unit_id)
    begun = found.starts_at.astimezone(clock.HERE).date() <= clock.today()
    marks = bool(places) and begun and found.state != "cancelled"
    context = {
        "section": SECTION,
        "session": found,
        "leads": leads,
        "begun": begun,
        "marks": marks,
        "summary": study_pages.summary(places),
        "rows": study_pages.rows_of(found, places, typed),
        "own": study_pages.own_place(request.user, found),
        "error": error,
    }
    return render(request, "guidance/study/session.html", context, status=422 if error else 200)


@require_safe
def study_of(request: Request, pk: int) -> HttpResponse:
    """Show who has studied a document by cell, and the list of those who have not, for those who act on it.

    Asks up to fifteen queries, five of them the frame's. They grow neither with the cells nor with the people.
    """
    document = register.document_for(request.user, pk)
    powers = powers_of(request.user)
    if not powers.units_led:
        raise Denied(_("Trang này dành cho Bí thư, Phó Bí thư và cấp ủy. Việc học của mình ở mục Học tập."))
    unit = request.unit
    if unit is None:
        raise Missing
    acts = bool(study_pages.acts_for(request.user))
    lines = study_pages.by_cell(request.user, document, unit, request.as_of)
    wanted = request.GET.get("chi_bo", "")
    where = study_pages.cell_for(request.user, wanted) if wanted and acts else unit
    cells = [where.pk] if where.is_cell else [one.cell.pk for one in lines]
    rows = study_pages.behind(request.user, document, where, request.as_of)
    page = Paginator(rows, _PAGE).get_page(request.GET.get("trang"))
    context = {
        "section": SECTION,
        "document": document,
        "unit": unit,
        "where": where,
        "lines": lines,
        "studied": sum(one.studied for one in lines),
        "due": sum(one.due for one in lines),
        "acts": acts,
        "may_enter": where.is_cell and permissions.leads(request.user, where.pk),
        "entered": where.is_cell and entered.readings_entered(document, where, request.as_of).exists(),
        "may_plan": permissions.leads(request.user, unit.pk),
        "results": where.is_cell and permissions.sees_results(request.user, where.pk),
        "page": page,
        "people": study_pages.with_cells(list(page.object_list), request.as_of),
        "excused": study_pages.excused(request.user, document, where, request.as_of),
        "last_day": study_days.last_days([document.pk], cells, request.as_of).get(document.pk),
        "keeps_bank": permissions.keeps(request.user, document.unit_id),
    }
    return render(request, "guidance/study/study_of.html", context)


def study_page(pk: int, code: str = "") -> str:
    """Return the address of the page on who has studied a document, of a cell."""
    return reverse("guidance:study-of", args=[pk]) + (f"?chi_bo={code}" if code else "")
