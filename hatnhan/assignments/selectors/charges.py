"""Who is in charge of which cell and of which group of tasks on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.assignments.models import CellCharge

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.organization.models import Member, Unit


def in_charge_of(cell: Unit, on: date) -> list[Member]:
    """Return the committee members in charge of a cell on a day, longest in charge first."""
    charges = CellCharge.objects.on(on).filter(cell=cell).select_related("member").order_by("start", "pk")
    return [charge.member for charge in charges]
