"""How many have the best grade, group by group, against how many may: always over a whole cycle, never one decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from hatnhan.reviews.models import Entry, RaisedCap
from hatnhan.reviews.rules import caps as rules
from hatnhan.reviews.selectors.law import law_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from hatnhan.reviews.models import Cycle
    from hatnhan.reviews.rules.caps import CapUse

Using = Literal["proposed", "appraised", "decided", "best known"]
_FIELDS: dict[str, tuple[str, ...]] = {
    "proposed": ("proposed_grade",),
    "appraised": ("appraised_grade", "proposed_grade"),
    "decided": ("grade",),
    "best known": ("grade", "appraised_grade", "proposed_grade"),
}
_NOBODY: Mapping[int, str] = {}


@dataclass(frozen=True, slots=True)
class Counted:
    """An entry as caps count it: its kind and group in `reviews.caps`, and the grade that is counted."""

    pk: int
    of: str
    group: str
    grade: str


@dataclass(frozen=True, slots=True)
class Over:
    """A group with more of the best grade than may be, and who they are, by name: the committee chooses."""

    use: CapUse
    entries: tuple[Entry, ...]


def cap_uses(
    cycle: Cycle, using: Using = "best known", *, replacing: Mapping[int, str] = _NOBODY
) -> tuple[CapUse, ...]:
    """Return how far each cap is used in each of its groups, over the whole cycle. Two queries.

    ``using`` says which grades are counted: those proposed; appraised (proposed where staff have not looked yet);
    decided; or the furthest that each has come. ``replacing`` puts grades, by id of the entry, in the place of these
    ("" for none), for what is being chosen on a page.
    """
    return uses_of(cycle, counted(cycle, using, replacing))


def counted(cycle: Cycle, using: Using, replacing: Mapping[int, str] = _NOBODY) -> tuple[Counted, ...]:
    """Return the entries with the grades that caps count. One query."""
    fields = _FIELDS[using]
    rows = Entry.objects.filter(cycle=cycle).due_grade()
    found = []
    for pk, of, subject, group, *grades in rows.values_list("pk", "of", "subject", "group", *fields):
        grade = replacing[pk] if pk in replacing else next((one for one in grades if one), "")
        if grade:
            found.append(Counted(pk, kind_of(of, subject), group, grade))
    return tuple(found)


def uses_of(cycle: Cycle, rows: Iterable[Counted]) -> tuple[CapUse, ...]:
    """Return how far caps are used by some rows, raised caps counted in. One query."""
    law = law_of(cycle).caps.value
    graded = [(one.of, one.group, one.grade) for one in rows]
    return rules.uses(law.caps, law.groups, graded, raised_in(cycle))


def kind_of(of: str, subject: str) -> str:
    """Return the kind of subject by which a cap names an entry: "member", "collective", "cell", "organisation"."""
    return subject if of == Entry.Of.ORGANISATION else of


def raised_in(cycle: Cycle) -> dict[tuple[str, str], Decimal]:
    """Return the raised percentages of a cycle by the keys of their cap and group. One query."""
    rows = RaisedCap.objects.filter(cycle=cycle)
    return {(one.cap, one.group): one.percent for one in rows}


def over(
    cycle: Cycle,
    uses: Iterable[CapUse],
    using: Using = "best known",
    *,
    replacing: Mapping[int, str] = _NOBODY,
) -> tuple[Over, ...]:
    """Return the groups that are over their cap, each with everyone in it who has the best grade, by name.

    No order among people but their names: whom to take off is for the committee. No query where nothing is over.
    """
    exceeded = [one for one in uses if one.over]
    if not exceeded:
        return ()
    rows = counted(cycle, using, replacing)
    people = named(one.pk for one in rows if any(_is_in(use, one) for use in exceeded))
    by_pk = {one.pk: one for one in rows}
    return tuple(
        Over(use, tuple(entry for entry in people if _is_in(use, by_pk[entry.pk]))) for use in exceeded
    )


def named(pks: Iterable[int]) -> list[Entry]:
    """Return entries with their member and unit, sorted by name (persons) and unit. One query."""
    found = Entry.objects.filter(pk__in=list(pks)).select_related("member", "unit")
    return sorted(found, key=by_name)


def by_name(entry: Entry) -> tuple[str, str, int]:
    """Return the key by which entries stand in lists: persons by name, others by the name of their unit."""
    return (entry.member.sort_key if entry.member else "", entry.unit.name, entry.pk)


def _is_in(use: CapUse, row: Counted) -> bool:
    same_kind = row.of == use.cap.of and row.grade == use.cap.grade
    return same_kind and (use.cap.per == "organisation" or row.group == use.group)
