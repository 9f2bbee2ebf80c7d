"""What of guidance was still to be done on a day, for the deadlines: each by a few queries, whatever the size."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q

from hatnhan.core.dated import in_force
from hatnhan.guidance.models import (
    CellReport,
    CellRollOut,
    Document,
    Registration,
    RollOut,
    Variant,
    YearTheme,
)
from hatnhan.guidance.selectors import following, study
from hatnhan.guidance.selectors.directive import Counts, has_come, registered_counts
from hatnhan.guidance.selectors.steps import due_in_cell, rules_of
from hatnhan.guidance.selectors.study_days import cells_of, last_days
from hatnhan.organization.models import Exemption, Level, Member, Membership, Unit, UnitAncestry, UnitVersion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from hatnhan.guidance.selectors.following import Term
    from hatnhan.rulebook.topics.guidance import RollOutSteps
    from hatnhan.rulebook.types import Rule


# --- the committee's part --------------------------------------------------------------------------------------------
def plans(unit_ids: Sequence[int], on: date, until: date) -> QuerySet[RollOut]:
    """Return the plans being written on a day that have to be approved by another (inclusive), first due first."""
    open_then = Q(approved_at=None) | Q(approved_at__gte=following.after(on))
    rows: QuerySet[RollOut] = RollOut.objects.filter(
        open_then, unit_id__in=unit_ids, drafted_at__lt=following.after(on), approve_by__lte=until
    )
    return rows.select_related("document", "unit").order_by("approve_by", "pk")


def running(unit_ids: Sequence[int], on: date) -> QuerySet[RollOut]:
    """Return the roll-outs of units that ran on a day."""
    rows: QuerySet[RollOut] = RollOut.objects.filter(following.running_on(on), unit_id__in=unit_ids)
    return rows.select_related("document", "unit").order_by("held_by", "pk")


def kinds_without(roll_outs: Iterable[RollOut], on: date) -> dict[int, list[str]]:
    """Return by roll-out the kinds of cell that stood below its unit on a day and have no variant. Two queries."""
    found = {one.pk: one.unit_id for one in roll_outs}
    if not found:
        return {}
    below = UnitVersion.objects.on(on).filter(
        in_force(on, "unit__ancestries__"), unit__ancestries__ancestor_id__in=set(found.values())
    )
    kinds: dict[int, set[str]] = defaultdict(set)
    rows = below.exclude(cell_kind="").order_by()
    for unit_id, kind in rows.values_list("unit__ancestries__ancestor_id", "cell_kind").distinct():
        kinds[unit_id].add(kind)
    written: dict[int, set[str]] = defaultdict(set)
    for roll_out, kind in Variant.objects.filter(roll_out__in=found).values_list("roll_out_id", "cell_kind"):
        written[roll_out].add(kind)
    missing = {pk: sorted(kinds[unit_id] - written[pk]) for pk, unit_id in found.items()}
    return {pk: some for pk, some in missing.items() if some}


@dataclass(frozen=True, slots=True)
class Lacking:
    """How many cells have not been given a roll-out, and the day on which the last of them was founded."""

    count: int
    since: date


def lacking(roll_outs: Iterable[RollOut], on: date) -> dict[int, Lacking]:
    """Return by roll-out the cells that stood below its unit on a day and had not been given it. One query."""
    found = [one.pk for one in roll_outs]
    if not found:
        return {}
    given = CellRollOut.objects.filter(
        following.there_on(on), roll_out_id=OuterRef("roll_out"), cell_id=OuterRef("unit_id")
    )
    rows: Any = (
        UnitAncestry.objects.on(on)
        .filter(ancestor__roll_outs__in=found, unit__level=Level.CELL)
        .annotate(roll_out=F("ancestor__roll_outs__pk"))
        .filter(~Exists(given))
        .order_by()
        .values("roll_out")
        .annotate(count=Count("unit_id"), since=Max("unit__founded_on"))
    )
    return {one["roll_out"]: Lacking(one["count"], one["since"]) for one in rows}


# --- the cells' part -------------------------------------------------------------------------------------------------
def _given(cell_ids: Sequence[int], on: date) -> QuerySet[CellRollOut]:
    """Return the roll-outs that ran in cells on a day."""
    live = RollOut.objects.filter(following.running_on(on)).values("pk")
    rows = CellRollOut.objects.filter(following.there_on(on), cell_id__in=cell_ids, roll_out__in=live)
    return rows.select_related("cell", "roll_out__document").order_by("roll_out__held_by", "pk")


def not_held(cell_ids: Sequence[int], on: date) -> Iterator[tuple[CellRollOut, date, Rule[RollOutSteps]]]:
    """Yield what cells had not held by a day, with the day to hold it by (`steps.due_in_cell`)."""
    rows: QuerySet[CellRollOut, Any] = following.with_meetings(_given(cell_ids, on), on)
    waiting = [one for one in rows if one.held_at is None]
    yield from ((one, *rest) for one, rest in _with_days(waiting, "held"))


def not_studied(
    cell_ids: Sequence[int], on: date
) -> Iterator[tuple[CellRollOut, int, int, date, Rule[RollOutSteps]]]:
    """Yield where studying was not finished on a day: how many studied, how many owe it, the day to finish by."""
    rows = list(_given(cell_ids, on))
    if not rows:
        return
    documents = list({one.roll_out.document for one in rows})
    counts = study.counts(documents, list({one.cell for one in rows}), on)
    for one, (due, rule) in _with_days(rows, "study"):
        done, of = counts.get((one.roll_out.document_id, one.cell_id), (0, 0))
        if done < of:
            yield one, done, of, due, rule


def _with_days(
    rows: Iterable[CellRollOut], step: str
) -> Iterator[tuple[CellRollOut, tuple[date, Rule[RollOutSteps]]]]:
    rule_of = rules_of()
    for one in rows:
        rule = rule_of(one.roll_out)
        yield one, (due_in_cell(one, step, rule), rule)


def not_reported(
    cell_ids: Sequence[int], on: date, until: date
) -> Iterator[tuple[CellRollOut, Term, Rule[RollOutSteps]]]:
    """Yield the reports that cells had not given by a day and have to give by another, inclusive."""
    rows = list(_given(cell_ids, on))
    if not rows:
        return
    told = CellReport.objects.filter(given__in=[one.pk for one in rows], months__gt=0, reported_on__lte=on)
    came = set(told.values_list("given_id", "months"))
    rule_of = rules_of()
    for one in rows:
        rule = rule_of(one.roll_out)
        for months, due in following.terms(one.roll_out, rule.value):
            if one.given_on <= due <= until and (one.pk, months) not in came:
                yield one, following.Term(months, due, None), rule


# --- one person's part -----------------------------------------------------------------------------------------------
def owed_by(member_id: int, on: date) -> list[tuple[Document, date]]:
    """Return the documents a member had still to study on a day, with the last day for it, first due first."""
    documents = list(study.owed_by(Member(pk=member_id), on))
    if not documents:
        return []
    days = last_days([one.pk for one in documents], cells_of(member_id, on), on)
    found = [(one, days[one.pk]) for one in documents if one.pk in days]
    return sorted(found, key=lambda row: (row[1], row[0].pk))


# --- the year under the Directive ------------------------------------------------------------------------------------
REGISTER, MIDYEAR, ASSESS = "register", "midyear", "assess"


def under_a_theme(unit_ids: Sequence[int], year: int, on: date) -> set[int]:
    """Return which units stand under a theme of a year, their own or of one above: only of these it is asked."""
    themed = YearTheme.objects.filter(year=year).values("unit")
    lines = UnitAncestry.objects.on(on).filter(unit_id__in=unit_ids, ancestor__in=themed)
    return set(lines.values_list("unit_id", flat=True))


def without_theme(unit_ids: Sequence[int], year: int) -> QuerySet[Unit]:
    """Return the committees that set a theme the year before and none for this year."""
    before = YearTheme.objects.filter(year=year - 1, unit_id__in=unit_ids).values("unit")
    now = YearTheme.objects.filter(year=year).values("unit")
    return Unit.objects.filter(pk__in=before).exclude(pk__in=now).order_by("pk")


@dataclass(frozen=True, slots=True)
class YearOf:
    """How far a unit is with a step of the year: of how many members how many, and whether itself."""

    unit: Unit
    members: int
    of: int
    itself: bool

    @property
    def is_done(self) -> bool:
        """Whether nothing is left."""
        return self.itself and self.members >= self.of


def registrations_of(
    unit_ids: Sequence[int], year: int, steps: Sequence[str], on: date
) -> dict[str, list[YearOf]]:
    """Return by step how far units were with a year on a day, those with something left. Four queries.

    Registering is asked of all who owe it; what comes after it, of those who registered.
    """
    counts = registered_counts(unit_ids, year, on)
    own = Registration.objects.filter(year=year, member=None, unit_id__in=unit_ids)
    came = {row.unit_id: _came(row, on) for row in own}
    units = list(Unit.objects.filter(pk__in=unit_ids).existing(on).order_by("pk"))
    found: dict[str, list[YearOf]] = {step: [] for step in steps}
    for unit in units:
        one, itself = counts.get(unit.pk, Counts()), came.get(unit.pk, frozenset())
        for step, rows in found.items():
            there, of = {
                REGISTER: (one.registered, one.due),
                MIDYEAR: (one.progress, one.registered),
                ASSESS: (one.assessed, one.registered),
            }[step]
            rows.append(
                YearOf(unit, there, of, step in itself or (step != REGISTER and REGISTER not in itself))
            )
    return {step: [one for one in rows if not one.is_done] for step, rows in found.items()}


def _came(row: Registration, on: date) -> frozenset[str]:
    """Return the steps that a registration had come to by a day."""
    return frozenset(step for step in (REGISTER, MIDYEAR, ASSESS) if has_come(row, step, on))


@dataclass(frozen=True, slots=True)
class OwnYear:
    """How far a member is with the year: the steps come to by a day, and the cell."""

    cell: Unit
    steps: frozenset[str]


def own_year(member_id: int, year: int, on: date) -> OwnYear | None:
    """Return how far a member was with a year on a day; None for whom it was not asked of. Four queries at most."""
    where = Membership.objects.on(on).filter(member_id=member_id, kind=Membership.Kind.OFFICIAL)
    cell = where.select_related("unit").first()
    if cell is None or Exemption.objects.on(on).filter(member_id=member_id).exists():
        return None
    if not under_a_theme([cell.unit_id], year, on):
        return None
    mine = Registration.objects.filter(year=year, member_id=member_id)
    row = mine.first()
    return OwnYear(cell.unit, _came(row, on) if row else frozenset())
