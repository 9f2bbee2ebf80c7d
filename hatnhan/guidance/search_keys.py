"""What the full-text index holds of a text, and the words of a question put to it. Pure.

A key is the text folded ("chuong trinh hanh dong"), then each word that has marks, once ("chương", "trình"): one index
answers both, and finding what was typed with marks tells an exact hit from a look-alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from hatnhan.core import vietnamese

#: PostgreSQL holds at most 1 MB of words for a row; so many signs stay below that whatever they are.
_LONGEST = 300_000
_MOST_WORDS = 12
_LONGEST_QUESTION = 200
_WORD = re.compile(r"[^\W_]+")
_LETTERS = {
    "a": "aàáảãạăằắẳẵặâầấẩẫậ",
    "e": "eèéẻẽẹêềếểễệ",
    "i": "iìíỉĩị",
    "o": "oòóỏõọôồốổỗộơờớởỡợ",
    "u": "uùúủũụưừứửữự",
    "y": "yỳýỷỹỵ",
    "d": "dđ",
}


def key(text: str) -> str:
    """Return the searchable form of a text: folded, then its words with marks."""
    head = text[:_LONGEST]
    with_marks = dict.fromkeys(word for word in _words(head) if not word.isascii())
    return " ".join([vietnamese.fold(head), *with_marks])


def number_key(number: str) -> str:
    """Return the searchable form of a number: "05-CT/TW" → "05 ct tw"."""
    return vietnamese.fold(number)[:60]


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked for: the folded words that all must be there, and those typed with marks."""

    words: tuple[str, ...] = ()
    with_marks: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words)

    def place_in(self, text: str) -> re.Match[str] | None:
        """Return the first place in a text (NFC) where all words stand together, else where the first does."""
        together = r"[\W_]+".join(_pattern(word) for word in self.words)
        alone = _pattern(self.words[0]) if self.words else ""
        for pattern in (together, alone):
            if found := re.search(rf"(?<![^\W_]){pattern}(?![^\W_])", text, re.IGNORECASE):
                return found
        return None


def question(typed: str) -> Question:
    """Return what a typed line asks for; odd signs, and all beyond a dozen words, are passed over."""
    line = typed[:_LONGEST_QUESTION].replace("\x00", " ")
    words = tuple(vietnamese.fold(line).split())[:_MOST_WORDS]
    with_marks = tuple(dict.fromkeys(word for word in _words(line) if not word.isascii()))[:_MOST_WORDS]
    # A question of signs that fold to nothing, such as Chinese ones, asks for nothing.
    return Question(words, with_marks) if words else Question()


def _words(text: str) -> list[str]:
    return _WORD.findall(vietnamese.marked(text))


def _pattern(word: str) -> str:
    """Return a pattern that finds a folded word under any marks."""
    return "".join(f"[{_LETTERS[sign]}]" if sign in _LETTERS else sign for sign in word)
