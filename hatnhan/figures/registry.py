"""Where rooms hand up their figures, and where everyone else gets them.

A room writes ``figures.py`` with families decorated by ``@family("prefix", …)``; every installed room's file is
imported at start. Nobody else counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hatnhan.core.errors import Missing
from hatnhan.figures.types import Figure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hatnhan.core.periods import Period
    from hatnhan.figures.types import Compute, Scope


@dataclass(frozen=True, slots=True)
class Family:
    """Figures that share a prefix and are computed together. ``title`` is Vietnamese."""

    prefix: str
    title: str
    compute: Compute


_families: dict[str, Family] = {}


def family(prefix: str, *, title: str) -> Callable[[Compute], Compute]:
    """Register a function as the only source of all figures whose key begins with ``prefix`` and a dot."""

    def register(compute: Compute) -> Compute:
        if prefix in _families:
            message = f"two families of figures claim {prefix}"
            raise ValueError(message)
        _families[prefix] = Family(prefix, title, compute)
        return compute

    return register


def families() -> list[Family]:
    """Return all families in the order of their prefixes."""
    return [_families[prefix] for prefix in sorted(_families)]


def compute(scope: Scope, period: Period, *, prefix: str = "") -> Iterator[Figure]:
    """Yield all figures of a unit and period whose family or key begins with ``prefix``."""
    for one in families():
        if one.prefix.startswith(prefix) or prefix.startswith(f"{one.prefix}."):
            for measure in one.compute(scope, period):
                if measure.key.startswith(prefix):
                    yield Figure(measure, scope, period)


def figure(key: str, scope: Scope, period: Period) -> Figure:
    """Return one figure by its whole key. Raises Missing when no room vouches for it."""
    for found in compute(scope, period, prefix=key):
        if found.measure.key == key:
            return found
    message = f"Không có chỉ số “{key}”."
    raise Missing(message)
