"""A filter of a list, kept in the address: what all such filters do the same way.

A list's filter is a frozen dataclass with a default for every field; a field is named as its parameter in the address.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Self


@dataclass(frozen=True, slots=True)
class AddressFilters:
    """Base of the filters of lists."""

    def without(self, *names: str) -> Self:
        """Return the filter with some of its fields empty."""
        empty = type(self)()
        return replace(self, **{name: getattr(empty, name) for name in names})

    def pairs(self) -> list[tuple[str, str]]:
        """Return the filter as parameters of an address, those at their default left out."""
        empty, found = type(self)(), []
        for one in fields(self):
            value = getattr(self, one.name)
            if value != getattr(empty, one.name):
                many = value if isinstance(value, tuple) else (value,)
                found += [(one.name, str(item)) for item in many]
        return found


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition in words, and the fields it stands for."""

    words: str
    names: tuple[str, ...]
