"""A handful of short self-critical texts, about work, in the cell whose member has an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.demo import cast
from hatnhan.demo.wording import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hatnhan.demo.minutes import Evening
    from hatnhan.demo.people import Person
    from hatnhan.demo.tale import Tale

_WRITERS = (cast.VILLAGE_SECRETARY, cast.MEMBER, cast.MEMBER, cast.RETIRED_TEACHER)
_DAYS_BACK = 130


def own_words(tale: Tale, evening: Evening) -> Iterator[tuple[Person, str, str, str]]:
    """Yield who wrote what for a meeting, with the remedy and how far it is mended: one of the last few of the cell."""
    days = (tale.today - evening.on).days
    if evening.place.code != "dong-sen" or days > _DAYS_BACK:
        return
    place = min(days // 31, len(_WRITERS) - 1)
    text, remedy, mended = texts("common")["own_words"][place]
    for person in evening.here:
        if person.full_name == _WRITERS[place]:
            yield person, text, remedy, mended
