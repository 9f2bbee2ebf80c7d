"""Oversight in the demonstration: programmes, checks with whole files, supervision, discipline, denunciations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.demo.oversight.cases import case_deeds
from hatnhan.demo.oversight.chain import chain_deeds
from hatnhan.demo.oversight.checks import check_deeds
from hatnhan.demo.oversight.letters import letter_deeds
from hatnhan.demo.oversight.plan import plans_of
from hatnhan.demo.oversight.programmes import programme_deeds
from hatnhan.demo.oversight.room import Room
from hatnhan.demo.oversight.watching import watch_deeds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hatnhan.demo.books import Deed
    from hatnhan.demo.tale import Tale


def oversight_deeds(tale: Tale) -> Iterator[Deed]:
    """Yield what was done in oversight in 2017, in 2018 and in two years until yesterday.

    Nothing depends on a later day, so that a story told of an earlier day only ends sooner.
    """
    room = Room(tale)
    for plan in plans_of(tale):
        for deeds in (programme_deeds(room, plan), check_deeds(room, plan), watch_deeds(room, plan)):
            yield from (deed for deed in deeds if deed.day < tale.today)
    for deeds in (chain_deeds(room), case_deeds(room), letter_deeds(room)):
        yield from (deed for deed in deeds if deed.day < tale.today)
