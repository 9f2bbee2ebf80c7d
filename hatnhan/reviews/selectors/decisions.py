"""Reading decisions on grades: those of a cycle, one with its lines, what is ready to be decided."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from hatnhan.core.errors import Missing
from hatnhan.organization.powers import powers_of
from hatnhan.reviews import permissions
from hatnhan.reviews.models import ORDER, DecisionLine, Entry, GradeDecision
from hatnhan.reviews.selectors.appraisal import grade_words
from hatnhan.reviews.selectors.caps import Over, by_name, cap_uses, over
from hatnhan.reviews.selectors.deciders import level_of, ready_states
from hatnhan.reviews.selectors.entries import name_of
from hatnhan.reviews.selectors.law import law_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hatnhan.accounts.models import User
    from hatnhan.organization.models import Unit
    from hatnhan.reviews.models import Cycle

_MEMBERS, _COLLECTIVES, _CELLS, _ORGANISATION = "dang-vien", "tap-the", "chi-bo", "dang-bo"


@dataclass(frozen=True, slots=True)
class Choice:
    """A group of entries that may be put into a decision together: those of a kind in a unit."""

    key: str
    words: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a decision in words."""

    line: DecisionLine
    entry: Entry
    name: str
    grade: str
    proposed: str


def decisions_of(cycle: Cycle) -> list[GradeDecision]:
    """Return the decisions of a cycle with ``count`` of lines, drafts first, then newest first. One query."""
    rows = (
        GradeDecision.objects.filter(cycle=cycle)
        .select_related("unit", "cycle")
        .annotate(count=Count("lines"))
    )
    return sorted(rows, key=lambda one: (one.signed_on is not None, -_ordinal(one.signed_on), -one.pk))


def decision_for(user: User, pk: int) -> GradeDecision:
    """Return a decision: any for who reads the tree; one for those whose lines are in it. Raises Missing."""
    rows = GradeDecision.objects.select_related("cycle__unit", "unit").filter(pk=pk)
    found: GradeDecision | None = rows.first()
    if found is None or not (reads_all(user, found.cycle) or _reads_some(user, found)):
        raise Missing
    return found


def reads_all(user: User, cycle: Cycle) -> bool:
    """Tell whether a person sees all of a decision."""
    powers = powers_of(user)
    inside = cycle.unit_id in permissions.decides_in(powers) | powers.units_led
    return inside or permissions.runs_cycle(user, cycle.unit_id)


def lines_of(user: User, decision: GradeDecision, unit: Unit | None = None) -> list[Line]:
    """Return the lines of a decision that a person may see (of a unit, if one is named), by unit and name."""
    rows = DecisionLine.objects.filter(decision=decision)
    if unit is not None:
        rows = rows.filter(entry__unit=unit)
    if not reads_all(user, decision.cycle):
        rows = rows.filter(_seen(user, decision))
    found = list(rows.select_related("entry__member", "entry__unit"))
    for line in found:
        line.entry.cycle = decision.cycle
    found.sort(key=lambda one: (one.entry.of == Entry.Of.MEMBER, one.entry.unit.name, by_name(one.entry)))
    return [_line(one) for one in found]


def is_draft(decision: GradeDecision) -> bool:
    """Tell whether a decision is not signed yet."""
    return decision.state == GradeDecision.State.DRAFT


def over_with(decision: GradeDecision, lines: Iterable[Line]) -> tuple[Over, ...]:
    """Return the groups that would be over their cap if the lines of a draft were signed now."""
    grades = {one.entry.pk: one.line.grade for one in lines}
    uses = cap_uses(decision.cycle, "decided", replacing=grades)
    return over(decision.cycle, uses, "decided", replacing=grades)


def tally(cycle: Cycle, lines: Iterable[Line]) -> list[tuple[str, int]]:
    """Return how many have each grade, best first, by what it is called."""
    counted = Counter(one.line.grade for one in lines)
    law = law_of(cycle)
    return [(law.grade_name(grade), counted[grade]) for grade in ORDER if counted[grade]]


