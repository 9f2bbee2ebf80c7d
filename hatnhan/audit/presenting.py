"""Rows of the record as people read them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from hatnhan.core import deed_words as words
from hatnhan.core import places, vietnamese

if TYPE_CHECKING:
    from hatnhan.audit.models import Entry

_DAY = re.compile(
    r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d)|\d{4}-(?:0[13-9]|1[0-2])-30|\d{4}-(?:0[13578]|1[02])-31"
)


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
        Row(
            entry,
            words.word(entry.action),
            names.get(entry.unit_id or 0, ""),
            _pairs(entry.details, entry.action),
        )
        for entry in entries
    ]


def _pairs(details: dict[str, Any], action: str) -> list[tuple[str, str]]:
    told = ((name, _text(value, name, action)) for name, value in details.items())
    return [(words.detail(name, action), text) for name, text in told if text]


def _text(value: object, name: str, action: str) -> str:
    """Return a value in words: a change as "before → after", what is empty as nothing."""
    match value:
        case None | "" | []:
            return ""
        case bool():
            return "✓" if value else "–"
        case list():
            return " → ".join(_text(one, name, action) or "—" for one in value)
        case dict():
            return "; ".join(f"{label}: {text}" for label, text in _pairs(value, action))
        case str():
            return (
                vietnamese.day(date.fromisoformat(value))
                if _DAY.fullmatch(value)
                else words.value(name, value, action)
            )
    return words.value(name, json.dumps(value, ensure_ascii=False), action)
