"""The room's first page: what waits for a person, what concerns the person, the year's programmes, what runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from hatnhan.core.periods import Period
from hatnhan.deadlines import registry
from hatnhan.organization.models import Unit
from hatnhan.organization.powers import powers_of
from hatnhan.oversight import permissions
from hatnhan.oversight.models import Case, Note, Programme, Subject, Watch
from hatnhan.oversight.selectors import check_days, checks, completion, matter_days

if TYPE_CHECKING:
    from hatnhan.accounts.models import User
    from hatnhan.deadlines.types import Deadline
    from hatnhan.oversight.models import Check
    from hatnhan.oversight.selectors.completion import Counts

_ROOM = "oversight."
#: How far ahead the page looks, in days: as far as the home page.
_AHEAD = timedelta(days=90)
_MOST = 20


def waiting(user: User, unit: Unit, on: date) -> list[Deadline]:
    """Return what waits for the person, first due first: the person's own, and of the unit if the person leads it.

    Of each check the step that comes first stands for all that follow. Some thirty queries, whatever the size of the
    unit: what is below it is not asked for.
    """
    powers, until = powers_of(user), on + _AHEAD
    found: list[Deadline] = []
    if powers.member_id is not None:
        for key, own in registry.personal_sources().items():
            if key.startswith(_ROOM):
                found += own(powers.member_id, on=on, until=until)
    if powers.may_read_roster(unit.pk):
        for key, source in registry.sources().items():
            if key.startswith(_ROOM):
                found += source([unit.pk], on=on, until=until)
    return _once(sorted(found, key=lambda one: (one.due, one.key)))


def _once(found: list[Deadline]) -> list[Deadline]:
    """Return each page of work once, with what is due there first."""
    there: dict[str, Deadline] = {}
    for one in found:
        there.setdefault(one.url, one)
    return list(there.values())


# --- what concerns the person ----------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Concerns:
    """What is about the person: checks on the person or the unit that the person heads, supervision, cases."""

    checks: list[Subject]
    watches: list[Watch]
    notes: int
    cases: list[Case]

    def __bool__(self) -> bool:
        return bool(self.checks or self.watches or self.cases)


def concerns(user: User, on: date) -> Concerns:
    """Return what concerns a person in the year of a day, and whatever is not ended. Four queries."""
    powers = powers_of(user)
    if powers.member_id is None:
        return Concerns([], [], 0, [])
    year = date(on.year, 1, 1)
    recent = Q(of_check__concluded_on=None, of_check__stopped_on=None) | Q(of_check__concluded_on__gte=year)
    subjects = Subject.objects.filter(recent, checks.subject_condition(user), of_check__opened_on__lte=on)
    heads = permissions.headed_by(powers)
    watched = Q(of_member_id=powers.member_id) | Q(of_unit__in=heads)
    watches = Watch.objects.filter(watched, start__lte=on).filter(Q(concluded_on=None) | Q(end__gt=year))
    mine = Q(watch__of_member_id=powers.member_id) | Q(watch__of_unit__in=heads)
    cases = Case.objects.filter(
        Q(member_id=powers.member_id) | Q(organisation__in=heads), opened_on__lte=on
    ).filter(Q(closed_on=None) | Q(closed_on__gte=year))
    cases = matter_days.cases_with_state(cases.select_related("unit"), on).order_by("-opened_on")
    return Concerns(
        list(subjects.select_related("of_check__unit", "unit").order_by("-of_check__opened_on")[:_MOST]),
        list(watches.select_related("observer", "of_unit", "of_member").order_by("-start", "pk")[:_MOST]),
        Note.objects.filter(mine, on__lte=on).count(),
        matter_days.cases_as_stood(cases[:_MOST], on),
    )


# --- the year's programmes -------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Line:
    """A programme of the year in one line, with how much of it is done."""

    programme: Programme
    counts: Counts


@dataclass(frozen=True, slots=True)
class Year:
    """The programmes of a unit's own bodies, and those of all below it together."""

    lines: list[Line]
    below: int
    sums: Counts | None


def year(user: User, unit: Unit, on: date) -> Year:
    """Return the programmes of the year of a day in a unit, and how many issued ones stand below it. Five queries."""
    rows = permissions.programmes_for(user).filter(year=on.year)
    own = list(rows.filter(unit=unit).select_related("unit").order_by("body", "pk"))
    counts = completion.completion_by_programme([one.pk for one in own], on)
    nothing = completion.Counts(0, 0, 0, 0, 0, 0)
    lines = [Line(one, counts.get(one.pk, nothing)) for one in own]
    if unit.is_cell or not powers_of(user).may_read_roster(unit.pk):
        return Year(lines, 0, None)
    below = Unit.objects.under(unit.pk, on).exclude(pk=unit.pk).values_list("pk", flat=True)
    number = rows.filter(unit__in=below, state=Programme.State.APPROVED).count()
    sums = completion.completion(below, Period.parse(f"{on.year:04}"), on) if number else None
    return Year(lines, number, sums)


# --- what runs -------------------------------------------------------------------------------------------------------
def running(user: User, unit: Unit, on: date) -> list[Check]:
    """Return the checks under way on a day in a unit that a person reads whole, the first to conclude first.

    Each as it stood then, with ``next_title`` and ``next_due`` of its first open step, as in the list. Six queries.
    """
    own = Subject.objects.filter(checks.subject_condition(user)).values("of_check")
    rows = checks.known(user).filter(check_days.running(on), unit=unit).exclude(pk__in=own)
    rows = check_days.with_state(rows, on)
    rows = rows.select_related("unit").prefetch_related("subjects__unit", "subjects__member")
    return check_days.as_stood(rows.order_by("ends_by", "pk")[:_MOST])
