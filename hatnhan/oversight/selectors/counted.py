"""What the room's figures count: one definition each, for the figures and for the lists behind them.

Nobody is named. Counts of topics, forms and results too few to tell go together under "Khác" (`trends.merged`); what is
of discipline and complaints is counted for committees, never for a single cell.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from hatnhan.meetings.selectors.counted import Window, window
from hatnhan.oversight.models import Case, Check, Complaint, Decision, Finding, Kind, Watch
from hatnhan.oversight.selectors import completion, findings

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from hatnhan.core.periods import Period
    from hatnhan.oversight.models import ProgrammeItem, Remedy
    from hatnhan.oversight.selectors.completion import Counts
    from hatnhan.oversight.selectors.findings import OnTime

__all__ = ["Window", "window"]

#: Parts of the lists behind shares, as addresses name them.
DONE, NOT_DONE = "dat", "chua-dat"
ITEM_PARTS = {DONE: _("Đúng chương trình"), NOT_DONE: _("Chưa đạt")}
REMEDY_PARTS = {DONE: _("Đúng hạn"), NOT_DONE: _("Không đúng hạn")}
#: The kinds of checks whose rows can be opened: of the others only how many there were is told.
LISTED = {kind.value: kind.label for kind in (Kind.COMPLIANCE, Kind.THEMATIC)}


def _end(at: Window) -> date:
    """Return the first day that no longer counts: today counts for what happened."""
    return at.on + timedelta(days=1)


def _happened(at: Window, field: str) -> Q:
    return Q(**{f"{field}__gte": at.first, f"{field}__lt": _end(at)})


# --- the programme ---------------------------------------------------------------------------------------------------
def programme(at: Window, period: Period) -> Counts:
    """Return how much of the programmes of a unit and all below it was done on their terms. One query."""
    return completion.completion(at.units, period, at.on)


def items(at: Window, period: Period, part: str) -> QuerySet[ProgrammeItem]:
    """Return the works that `programme` counts as planned, all or one of `ITEM_PARTS`, latest day first."""
    rows = completion.items_behind(at.units, period, at.on)
    if part in ITEM_PARTS:
        rows = rows.filter(Q(done=part == DONE))
    return rows.prefetch_related("subjects__unit").order_by("-ends_on", "pk")


# --- checks ----------------------------------------------------------------------------------------------------------
def checks(at: Window) -> QuerySet[Check, Any]:
    """Return the checks that were concluded in the period, today included."""
    return Check.objects.filter(_happened(at, "concluded_on"), unit__in=at.units)


def by_kind(at: Window) -> dict[str, int]:
    """Return how many checks of each kind were concluded, and how much regular supervision was. Two queries."""
    rows = checks(at).order_by().values_list("kind").annotate(n=Count("pk"))
    watched = Watch.objects.filter(_happened(at, "concluded_on"), unit__in=at.units).count()
    return dict.fromkeys(Kind.values, 0) | dict(rows) | {Kind.REGULAR.value: watched}


def checks_part(at: Window, part: str) -> QuerySet[Check, Any]:
    """Return the checks of the kinds that can be listed, all or of one kind, latest day first."""
    kinds = [part] if part in LISTED else list(LISTED)
    return checks(at).filter(kind__in=kinds).select_related("unit").order_by("-concluded_on", "-pk")


# --- findings and remedies -------------------------------------------------------------------------------------------
def shortcomings(at: Window) -> dict[str, int]:
    """Return how many shortcomings were concluded, by topic. One query."""
    counts = findings.by_topic(at.units, at.first, _end(at))
    return {topic: count for (topic, kind), count in counts.items() if kind == Finding.Kind.SHORTCOMING}


def remedied(at: Window) -> OnTime:
    """Return how many remedies whose day has passed were put right on time and verified. One query."""
    return findings.remedies_on_time(at.units, at.first, at.end, at.on)


def remedies(at: Window, part: str) -> QuerySet[Remedy]:
    """Return the remedies that `remedied` counts, all or one of `REMEDY_PARTS`, latest day first."""
    rows = findings.judged(at.units, at.first, at.end, at.on)
    on_time = findings.put_right_on_time(at.on)
    if part == DONE:
        rows = rows.filter(on_time)
    elif part == NOT_DONE:
        rows = rows.exclude(pk__in=rows.filter(on_time).values("pk"))
    related = ("finding__of_check__unit", "finding__subject__unit")
    return rows.select_related(*related).order_by("-due", "pk")


# --- discipline ------------------------------------------------------------------------------------------------------
def cases(at: Window) -> int:
    """Return how many discipline cases were opened. One query."""
    return Case.objects.filter(_happened(at, "opened_on"), unit__in=at.units).count()


def by_form(at: Window) -> dict[str, int]:
    """Return how many decisions were signed by form, those annulled or changed by then left out. One query."""
    undone = Q(state__in=(Decision.State.ANNULLED, Decision.State.CHANGED), state_since__lt=_end(at))
    rows = Decision.objects.filter(_happened(at, "signed_on"), unit__in=at.units).exclude(undone)
    return dict(rows.order_by().values_list("form").annotate(n=Count("pk")))


def complaints(at: Window) -> int:
    """Return how many complaints were received. One query."""
    return Complaint.objects.filter(_happened(at, "received_on"), unit__in=at.units).count()


def by_result(at: Window) -> dict[str, int]:
    """Return how many complaints were settled, by result. One query."""
    rows = Complaint.objects.filter(
        _happened(at, "settled_on"), unit__in=at.units, state=Complaint.State.SETTLED
    )
    return dict(rows.order_by().values_list("result").annotate(n=Count("pk")))
