"""Guidance in the demonstration: what came from above, how it was rolled out and studied, two years of pledges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.demo.guidance.registering import register_deeds
from hatnhan.demo.guidance.rolling import roll_out_deeds
from hatnhan.demo.guidance.shelf import Shelf
from hatnhan.demo.guidance.studying import study_deeds
from hatnhan.demo.guidance.years import year_deeds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hatnhan.demo.books import Deed
    from hatnhan.demo.tale import Tale


def guidance_deeds(tale: Tale) -> Iterator[Deed]:
    """Yield what was done about guidance in two years, until yesterday: what is ahead of today is left out.

    Nothing depends on a later day, so that a story told of an earlier day only ends sooner.
    """
    shelf = Shelf(tale)
    for deeds in (register_deeds(shelf), roll_out_deeds(shelf), study_deeds(shelf), year_deeds(tale)):
        yield from (deed for deed in deeds if deed.day < tale.today)
