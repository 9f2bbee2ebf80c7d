"""The core and its variants side by side, with what differs marked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hatnhan.core.errors import Missing
from hatnhan.guidance.comparing import compare
from hatnhan.guidance.models import CorePoint, Variant, VariantPoint
from hatnhan.guidance.selectors.rollouts import kinds_below, roll_out_for
from hatnhan.organization.cell_kinds import kind_words, kinds

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.accounts.models import User
    from hatnhan.guidance.comparing import Piece
    from hatnhan.guidance.models import RollOut


@dataclass(frozen=True, slots=True)
class Said:
    """How one variant says a point of the core: in pieces where it differs; ``due`` where its last day does."""

    label: str
    pieces: list[Piece]
    due: date | None


@dataclass(frozen=True, slots=True)
class Row:
    """One point of the core and how each variant says it."""

    point: CorePoint
    said: list[Said]


@dataclass(slots=True)
class Column:
    """One kind of cell: how many stand below today, its variant if there is one, and what only it has."""

    kind: str
    label: str
    cells: int
    variant: Variant | None
    own: list[VariantPoint] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Core and variants: a row a point of the core, a column a kind of cell that has a variant."""

    rows: list[Row]
    columns: list[Column]
    lacking: list[Column]

    @property
    def has_own(self) -> bool:
        """Whether any kind has points of its own."""
        return any(column.own for column in self.columns)

    @property
    def has_intro(self) -> bool:
        """Whether any variant begins with words of its own."""
        return any(column.variant and column.variant.intro for column in self.columns)


def sheet_of(roll_out: RollOut, on: date) -> Sheet:
    """Return core and variants of a roll-out side by side; kinds stand below on a day. Four queries."""
    counts = kinds_below(roll_out.unit_id, on)
    written = {one.cell_kind: one for one in Variant.objects.filter(roll_out=roll_out)}
    order = dict.fromkeys([*kinds(), *written, *counts])
    columns = [
        Column(kind, kind_words(kind), counts.get(kind, 0), written.get(kind))
        for kind in order
        if kind in written or kind in counts
    ]
    filled = [one for one in columns if one.variant is not None]
    by_variant = {one.variant.pk: one for one in filled if one.variant is not None}
    said: dict[tuple[int, int], VariantPoint] = {}
    points = (
        VariantPoint.objects.filter(variant__in=by_variant).select_related("core").order_by("place", "pk")
    )
    for point in points:
        if point.core_id is None:
            by_variant[point.variant_id].own.append(point)
        else:
            said[point.variant_id, point.core_id] = point
    rows = [
        Row(core, [_said(said.get((pk, core.pk)), column) for pk, column in by_variant.items()])
        for core in CorePoint.objects.filter(roll_out=roll_out)
    ]
    return Sheet(rows, filled, [one for one in columns if one.variant is None])


def _said(point: VariantPoint | None, column: Column) -> Said:
    if point is None or point.core is None:
        return Said(column.label, [], None)
    pieces = compare(point.core.text, point.text) if point.differs else []
    return Said(column.label, pieces, point.due)


def core_for(user: User, pk: int) -> CorePoint:
    """Return a point of a core. Raises Missing unless the person may see the roll-out."""
    found: CorePoint | None = CorePoint.objects.filter(pk=pk).first()
    if found is None:
        raise Missing
    found.roll_out = roll_out_for(user, found.roll_out_id)
    return found


def core_of(roll_out: RollOut) -> list[CorePoint]:
    """Return the core in order."""
    return list(CorePoint.objects.filter(roll_out=roll_out))


def variant_of(roll_out: RollOut, kind: str) -> tuple[Variant | None, list[VariantPoint]]:
    """Return the variant for a kind of cell with its points; (None, []) where there is none."""
    found: Variant | None = Variant.objects.filter(roll_out=roll_out, cell_kind=kind).first()
    if found is None:
        return None, []
    found.roll_out = roll_out
    return found, list(VariantPoint.objects.filter(variant=found).order_by("place", "pk"))
