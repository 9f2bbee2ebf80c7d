"""Which grade a vote comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.rulebook.topics.reviews import GRADES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hatnhan.rulebook.topics.reviews import GradeKey


def chosen(
    votes: Mapping[str, int], entitled: int, *, numerator: int, denominator: int, more_than: bool
) -> GradeKey | None:
    """Return the grade with the needed share of those entitled, None where none has it or two have it alike.

    ``more_than``: the share must be exceeded; else reaching it is enough. With nobody entitled nothing passes.
    """
    if entitled <= 0:
        return None
    passing = [
        grade for grade in GRADES if _passes(votes.get(grade, 0), entitled, numerator, denominator, more_than)
    ]
    most = max((votes[grade] for grade in passing), default=0)
    leading = [grade for grade in passing if votes[grade] == most]
    return leading[0] if len(leading) == 1 else None


def _passes(votes: int, entitled: int, numerator: int, denominator: int, more_than: bool) -> bool:  # noqa: FBT001 - handed on
    has, needs = votes * denominator, entitled * numerator
    return has > needs if more_than else votes > 0 and has >= needs
