"""Reading the year under the Directive: its law, themes, registrations and how far each cell is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from hatnhan import rulebook
from hatnhan.core import clock
from hatnhan.core.errors import Missing, RuleBroken
from hatnhan.guidance.models import Registration, YearTheme
from hatnhan.guidance.rules import directive as rules
from hatnhan.organization.actions.checks import day_of
from hatnhan.organization.models import Exemption, Member, Membership, Unit
from hatnhan.rulebook.resolver import of_version
from hatnhan.rulebook.topics.guidance import Directive

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from hatnhan.accounts.models import User
    from hatnhan.guidance.rules.directive import Days
    from hatnhan.rulebook.types import Rule

_State = Registration.State
_OFFICIAL = Membership.Kind.OFFICIAL
#: A registration stands once it is handed in.
STANDING = (_State.REGISTERED, _State.ASSESSED)
_LAST_YEAR = 2100


# --- the law of a year ------------------------------------------------------------------------------------------------
def directive_of(unit: Unit, year: int, on: date) -> Rule[Directive]:
    """Return under which Directive a year stood in a unit as of a day: the value in force then, within the year.

    Raises RuleBroken ``no_rule`` for a year before the first that is known, and for one that no calendar has.
    """
    if not 1 <= year <= _LAST_YEAR:
        raise RuleBroken("no_rule", _("Không có năm này trong quy định."))
    return rulebook.at(Directive, on=law_day(year, on), unit=unit)


def law_day(year: int, on: date) -> date:
    """Return the day whose law a year follows as of a day: that day, within the year and the first Directive."""
    first, day = rulebook.history(Directive)[0].start, last_day(year, on)
    return max(day, first) if first.year == year else day


def began_under(rule: Rule[Directive], year: int) -> Rule[Directive] | None:
    """Return the Directive that a year began under where it was another than a national one of now; no query."""
    if rule.local:
        return None
    first = rulebook.at(Directive, on=law_day(year, date(year, 1, 1)))
    return first if first.value.number != rule.value.number else None


def joined_later(registration: Registration, on: date) -> Rule[Directive] | None:
    """Return the Directive that the year came under after a registration was handed in, as of a day; None for none."""
    if registration.registered_at is None:
        return None
    now = directive_of(registration.unit, registration.year, on)
    return now if now.value.number != form_of(registration).value.number else None


def form_of(registration: Registration) -> Rule[Directive]:
    """Return the form that a registration was written on, whatever holds today."""
    if registration.rule:
        return of_version(Directive, registration.rule)
    moment = registration.registered_at or clock.now()
    return directive_of(registration.unit, registration.year, day_of(moment))


def years() -> list[int]:
    """Return the years that one may look at, the coming one first."""
    first = rulebook.history(Directive)[0].start.year
    return list(range(clock.today().year + 1, first - 1, -1))


def last_day(year: int, on: date) -> date:
    """Return the day on which a year's lists are drawn up: the day looked at, within the year."""
    return min(max(on, date(year, 1, 1)), date(year, 12, 31))


def theme_of(unit: Unit, year: int, on: date) -> YearTheme | None:
    """Return the theme of a year that the unit or the nearest one above it has set. Two queries."""
    line = unit.lineage(on) or [unit.pk]
    found = {
        one.unit_id: one for one in YearTheme.objects.filter(unit__in=line, year=year).select_related("unit")
    }
    return next((found[pk] for pk in line if pk in found), None)


# --- one registration -------------------------------------------------------------------------------------------------
def cells_now(members: Collection[int], on: date) -> dict[int, int]:
    """Return by member's id the official cell on a day; those who belong nowhere are left out. One query."""
    rows = Membership.objects.on(on).filter(member__in=members, kind=_OFFICIAL)
    return dict(rows.values_list("member_id", "unit_id"))


def registration_for(user: User, pk: int) -> Registration:
    """Return a registration that the person may read, with its text. Raises Missing."""
    related = Registration.objects.visible_to(user).select_related("unit", "member")
    found: Registration | None = related.prefetch_related("answers", "deeds").filter(pk=pk).first()
    if found is None:
        raise Missing
    return found


