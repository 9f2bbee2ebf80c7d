"""Search that ignores Vietnamese marks, and ranks what was typed with marks first."""

from __future__ import annotations

import re
from unicodedata import normalize

_COMBINING = dict.fromkeys(range(0x0300, 0x0370))
_STROKES = {
    ord("đ"): "d",
    ord("ð"): "d",
    ord("ø"): "o",
    ord("ł"): "l",
    ord("ß"): "ss",
    ord("æ"): "ae",
    ord("œ"): "oe",
}
_UNMARK = {**_COMBINING, **_STROKES}
_NOT_WORD = re.compile(r"[^a-z0-9]+")

# Old placing (hóa, khỏe, thúy) → new placing (hoá, khoẻ, thuý): the only three rhymes on which the styles differ.
_PLACINGS = {
    normalize("NFC", first + tone + second): normalize("NFC", first + second + tone)
    for first, second in ("oa", "oe", "uy")
    for tone in "\u0300\u0309\u0303\u0301\u0323"
}
_OLD_PLACING = re.compile("|".join(_PLACINGS))

_ALPHABET = " 0123456789abcdefghijklmnopqrstuvwxyz"


def fold(text: str) -> str:
    """Return the text as words of a-z and 0-9 with single spaces between: no marks, no capitals, đ as d.

    Stored as a search key, and applied to what is typed, so that "duc" finds Đức, Dục and Đực.
    """
    return _NOT_WORD.sub(" ", normalize("NFKD", text.lower()).translate(_UNMARK)).strip()


def marked(text: str) -> str:
    """Return the text in small letters, NFC, single spaces, tone marks placed in one way ("hóa" as "hoá").

    Two texts equal under this are the same words with the same marks; it ranks exact matches first.
    """
    return _OLD_PLACING.sub(lambda old: _PLACINGS[old[0]], normalize("NFC", " ".join(text.lower().split())))


def next_prefix(prefix: str) -> str | None:
    """Return the smallest key greater than every key that begins with ``prefix``, or None where there is none.

    For ``key >= prefix AND key < next_prefix(prefix)``, which an index answers under byte order. ``prefix`` holds only
    what :func:`fold` or ``sort_key`` give: 0-9, a-z and the space. Raises ValueError on any other sign.
    """
    if set(prefix) - set(_ALPHABET):
        msg = f"not a folded prefix: {prefix!r}"
        raise ValueError(msg)
    stem = prefix.rstrip(_ALPHABET[-1])
    if not stem:
        return None
    return stem[:-1] + _ALPHABET[_ALPHABET.index(stem[-1]) + 1]
