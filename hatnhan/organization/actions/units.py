"""The tree: a unit begins, is renamed, changes kind, hangs under another, ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Unit


def create_unit(
    *,
    by: Actor,
    at: datetime,
    code: str,
    level: str,
    name: str,
    cell_kind: str,
    parent: Unit | None,
    on: date,
    decision_no: str,
    position: int = 0,
) -> Unit:
    """Found a unit."""
    raise NotImplementedError


def rename_unit(*, by: Actor, at: datetime, unit: Unit, name: str, on: date, decision_no: str) -> None:
    """Give a unit another name."""
    raise NotImplementedError


def change_cell_kind(
    *, by: Actor, at: datetime, unit: Unit, cell_kind: str, on: date, decision_no: str
) -> None:
    """Make a cell one of another kind."""
    raise NotImplementedError


def move_unit(*, by: Actor, at: datetime, unit: Unit, parent: Unit, on: date, decision_no: str) -> None:
    """Hang a unit under another parent."""
    raise NotImplementedError


def dissolve_unit(
    *, by: Actor, at: datetime, unit: Unit, successor: Unit | None, on: date, decision_no: str
) -> None:
    """End a unit; members move to the successor."""
    raise NotImplementedError
