"""Cells are cut up and put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Unit
    from collections.abc import Iterable


def split_cell(
    *,
    by: Actor,
    at: datetime,
    unit: Unit,
    code: str,
    name: str,
    cell_kind: str,
    member_ids: Iterable[int],
    on: date,
    decision_no: str,
) -> Unit:
    """Found a new cell from some members of a cell."""
    raise NotImplementedError


def merge_cells(*, by: Actor, at: datetime, unit: Unit, into: Unit, on: date, decision_no: str) -> None:
    """Put a cell into another; the first one ends."""
    raise NotImplementedError
