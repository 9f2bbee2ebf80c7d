"""The pages of the rows behind figures: what all rooms read from the address, and draw with figures/rows.html."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from hatnhan.core import clock
from hatnhan.core.errors import Missing, RuleBroken
from hatnhan.core.periods import Period
from hatnhan.figures import periods, permissions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from django.core.paginator import Page
    from django_stubs_ext import StrOrPromise

    from hatnhan.core.http import Request

_PAGE = 50


class Window(Protocol):
    """A unit with all below it in a period, so far as it has gone, as the room counts it."""

    @property
    def end(self) -> date:
        """The first day that no longer counts."""
        ...

    @property
    def last(self) -> date:
        """The last day that counts."""
        ...


def require_reading(request: Request) -> None:
    """Raise Missing unless the person may read the figures of the unit looked at."""
    if not request.user.has_perm(permissions.READ, request.unit):
        raise Missing(_("Số liệu này không dành cho đồng chí."))


def rows_context(
    request: Request,
    window: Callable[[int, Period], Window],
    *,
    section: str,
    room: str,
    parts: Mapping[str, StrOrPromise] | None = None,
    whole_days: bool = True,
) -> dict[str, Any]:
    """Return what figures/rows.html draws around the rows: the room, the period (``ky``) and the part (``loc``).

    A period that is none gives way to the year that runs, a part that is none to all. ``window`` is what the room's
    figures look at, given a unit's id and a period. ``whole_days``: the list counts the days that have passed, so the
    head says up to which while the period runs; what is asked of the day itself needs no such words. Raises Missing
    unless the person may read the unit's figures.
    """
    require_reading(request)
    parts = parts or {}
    part = request.GET.get("loc", "")
    today = clock.today()
    try:
        period = periods.read_for_reports(request.GET.get("ky", ""), today)
    except RuleBroken:
        period = Period.parse(str(today.year))
    at = window(request.unit.pk, period)
    return {
        "section": section,
        "room": room,
        "period": period,
        "window": at,
        "through": at.last if whole_days and at.end < period.end else None,
        "part": part if part in parts else "",
        "parts": parts,
    }


def rows_page(request: Request, rows: Any) -> Page[Any]:  # noqa: ANN401 - a list or a queryset
    """Return the page of the rows that the address asks for (``trang``)."""
    return Paginator(rows, _PAGE).get_page(request.GET.get("trang"))
