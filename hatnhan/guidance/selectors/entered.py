"""What was entered for members of a cell by another: only this can be taken back by who leads the cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.guidance.models import Attempt, Reading
from hatnhan.organization.models import Member

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from hatnhan.guidance.models import Document
    from hatnhan.organization.models import Unit


def readings_entered(document: Document, cell: Unit, on: date) -> QuerySet[Reading]:
    """Return the readings of a document entered for those who are members of a cell on a day, in order of names."""
    rows = Reading.objects.filter(document=document, member__in=Member.objects.of(cell.pk, on).values("pk"))
    return rows.exclude(entered_by="").select_related("member").order_by("member__sort_key", "pk")


def attempts_entered(document: Document, cell: Unit, on: date) -> QuerySet[Attempt]:
    """Return the tries at a document's quiz entered for those who are members of a cell on a day, in order of names."""
    rows = Attempt.objects.filter(document=document, member__in=Member.objects.of(cell.pk, on).values("pk"))
    return rows.exclude(entered_by="").select_related("member").order_by("member__sort_key", "pk")
