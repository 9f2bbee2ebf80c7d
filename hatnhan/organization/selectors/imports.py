"""Reading the imports on their way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count

from hatnhan.core.errors import Missing
from hatnhan.organization.models import RosterImport, RosterImportRow

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from hatnhan.accounts.models import User


def job_for(user: User, pk: int) -> RosterImport:
    """Return one of the person's own imports. Raises Missing for any other."""
    job = RosterImport.objects.visible_to(user).select_related("unit", "by").filter(pk=pk).first()
    if job is None:
        raise Missing
    return job


def open_jobs(user: User) -> QuerySet[RosterImport]:
    """Return the imports that the person began and has not finished."""
    return (
        RosterImport.objects.visible_to(user)
        .filter(state__in=RosterImport.OPEN_STATES)
        .select_related("unit")
    )


def rows_of(job: RosterImport, status: str) -> QuerySet[RosterImportRow]:
    """Return the rows of one tab of the preview."""
    return job.rows.filter(status=status)


def cells_to_offer(job: RosterImport) -> list[dict[str, Any]]:
    """Return the cell names that do not exist, each with the nearest that does and how many rows it would mend."""
    rows = job.rows.filter(status="problem", details__has_key="near")
    found = rows.values("details__near__text", "details__near__unit", "details__near__name").annotate(
        rows=Count("pk")
    )
    return [
        {
            "text": one["details__near__text"],
            "unit": one["details__near__unit"],
            "name": one["details__near__name"],
            "rows": one["rows"],
        }
        for one in found.order_by("-rows")[:20]
    ]
