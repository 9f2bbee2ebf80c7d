"""Who signs a decision on grades."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.organization.models import Body
from hatnhan.organization.selectors.bodies import seats

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.reviews.models import GradeDecision


def signer_of(decision: GradeDecision, on: date) -> str:
    """Return who heads the deciding body on a day; "" where nobody is known."""
    if decision.unit is None:
        return ""
    found = seats(decision.unit, decision.body or Body.COMMITTEE, on)
    return str(found[0].member) if found and found[0].title else ""
