"""Figures as pages show them: beside the period before, in groups, over five periods."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hatnhan.figures import periods, registry
from hatnhan.figures.types import Figure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hatnhan.core.periods import Period
    from hatnhan.figures.types import Measure, Number, Scope

#: A family of at most so many figures stands as tiles only; of a larger one only the headlines do.
TILES = 4


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure beside its value in the period before (None: it was not measured)."""

    figure: Figure
    before: Number

    @property
    def change(self) -> Number:
        """By how much it rose (positive) or fell since the period before; None where one of both is missing."""
        value = self.figure.measure.value
        return None if value is None or self.before is None else value - self.before

    @property
    def fall(self) -> Number:
        """The change with its sign turned, for a sentence that already says that it fell."""
        return None if self.change is None else -self.change


@dataclass(slots=True)
class Group:
    """Figures under one heading, drawn as lines of a table."""

    title: str
    lines: list[Shown] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Section:
    """A family on the board: its tiles, then its groups."""

    title: str
    tiles: list[Shown]
    groups: list[Group]


def board(scope: Scope, period: Period) -> list[Section]:
    """Return all figures of a unit and period, family by family."""
    earlier = periods.before(period)
    sections = []
    for family in filter(lambda one: one.fits(scope), registry.families()):
        old = {measure.key: measure.value for measure in family.compute(scope, earlier)}
        now = family.compute(scope, period)
        shown = [Shown(Figure(measure, scope, period), old.get(measure.key)) for measure in now]
        if shown:
            sections.append(_section(family, shown))
    return sections


def _section(family: registry.Family, shown: list[Shown]) -> Section:
    if len(shown) <= TILES:
        return Section(str(family.title), shown, [])
    first = set(family.headlines)
    tiles = [one for one in shown if one.figure.measure.key in first]
    rest = [one for one in shown if one.figure.measure.key not in first]
    return Section(str(family.title), tiles, _groups(rest))


def _groups(shown: Iterable[Shown]) -> list[Group]:
    """Put figures under their headings, in the order in which the headings first come."""
    groups: dict[str, Group] = {}
    for one in shown:
        title = str(one.figure.measure.group)
        groups.setdefault(title, Group(title)).lines.append(one)
    return list(groups.values())


@dataclass(frozen=True, slots=True)
class Opened:
    """One figure opened: itself, the same over the last periods (this one last), and those of its group."""

    figure: Figure
    course: list[Figure]
    beside: list[Figure]
    on_home: bool

    @property
    def heading(self) -> str:
        """The heading that the figures beside share with this one; empty where they differ."""
        groups = {self.figure.measure.group, *(one.measure.group for one in self.beside)}
        return groups.pop() if len(groups) == 1 else ""

    @property
    def shown(self) -> Shown:
        """The figure beside the period before."""
        return Shown(self.figure, self.course[-2].measure.value if len(self.course) > 1 else None)


def opened(key: str, scope: Scope, period: Period, *, count: int = 5) -> Opened:
    """Return one figure with its course over ``count`` periods. Raises Missing when no room vouches for it."""
    figure = registry.figure(key, scope, period)
    family = registry.family_of(key)
    beside = [one for one in family.compute(scope, period) if one.key != key and _akin(one, figure.measure)]
    course = [
        found for past in periods.latest(period, count)[:-1] if (found := _at(family, key, scope, past))
    ]
    return Opened(
        figure=figure,
        course=[*course, figure],
        beside=[Figure(one, scope, period) for one in beside],
        on_home=key in family.headlines,
    )


def _akin(one: Measure, other: Measure) -> bool:
    return one.key.rpartition(".")[0] == other.key.rpartition(".")[0]


def _at(family: registry.Family, key: str, scope: Scope, period: Period) -> Figure | None:
    found = (Figure(one, scope, period) for one in family.compute(scope, period) if one.key == key)
    return next(found, None)
