"""Where rooms hand up their figures, and where everyone else gets them.

A room writes ``figures.py`` with families decorated by ``@family("prefix", …)``; every installed room's file is
imported at start. Nobody else counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hatnhan.core.errors import Missing
from hatnhan.core.periods import Period
from hatnhan.figures.types import Figure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django_stubs_ext import StrPromise

    from hatnhan.figures.types import Compute, Scope


@dataclass(frozen=True, slots=True)
class Family:
    """Figures that share a prefix and are computed together. ``title`` is Vietnamese.

    ``headlines`` are the keys of the few that stand on the home page, in that order; a family that yields them first
    need not compute the others for it. Those also named in ``over_the_year`` add up over time and say nothing of a
    single day: there they are taken for the year so far. ``of_committees`` says that they mean nothing of a single
    cell, whose page then leaves them out.
    """

    prefix: str
    title: StrPromise | str
    compute: Compute
    headlines: tuple[str, ...] = ()
    of_committees: bool = False
    over_the_year: tuple[str, ...] = ()

    def fits(self, scope: Scope) -> bool:
        """Tell whether the figures mean anything of a unit."""
        return not (self.of_committees and scope.is_cell)


_families: dict[str, Family] = {}


def family(
    prefix: str,
    *,
    title: StrPromise | str,
    headlines: tuple[str, ...] = (),
    of_committees: bool = False,
    over_the_year: tuple[str, ...] = (),
) -> Callable[[Compute], Compute]:
    """Register a function as the only source of all figures whose key begins with ``prefix`` and a dot."""

    def register(compute: Compute) -> Compute:
        if prefix in _families:
            message = f"two families of figures claim {prefix}"
            raise ValueError(message)
        _families[prefix] = Family(prefix, title, compute, headlines, of_committees, over_the_year)
        return compute

    return register


def families() -> list[Family]:
    """Return all families in the order of their prefixes."""
    return [_families[prefix] for prefix in sorted(_families)]


def family_of(key: str) -> Family:
    """Return the family that a figure's key belongs to, the nearest where families lie in one another.

    Raises Missing when no room vouches for it.
    """
    over = [one for one in families() if key.startswith(f"{one.prefix}.")]
    if over:
        return max(over, key=lambda one: len(one.prefix))
    message = f"Không có chỉ số “{key}”."
    raise Missing(message)


def compute(scope: Scope, period: Period, *, prefix: str = "") -> Iterator[Figure]:
    """Yield all figures that a unit has in a period and whose family or key begins with ``prefix``."""
    for one in families():
        if one.fits(scope) and (one.prefix.startswith(prefix) or prefix.startswith(f"{one.prefix}.")):
            for measure in one.compute(scope, period):
                if measure.key.startswith(prefix):
                    yield Figure(measure, scope, period)


def headlines(scope: Scope, day: Period) -> list[Figure]:
    """Return the figures that their families put on the home page on a day, in the families' order.

    Those that add up over time are taken for the year of the day, so far as it has gone.
    """
    found: list[Figure] = []
    for one in families():
        if one.fits(scope):
            found += _headlines_of(one, scope, day)
    return found


def _headlines_of(one: Family, scope: Scope, day: Period) -> list[Figure]:
    standing = [key for key in one.headlines if key not in one.over_the_year]
    summed = [key for key in one.headlines if key in one.over_the_year]
    year = Period.parse(f"{day.start.year:04}")
    wanted = _first(one, standing, scope, day) | _first(one, summed, scope, year)
    return [wanted[key] for key in one.headlines if key in wanted]


def _first(one: Family, keys: list[str], scope: Scope, period: Period) -> dict[str, Figure]:
    """Return some figures of a family; once they are there the rest is not computed."""
    found: dict[str, Figure] = {}
    missing = set(keys)
    if not missing:
        return found
    for measure in one.compute(scope, period):
        if measure.key in missing:
            found[measure.key] = Figure(measure, scope, period)
            missing.remove(measure.key)
        if not missing:
            break
    return found


def figure(key: str, scope: Scope, period: Period) -> Figure:
    """Return one figure by its whole key. Raises Missing when no room vouches for it."""
    for measure in family_of(key).compute(scope, period):
        if measure.key == key:
            return Figure(measure, scope, period)
    message = f"Không có chỉ số “{key}”."
    raise Missing(message)
