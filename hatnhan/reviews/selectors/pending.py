"""What is still to be done in the yearly review on a day, for deadlines: of units by step, of one person."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

from django.db.models import Count, F, Q

from hatnhan.organization.models import Body, Unit
from hatnhan.reviews.models import Cycle, Entry, LookAgain, Remark, SelfReview, Sitting, StepDay
from hatnhan.reviews.selectors.again import last_day_to_ask
from hatnhan.reviews.selectors.progress import end_of, submitted_by

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from django.db.models import QuerySet

#: A notice stands on the home page so many days where the law sets no last day to ask again.
_NOTICE_DAYS = 7
_REMARKS = (Remark.Kind.RESIDENCE, Remark.Kind.TEMPORARY)


@dataclass(frozen=True, slots=True)
class UnitStep:
    """A step that a unit has not finished: its day, how many are left (0 where it is not counted), of how many."""

    cycle: Cycle
    unit: Unit
    step: StepDay
    left: int
    of: int


def _running(on: date) -> Q:
    return Q(opened_on__lte=on) & (Q(closed_on=None) | Q(closed_on__gt=on))


def unit_steps(unit_ids: Collection[int], on: date, until: date) -> Iterator[UnitStep]:
    """Yield the steps due by a day (inclusive) that units have not finished. Five queries, whatever the size."""
    mine = Q(unit__in=unit_ids) | Q(entries__unit__in=unit_ids)
    cycles = {
        one.pk: one for one in Cycle.objects.filter(mine, _running(on)).select_related("unit").distinct()
    }
    steps = list(StepDay.objects.filter(cycle__in=cycles, due__lte=until))
    if not steps:
        return
    counts = _counts(cycles, on)
    units = _units(cycles, unit_ids)
    for step in steps:
        cycle = cycles[step.cycle_id]
        if step.of == "cell":
            yield from _of_cells(cycle, step, units, counts)
        elif cycle.unit_id in unit_ids:
            yield from _of_committee(cycle, step, counts)


def _of_cells(
    cycle: Cycle, step: StepDay, units: dict[int, list[Unit]], counts: dict[tuple[int, int], dict[str, int]]
) -> Iterator[UnitStep]:
    for unit in units[cycle.pk]:
        found = counts.get((cycle.pk, unit.pk), {})
        left, whole = left_of(step.key, found)
        if left:
            yield UnitStep(cycle, unit, step, left, whole)


def _of_committee(
    cycle: Cycle, step: StepDay, counts: dict[tuple[int, int], dict[str, int]]
) -> Iterator[UnitStep]:
    own = counts.get((cycle.pk, cycle.unit_id), {})
    # The committee hands in and sits for itself; it appraises, decides and tells everybody.
    found = own if step.key in {"self_review", "sitting", "propose"} else _summed(cycle, counts)
    left, whole = left_of(step.key, found)
    if left or step.key == "report":
        yield UnitStep(cycle, cycle.unit, step, left, whole)


def left_of(key: str, found: dict[str, int]) -> tuple[int, int]:
    """Return how many are left at a step, of how many; 0 for a step that is not counted here."""
    if not found:
        return 0, 0
    done = {
        "self_review": ("submitted", "due"),
        "residence": ("commented", "people"),
        "sitting": ("reviewed", "due"),
        "propose": ("proposed", "graded"),
        "appraise": ("appraised", "graded"),
        "decide": ("decided", "graded"),
        "notify": ("notified", "graded"),
    }.get(key)
    if done is None:
        return 0, 0
    name, whole = done
    return found[whole] - found[name], found[whole]


def _counts(cycles: dict[int, Cycle], on: date) -> dict[tuple[int, int], dict[str, int]]:
    """Return by cycle and unit how many of its entries came how far by a day. Two queries."""
    rows = Entry.objects.filter(cycle__in=cycles).exclude(standing=Entry.Standing.LEFT_OUT)
    graded = Q(standing=Entry.Standing.GRADED)
    people = Q(of=Entry.Of.MEMBER)
    decided = Q(decided_on__lte=on)
    sums = (
        rows.order_by()
        .values("cycle_id", "unit_id")
        .annotate(
            due=Count("pk"),
            graded=Count("pk", filter=graded),
            people=Count("pk", filter=people),
            submitted=Count("pk", filter=submitted_by(on)),
            reviewed=Count("pk", filter=Q(reviewed_on__lte=on)),
            proposed=Count("pk", filter=graded & (Q(proposed_on__lte=on) | decided)),
            appraised=Count("pk", filter=graded & (Q(appraised_on__lte=on) | decided)),
            decided=Count("pk", filter=graded & decided),
            notified=Count("pk", filter=graded & Q(notified_on__lte=on)),
        )
    )
    found: dict[tuple[int, int], dict[str, int]] = {}
    for one in cast("Iterable[dict[str, int]]", sums):
        found[one["cycle_id"], one["unit_id"]] = {**one, "commented": 0}
    told = rows.filter(people, remarks__kind__in=_REMARKS, remarks__on__lte=on)
    commented = told.order_by().values("cycle_id", "unit_id").annotate(commented=Count("pk", distinct=True))
    for said in commented:
        found[said["cycle_id"], said["unit_id"]]["commented"] = said["commented"]
    for row in found.values():
        # Once reviewed, nobody waits for a comment any more.
        row["commented"] = max(row["commented"], min(row["people"], row["reviewed"]))
    return found


def _summed(cycle: Cycle, counts: dict[tuple[int, int], dict[str, int]]) -> dict[str, int]:
    whole: dict[str, int] = defaultdict(int)
    for (pk, _unit), row in counts.items():
        if pk == cycle.pk:
            for name, value in row.items():
                whole[name] += value
    return whole


def _units(cycles: dict[int, Cycle], unit_ids: Collection[int]) -> dict[int, list[Unit]]:
    """Return by cycle those of some units that are reviewed in it, but for the committee. Two queries."""
    rows = Entry.objects.filter(cycle__in=cycles, unit__in=unit_ids).order_by()
    pairs = set(rows.values_list("cycle_id", "unit_id"))
    units = Unit.objects.in_bulk([unit for _cycle, unit in pairs])
    found: dict[int, list[Unit]] = defaultdict(list)
    for cycle, unit in sorted(pairs):
        if unit != cycles[cycle].unit_id:
            found[cycle].append(units[unit])
    return found


# --- requests to look again ------------------------------------------------------------------------------------------
def to_answer(unit_ids: Collection[int], on: date) -> QuerySet[LookAgain]:
    """Return the requests to look again that wait for the committees of some units on a day. One query."""
    open_then = Q(asked_on__lte=on) & (Q(state=LookAgain.State.ASKED) | Q(answered_on__gt=on))
    rows = LookAgain.objects.filter(open_then, entry__cycle__unit__in=unit_ids)
    return rows.select_related("entry__cycle__unit").order_by("asked_on", "pk")


# --- one person ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class OwnDue:
    """Something of the yearly review that waits for one person: the entry, the day (inclusive), the review if any."""

    entry: Entry
    due: date
    review: SelfReview | None = None


def own_to_hand_in(member_id: int, on: date) -> list[OwnDue]:
    """Return the own reviews not handed in on a day. Three queries."""
    rows = _own(member_id, on).exclude(submitted_by(on))
    entries = list(rows.select_related("cycle", "unit"))
    reviews = {one.entry_id: one for one in SelfReview.objects.filter(entry__in=entries)}
    return [OwnDue(one, due, reviews.get(one.pk)) for one, due in _with_days(entries, "self_review")]


def own_to_confirm(member_id: int, on: date) -> list[OwnDue]:
    """Return the own reviews that somebody typed and one has not confirmed, handed in or not. Two queries."""
    typed = ~Q(self_review__typed_by="") & Q(self_review__started_at__lt=end_of(on))
    open_then = Q(self_review__confirmed_at=None) | Q(self_review__confirmed_at__gte=end_of(on))
    rows = _own(member_id, on).filter(typed, open_then, self_review__isnull=False)
    entries = list(rows.select_related("cycle", "unit"))
    return [OwnDue(one, due) for one, due in _with_days(entries, "sitting")]


def own_prompts(member_id: int, on: date) -> list[tuple[Remark, date]]:
    """Return the matters prompted from above that a person has not answered, each with its day. Two queries."""
    rows = Remark.objects.filter(
        entry__in=_own(member_id, on), kind=Remark.Kind.PROMPT, answered_at=None, on__lte=on
    )
    found = list(rows.select_related("entry__cycle", "entry__unit"))
    days = _days({one.entry.cycle_id for one in found}, "self_review")
    return [(one, max(days.get(one.entry.cycle_id, one.on), one.on)) for one in found]


def own_notices(member_id: int, on: date) -> list[OwnDue]:
    """Return the grades that a person was told and may still ask to look at again. One query, and the law's.

    The day is the last one to ask; a week after the notice where the law sets none.
    """
    rows = Entry.objects.filter(member_id=member_id, notified_on__lte=on).exclude(grade="")
    asked = Q(look_agains__asked_on__lte=on)
    found = []
    recent = rows.exclude(asked).filter(notified_on__gt=on - timedelta(days=366))
    for one in recent.select_related("cycle", "unit"):
        last = last_day_to_ask(one) or (one.notified_on or on) + timedelta(days=_NOTICE_DAYS)
        if on <= last:
            found.append(OwnDue(one, last))
    return found


def _own(member_id: int, on: date) -> QuerySet[Entry]:
    running = Q(cycle__opened_on__lte=on) & (Q(cycle__closed_on=None) | Q(cycle__closed_on__gt=on))
    rows = Entry.objects.filter(running, member_id=member_id)
    found: QuerySet[Entry] = rows.exclude(standing=Entry.Standing.LEFT_OUT)
    return found


def _with_days(entries: Sequence[Entry], key: str) -> Iterator[tuple[Entry, date]]:
    days = _days({one.cycle_id for one in entries}, key)
    for one in entries:
        yield one, days.get(one.cycle_id, date(one.cycle.year, 12, 31))


def _days(cycles: Iterable[int], key: str) -> dict[int, date]:
    """Return by cycle the day of a step: of cells, else of the committee. One query."""
    rows = StepDay.objects.filter(cycle__in=cycles, key=key).order_by("-of")
    return dict(rows.values_list("cycle", "due"))


def sittings_of_cells(cycles: Collection[int]) -> dict[tuple[int, int], int]:
    """Return by cycle and cell the id of its review meeting. One query."""
    rows = Sitting.objects.filter(cycle__in=cycles, body=Body.MEMBERS)
    return {(cycle, unit): pk for cycle, unit, pk in rows.values_list("cycle_id", F("unit_id"), "pk")}
