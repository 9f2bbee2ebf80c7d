"""Text from before Unicode: TCVN3 (ABC, fonts .VnTime…) and VNI (fonts VNI-Times…), brought to Unicode NFC.

Such text arrives as Latin-1 letters ("NguyÔn V¨n §øc"). Which encoding a sheet is in is judged over all its text, by
how many of its words become possible Vietnamese syllables under each reading: one cell alone can deceive.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal
from unicodedata import normalize

from hatnhan.core.vietnamese.syllables import is_marked_syllable

if TYPE_CHECKING:
    from collections.abc import Iterable

Encoding = Literal["unicode", "tcvn3", "vni"]
_ENCODINGS: tuple[Encoding, ...] = ("unicode", "tcvn3", "vni")

# TCVN 5712:1993 (VN3), the bytes seen as Latin-1. Letters with a tone exist only small: capitals are drawn by .VnTimeH.
_TCVN3 = {
    pair[0]: pair[1]
    for pair in (
        "¡Ă ¢Â £Ê ¤Ô ¥Ơ ¦Ư §Đ ¨ă ©â ªê «ô ¬ơ \u00adư ®đ "
        "µà ¶ả ·ã ¸á ¹ạ »ằ ¼ẳ ½ẵ ¾ắ Æặ Çầ Èẩ Éẫ Êấ Ëậ "
        "Ìè Îẻ Ïẽ Ðé Ñẹ Òề Óể Ôễ Õế Öệ ×ì Øỉ Üĩ Ýí Þị "
        "ßò áỏ âõ ãó äọ åồ æổ çỗ èố éộ êờ ëở ìỡ íớ îợ "
        "ïù ñủ òũ óú ôụ õừ öử ÷ữ øứ ùự úỳ ûỷ üỹ ýý þỵ"
    ).split(" ")
}

_TONES = {"": "", "̀": "ø", "́": "ù", "̉": "û", "̃": "õ", "̣": "ï"}
_BREVES = {"": "ê", "̀": "è", "́": "é", "̉": "ú", "̃": "ü", "̣": "ë"}
_HATS = {"": "â", "̀": "à", "́": "á", "̉": "å", "̃": "ã", "̣": "ä"}


def _vni_table() -> dict[str, str]:
    """Return VNI's signs: a plain letter and a mark after it, but for đ, ơ, ư, and i and ỵ which are one sign."""
    table = {"ñ": "đ", "ô": "ơ", "ö": "ư", "ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
    for letter, sign in {"a": "a", "e": "e", "o": "o", "u": "u", "y": "y", "ơ": "ô", "ư": "ö"}.items():
        table.update({sign + mark: letter + tone for tone, mark in _TONES.items() if mark})
    for letter, sign in {"ă": "a"}.items():
        table.update({sign + mark: letter + tone for tone, mark in _BREVES.items()})
    for letter, sign in {"â": "a", "ê": "e", "ô": "o"}.items():
        table.update({sign + mark: letter + tone for tone, mark in _HATS.items()})
    del table["yï"]  # VNI writes ỵ as one sign
    return {sign: normalize("NFC", letter) for sign, letter in table.items()}


_VNI = _vni_table()
_VNI_SIGN = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)), re.IGNORECASE)
_TCVN3_TABLE = str.maketrans(_TCVN3)
_SMALL_ONLY = frozenset(sign for sign, letter in _TCVN3.items() if sign >= "¯" and letter.islower())

# Everything that Vietnamese Unicode has and Latin-1 has not: a cell holding one of these needs no conversion.
_BEYOND_LATIN1 = re.compile(
    "[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]"
)
_COMBINING = re.compile("[\u0300-\u036f]")
_BREAK = re.compile(r"[\x00-\x26\x28-\x40\x5b-\x60\x7b-\xa0\u2000-\u206f]+")
_ASCII_CAPITAL_INSIDE = re.compile(r"\S[A-Z]")
_ASCII_SMALL = re.compile(r"[a-z]")
_TOKENS = re.compile(r"\S+")

