"""Rows of the record as people read them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hatnhan.core import deed_words as words
from hatnhan.core import places

if TYPE_CHECKING:
    from hatnhan.audit.models import Entry


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what was done in words, to what, in which unit, and the details as pairs of name and text."""

    entry: Entry
    deed: str
    unit: str
    details: list[tuple[str, str]]


def rows(entries: list[Entry]) -> list[Row]:
    """Return rows in words; asks for the names of all their units at once."""
    names = places.names(entry.unit_id for entry in entries)
    return [
        Row(entry, words.word(entry.action), names.get(entry.unit_id or 0, ""), _pairs(entry.details))
        for entry in entries
    ]


def _pairs(details: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (words.detail(name), _text(value))
        for name, value in details.items()
        if value not in ("", None, [], {})
    ]


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "✓" if value else "–"
    if isinstance(value, list):
        return ", ".join(_text(one) for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{words.detail(name)}: {_text(one)}" for name, one in value.items())
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
