"""Points and levels of the criteria: what each may get, sums by part, the lowest levels."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from hatnhan.rulebook.topics.reviews import Criterion, ReviewRegime

#: The levels of a criterion that is not scored: 1 poor to 4 excellent.
LEVELS = range(1, 5)


class ScoreRefused(ValueError):
    """A score that a criterion cannot get; ``code``: "over" its points, no "level", "negative", "unknown" criterion."""

    def __init__(self, code: str, criterion: str) -> None:
        super().__init__(f"{code}: {criterion}")
        self.code = code
        self.criterion = criterion


@dataclass(frozen=True, slots=True)
class Totals:
    """What the scores of one stage come to. Sums and lowest levels are None until all they need is there.

    ``missing`` are the keys of the criteria that nobody has scored yet.
    """

    common: Decimal | None
    result: Decimal | None
    lowest_result: int | None
    lowest_other: int | None
    lowest_core: int | None
    missing: tuple[str, ...]

    @property
    def total(self) -> Decimal | None:
        """The sum of both parts."""
        return None if self.common is None or self.result is None else self.common + self.result


def require(criterion: Criterion, points: Decimal, *, scored: bool) -> None:
    """Refuse points above the criterion's own, or a level that is none. Raises ScoreRefused."""
    if points < 0:
        raise ScoreRefused("negative", criterion.key)
    if scored and points > criterion.points:
        raise ScoreRefused("over", criterion.key)
    if not scored and points not in LEVELS:
        raise ScoreRefused("level", criterion.key)


def totals(criteria: Sequence[Criterion], given: Mapping[str, Decimal], *, scored: bool) -> Totals:
    """Return what scores, by key of the criterion, come to. Raises ScoreRefused for one that cannot be."""
    known = {one.key: one for one in criteria}
    for key, points in given.items():
        if key not in known:
            raise ScoreRefused("unknown", key)
        require(known[key], points, scored=scored)
    results = [one for one in criteria if one.part == "result"]
    others = [one for one in criteria if one.part == "common"]
    return Totals(
        common=_sum(others, given) if scored else None,
        result=_sum(results, given) if scored else None,
        lowest_result=None if scored else _lowest(results, given),
        lowest_other=None if scored else _lowest(others, given),
        lowest_core=None if scored else _lowest([one for one in criteria if one.core == "yes"], given),
        missing=tuple(one.key for one in criteria if one.key not in given),
    )


def by_stage(
    criteria: Sequence[Criterion], scores: Iterable[tuple[str, str, Decimal]], *, scored: bool
) -> dict[str, Totals]:
    """Return the totals of each stage from (stage, key of the criterion, points)."""
    given: dict[str, dict[str, Decimal]] = {}
    for stage, key, points in scores:
        given.setdefault(stage, {})[key] = points
    return {stage: totals(criteria, of_stage, scored=scored) for stage, of_stage in given.items()}


def fits_frame(criteria: Iterable[Criterion], regime: ReviewRegime) -> bool:
    """Tell whether the criteria of one kind of subject add up to the frames of the regime; levels always do."""
    if regime.scored == "no":
        return True
    sums = {"common": Decimal(0), "result": Decimal(0)}
    for one in criteria:
        sums[one.part] += one.points
    return sums == {"common": regime.common_points, "result": regime.result_points}


def _sum(criteria: Sequence[Criterion], given: Mapping[str, Decimal]) -> Decimal | None:
    if any(one.key not in given for one in criteria):
        return None
    return sum((given[one.key] for one in criteria), Decimal(0))


def _lowest(criteria: Sequence[Criterion], given: Mapping[str, Decimal]) -> int | None:
    if not criteria or any(one.key not in given for one in criteria):
        return None
    return min(int(given[one.key]) for one in criteria)
