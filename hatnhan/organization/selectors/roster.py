"""The roster as one person may see it: whole lines for those who lead, names and posts for the own cell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.utils.translation import gettext as _

from hatnhan.core.errors import Missing
from hatnhan.organization.filters import Filters
from hatnhan.organization.models import Badge, Exemption, Member, Position, Transfer
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors import roster_rows, search
from hatnhan.organization.selectors.units import UnitLine, lines_below

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hatnhan.accounts.models import User
    from hatnhan.organization.models import Unit


@dataclass(frozen=True)
class Roster:
    """The members below a unit on a day, within what one person may see.

    ``directory`` is the narrow view of an ordinary member: names and posts of the own cell. ``cell_ids`` are the cells
    it is narrowed to; None is all below the unit, by those who may open every file there.
    """

    user: User
    unit: Unit
    on: date
    directory: bool
    cell_ids: frozenset[int] | None

    @cached_property
    def lines(self) -> list[UnitLine]:
        """The units below, with their members counted."""
        return lines_below(self.unit.pk, self.on, self.cell_ids)

    @property
    def cells(self) -> list[UnitLine]:
        """The cells among the units below."""
        return [line for line in self.lines if line.is_cell]

    @property
    def total(self) -> int:
        """All members, whatever is filtered."""
        return sum(line.total for line in self.lines)

    @property
    def official(self) -> int:
        """All official members."""
        return sum(line.official for line in self.lines)

    @property
    def probationary(self) -> int:
        """All members on probation."""
        return self.total - self.official

    def cell(self, code: str) -> UnitLine | None:
        """Return the cell with a code, if it is one of those below."""
        return next((line for line in self.cells if line.code == code), None)


def roster_for(user: User, unit: Unit | None, on: date) -> Roster:
    """Return the roster of a unit as a person may see it. Raises Missing where nothing of it is for the person."""
    powers = powers_of(user)
    if unit is None:
        raise Missing(_("Đồng chí chưa thuộc chi bộ nào trong Đảng bộ."))
    if powers.reads and unit.pk in powers.units_led:
        return Roster(user, unit, on, directory=False, cell_ids=None)
    within = frozenset(line.pk for line in lines_below(unit.pk, on, powers.cells_led | powers.own_cells))
    if led := within & powers.cells_led:
        return Roster(user, unit, on, directory=False, cell_ids=led)
    if own := within & powers.own_cells:
        return Roster(user, unit, on, directory=True, cell_ids=own)
    raise Missing(_("Không có danh sách nào cho đồng chí ở đây."))


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows that a filter leaves, how many they are, and how the name was looked for.

    ``marked``: it was typed with its marks; ``fell_back``: it is nobody's given name, so the whole name was searched.
    """

    rows: QuerySet[Any]
    count: int
    how: search.How | None = None
    marked: bool = False
    fell_back: bool = False


def find(roster: Roster, filters: Filters) -> Listing:
    """Return the rows of a roster that a filter asks for, in its order.

    A word that is nobody's given name is looked for in the whole name.
    """
    if roster.directory:
        filters = Filters(q=filters.q, o=filters.o)  # no order that tells of ages or of years in the Party
    base = roster_rows.base(roster, filters).filter(roster_rows.condition(roster, filters))
    found = search.understand(filters.q, whole=filters.whole_name, prefix="member__")
    if roster.directory and found is not None and found.how is search.How.CARD:
        return Listing(
            base.none(), 0, found.how
        )  # digit by digit it would tell the number of everyone's card
    if found is None:
        return Listing(
            roster_rows.ordered(base, roster, filters), base.count() if filters.narrow else roster.total
        )
    matching = base.filter(found.matches)
    count, fell_back = matching.count(), False
    if not count and found.how is search.How.GIVEN:
        found = search.understand(filters.q, whole=True, prefix="member__") or found
        matching = base.filter(found.matches)
        count, fell_back = matching.count(), True
    marked = not filters.q.isascii()
    return Listing(
        roster_rows.ordered(matching, roster, filters, found.rank), count, found.how, marked, fell_back
    )


def with_standing(rows: QuerySet[Any], roster: Roster) -> QuerySet[Any]:
    """Add to the rows what their standing on the day needs: exemption, open transfer, badge, may the file be opened."""
    on = roster.on
    of_member = {"member_id": OuterRef("member_id")}
    undecided = Q(state=Transfer.State.PROPOSED) | Q(decided_on__gt=on)
    waiting = Transfer.objects.filter(undecided, proposed_on__lte=on, **of_member)
    best_badge = Badge.objects.filter(awarded_on__lte=on, **of_member).order_by("-years").values("years")[:1]
    standing: QuerySet[Any] = rows.select_related("member", "unit").annotate(
        exempt=Exists(Exemption.objects.on(on).filter(**of_member)),
        waiting=Exists(waiting),
        badge=Subquery(best_badge),
        readable=_readable(roster),
    )
    return standing


def posts_on(on: date, member_ids: Iterable[int]) -> dict[int, str]:
    """Return the posts that members held on a day, in words, by protocol."""
    held = Position.objects.on(on).filter(member_id__in=list(member_ids)).select_related("unit")
    posts: dict[int, list[str]] = {}
    for position in sorted(held, key=lambda position: position.rank):
        titles = posts.setdefault(position.member_id, [])
        if position.title not in titles:
            titles.append(position.title)
    return {member_id: ", ".join(titles) for member_id, titles in posts.items()}


def _readable(roster: Roster) -> Value | Exists:
    """Return whether a row's whole file may be opened: all below an own committee, else asked file by file."""
    if roster.cell_ids is None:
        return Value(value=True)
    mine = powers_of(roster.user).files_condition()
    return Exists(Member.objects.filter(mine, pk=OuterRef("member_id")))
