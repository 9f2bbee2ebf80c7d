"""How what is known of a meeting becomes points, and points a band. Pure: no database, no framework."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

from hatnhan.core.vietnamese import decimal

if TYPE_CHECKING:
    from collections.abc import Iterable


class Reach(Protocol):
    """One step of a scale: `rulebook.topics.meetings.Reach`."""

    @property
    def kind(self) -> str:
        """Return "from", "above" or "short"."""

    @property
    def at(self) -> int:
        """Return percent, or minutes for "short"."""

    @property
    def points(self) -> int:
        """Return what it is worth."""


class Bands(Protocol):
    """Where the bands begin: `rulebook.topics.meetings.MeetingScore`."""

    @property
    def good_from(self) -> int:
        """Return the least total that is good."""

    @property
    def fair_from(self) -> int:
        """Return the least total that is fair."""

    @property
    def average_from(self) -> int:
        """Return the least total that is average."""


def share(part: int, whole: int) -> Fraction:
    """Return ``part`` of ``whole`` in percent, exactly; ``whole`` must be positive."""
    return Fraction(100 * part, whole)


def points(scale: Iterable[Reach], reached: Fraction, *, short: int = 0) -> int:
    """Return the greatest points of the steps reached, 0 for none.

    ``reached`` is a share in percent; ``short`` the minutes missing from the least length (0 when none is).
    """
    return max((step.points for step in scale if _is_reached(step, reached, short)), default=0)


def _is_reached(step: Reach, reached: Fraction, short: int) -> bool:
    if step.kind == "short":
        return short <= step.at
    return reached > step.at if step.kind == "above" else reached >= step.at


def band(total: Decimal | int, bands: Bands) -> str:
    """Return the band of a total of 0 to 100: "good", "fair", "average" or "poor"; each begins at its own mark."""
    if total >= bands.good_from:
        return "good"
    if total >= bands.fair_from:
        return "fair"
    return "average" if total >= bands.average_from else "poor"


def least_minutes(plain: int, with_theme: int, *, theme: bool) -> int:
    """Return how long a meeting must last at least: longer when it takes a theme besides the month's matters."""
    return with_theme if theme else plain


def shown(points: Decimal | int) -> str:
    """Return points as one writes them: 4 or 4,5."""
    exact = Decimal(points)
    return decimal(exact, 0 if exact == exact.to_integral_value() else 1)
