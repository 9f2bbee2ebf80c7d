"""The yearly review in the demonstration: 2017 as the newspaper tells it, the last year whole, this year half-way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.demo.reviews.before import past_deeds
from hatnhan.demo.reviews.running import this_deeds
from hatnhan.demo.reviews.whole import last_deeds, paper_deeds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hatnhan.demo.books import Deed
    from hatnhan.demo.tale import Tale


def review_deeds(tale: Tale) -> Iterator[Deed]:
    """Yield what was done in the yearly review, until yesterday.

    Nothing depends on a later day, so that a story told of an earlier day only ends sooner.
    """
    for deeds in (past_deeds(tale), paper_deeds(tale), last_deeds(tale), this_deeds(tale)):
        yield from (deed for deed in deeds if deed.day < tale.today)
