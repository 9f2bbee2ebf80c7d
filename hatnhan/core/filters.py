"""A filter of a list, kept in the address: what all such filters do the same way.

A list's filter is a frozen dataclass with a default for every field; a field is named as its parameter in the address.
Its conditions stand above the list as chips: `filter_context` for the view, core/chips.html for the page.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.http import QueryDict

#: The unit and the day that a page speaks of: they stay in the address whatever the list is filtered by.
_STAYS = ("don_vi", "ngay")


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


def staying(query: QueryDict) -> list[tuple[str, str]]:
    """Return the parameters of an address that stay whatever the list is filtered by."""
    return [(name, str(query[name])) for name in _STAYS if query.get(name)]


def address_of(stay: Sequence[tuple[str, str]], filters: AddressFilters) -> str:
    """Return the address of the same page with another filter; ``stay`` as `staying` returns it."""
    return "?" + urlencode([*stay, *filters.pairs()])


def filter_context(
    query: QueryDict, chosen: AddressFilters, chips: Iterable[Chip], bare: AddressFilters | None = None
) -> dict[str, Any]:
    """Return what a page draws of a list's filter.

    ``stay`` goes into the form as hidden fields, ``chips`` (the words, and the address without that condition) and
    ``no_filter`` are drawn by core/chips.html, ``query`` is for the file of the same list. ``bare`` is the filter with
    no condition, where some fields (the order, the columns) outlive "Bỏ hết".
    """
    stay = staying(query)
    return {
        "stay": stay,
        "chips": [(chip.words, address_of(stay, chosen.without(*chip.names))) for chip in chips],
        "no_filter": address_of(stay, type(chosen)() if bare is None else bare),
        "query": urlencode([*stay, *chosen.pairs()]),
    }
