"""Which grade an entry had on a day: the one definition for lists, totals, figures and titles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, DateField, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from hatnhan.reviews.models import Regrading

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet


def with_grade(rows: QuerySet[Any], on: date) -> QuerySet[Any]:
    """Add ``grade_then`` and ``decided_then`` to entries: grade and its day as they stood on a day (inclusive).

    "" and None where nothing was decided by then. A grade given anew later does not change what held before.
    """
    later = Regrading.objects.filter(entry=OuterRef("pk"), signed_on__gt=on).order_by("signed_on", "pk")
    day = Coalesce(
        Subquery(later.values("old_decided_on")[:1]), F("decided_on"), output_field=DateField(null=True)
    )
    grade = Coalesce(Subquery(later.values("old_grade")[:1]), F("grade"), output_field=CharField())
    found: QuerySet[Any] = rows.annotate(decided_then=day, grade_known=grade)
    graded: QuerySet[Any] = found.annotate(grade_then=_if_decided(on))
    return graded


def _if_decided(on: date) -> Case:
    return Case(
        When(Q(decided_then__lte=on), then=F("grade_known")), default=Value(""), output_field=CharField()
    )


def as_stood(rows: QuerySet[Any], on: date) -> QuerySet[Any]:
    """Keep the entries that were decided by a day, with ``grade_then`` and ``decided_then``."""
    return with_grade(rows, on).filter(decided_then__lte=on)
