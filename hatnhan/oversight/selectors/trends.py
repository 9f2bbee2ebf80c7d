"""Trends of regular supervision: counts of notes by topic, kind and quarter, from which nobody can be named."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count
from django.db.models.functions import ExtractQuarter
from django.utils.translation import gettext as _

from hatnhan.organization.models import Unit
from hatnhan.oversight.models import Note
from hatnhan.oversight.selectors import choosing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

#: Fewer notes than this in a cell of the table could point at somebody.
LEAST = 5
OTHER = ""

Cell = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell: how many notes; ``few``: some, fewer than may be told; ``in_other``: counted under "Khác"."""

    count: int
    few: bool = False
    in_other: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A topic, and its notes of one kind in each quarter and in all."""

    topic: str
    cells: list[Shown]


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of notes."""

    kind: str
    rows: list[Row]


def tables(unit: Unit, year: int, on: date) -> list[Table]:
    """Return the notes in a unit and below it of a year that hold on a day, kind by kind. One query and the law.

    Within a quarter what is fewer than `LEAST` goes into "Khác", and where "Khác" would itself be so few the smallest
    of the others joins it; where nothing can join, the table says only that there are few.
    """
    found: dict[str, dict[Cell, int]] = {kind: {} for kind in Note.Kind.values}
    under = Unit.objects.under(unit.pk, on).values("pk")
    notes = Note.objects.standing(on).filter(watch__unit__in=under, on__year=year, on__lte=on)
    counted = notes.order_by().annotate(quarter=ExtractQuarter("on"))
    for kind, topic, quarter, count in counted.values_list("kind", "topic", "quarter").annotate(
        n=Count("pk")
    ):
        found[kind][topic, quarter] = count
    words = choosing.topic_words(unit, on)
    return [_table(str(Note.Kind(kind).label), counts, words) for kind, counts in found.items()]


def merged(counts: Mapping[str, int]) -> dict[str, Shown]:
    """Return the counts of one quarter by topic, with those too few merged under `OTHER`."""
    left = {topic: count for topic, count in counts.items() if count >= LEAST}
    other = sum(counts.values()) - sum(left.values())
    while 0 < other < LEAST and left:
        smallest = min(left, key=lambda topic: (left[topic], topic))
        other += left.pop(smallest)
    shown = {topic: Shown(0, in_other=True) for topic, count in counts.items() if count}
    shown |= {topic: Shown(count) for topic, count in left.items()}
    if other:
        shown[OTHER] = Shown(0, few=True) if other < LEAST else Shown(other)
    return shown


def _table(kind: str, counts: Mapping[Cell, int], words: Mapping[str, str]) -> Table:
    nothing = Shown(0)
    quarters = [
        merged(Counter({topic: n for (topic, quarter), n in counts.items() if quarter == number}))
        for number in range(1, 5)
    ]
    named = [topic for topic in words if any(quarter.get(topic, nothing).count for quarter in quarters)]
    if any(OTHER in quarter for quarter in quarters):
        named.append(OTHER)
    return Table(
        kind,
        [
            Row(words.get(topic, _("Khác")), [quarter.get(topic, nothing) for quarter in quarters])
            for topic in named
        ],
    )
