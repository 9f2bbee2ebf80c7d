"""Points and levels that come to a grade: by what each criterion may get. Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from hatnhan.rulebook.topics.reviews import Criterion

#: The totals that a grade lies between.
_BANDS = {"xs": (90.5, 96), "t": (72, 89), "ht": (54, 69), "kht": (36, 48), "": (81, 87)}
#: The levels, 4 to 1, that results and other criteria may have.
_LEVELS = {
    "xs": ((4,), (4, 4, 3)),
    "t": ((3, 3, 4), (3, 3, 4, 2)),
    "ht": ((2, 3), (2, 3)),
    "kht": ((1, 2), (2, 2, 1)),
}
_STEP = Decimal("0.5")


def points_for(
    criteria: Sequence[Criterion], grade: str, rng: Random, *, scored: bool, best: bool = False
) -> dict[str, Decimal]:
    """Return points, or levels, by key of the criterion, that come to a grade; "" is between two of them.

    ``best``: points of the best grade's band where the grade itself is "".
    """
    if not scored:
        return _levels(criteria, grade or "t", rng)
    low, high = _BANDS["xs" if best else grade]
    total = Decimal(round(rng.uniform(low, high) * 2)) / 2
    given = {one.key: _share(one, total) for one in criteria}
    return _fitted(criteria, given, total, rng)


def _share(criterion: Criterion, total: Decimal) -> Decimal:
    return (criterion.points * total / 100 / _STEP).to_integral_value() * _STEP


def _fitted(
    criteria: Sequence[Criterion], given: dict[str, Decimal], total: Decimal, rng: Random
) -> dict[str, Decimal]:
    """Return points moved about by halves until they add up to a total, none above its own criterion's."""
    for _move in range(len(criteria)):
        gives, takes = rng.sample(criteria, 2)
        if given[gives.key] >= 1 and given[takes.key] + _STEP <= takes.points:
            given[gives.key] -= _STEP
            given[takes.key] += _STEP
    while (off := total - sum(given.values())) != 0:
        one = rng.choice(criteria)
        moved = given[one.key] + (_STEP if off > 0 else -_STEP)
        if 0 <= moved <= one.points:
            given[one.key] = moved
    return given


def _levels(criteria: Sequence[Criterion], grade: str, rng: Random) -> dict[str, Decimal]:
    """Return levels; the first result bears the lowest that the grade has, so that it is no better grade."""
    results, others = _LEVELS[grade]
    found, first = {}, True
    for one in criteria:
        if one.part == "common":
            found[one.key] = Decimal(rng.choice(others))
        else:
            found[one.key] = Decimal(min(results) if first else rng.choice(results))
            first = False
    return found
