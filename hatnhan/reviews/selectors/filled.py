"""The whole of many self-reviews at once, as their forms print them. A fixed number of queries, however many."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hatnhan.organization.selectors.units import reading_order
from hatnhan.reviews.models import (
    Answer,
    Criticism,
    Entry,
    FaultLine,
    Score,
    SelfReview,
    WorkLine,
)
from hatnhan.reviews.review_parts import AnswerData
from hatnhan.reviews.selectors.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from django.db.models import QuerySet

    from hatnhan.reviews.models import Cycle

#: So many forms are read at once: what is in hand stays small, however many there are.
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Filled:
    """A form with all that stands in it. ``review`` is None for one that nobody has begun.

    ``points`` are by stage (`Score.Stage`), then by criterion.
    """

    entry: Entry
    review: SelfReview | None
    text: Text
    points: dict[str, dict[str, Decimal]]


def blank_of(entry: Entry) -> Filled:
    """Return the form of an entry with nothing in it, to be written on by hand. No query."""
    return Filled(entry, None, Text(entry, {}, (), (), (), {}), {})


def filled_of(entries: Sequence[Entry]) -> list[Filled]:
    """Return the forms of some entries, in their order. Six queries. Who may read them was asked before."""
    ids = [one.pk for one in entries]
    reviews = {one.entry_id: one for one in SelfReview.objects.filter(entry__in=ids)}
    answers = _by(Answer.objects.filter(review__entry__in=ids), "review_id")
    criticisms = _by(Criticism.objects.filter(review__entry__in=ids), "review_id")
    work = _by(WorkLine.objects.filter(entry__in=ids), "entry_id")
    faults = _by(FaultLine.objects.filter(entry__in=ids), "entry_id")
    scores = _by(Score.objects.filter(entry__in=ids), "entry_id")
    found = []
    for entry in entries:
        review = reviews.get(entry.pk)
        points: dict[str, dict[str, Decimal]] = defaultdict(dict)
        for one in scores[entry.pk]:
            points[one.stage][one.criterion] = one.points
        key = review.pk if review else 0
        text = Text(
            entry=entry,
            answers={one.field: AnswerData(one.text, one.rating) for one in answers[key]},
            work=tuple(work[entry.pk]),
            faults=tuple(faults[entry.pk]),
            criticisms=tuple(criticisms[key]),
            points=points[Score.Stage.SELF],
        )
        found.append(Filled(entry, review, text, points))
    return found


def in_portions(rows: QuerySet[Entry], cycle: Cycle, *, blank: bool = False) -> Iterator[Filled]:
    """Yield the forms of the entries of one cycle, read a portion at a time; ``blank``: with nothing in them.

    By unit as units are read, in each its collectives, then persons by name, then the organisation itself.
    """
    keys = rows.order_by().values_list("pk", "unit__name", "unit_id", "of", "member__sort_key")
    ordered = sorted(keys, key=lambda row: (reading_order(row[1]), row[2], row[3], row[4] or "", row[0]))
    for portion in _portions([row[0] for row in ordered]):
        found = Entry.objects.filter(pk__in=portion).select_related("member", "unit")
        by_pk = {one.pk: one for one in found}
        entries = [by_pk[pk] for pk in portion if pk in by_pk]
        for one in entries:
            # One object for all: the law of the cycle is read once.
            one.cycle = cycle
        yield from map(blank_of, entries) if blank else filled_of(entries)


def _portions(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]


def _by(rows: Iterable[Any], name: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for one in rows:
        found[getattr(one, name)].append(one)
    return found