def choices(cycle: Cycle, level: str, unit: Unit | None = None) -> list[Choice]:
    """Return what may be put into a decision of a level, by kind and unit; of a cell that ``unit``. Two queries."""
    taken = DecisionLine.objects.filter(
        decision__cycle=cycle, decision__state=GradeDecision.State.DRAFT
    ).values_list("entry_id", flat=True)
    rows = Entry.objects.filter(cycle=cycle, state__in=ready_states(level)).due_grade().exclude(pk__in=taken)
    rows = rows.filter(unit=unit) if level == "cell" and unit is not None else rows
    found: dict[str, list[Entry]] = {}
    for row in rows.select_related("member", "unit"):
        row.cycle = cycle
        if _same_level(level_of(row), level):
            found.setdefault(_key(row), []).append(row)
    made = [Choice(key, _words(key, listed), tuple(listed)) for key, listed in found.items()]
    return sorted(made, key=lambda one: (one.key.startswith(_MEMBERS), one.words))


def levels_ready(cycle: Cycle) -> dict[str, int]:
    """Return by level how many entries are ready to be decided and stand in no draft. Two queries."""
    taken = DecisionLine.objects.filter(decision__state=GradeDecision.State.DRAFT, decision__cycle=cycle)
    rows = Entry.objects.filter(cycle=cycle).due_grade()
    rows = rows.filter(state__in=ready_states("superior")).exclude(pk__in=taken.values("entry_id"))
    counted: Counter[str] = Counter()
    for row in rows:
        row.cycle = cycle
        level = level_of(row)
        if row.state in ready_states(level):
            counted["committee" if level == "standing" else level] += 1
    return dict(counted)


def to_notify(cycle: Cycle, unit: Unit | None = None) -> list[Entry]:
    """Return the decided entries whose grade was not told yet, by name. One query."""
    rows = Entry.objects.filter(cycle=cycle, state=Entry.State.DECIDED, notified_on=None)
    rows = rows.filter(unit=unit) if unit else rows
    found = list(rows.select_related("member", "unit"))
    for row in found:
        row.cycle = cycle
    return sorted(found, key=by_name)


def _line(line: DecisionLine) -> Line:
    entry = line.entry
    proposed = grade_words(entry, entry.proposed_grade)
    return Line(line, entry, name_of(entry), grade_words(entry, line.grade), proposed)


def _same_level(one: str, level: str) -> bool:
    return one == level or {one, level} == {"committee", "standing"}


def _key(row: Entry) -> str:
    if row.of == Entry.Of.MEMBER:
        return f"{_MEMBERS}:{row.unit_id}"
    if row.of == Entry.Of.COLLECTIVE:
        return _COLLECTIVES
    return _ORGANISATION if row.subject == Entry.Subject.ORGANISATION else _CELLS


def _words(key: str, listed: list[Entry]) -> str:
    count = len(listed)
    whole = {
        _COLLECTIVES: _("Tập thể lãnh đạo (%(count)d)"),
        _CELLS: _("Chi bộ (%(count)d)"),
        _ORGANISATION: _("Đảng bộ (%(count)d)"),
    }
    if key in whole:
        return whole[key] % {"count": count}
    return _("%(unit)s: %(count)d đảng viên") % {"unit": listed[0].unit, "count": count}


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0


def _reads_some(user: User, decision: GradeDecision) -> bool:
    return DecisionLine.objects.filter(_seen(user, decision), decision=decision).exists()


def _seen(user: User, decision: GradeDecision) -> Q:
    """Return which lines a person sees of a signed decision: own, led cells', and once published own cells'."""
    if decision.signed_on is None:
        return Q(pk__in=())
    powers = powers_of(user)
    mine = Q(entry__member_id=powers.member_id) if powers.member_id else Q(pk__in=())
    mine |= Q(entry__unit__in=permissions.seated_in(powers))
    if decision.published_on is not None:
        mine |= Q(entry__unit__in=powers.own_cells)
    return mine
