"""Rows in force from a day to a day, and how to ask for those of one day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from datetime import date

M = TypeVar("M", bound=models.Model)


def in_force(day: date, prefix: str = "") -> Q:
    """Return the condition that a related dated row (named by ``prefix``, such as "memberships__") holds on a day."""
    return Q(**{f"{prefix}start__lte": day}) & (
        Q(**{f"{prefix}end__isnull": True}) | Q(**{f"{prefix}end__gt": day})
    )


class DatedQuerySet(models.QuerySet[M]):
    """Rows with ``start`` (first day in force) and ``end`` (first day no longer in force; null: open)."""

    def on(self, day: date) -> Self:
        """Keep the rows in force on a day."""
        return self.filter(in_force(day))

    def within(self, start: date, end: date) -> Self:
        """Keep the rows in force on at least one day from ``start`` up to but not including ``end``."""
        return self.filter(start__lt=end).filter(Q(end__isnull=True) | Q(end__gt=start))
