"""Lines of a list of members, made from its rows with few further questions."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from hatnhan import rulebook
from hatnhan.core.errors import RuleBroken
from hatnhan.organization.columns import BadgeRound, Row, rows_of
from hatnhan.organization.selectors.roster import posts_on
from hatnhan.rulebook import topics

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.db.models import QuerySet

    from hatnhan.organization.selectors.roster import Roster
    from hatnhan.rulebook.types import Place

_CHUNK = 2000


def rows(memberships: list[Any], roster: Roster, *, badges: bool = True) -> list[Row]:
    """Return the lines of one page; ``memberships`` come from `roster.with_standing`.

    ``badges`` says whether to look for those that fall due in the coming round.
    """
    posts = posts_on(roster.on, [one.member_id for one in memberships])
    names = {line.pk: line.name for line in roster.lines}
    return list(
        rows_of(memberships, roster.on, posts, names, next_badge_round(roster.on) if badges else None)
    )


def all_rows(memberships: QuerySet[Any], roster: Roster) -> Iterator[Row]:
    """Yield the lines of a whole list, badges left out, asking again every two thousand rows."""
    stream = memberships.iterator(chunk_size=_CHUNK)
    while chunk := list(islice(stream, _CHUNK)):
        yield from rows(chunk, roster, badges=False)


def next_badge_round(on: date, unit: Place | None = None) -> BadgeRound | None:
    """Return the next day from ``on`` on which badges are given; None for days before any known rule."""
    try:
        rule = rulebook.at(topics.Badges, on=on, unit=unit).value
    except RuleBroken:
        return None
    days = [(int(month), int(day)) for day, month in (one.split("-") for one in rule.rounds)]
    coming = [
        on.replace(year=year, month=month, day=day) for year in (on.year, on.year + 1) for month, day in days
    ]
    return BadgeRound(min(day for day in coming if day >= on), rule.years)
