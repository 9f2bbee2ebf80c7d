"""The board of figures, and one figure opened to its rows and its rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import JsonResponse
from django.shortcuts import render

from hatnhan.core import clock
from hatnhan.core.errors import RuleBroken
from hatnhan.core.periods import Period
from hatnhan.figures import periods, registry, selectors
from hatnhan.figures.rows import require_reading

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request

SECTION = "figures:board"


def board(request: Request) -> HttpResponse:
    """Show all figures of the unit and the period; ``dang=json`` gives them to programs.

    Asks more than twelve queries: every family is counted twice, for the period and for the one before it.
    """
    require_reading(request)
    context = _period(request)
    period: Period = context["period"]
    if request.GET.get("dang") == "json":
        figures = [figure.as_dict() for figure in registry.compute(request.unit, period)]
        return JsonResponse(figures, safe=False)
    context["board"] = selectors.board(request.unit, period)
    return render(request, "figures/board.html", context)


def figure(request: Request, key: str) -> HttpResponse:
    """Show how one figure came about; ``dang=json`` gives it to programs.

    Asks more than twelve queries: the figure's family is counted once for each of the last five periods.
    """
    require_reading(request)
    context = _period(request)
    if request.GET.get("dang") == "json":
        return JsonResponse(registry.figure(key, request.unit, context["period"]).as_dict())
    context["opened"] = selectors.opened(key, request.unit, context["period"])
    return render(request, "figures/figure.html", context)


def _period(request: Request) -> dict[str, Any]:
    """Read the period from the address; a text that is none keeps standing in its field, beside the reason."""
    today = clock.today()
    typed = request.GET.get("ky", "").strip()
    period, fault = _default(request), ""
    if typed:
        try:
            period = periods.read_for_reports(typed, today)
        except RuleBroken as error:
            fault = error.message
    following = periods.after(period)
    return {
        "section": SECTION,
        "period": period,
        "period_text": typed if fault else period.label,
        "period_fault": fault,
        "earlier": periods.before(period) if period.start > periods.EARLIEST else None,
        "later": following if following.start <= today else None,
        "before_word": periods.before_in_words(period),
    }


def _default(request: Request) -> Period:
    """Return the year that runs; on a page that speaks of a past day, that day."""
    day = request.as_of
    return Period.parse(str(day.year) if day == clock.today() else day.isoformat())