_ENOUGH_WORDS = 2
_ENOUGH_SHARE = 0.6


def to_unicode(text: str, encoding: Encoding) -> str:
    """Return the text of a sheet in ``encoding`` as Unicode NFC; a cell that already is Vietnamese Unicode stays so."""
    if text.isascii():
        return text
    if encoding == "unicode" or _BEYOND_LATIN1.search(text) or _COMBINING.search(text):
        return normalize("NFC", text)
    return _from_tcvn3(text) if encoding == "tcvn3" else _from_vni(text)


def guess_encoding(samples: Iterable[str]) -> Encoding:
    """Return the encoding in which the whole of the samples makes most Vietnamese words; "unicode" when in doubt.

    Give the text of a whole sheet, not of one cell. Text in NFD, in French or without marks counts as "unicode".
    """
    counts, words = syllable_counts(samples)
    best: Encoding = max(_ENCODINGS, key=lambda name: counts[name])
    if best == "unicode" or counts[best] < _ENOUGH_WORDS or counts[best] < words * _ENOUGH_SHARE:
        return "unicode"
    return best


def syllable_counts(samples: Iterable[str]) -> tuple[dict[Encoding, int], int]:
    """Return, for each reading, how many distinct words with marks are Vietnamese syllables; and how many there are."""
    words: set[str] = set()
    for text in samples:
        if not text.isascii():
            words.update(word for word in _BREAK.split(normalize("NFC", text)) if not word.isascii())
    counts: dict[Encoding, int] = {
        "unicode": sum(_reads_as_unicode(word) for word in words),
        "tcvn3": sum(_reads_when_converted(word, "tcvn3") for word in words),
        "vni": sum(_reads_when_converted(word, "vni") for word in words),
    }
    return counts, len(words)


def _reads_as_unicode(word: str) -> bool:
    """Tell whether the word as it stands is Vietnamese; "ViÖt" and "§øc" are not, nor is "NguyÔn"."""
    proper_case = word.islower() or word.isupper() or word.istitle()
    return proper_case and is_marked_syllable(word)


def _reads_when_converted(word: str, encoding: Encoding) -> bool:
    if _BEYOND_LATIN1.search(word):
        return False
    converted = to_unicode(word, encoding)
    return converted != word and is_marked_syllable(converted)


def _from_vni(text: str) -> str:
    return _VNI_SIGN.sub(lambda sign: _vni_letter(sign[0]), text)


@lru_cache(maxsize=512)
def _vni_letter(sign: str) -> str:
    letter = _VNI[sign.lower()]
    return letter.upper() if sign[0].isupper() else letter


def _from_tcvn3(text: str) -> str:
    """Convert, then raise the capitals that TCVN3 cannot hold: it has letters with a tone only as small ones.

    A word with a capital inside and no small a-z was typed in capitals. A word such as "Hµ" may be Hà or HÀ: it goes
    with the words around it, as does the first letter of "Hång ¸nh".
    """
    old = _TOKENS.findall(text)
    new = [word.translate(_TCVN3_TABLE) for word in old]
    shouted = _ASCII_CAPITAL_INSIDE.search(text) is not None and not _ASCII_SMALL.search(text)
    titled = any(word[0].isupper() for word in new) and all(
        after[0].isupper() or before[0] in _SMALL_ONLY for before, after in zip(old, new, strict=True)
    )
    raised = iter([_raise(*pair, shouted=shouted, titled=titled) for pair in zip(old, new, strict=True)])
    return _TOKENS.sub(lambda _: next(raised), text)


def _raise(old: str, new: str, *, shouted: bool, titled: bool) -> str:
    if shouted or (_ASCII_CAPITAL_INSIDE.search(old) and not _ASCII_SMALL.search(old)):
        return new.upper()
    return new[0].upper() + new[1:] if titled else new
