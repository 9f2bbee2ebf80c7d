"""Where a complaint goes: a body above the one that decided, never that one itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core.errors import RuleBroken
from hatnhan.organization.models import Body, Unit, UnitAncestry, UnitVersion
from hatnhan.organization.selectors.bodies import body_words
from hatnhan.oversight.models import Complaint
from hatnhan.oversight.rules import complaints as rules

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.oversight.models import Decision

OPEN = (Complaint.State.RECEIVED, Complaint.State.ACCEPTED)
#: Bodies that settle complaints, the higher later: a body settles what a lower one of the same unit decided.
_ORDER = (Body.INSPECTION, Body.STANDING, Body.COMMITTEE)


def may_settle(decision: Decision, unit: Unit, body: str, on: date) -> bool:
    """Tell whether a body of a unit may settle complaints of a decision: above it, never the one that decided."""
    if unit.is_cell or body not in _ORDER:
        return False
    if unit.pk == decision.unit_id:
        return _rank(body) > _rank(decision.body)
    return unit.pk in decision.unit.lineage(on)


def _rank(body: str) -> int:
    return _ORDER.index(Body(body)) if body in _ORDER else -1


def usual_place(decision: Decision, on: date) -> tuple[Unit, str]:
    """Return the unit and body to which complaints of a decision go first: the nearest one above it.

    Raises RuleBroken ``nobody_above`` where there is none.
    """
    for body in _ORDER:
        if not decision.unit.is_cell and _rank(body) > _rank(decision.body):
            return decision.unit, body
    version = UnitVersion.objects.on(on).filter(unit=decision.unit).select_related("parent").first()
    if version is None or version.parent is None:
        raise RuleBroken("nobody_above", _("Không có cấp trên nào trong sổ để giải quyết. Xem lại tổ chức."))
    return version.parent, Body.INSPECTION


def usual_words(decision: Decision, on: date) -> str:
    """Return to whom complaints of a decision go first, in words; "" where nobody stands above in the roster."""
    try:
        return body_words(*usual_place(decision, on))
    except RuleBroken:
        return ""


def places_open(decision: Decision, on: date) -> dict[str, tuple[Unit, str]]:
    """Return the bodies that may settle complaints of a decision, by key ("12:inspection"), the nearest first."""
    line = UnitAncestry.objects.on(on).filter(unit=decision.unit).select_related("ancestor").order_by("depth")
    return {
        place_key(one.ancestor_id, body): (one.ancestor, body)
        for one in line
        for body in _ORDER
        if may_settle(decision, one.ancestor, body, on)
    }


def place_key(unit_id: int, body: str) -> str:
    """Return how a form names a body of a unit."""
    return f"{unit_id}:{body}"


def is_late(complaint: Complaint) -> bool:
    """Tell whether a complaint came after the last day that its decision states."""
    return rules.is_late(complaint.received_on, complaint.decision.complain_by)
