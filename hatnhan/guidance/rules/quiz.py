"""The quiz as pure rules: which questions a try asks, how many answers are right, whether that will do."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_WHOLE = 100


def chosen(questions: Collection[int], how_many: int, *, seed: str) -> list[int]:
    """Return which questions one try asks: the same for the same seed, in another order for another.

    A page opened again shows the same questions, and nobody shops for easy ones. All of them when there are fewer.
    """
    shuffled = sorted(questions, key=lambda one: (hashlib.sha256(f"{seed}:{one}".encode()).digest(), one))
    return shuffled[:how_many]


def seed_of(*, document: int, member: int, tries: int) -> str:
    """Return the seed of a member's next try, after so many tries."""
    return f"{document}:{member}:{tries}"


def right_of(answers: Mapping[int, int], right: Mapping[int, int]) -> int:
    """Return how many answers (option by question) are the right ones."""
    return sum(right.get(question) == option for question, option in answers.items())


def passes(right: int, asked: int, percent: int) -> bool:
    """Tell whether so many right answers reach the mark; in whole numbers, so that 60% of 5 is 3."""
    return asked > 0 and right * _WHOLE >= asked * percent
