"""How a unit is found by its code. The room that knows the units hands in the way at start; figures knows no units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.core.errors import Missing

if TYPE_CHECKING:
    from collections.abc import Callable

    from hatnhan.figures.types import Scope

    Lookup = Callable[[str], Scope | None]

_lookups: list[Lookup] = []


def register(lookup: Lookup) -> None:
    """Hand in the function that finds a unit by its code, or returns None."""
    if lookup not in _lookups:
        _lookups.append(lookup)


def scope(code: str) -> Scope:
    """Return the unit with a code. Raises Missing when there is none."""
    for lookup in _lookups:
        found = lookup(code)
        if found is not None:
            return found
    message = f"Không có tổ chức đảng nào mang mã “{code}”."
    raise Missing(message)
