"""Judges how the text of a sheet is encoded, and brings its cells to Unicode with single spaces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import normalize

from hatnhan.core.vietnamese import Encoding, guess_encoding, syllable_counts, to_unicode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hatnhan.organization.roster.sheets import Cell

_MANY = 50_000
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")


class Texts:
    """How the texts of one sheet are brought to Unicode; ``name`` is "unicode", "tcvn3", "vni" or "cp1258"."""

    def __init__(self, samples: list[str], file_coding: str) -> None:
        """Judge the samples; ``file_coding`` is "latin-1" where the file held bytes of an unknown encoding."""
        self.name = "unicode"
        self._decode: Callable[[str], str] = str
        encoding: Encoding = guess_encoding(samples)
        if file_coding == "latin-1" and encoding == "unicode":
            self.name, self._decode = _single_byte(samples)
        elif encoding != "unicode":
            self.name = encoding
        self._encoding = encoding
        self._known: dict[str, str] = {}
        self.sample: tuple[str, str] | None = None

    def clean(self, text: str) -> str:
        """Return the text in Unicode NFC, on one line, with single spaces and nothing invisible."""
        known = self._known.get(text)
        if known is None:
            if len(self._known) > _MANY:
                self._known.clear()
            known = self._known[text] = self._convert(text)
        return known

    def row(self, cells: list[Cell]) -> list[Cell]:
        """Return the row with its texts cleaned; empty texts become None."""
        clean = self.clean
        return [(clean(cell) or None) if type(cell) is str else cell for cell in cells]

    def _convert(self, text: str) -> str:
        if text.isascii():
            return " ".join(text.split())
        unicode = to_unicode(self._decode(text), self._encoding)
        return " ".join(_INVISIBLE.sub("", unicode).split())


def sample_of(texts: Texts, rows: Iterable[list[Cell]]) -> tuple[str, str] | None:
    """Return the longest of the first texts that conversion changed, before and after; None when none changed."""
    pairs = [
        (cell, texts.clean(cell))
        for row in rows
        for cell in row
        if isinstance(cell, str) and not cell.isascii()
    ]
    changed = [(before, after) for before, after in pairs[:400] if before != after and len(after) <= 40]  # noqa: PLR2004
    return max(changed, key=lambda pair: len(pair[1].split()), default=None)


def samples_of(rows: Iterable[list[Cell]]) -> list[str]:
    """Return the texts of rows that could tell an encoding."""
    return [cell for row in rows for cell in row if isinstance(cell, str) and not cell.isascii()]


def _single_byte(samples: list[str]) -> tuple[str, Callable[[str], str]]:
    """Read bytes as Vietnamese Windows-1258 where that makes Vietnamese words, as Windows-1252 otherwise."""
    read = [_windows(text, "cp1258") for text in samples]
    counts, words = syllable_counts(read)
    if counts["unicode"] * 2 > words:
        return "cp1258", lambda text: _windows(text, "cp1258")
    return "unicode", lambda text: _windows(text, "cp1252")


def _windows(text: str, coding: str) -> str:
    return normalize("NFC", text.encode("latin-1", "replace").decode(coding, "replace"))