def registration_of(year: int, member: Member | None, unit: Unit | None = None) -> Registration | None:
    """Return the registration of a member, or of a unit for itself. Asks no permission."""
    rows = Registration.objects.filter(year=year, member=member)
    if member is None:
        rows = rows.filter(unit=unit)
    found: Registration | None = (
        rows.select_related("unit", "member").prefetch_related("answers", "deeds").first()
    )
    return found


def year_of_person(member: Member, year: int) -> Registration | None:
    """Return what a member registered in a year, with the cell's comment, progress and assessment; None for nothing.

    A draft is not yet anything. Asks no permission: the yearly review asks its own. Three queries.
    """
    found = registration_of(year, member)
    return found if found is not None and found.state in STANDING else None


@dataclass(frozen=True, slots=True)
class Written:
    """A field of the form with what stands in it."""

    key: str
    title: str
    text: str


def written(registration: Registration, value: Directive) -> list[Written]:
    """Return what stands in each field, in the order of the form. Reads what was fetched."""
    texts = {one.field: one.text for one in registration.answers.all()}
    return [Written(one.key, one.title, texts.get(one.key, "")) for one in value.fields]


# --- who owes one -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Counts:
    """How far the members of a cell are: who owes a registration, and of these who registered and who assessed."""

    due: int = 0
    registered: int = 0
    commented: int = 0
    progress: int = 0
    assessed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.due + other.due,
            self.registered + other.registered,
            self.commented + other.commented,
            self.progress + other.progress,
            self.assessed + other.assessed,
        )


def owing(unit_id: int, on: date) -> QuerySet[Member]:
    """Return the members who owe a registration on a day: of the unit's tree, those exempt left out."""
    exempt = Exemption.objects.on(on).filter(member_id=OuterRef("pk"))
    found: QuerySet[Member] = Member.objects.of(unit_id, on).filter(~Exists(exempt))
    return found


#: The moments of which any says that a registration has come to a step; who assessed has told the half year too.
_MOMENTS = {
    "register": ("registered_at",),
    "comment": ("commented_at",),
    "midyear": ("progress_at", "assessed_at"),
    "assess": ("assessed_at",),
}


def came(step: str, until: datetime, prefix: str = "") -> Q:
    """Return the condition that a registration, named by ``prefix``, had come to a step before a moment."""
    found = Q()
    for name in _MOMENTS[step]:
        found |= Q(**{f"{prefix}{name}__lt": until})
    return found


def has_come(registration: Registration, step: str, on: date) -> bool:
    """Tell whether a registration had come to a step by a day: `came`, of one that was fetched."""
    moments = (getattr(registration, name) for name in _MOMENTS[step])
    return any(at is not None and at < _after(on) for at in moments)


def _after(on: date) -> datetime:
    return clock.at(date.fromordinal(on.toordinal() + 1), 0)


def registered_counts(units: Iterable[int], year: int, on: date) -> dict[int, Counts]:
    """Return by cell how far its members are, as the record stood at the end of a day. Two queries, for any number.

    The day is taken within the year. Every number is of those who owe one; none says anything about a person.
    """
    day = last_day(year, on)
    until = _after(on)
    exempt = Exemption.objects.on(day).filter(member_id=OuterRef("member_id"))
    there = Membership.objects.on(day).filter(unit__in=list(units), kind=_OFFICIAL).filter(~Exists(exempt))
    due = dict(there.order_by().values_list("unit_id").annotate(total=Count("pk")))
    prefix = "member__registrations__"
    mine = there.filter(came("register", until, prefix), **{f"{prefix}year": year})
    rows = (
        mine.order_by()
        .values_list("unit_id")
        .annotate(
            registered=Count("pk"),
            commented=Count("pk", filter=came("comment", until, prefix)),
            progress=Count("pk", filter=came("midyear", until, prefix)),
            assessed=Count("pk", filter=came("assess", until, prefix)),
        )
    )
    done = {unit: numbers for unit, *numbers in rows}
    return {unit: Counts(total, *done.get(unit, ())) for unit, total in due.items()}


def days_for(unit: Unit, year: int, on: date) -> Days:
    """Return the last days of a year's three steps in a unit, as of a day. Raises RuleBroken ``no_rule``."""
    return rules.days_of(directive_of(unit, year, on).value, year)
