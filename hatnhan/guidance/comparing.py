"""What differs between two texts, word by word, for the eye. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

#: Texts that have less in common than this are two texts: marking every second word would help nobody.
_ALIKE = 0.4


class Mark(StrEnum):
    """What a piece of the second text is, seen from the first."""

    SAME = "same"
    ADDED = "added"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words with one mark; of those left out, the words of the first text."""

    mark: Mark
    text: str


def compare(first: str, second: str) -> list[Piece]:
    """Return the second text in pieces: what is as in the first, what is new, and between them what was left out.

    Put together with a space between, the pieces are the text again; other white space does not count. Texts that have
    little in common come back as one new piece.
    """
    before, after = first.split(), second.split()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if before != after and _alike(before, after, matcher) < _ALIKE:
        return [Piece(Mark.ADDED, " ".join(after))] if after else []
    pieces = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Mark.SAME, " ".join(after[j1:j2])))
            continue
        if i1 < i2:
            pieces.append(Piece(Mark.LEFT_OUT, " ".join(before[i1:i2])))
        if j1 < j2:
            pieces.append(Piece(Mark.ADDED, " ".join(after[j1:j2])))
    return pieces


def _alike(before: list[str], after: list[str], matcher: SequenceMatcher[str]) -> float:
    """Return which share of the words of the longer text both have, in the same order."""
    common = sum(length for _start, _other, length in matcher.get_matching_blocks())
    longest = max(len(before), len(after))
    return common / longest if longest else 1.0
