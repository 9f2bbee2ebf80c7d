"""How many may get a grade that is limited, counted anew from all that are graded. Nobody is chosen here.

Who is over a cap, a body decides; the software says only that there are too many, and how many.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from hatnhan.reviews.rules.engine import concerns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from hatnhan.rulebook.topics.reviews import Cap, CapGroup

    #: What is graded ("member", "cell" or "collective"), the key of its group, its grade.
    Graded = tuple[str, str, str]
    #: Percentages (0–100) the authority granted, by key of the cap and of the group ("" for the whole organisation).
    Raised = Mapping[tuple[str, str], Decimal]

_ROUNDING = {"floor": ROUND_FLOOR, "nearest": ROUND_HALF_UP, "up": ROUND_CEILING}
#: Which grades make the base of a cap.
_BASE = {"good": {"t"}, "good_or_better": {"xs", "t"}, "graded": {"xs", "t", "ht", "kht"}}


@dataclass(frozen=True, slots=True)
class CapUse:
    """A cap in one group ("" for the whole organisation): how many of how many.

    ``percent`` is what holds there (0–100), ``limit`` the most who may get the grade, None where no cap is known.
    """

    cap: Cap
    group: str
    percent: Decimal
    graded: int
    base: int
    limit: int | None
    used: int

    @property
    def over(self) -> bool:
        """Whether more have the grade than may."""
        return self.limit is not None and self.used > self.limit

    @property
    def excess(self) -> int:
        """How many have it too many."""
        return 0 if self.limit is None else max(self.used - self.limit, 0)


def limit(base: int, percent: Decimal, rounding: str) -> int:
    """Return the most who may get a grade: a percentage (0–100) of a base, rounded "floor", "nearest" or "up"."""
    share = Decimal(base) * percent / 100
    return int(share.quantize(Decimal(1), rounding=_ROUNDING[rounding]))


def percent_of(cap: Cap, granted: Decimal | None) -> Decimal:
    """Return the percentage that holds: what the authority granted, within what the law lets it grant."""
    if granted is None or granted <= cap.percent:
        return cap.percent
    return max(min(granted, cap.raised), cap.percent)


def uses(
    caps: Sequence[Cap], groups: Sequence[CapGroup], graded: Iterable[Graded], raised: Raised
) -> tuple[CapUse, ...]:
    """Return how far each cap is used, in each group that it is counted in, from all that are graded.

    Groups come in the order of the law, then any that the law does not name, so that nobody escapes a cap.
    """
    listed = list(graded)
    return tuple(
        _use(cap, group, listed, raised) for cap in caps for group in _groups_of(cap, groups, listed)
    )


def fits(caps: Sequence[Cap], groups: Sequence[CapGroup], graded: Iterable[Graded], raised: Raised) -> bool:
    """Tell whether all that are graded are within every cap."""
    return not any(use.over for use in uses(caps, groups, graded, raised))


def _groups_of(cap: Cap, groups: Sequence[CapGroup], graded: Sequence[Graded]) -> list[str]:
    if cap.per == "organisation":
        return [""]
    named = [one.key for one in groups if one.subject == cap.of or concerns(cap.of, one.subject)]
    return [*named, *sorted({group for of, group, _grade in graded if of == cap.of} - set(named))]


def _use(cap: Cap, group: str, graded: Sequence[Graded], raised: Raised) -> CapUse:
    grades = [
        grade
        for of, its_group, grade in graded
        if of == cap.of and grade and (cap.per == "organisation" or its_group == group)
    ]
    percent = percent_of(cap, raised.get((cap.key, group)))
    base = sum(grade in _BASE[cap.base] for grade in grades)
    return CapUse(
        cap=cap,
        group=group,
        percent=percent,
        graded=len(grades),
        base=base,
        limit=limit(base, percent, cap.rounding) if percent else None,
        used=grades.count(cap.grade),
    )
