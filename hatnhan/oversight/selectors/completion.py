"""How much of the programmes was done on their terms: the one definition, for pages, figures and the rows behind them.

A work is planned in the period in which its last day lies, as amended. It is done when its check, of the same kind and
of all its subjects, was concluded by that day; regular supervision when each subject is followed and all its watches
were concluded by then. What amendments took out, put in and changed is always shown beside.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import BooleanField, Case, Count, Exists, ExpressionWrapper, OuterRef, Q, When

from hatnhan.oversight.models import (
    Check,
    ItemSubject,
    Kind,
    Programme,
    ProgrammeItem,
    Subject,
    Watch,
)
from hatnhan.oversight.rules.programme import Completion
from hatnhan.oversight.rules.programme import completion as of_plan

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.db.models import QuerySet
    from django.db.models.expressions import Combinable

    from hatnhan.core.periods import Period


@dataclass(frozen=True, slots=True)
class Counts:
    """Works of a period: planned as amended, done on terms, late; and what amendments did to them."""

    planned: int
    done: int
    late: int
    removed: int
    added: int
    changed: int

    @property
    def of_plan(self) -> Completion:
        """The share done, and what is left."""
        return of_plan(self.planned, self.done)

    @property
    def amended(self) -> bool:
        """Whether amendments touched what is counted here."""
        return bool(self.removed or self.added or self.changed)


def completion(unit_ids: Collection[int], period: Period, on: date) -> Counts:
    """Return how much of the issued programmes of some units was done on their terms, as known on a day. One query."""
    return _counted(of_units(unit_ids, on), period, on)


def completion_of(programme: Programme, on: date) -> Counts:
    """Return how much of one programme was done on its terms, as known on a day. One query."""
    return _aggregate(_marked(ProgrammeItem.objects.filter(programme=programme), on), on)


def completion_by_programme(programme_ids: Collection[int], on: date) -> dict[int, Counts]:
    """Return the same for many programmes, by id. One query."""
    marked = _marked(ProgrammeItem.objects.filter(programme__in=programme_ids), on)
    counts = _counts(on)
    rows = marked.order_by().values("programme").annotate(**counts).values_list("programme", *counts)
    return {programme: Counts(*numbers) for programme, *numbers in rows}


def items_behind(unit_ids: Collection[int], period: Period, on: date) -> QuerySet[ProgrammeItem]:
    """Return the works that `completion` counts as planned, each with ``done`` and ``late``; the last day first."""
    rows = _marked(_within(of_units(unit_ids, on), period), on).filter(standing_on(on))
    return rows.select_related("programme__unit", "added_by").order_by("ends_on", "pk")


def of_units(unit_ids: Collection[int], on: date) -> QuerySet[ProgrammeItem]:
    """Return all works, taken out or not, of programmes of some units that were issued by a day."""
    rows: QuerySet[ProgrammeItem] = ProgrammeItem.objects.filter(
        programme__unit__in=unit_ids,
        programme__state=Programme.State.APPROVED,
        programme__approved_on__lte=on,
    )
    return rows


def standing_on(on: date) -> Q:
    """Return the condition that a work stands in its programme on a day, as amended by then."""
    put_in = Q(added_by=None) | Q(added_by__decided_on__lte=on)
    return put_in & (Q(removed_by=None) | Q(removed_by__decided_on__gt=on))


def with_state(items: QuerySet[ProgrammeItem], on: date) -> QuerySet[ProgrammeItem]:
    """Return works, each with ``done`` (on its terms) and ``late`` (not done, its last day gone), as known on a day."""
    return _marked(items, on)


def _within(items: QuerySet[ProgrammeItem], period: Period) -> QuerySet[ProgrammeItem]:
    return items.filter(ends_on__gte=period.start, ends_on__lt=period.end)


def _counted(items: QuerySet[ProgrammeItem], period: Period, on: date) -> Counts:
    return _aggregate(_marked(_within(items, period), on), on)


def _aggregate(marked: QuerySet[ProgrammeItem], on: date) -> Counts:
    return Counts(*marked.order_by().aggregate(**_counts(on)).values())


def _counts(on: date) -> dict[str, Count]:
    """Return what is counted, in the order of `Counts`; under names of its own, for ``done`` is what is asked of."""
    stands = standing_on(on)
    taken_out, put_in = Q(removed_by__decided_on__lte=on), Q(added_by__decided_on__lte=on)
    changed = Q(changed_into__isnull=False)
    return {
        "of_plan": Count("pk", filter=stands),
        "of_done": Count("pk", filter=stands & Q(done=True)),
        "of_late": Count("pk", filter=stands & Q(late=True)),
        "of_removed": Count("pk", filter=taken_out & ~changed),
        "of_added": Count("pk", filter=put_in & Q(instead_of=None)),
        "of_changed": Count("pk", filter=put_in & Q(instead_of__isnull=False)),
    }


def _marked(items: QuerySet[ProgrammeItem], on: date) -> QuerySet[ProgrammeItem]:
    done = Case(
        When(kind=Kind.REGULAR, then=_followed(on)), default=_checked(on), output_field=BooleanField()
    )
    late = ExpressionWrapper(Q(ends_on__lt=on, done=False), output_field=BooleanField())
    marked: QuerySet[ProgrammeItem] = items.annotate(done=done).annotate(late=late)
    return marked


def _checked(on: date) -> Combinable:
    """Return the condition that a work's check was concluded on its terms: kind, every subject, last day."""
    stands = ~Q(of_check__state=Check.State.STOPPED)
    looked_at = Subject.objects.filter(stands, of_check__item=OuterRef("item"))
    same = Q(unit=OuterRef("unit")) | Q(member=OuterRef("member"))
    left_out = ItemSubject.objects.filter(item=OuterRef("pk")).filter(~Exists(looked_at.filter(same)))
    concluded = Check.objects.filter(
        item=OuterRef("pk"),
        kind=OuterRef("kind"),
        concluded_on__lte=OuterRef("ends_on"),
    ).filter(concluded_on__lte=on)
    return ExpressionWrapper(Exists(concluded) & ~Exists(left_out), output_field=BooleanField())


def _followed(on: date) -> Combinable:
    """Return the condition that each subject of a work is followed, and all its watches were concluded on its terms."""
    watches = Watch.objects.filter(item=OuterRef("pk"))
    in_time = Q(concluded_on__lte=on) & Q(concluded_on__lte=OuterRef("ends_on"))
    open_ones = watches.filter(Q(concluded_on=None) | ~in_time)
    of_item = Watch.objects.filter(item=OuterRef("item"))
    same = Q(of_unit=OuterRef("unit")) | Q(of_member=OuterRef("member"))
    left_out = ItemSubject.objects.filter(item=OuterRef("pk")).filter(~Exists(of_item.filter(same)))
    return ExpressionWrapper(
        Exists(watches) & ~Exists(open_ones) & ~Exists(left_out), output_field=BooleanField()
    )
