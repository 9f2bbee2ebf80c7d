"""What the rooms above hear of, in the same transaction: posts and units that end, cells that take another shape.

Every path that ends a `Position` or a `Unit`, founds a cell, moves it or makes it one of another kind tells; the rooms
above know what that means for them, this room does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Unit

    Seats = Collection[tuple[int, int]]
    Shaped = Callable[[Sequence[Unit], Actor, datetime], None]

_posts: list[Callable[[Seats, date], None]] = []
_units: list[Callable[[Unit, Unit | None, date], None]] = []
_shaped: list[Shaped] = []


def on_posts_ended(listener: Callable[[Seats, date], None]) -> None:
    """Call a function with (member id, unit id) of posts that ended, and the first day no longer held."""
    if listener not in _posts:
        _posts.append(listener)


def on_unit_ended(listener: Callable[[Unit, Unit | None, date], None]) -> None:
    """Call a function with a unit that ended, its successor (None: nobody), and the first day without it."""
    if listener not in _units:
        _units.append(listener)


def on_cells_shaped(listener: Shaped) -> None:
    """Call a function with units that are new, hang elsewhere or are of another kind, by whom and when it was written.

    A unit that is no cell stands for the cells below it.
    """
    if listener not in _shaped:
        _shaped.append(listener)


def posts_ended(seats: Seats, end: date) -> None:
    """Tell that posts ended: ``seats`` are the member and the unit of each."""
    if seats:
        for listener in _posts:
            listener(seats, end)


def unit_ended(unit: Unit, successor: Unit | None, end: date) -> None:
    """Tell that a unit ended."""
    for listener in _units:
        listener(unit, successor, end)


def cells_shaped(units: Sequence[Unit], *, by: Actor, at: datetime) -> None:
    """Tell that units are new, hang elsewhere or are of another kind; the tree says how they stand by now."""
    if units:
        for listener in _shaped:
            listener(units, by, at)
