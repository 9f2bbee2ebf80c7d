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
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return vietnamese.day(date.fromisoformat(value)) if _DAY.fullmatch(value) else value
