"""What the rooms above hear of, in the same transaction: posts and units that end, so that what hangs on them ends too.

Every path that ends a `Position` or a `Unit` tells; the rooms above know what that means for them, this room does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import date

    from hatnhan.organization.models import Unit

    Seats = Collection[tuple[int, int]]

_posts: list[Callable[[Seats, date], None]] = []
_units: list[Callable[[Unit, Unit | None, date], None]] = []


def on_posts_ended(listener: Callable[[Seats, date], None]) -> None:
    """Call a function with (member id, unit id) of posts that ended, and the first day no longer held."""
    if listener not in _posts:
        _posts.append(listener)


def on_unit_ended(listener: Callable[[Unit, Unit | None, date], None]) -> None:
    """Call a function with a unit that ended, its successor (None: nobody), and the first day without it."""
    if listener not in _units:
        _units.append(listener)


def posts_ended(seats: Seats, end: date) -> None:
    """Tell that posts ended: ``seats`` are the member and the unit of each."""
    if seats:
        for listener in _posts:
            listener(seats, end)


def unit_ended(unit: Unit, successor: Unit | None, end: date) -> None:
    """Tell that a unit ended."""
    for listener in _units:
        listener(unit, successor, end)
