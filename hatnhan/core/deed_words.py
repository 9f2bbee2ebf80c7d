"""What deeds are called on screen. Each room registers the words for its own; the record shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django_stubs_ext import StrOrPromise

    Values = Mapping[str, StrOrPromise] | Callable[[str], str]

_words: dict[str, StrOrPromise] = {}
_details: dict[str, StrOrPromise] = {}
_values: dict[str, Values] = {}


def register(words: Mapping[str, StrOrPromise], details: Mapping[str, StrOrPromise] | None = None) -> None:
    """Add the words for deeds, by the name under which they are recorded, and for the names of their details.

    A detail that one deed means in its own way is named "deed:detail", for it and for its values.
    """
    _words.update({str(action): label for action, label in words.items()})
    _details.update(details or {})


def register_values(values: Mapping[str, Values]) -> None:
    """Add the words for the values that a detail may have, or what makes them, by the detail's name."""
    _values.update(values)


def value(name: str, given: str, action: str = "") -> str:
    """Return the value in words of a detail of a deed; itself when no room said."""
    known = _values.get(f"{action}:{name}") or _values.get(name) or {}
    return known(given) if callable(known) else str(known.get(given, given))


def word(action: str) -> str:
    """Return what a deed is called; its own name when no room said."""
    return str(_words.get(action, action))


def detail(name: str, action: str = "") -> str:
    """Return what a detail of a deed is called; its own name when no room said."""
    return str(_details.get(f"{action}:{name}") or _details.get(name, name))


def choices(prefix: str = "") -> list[tuple[str, str]]:
    """Return all deeds whose name starts so, with their words, in the order in which rooms registered."""
    return [(action, str(label)) for action, label in _words.items() if action.startswith(prefix)]
