"""Undoing what was entered for others by mistake: readings, and tries on paper at the quiz. The record keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.audit.actions import record
from hatnhan.core.vietnamese import day as written
from hatnhan.guidance import permissions
from hatnhan.guidance.permissions import Action
from hatnhan.guidance.selectors.entered import attempts_entered, readings_entered
from hatnhan.organization.actions.checks import day_of, deed, moved_on

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.guidance.models import Document
    from hatnhan.organization.models import Unit


@deed
def take_back_readings(
    *, by: Actor, at: datetime, document: Document, cell: Unit, readings: Collection[int]
) -> int:
    """Undo readings that were entered for members of a cell, by their ids; return how many.

    What a member acknowledged stays. Raises Denied, and RuleBroken ``already_done`` when one is none of these by now.
    """
    permissions.require_lead(by, cell.pk)
    rows = readings_entered(document, cell, day_of(at)).filter(pk__in=readings)
    said = {one.pk: f"{one.member}: {written(one.read_on)} ({one.version})" for one in rows}
    _require_all(said, readings)
    details = {"document": str(document), "taken_back": "; ".join(said.values())}
    record(by=by, action=Action.READ, at=at, target=document, unit_id=cell.pk, details=details)
    rows.delete()
    return len(said)


@deed
def take_back_attempts(
    *, by: Actor, at: datetime, document: Document, cell: Unit, attempts: Collection[int]
) -> int:
    """Undo tries on paper that were entered for members of a cell, by their ids; return how many.

    By the secretary or deputy of the cell alone; the record does not say how many were right. Raises Denied, and
    RuleBroken ``already_done`` when one is none of these by now.
    """
    permissions.require_results(by, cell.pk)
    rows = attempts_entered(document, cell, day_of(at)).filter(pk__in=attempts)
    said = {one.pk: f"{one.member}: {written(day_of(one.at))}" for one in rows}
    _require_all(said, attempts)
    details = {"taken_back": "; ".join(said.values())}
    record(by=by, action=Action.ATTEMPT, at=at, target=document, unit_id=cell.pk, details=details)
    rows.delete()
    return len(said)


def _require_all(found: Collection[int], wanted: Iterable[int]) -> None:
    if not found or set(wanted) - set(found):
        raise moved_on()
