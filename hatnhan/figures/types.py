"""What a figure is."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from hatnhan.core.periods import Period
    from hatnhan.rulebook.types import Rule

Number = int | Decimal | None


class Scope(Protocol):
    """The unit a figure speaks of: a Party organisation, with all below it."""

    pk: int
    code: str

    @property
    def is_cell(self) -> bool:
        """Whether nothing stands below it."""
        ...

    def __str__(self) -> str: ...


@dataclass(frozen=True, slots=True)
class RowsLink:
    """Where the rows behind a figure are listed: the name of an address and its filter."""

    url_name: str
    query: Mapping[str, str] = field(default_factory=dict)
    args: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """What a family of figures hands up for one figure.

    ``key`` is whole ("organization.members.total"); ``value`` is a count, or a percentage 0–100 when ``unit`` is "%";
    None means that there is nothing to measure. ``how`` says in one Vietnamese sentence how it is counted; ``group``
    is the Vietnamese heading under which figures of a kind stand together on the board ("Theo giới tính"). ``listed``
    is how many rows the page behind it lists where these are not what was counted: cells for a share of their members.
    ``status`` is "final", or "provisional" while the period has not ended. ``until`` is the last day that counts where
    that is neither the period's last nor today: of what counts whole days only, yesterday while the period runs.
    """

    key: str
    label: str
    unit: str
    value: Number
    how: str
    numerator: int | Decimal | None = None
    denominator: int | Decimal | None = None
    rows: RowsLink | None = None
    rule: Rule[object] | None = None
    status: str = "final"
    group: str = ""
    listed: int | None = None
    until: date | None = None

    @property
    def rows_count(self) -> Number:
        """How many rows stand behind it: those it says, else the numerator of a share, else the value itself."""
        if self.listed is not None:
            return self.listed
        return self.numerator if self.unit == "%" else self.value


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure together with the scope and the period it was taken for."""

    measure: Measure
    scope: Scope
    period: Period

    def as_dict(self) -> dict[str, object]:
        """Return the figure as programs read it; numbers stay numbers."""
        m = self.measure
        return {
            "key": m.key,
            "label": m.label,
            "unit": m.unit,
            "value": _plain(m.value),
            "numerator": _plain(m.numerator),
            "denominator": _plain(m.denominator),
            "scope": self.scope.code,
            "period": self.period.key,
            "status": m.status,
        }


class Compute(Protocol):
    """A family: one function, few queries, several figures of one scope and period."""

    def __call__(self, scope: Scope, period: Period) -> Iterable[Measure]: ...


def _plain(value: Number) -> int | float | None:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
