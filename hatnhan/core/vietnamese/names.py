"""Vietnamese personal names: tidying, parts, and the order in which lists of people are read out.

The key made by :func:`sort_key` is stored beside the name, so that every database gives the same order.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# 33 letters fit exactly into 3-9 and a-z; 0 ends a level, 1 parts the words, 2 opens anything else.
_CODES = dict(zip(_LETTERS, "3456789abcdefghijklmnopqrstuvwxyz", strict=True))
_END, _WORD, _OTHER = "0", "1", "2"
_LETTER_MARKS = frozenset("\u0302\u0306\u031b")  # circumflex, breve, horn: they make another letter
_TONES = {"\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0301": "5", "\u0323": "6"}
_LEVEL_TONE = "1"
_BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"

_INVISIBLE = dict.fromkeys([0x00AD, 0xFEFF, 0x2060, *range(0x200B, 0x2010), *range(0x202A, 0x202F)])
_LETTER_RUN = re.compile(r"[^\W\d_]+")
_BRACKETED = re.compile(r"\([^)]*\)?")


def nfc(text: str) -> str:
    """Return the text with every Vietnamese letter as one code point (Unicode normal form C)."""
    return normalize("NFC", text)


def tidy_name(text: str) -> str:
    """Return the name in NFC with single spaces; a name all in capitals or all in small letters gets proper ones.

    A name of mixed case is left as its bearer writes it ("Lò Thị H'Mai", "Nguyễn văn Bình").
    """
    name = nfc(" ".join(text.translate(_INVISIBLE).split()))
    if name.isupper() or name.islower():
        return _LETTER_RUN.sub(lambda run: run[0][0].title() + run[0][1:].lower(), name)
    return name


def given_name(full: str) -> str:
    """Return the last word of a full name, which is how a person is called and listed ("" of an empty name)."""
    return _parts(full)[0]


def middle_name(full: str) -> str:
    """Return the words between the family name and the given name ("" where there are none)."""
    return _parts(full)[1]


def family_name(full: str) -> str:
    """Return the first word of a full name of at least two words ("" otherwise)."""
    return _parts(full)[2]


def sort_key(full_name: str) -> str:
    """Return the key under which plain comparison puts names in Vietnamese order.

    The given name decides wholly (its letters, then its tones) before any letter of the middle name, then the
    middle, then the family name. Capitals and the place of the tone mark ("Hoá", "Hóa") count for nothing; what
    stands in brackets comes last. The key holds only 0-9 and a-z, so that it has the same order in C, SQLite BINARY
    and PostgreSQL's en_US and ICU collations.
    """
    given, middle, family = _parts(full_name)
    key = _part_key(given) + _part_key(middle) + _part_key(family)
    beside = " ".join(_BRACKETED.findall(full_name))
    return key + _part_key(beside) if beside else key


def _parts(full: str) -> tuple[str, str, str]:
    """Split into given, middle and family name; brackets at the end distinguish namesakes and are no name."""
    words = (_BRACKETED.sub(" ", full) if "(" in full else full).split()
    if not words:
        return "", "", ""
    if len(words) == 1:
        return words[0], "", ""
    return words[-1], " ".join(words[1:-1]), words[0]


@lru_cache(maxsize=8192)
def _part_key(part: str) -> str:
    """Return letters, then tones, of one part of a name, each closed by the low separator."""
    words = [_word_key(word) for word in part.split()]
    words = [word for word in words if word[0]]
    return _WORD.join(letters for letters, _ in words) + _END + _WORD.join(tones for _, tones in words) + _END


@lru_cache(maxsize=8192)
def _word_key(word: str) -> tuple[str, str]:
    letters: list[str] = []
    tones: list[str] = []
    for sign in normalize("NFD", normalize("NFC", word).lower().replace("ð", "đ")):
        if sign in _LETTER_MARKS:
            _mark_last(letters, sign)
        elif sign in _TONES:
            tones.append(_TONES[sign])
        elif sign.isalnum():
            letters.append(sign)
    return "".join(map(_code, letters)), "".join(tones) or _LEVEL_TONE


def _mark_last(letters: list[str], mark: str) -> None:
    """Turn the last letter into ă, â, ê, ô, ơ or ư; a mark that makes no Vietnamese letter is dropped."""
    if letters:
        marked = normalize("NFC", letters[-1] + mark)
        letters[-1] = marked if marked in _CODES else letters[-1]


def _code(sign: str) -> str:
    """Return the code of one letter; digits, then foreign letters, come before all of ours."""
    if sign in _CODES:
        return _CODES[sign]
    if sign in "0123456789":
        return _OTHER + sign
    point, digits = ord(sign), ""
    for _ in range(4):
        point, rest = divmod(point, 36)
        digits = _BASE36[rest] + digits
    return _OTHER + "z" + digits
